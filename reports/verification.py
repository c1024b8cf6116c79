"""Is this ours, and does it still count? Whoever brings no right fingerprint learns nothing at all."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Submission
from reports.models import StoredReport

# Compared with where nothing was found, so that an unknown reference takes the same work as a wrong fingerprint.
NOBODYS = "0" * 64
FACTS = ("number", "is_current", "withdrawn_at", "sha256", "reviewed__sha256", "last_number", "last_standing")
# By whether the data of a report was brought, and whether that is reviewed.
OURS = {
    (False, False): gettext_lazy("This is our report, as submitted"),
    (False, True): gettext_lazy("This is our report, as reviewed"),
    (True, False): gettext_lazy("These are our submitted answers"),
    (True, True): gettext_lazy("This is our closed review"),
}


@dataclass(frozen=True)
class Verdict:
    """What anybody may be told who brings a fingerprint of ours; `superseded_by` is a submission's number, or 0.

    `is_data` where it is the JSON that a report carries, not the report.
    """

    is_reviewed: bool
    superseded_by: int
    is_withdrawn: bool
    marks: int = 64
    is_data: bool = False

    @property
    def heading(self) -> str:
        """Say in one line what it is and whether it still counts."""
        what = str(OURS[self.is_data, self.is_reviewed])
        if self.superseded_by:
            return _("%(what)s, but superseded by submission %(n)s") % {"what": what, "n": self.superseded_by}
        return _("%(what)s, but withdrawn") % {"what": what} if self.is_withdrawn else what


def of_fingerprint(reference: str, marks: str) -> Verdict | None:
    """Return what to say of a submission by its reference and its fingerprint, or how that begins; one query."""
    found = _facts(Q(reference=reference)) or {}
    is_submitted, is_reviewed = (_begins(found.get(name), marks) for name in ("sha256", "reviewed__sha256"))
    return _verdict(found, is_reviewed=is_reviewed, marks=len(marks)) if is_submitted or is_reviewed else None


def of_file(sha256: str) -> Verdict | None:
    """Return what to say of a file by its SHA-256: a report as we gave it, or the JSON inside one; two queries."""
    made = StoredReport.objects.filter(sha256=sha256).values("submission", "reviewed").first()
    by_json = Q(sha256=sha256) | Q(reviewed__sha256=sha256)
    found = _facts(Q(pk=made["submission"]) if made else by_json)
    if found is None:
        return None
    is_reviewed = bool(made["reviewed"]) if made else found["reviewed__sha256"] == sha256
    return _verdict(found, is_reviewed=is_reviewed, is_data=made is None)


def sha256_of(chunks: Iterable[bytes]) -> str:
    """Return the SHA-256 of a file, piece by piece."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _facts(which: Q) -> Mapping[str, Any] | None:
    later = Submission.objects.filter(assessment=OuterRef("assessment"), number__gt=OuterRef("number"))
    submissions = Submission.objects.filter(which).annotate(
        last_number=_last(later), last_standing=_last(later.filter(withdrawn_at=None))
    )
    found: Mapping[str, Any] | None = submissions.values(*FACTS).first()
    return found


def _last(later: QuerySet[Submission]) -> Subquery:
    return Subquery(later.order_by().values("assessment").annotate(last=Max("number")).values("last"))


def _begins(whole: str | None, marks: str) -> bool:
    return hmac.compare_digest((whole or NOBODYS)[: len(marks)], marks) and whole is not None


def _verdict(found: Mapping[str, Any], *, is_reviewed: bool, marks: int = 64, is_data: bool = False) -> Verdict:
    is_withdrawn = found["withdrawn_at"] is not None and not found["last_standing"]
    last = found["last_standing"] or (0 if is_withdrawn or found["is_current"] else found["last_number"])
    return Verdict(is_reviewed, last or 0, is_withdrawn, marks, is_data)
