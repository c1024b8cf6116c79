"""All reports of a region in a round as one archive: of current submissions, with the review where it is closed."""

import datetime
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from assessments.models import Round, Submission
from govuk.spreadsheets import csv_bytes
from partnerships.models import Region
from reports import wanted
from reports.kinds import FULL
from reports.models import StoredReport
from reports.stored import ENGLISH, key_of, path_of, wanted_path

# The earliest time that an archive can hold: it says nothing, and so differs never.
NO_TIME = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 16


@dataclass(frozen=True)
class Filed:
    """A report as the archive has it; no hash where it is not made."""

    partnership: str
    slug: str
    round: str
    reference: str
    submitted_at: datetime.datetime
    closed_at: datetime.datetime | None
    fingerprint: str
    review_fingerprint: str
    sha256: str
    keys: tuple[int, int]

    @property
    def path(self) -> Path:
        """Where its file is."""
        return path_of(key_of(self.fingerprint, self.review_fingerprint, FULL.form, ENGLISH))

    @property
    def name(self) -> str:
        """What it is called in the archive."""
        return f"{self.slug}-{self.round}.pdf"

    @property
    def is_made(self) -> bool:
        """Whether it can be put into the archive."""
        return bool(self.sha256) and self.path.exists()

    def want(self) -> None:
        """Put it among those that are made first, if it is missing."""
        if not self.is_made:
            wanted.mark(wanted_path(self.path), *self.keys, FULL.form)


def filed_in(region: Region, round_: Round) -> list[Filed]:
    """Return the reports that there are or will be, by partnership; one query."""
    files = StoredReport.objects.filter(form=FULL.form, language=ENGLISH)
    current = Submission.objects.current().filter(region=region, assessment__round=round_)
    # Where a review is closed the report with it is the one that is wanted.
    submitted = files.filter(reviewed=None, submission=OuterRef("pk")).values("sha256")
    reviewed = files.filter(reviewed=OuterRef("reviewed")).values("sha256")
    about = ("assessment__partnership__name", "assessment__partnership__slug", "assessment__round__slug", "reference")
    moments, made_of = ("submitted_at", "reviewed__closed_at"), ("sha256", "reviewed__sha256")
    rows = current.annotate(submitted=Subquery(submitted), of_review=Subquery(reviewed)).order_by(about[0])
    found = rows.values_list(*about, *moments, *made_of, "submitted", "of_review", "pk", "reviewed__pk")
    return [
        Filed(
            name,
            slug,
            slug_of_round,
            reference,
            at,
            closed_at,
            sha256,
            review or "",
            (whole if review else alone) or "",
            (pk, review_pk or 0),
        )
        for name, slug, slug_of_round, reference, at, closed_at, sha256, review, alone, whole, pk, review_pk in found
    ]


def archive_of(filed: Sequence[Filed], *, is_demonstration: bool) -> Iterator[bytes]:
    """Yield the archive piece by piece, so that it never has to fit into memory."""
    made = [each for each in filed if each.is_made]
    target = _Pieces()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry("list.csv"), csv_bytes(list(_rows(filed, made, is_demonstration=is_demonstration))))
        yield target.taken()
        for each in made:
            with each.path.open("rb") as source, archive.open(_entry(each.name), "w") as place:
                while piece := source.read(PIECE):
                    place.write(piece)
                    yield target.taken()
    yield target.taken()


def _rows(filed: Sequence[Filed], made: Sequence[Filed], *, is_demonstration: bool) -> Iterator[Sequence[object]]:
    data = [_("Data")] if is_demonstration else []
    yield [
        *(_("Partnership"), _("Reference"), _("Submitted"), _("Review closed"), _("File"), _("SHA-256 of the file")),
        *(_("SHA-256 of the answers"), _("SHA-256 of the review"), *data),
    ]
    for each in filed:
        is_made = each in made
        yield [
            *(each.partnership, each.reference, _day(each.submitted_at), _day(each.closed_at)),
            each.name if is_made else _("Not made yet"),
            each.sha256 if is_made else "",
            *(each.fingerprint, each.review_fingerprint, *([_("Demonstration data")] if is_demonstration else [])),
        ]


def _day(moment: datetime.datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.external_attr = 0o644 << 16
    return entry


class _Pieces:
    """Something to write to that cannot go back, and gives away what was written."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what was written is given away at the next occasion."""

    def close(self) -> None:
        """Do nothing."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        piece = bytes(self._written)
        self._written.clear()
        return piece
