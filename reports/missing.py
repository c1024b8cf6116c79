"""Which reports are still to be made: derived from what was submitted and closed, so there is no queue to lose.

What somebody waits for comes first. Then full reports come before short ones, and of each the newest first.
"""

import datetime
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from assessments.models import ReviewedSubmission, Submission
from reports import once, wanted
from reports.models import StoredReport
from reports.printing import TEMPLATES
from reports.stored import ENGLISH, FAILED, WANTED, Report, key_of

FORMS = [form for form in StoredReport.Form.values if form in TEMPLATES]


@dataclass(frozen=True)
class Missing:
    """A report that is to be made, without the documents that it is made of."""

    key: str
    at: datetime.datetime
    submission: int
    reviewed: int | None
    form: str

    def report(self) -> Report:
        """Fetch what it is made of."""
        submission = Submission.objects.select_related("assessment__partnership").get(pk=self.submission)
        reviewed = ReviewedSubmission.objects.get(pk=self.reviewed) if self.reviewed else None
        return Report(submission, reviewed, self.form)


def missing(beyond: Set[str] = frozenset()) -> Iterator[Missing]:
    """Yield what is to be made in the order of making, but for these keys; two queries for each form."""
    for form in FORMS:
        found = chain(_submitted(form), _reviewed(form))
        yield from (each for each in sorted(found, key=_newest_first) if each.key not in beyond)


def next_missing(beyond: Set[str]) -> Missing | None:
    """Return what is to be made next, but for these keys: what somebody waits for, and then the rest."""
    return _wanted(beyond) or _next_of_all(beyond)


def _wanted(beyond: Set[str]) -> Missing | None:
    for mark in wanted.marks():
        found = _marked(mark)
        if found and found.key not in beyond:
            rows = StoredReport.objects.filter(submission=found.submission, reviewed=found.reviewed, form=found.form)
            if not rows.filter(language=ENGLISH).exists():
                return found
            mark.unlink(missing_ok=True)
    return None


def _marked(mark: Path) -> Missing | None:
    """Return what a mark stands for; None while it is being written or taken away."""
    try:
        submission, reviewed, form = mark.read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    at = datetime.datetime.fromtimestamp(0, datetime.UTC)
    return Missing(mark.name.removesuffix(WANTED), at, int(submission), int(reviewed) or None, form)


def _next_of_all(beyond: Set[str]) -> Missing | None:
    # Of each kind one more than is left out is enough to find the newest that is not.
    for form in FORMS:
        found = chain(_submitted(form, len(beyond) + 1), _reviewed(form, len(beyond) + 1))
        rest = [each for each in found if each.key not in beyond]
        if rest:
            return min(rest, key=_newest_first)
    return None


def failed() -> set[str]:
    """Return the keys of the reports that a worker could not make."""
    return {path.name.removesuffix(FAILED) for path in once.folder().glob(f"*{FAILED}")}


def _newest_first(each: Missing) -> tuple[float, int]:
    return -each.at.timestamp(), -each.submission


def _submitted(form: str, most: int | None = None) -> list[Missing]:
    rows = Submission.objects.filter(~_is_stored(form, Q(submission=OuterRef("pk"), reviewed=None)))
    columns = ("sha256", "submitted_at", "pk")
    found = rows.order_by("-submitted_at", "-pk").values_list(*columns)[:most]
    return [Missing(key_of(sha256, None, form, ENGLISH), at, pk, None, form) for sha256, at, pk in found]


def _reviewed(form: str, most: int | None = None) -> list[Missing]:
    rows = ReviewedSubmission.objects.filter(~_is_stored(form, Q(reviewed=OuterRef("pk"))))
    columns = ("submission__sha256", "sha256", "closed_at", "submission", "pk")
    found = rows.order_by("-closed_at", "-submission").values_list(*columns)[:most]
    return [
        Missing(key_of(sha256, reviewed, form, ENGLISH), at, submission, pk, form)
        for sha256, reviewed, at, submission, pk in found
    ]


def _is_stored(form: str, made_of: Q) -> Exists:
    return Exists(StoredReport.objects.filter(made_of, form=form, language=ENGLISH))
