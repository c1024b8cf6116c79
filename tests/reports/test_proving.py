"""Whatever is changed behind the portal's back, the proof names the place."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments import documents
from assessments.models import (
    Assessment,
    ReviewedRating,
    ReviewedSubmission,
    Submission,
    SubmittedRating,
)
from audit.models import Event
from audit.services import record
from hallmarks.models import Level
from reports import proving
from reports.models import StoredReport
from reports.stored import key_of, path_of
from tests.conftest import _without_triggers as behind_the_portals_back
from tests.people import Cast
from tests.reviews import reviewing

REFERENCE = "2027-AMBER-VALLEY-1"
FINGERPRINT = "the document does not have its fingerprint"
CHAIN = "the chain is broken"
LEVELS = "the packed levels are not those of its document"
ROWS = "the rows of levels are not those of its document"
TRAIL = "the audit trail kept another fingerprint"


@pytest.fixture(autouse=True)
def _no_sets_remembered() -> None:
    proving._codes_of.cache_clear()


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    """Returned, sent again and closed: a chain of two, and a review."""
    first = reviewing.submitted(assessment, cast)
    reviewing.send_back(first, cast.reviewer, reason="Say more")
    second = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="More")
    reviewing.give(second, "LEAD.1", cast.reviewer, "some_success", "Seen")
    reviewing.close(second, cast.reviewer)
    return Submission.objects.get(number=1)


@pytest.fixture
def file(submission: Submission) -> Path:
    """A report that was made of the first."""
    path = path_of(key_of(submission.sha256, None, "full", "en"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    sha256 = proving._hash_of(path)
    StoredReport.objects.create(submission=submission, form="full", sha256=sha256, size=8)
    return path


def said() -> list[str]:
    return [str(found) for found in proving.every_break(proving.Counts())]


def change(rows: Any, **to: Any) -> None:
    with behind_the_portals_back():
        rows.update(**to)


def submissions(number: int = 1) -> Any:
    return Submission.objects.filter(number=number)


def rewritten(document: documents.Document, old: str, new: str) -> dict[str, str]:
    """Return a submission whose text was changed and whose fingerprint was made to fit."""
    text = documents.canonical(document).replace(old, new)
    return {"document": text, "sha256": documents.fingerprint(text)}


def test_what_nobody_touched_is_whole(submission: Submission, file: Path) -> None:
    counts = proving.Counts()
    assert list(proving.every_break(counts)) == []
    assert (counts.submissions, counts.reviews, counts.reports, counts.missing) == (2, 1, 1, 0)


TAMPERING: dict[str, tuple[Callable[[], None], str, str]] = {
    "a word of a document": (
        lambda: change(submissions(), document=submissions().get().document.replace("We meet", "We never meet")),
        REFERENCE,
        FINGERPRINT,
    ),
    "a fingerprint": (lambda: change(submissions(), sha256="a" * 64), REFERENCE, FINGERPRINT),
    "document and fingerprint together": (
        lambda: change(
            submissions(), **rewritten(documents.read(submissions().get().document), "We meet", "We never meet")
        ),
        "2027-AMBER-VALLEY-2",
        CHAIN,
    ),
    "the last document and fingerprint together": (
        lambda: change(submissions(2), **rewritten(documents.read(submissions(2).get().document), "More", "Much more")),
        "2027-AMBER-VALLEY-2",
        TRAIL,
    ),
    "spaces in a document": (
        lambda: change(submissions(), document=submissions().get().document.replace('","', '", "', 1)),
        REFERENCE,
        "the document is not in its one fixed form",
    ),
    "no document": (lambda: change(submissions(), document="{"), REFERENCE, "the document cannot be read"),
    "no object": (
        lambda: change(submissions(), document="[]"),
        REFERENCE,
        "the document cannot be read",
    ),
    "a packed level": (lambda: change(submissions(), levels="3-21"), REFERENCE, LEVELS),
    "a link of the chain": (lambda: change(submissions(2), previous_sha256=""), "2027-AMBER-VALLEY-2", CHAIN),
    "a reference": (lambda: change(submissions(), reference="2027-DERBY-1"), "2027-DERBY-1", "are not those"),
    "a time": (
        lambda: change(submissions(), submitted_at="2027-01-01T00:00:00Z"),
        REFERENCE,
        "reference, number, round, partnership or time",
    ),
    "the level of a row": (
        lambda: change(
            SubmittedRating.objects.filter(submission__number=1, criterion__code="LEAD.1"),
            level=Level.objects.get(scale__slug="practice", slug="doing_well"),
        ),
        REFERENCE,
        ROWS,
    ),
    "a row taken out": (lambda: delete(SubmittedRating.objects.filter(submission__number=1)), REFERENCE, ROWS),
    "a word of a review": (
        lambda: change(ReviewedSubmission.objects, document=reviewed_otherwise()["document"]),
        "review of 2027-AMBER-VALLEY-2",
        FINGERPRINT,
    ),
    "a review and its fingerprint together": (
        lambda: change(ReviewedSubmission.objects, **reviewed_otherwise()),
        "review of 2027-AMBER-VALLEY-2",
        TRAIL,
    ),
    "no review": (
        lambda: change(ReviewedSubmission.objects, document="{}"),
        "review of 2027-AMBER-VALLEY-2",
        "the document cannot be read",
    ),
    "the submission of a review": (
        lambda: change(ReviewedSubmission.objects, submission_sha256="a" * 64),
        "review of 2027-AMBER-VALLEY-2",
        CHAIN,
    ),
    "the time of a review": (
        lambda: change(ReviewedSubmission.objects, closed_at="2027-01-01T00:00:00Z"),
        "review of 2027-AMBER-VALLEY-2",
        "reference or time",
    ),
    "a row of a review": (
        lambda: change(ReviewedRating.objects, reason="Otherwise"),
        "review of 2027-AMBER-VALLEY-2",
        ROWS,
    ),
    "a review taken out": (
        lambda: delete(ReviewedRating.objects, ReviewedSubmission.objects),
        "review of 2027-AMBER-VALLEY-2",
        "the audit trail tells of it, and it is not there",
    ),
}


def delete(*sets: Any) -> None:
    with behind_the_portals_back():
        for rows in sets:
            rows.all()._raw_delete(rows.db)


def reviewed_otherwise() -> dict[str, str]:
    text = ReviewedSubmission.objects.get().document.replace("Seen", "Not seen")
    return {"document": text, "sha256": documents.fingerprint(text)}


@pytest.mark.parametrize("what", TAMPERING)
def test_every_change_is_found_at_its_place(what: str, submission: Submission) -> None:
    tamper, place, words = TAMPERING[what]
    tamper()
    assert [found for found in said() if found.startswith(f"{place}: ") and words in found] != []


def test_what_is_missing_at_the_end_of_the_chain_is_missed(submission: Submission) -> None:
    # The trail tells of a third, as if somebody had taken it out with all that belongs to it.
    with transaction.atomic():
        told = {"reference": "2027-AMBER-VALLEY-3", "sha256": "a" * 64}
        record(kind="assessment.submitted", target=submission.assessment, by=None, after=told)
    assert said() == ["2027-AMBER-VALLEY-3: the audit trail tells of it, and it is not there"]


@pytest.mark.parametrize("content", [b"%PDF-1.8", b"", b"%PDF-1.7 "])
def test_a_changed_file_is_found(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    assert said() == [f"{file}: the file is not the one that was made"]


def test_a_file_that_is_not_there_is_counted_and_no_break(file: Path) -> None:
    file.unlink()
    counts = proving.Counts()
    assert list(proving.every_break(counts)) == []
    assert (counts.reports, counts.missing) == (0, 1)


def test_the_command_says_what_it_saw(submission: Submission, file: Path) -> None:
    out = io.StringIO()
    call_command("verify_submissions", stdout=out)
    assert "Submissions: 2. Closed reviews: 1. Report files: 1, not there: 0." in out.getvalue()
    assert "All are as they were frozen." in out.getvalue()


def test_the_command_names_every_break_and_ends_with_one(submission: Submission) -> None:
    change(submissions(), levels="9999")
    change(submissions(2), levels="9999")
    out, errors = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_submissions", stdout=out, stderr=errors)
    assert caught.value.returncode == 1
    assert errors.getvalue().splitlines() == [f"2027-AMBER-VALLEY-{n}: {LEVELS}" for n in (1, 2)]
    assert "All are" not in out.getvalue()


def test_it_changes_nothing(submission: Submission) -> None:
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as queries:
        said()
    assert [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "DECLARE", "FETCH", "CLOSE"))] == []
    assert Event.objects.count() == before


def test_many_are_asked_for_together(submission: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "AT_A_TIME", 1)
    with CaptureQueriesContext(connection) as one_by_one:
        said()
    monkeypatch.undo()
    proving._codes_of.cache_clear()
    with CaptureQueriesContext(connection) as together:
        said()
    assert len(together) < len(one_by_one)
    assert len(together) <= 16
