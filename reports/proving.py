"""Is every frozen document as it was frozen? Goes through all, a few in memory at a time, and names each break."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from assessments import documents
from assessments.documents import Document
from assessments.models import ReviewedRating, ReviewedSubmission, Submission, SubmittedRating
from audit.models import Event
from hallmarks.models import Version
from hallmarks.outline import outline_of
from reports.models import StoredReport
from reports.stored import key_of, path_of
from reviews import documents as review_documents

AT_A_TIME = 50
PIECE = 2**20
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError)


@dataclass(frozen=True)
class Break:
    """One place where what is stored is not what was frozen."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass
class Counts:
    """How much was looked at."""

    submissions: int = 0
    reviews: int = 0
    reports: int = 0
    missing: int = 0


def every_break(counts: Counts) -> Iterator[Break]:
    """Yield every break, and count what was looked at."""
    yield from _in_submissions(counts)
    yield from _in_reviews(counts)
    yield from _in_reports(counts)
    yield from _in_trail()


# Submissions


def _in_submissions(counts: Counts) -> Iterator[Break]:
    order = Submission.objects.order_by("assessment__partnership", "pk").values_list("pk", flat=True)
    partnership, previous = 0, ""
    for submission in _fetched(order.iterator(), _submissions()):
        counts.submissions += 1
        if submission.assessment.partnership_id != partnership:
            partnership, previous = submission.assessment.partnership_id, ""
        yield from (Break(submission.reference, text) for text in _wrong_with(submission, previous))
        previous = submission.sha256


def _submissions() -> Any:
    ratings = SubmittedRating.objects.select_related("criterion", "level")
    rows = Submission.objects.select_related("assessment__round", "assessment__partnership")
    return rows.prefetch_related(Prefetch("ratings", ratings))


def _wrong_with(submission: Submission, previous: str) -> Iterator[str]:
    if documents.fingerprint(submission.document) != submission.sha256:
        yield _("the document does not have its fingerprint: one of the two was changed")
    if submission.previous_sha256 != previous:
        yield _("the chain is broken: it does not follow the submission that stands before it")
    try:
        document = documents.read(submission.document)
        is_canonical = documents.canonical(document) == submission.document
    except UNREADABLE:
        yield _("the document cannot be read")
        return
    if not is_canonical:
        yield _("the document is not in its one fixed form")
    yield from _differing(submission, document)


def _differing(submission: Submission, document: Document) -> Iterator[str]:
    if _named(submission) != _names_in(document):
        yield _("reference, number, round, partnership or time are not those of its document")
    if submission.previous_sha256 != document.previous_sha256:
        yield _("its document names another submission before it")
    try:
        codes, chosen = _codes(document), {e.code: e.level or None for e in document.every_criterion()}
        levels = documents.packed(document, codes)
    except UNREADABLE:
        yield _("its document answers criteria that are not here")
        return
    if submission.levels != levels:
        yield _("the packed levels are not those of its document")
    if {r.criterion.code: r.level.slug if r.level else None for r in submission.ratings.all()} != chosen:
        yield _("the rows of levels are not those of its document")


def _named(submission: Submission) -> tuple[object, ...]:
    assessment = submission.assessment
    at = submission.submitted_at.replace(microsecond=0)
    return (submission.reference, submission.number, assessment.round.slug, assessment.partnership.slug, at.isoformat())


def _names_in(document: Document) -> tuple[object, ...]:
    return (document.reference, document.number, document.round.slug, document.partnership.slug, document.submitted_at)


def _codes(document: Document) -> list[str]:
    codes = _codes_of(document.criteria.framework, document.criteria.version)
    if not {entry.code for entry in document.every_criterion()} <= set(codes):
        raise ValueError(document.criteria.version)
    return codes


@cache
def _codes_of(framework: str, version: str) -> list[str]:
    found = Version.objects.filter(framework__slug=framework, slug=version).first()
    return [question.criterion.code for question in outline_of(found).questions] if found else []


# Closed reviews


def _in_reviews(counts: Counts) -> Iterator[Break]:
    order = ReviewedSubmission.objects.order_by("pk").values_list("pk", flat=True)
    ratings = ReviewedRating.objects.select_related("criterion", "level")
    rows = ReviewedSubmission.objects.select_related("submission").prefetch_related(Prefetch("ratings", ratings))
    for reviewed in _fetched(order.iterator(), rows):
        counts.reviews += 1
        place = _("review of %(reference)s") % {"reference": reviewed.submission.reference}
        yield from (Break(place, text) for text in _wrong_with_review(reviewed))


def _wrong_with_review(reviewed: ReviewedSubmission) -> Iterator[str]:
    if documents.fingerprint(reviewed.document) != reviewed.sha256:
        yield _("the document does not have its fingerprint: one of the two was changed")
    try:
        document = review_documents.read(reviewed.document)
        is_canonical = review_documents.canonical(document) == reviewed.document
    except UNREADABLE:
        yield _("the document cannot be read")
        return
    if not is_canonical:
        yield _("the document is not in its one fixed form")
    submission = reviewed.submission
    if {reviewed.submission_sha256, document.submission_sha256} != {submission.sha256}:
        yield _("the chain is broken: it is not the review of this submission as it stands")
    at = reviewed.closed_at.replace(microsecond=0).isoformat()
    if (document.reference, document.closed_at) != (submission.reference, at):
        yield _("reference or time are not those of its document")
    rows = {r.criterion.code: (r.level.slug if r.level else "", r.reason) for r in reviewed.ratings.all()}
    if rows != {entry.code: (entry.level, entry.reason) for entry in document.criteria}:
        yield _("the rows of levels are not those of its document")


# Files, and what the trail remembers


def _in_reports(counts: Counts) -> Iterator[Break]:
    columns = ("submission__sha256", "reviewed__sha256", "form", "language", "sha256", "size")
    for *made_of, sha256, size in StoredReport.objects.order_by("pk").values_list(*columns).iterator():
        path = path_of(key_of(*made_of))
        if not path.exists():
            counts.missing += 1
            continue
        counts.reports += 1
        if (_hash_of(path), path.stat().st_size) != (sha256, size):
            yield Break(str(path), _("the file is not the one that was made"))


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _in_trail() -> Iterator[Break]:
    """Yield what the trail says was frozen and is not there so: taken out, or changed together with its chain."""
    submitted = Submission.objects.values_list("reference", "sha256")
    closed = ReviewedSubmission.objects.values_list("submission__reference", "sha256")
    yield from _told("assessment.submitted", submitted, "reference", "%(reference)s")
    yield from _told("review.closed", closed, "submission__reference", _("review of %(reference)s"))


def _told(kind: str, rows: Any, field: str, place: str) -> Iterator[Break]:
    told = Event.objects.filter(kind=kind).order_by("pk").values_list("after", flat=True).iterator()
    while some := list(islice(told, AT_A_TIME * 10)):
        wanted = {each["reference"]: each["sha256"] for each in some if each}
        there = dict(rows.filter(**{f"{field}__in": wanted}))
        for reference, sha256 in wanted.items():
            if reference not in there:
                yield Break(place % {"reference": reference}, _("the audit trail tells of it, and it is not there"))
            elif there[reference] != sha256:
                yield Break(place % {"reference": reference}, _("the audit trail kept another fingerprint"))


def _fetched(keys: Iterable[int], rows: Any) -> Iterator[Any]:
    """Yield rows in the order of their keys, a few in memory at a time."""
    waiting = iter(keys)
    while some := list(islice(waiting, AT_A_TIME)):
        found = {row.pk: row for row in rows.filter(pk__in=some)}
        yield from (found[key] for key in some if key in found)
