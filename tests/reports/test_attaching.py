"""The JSON inside the PDF: the very text that was frozen, told to programs as an associated file."""

import hashlib
import io
from typing import Any

import pytest
from pypdf import PdfReader

from assessments import documents
from assessments.models import Assessment, ReviewedSubmission, Submission
from reports import pdf, stored
from reports.attached import Attached
from reports.attaching import attached_to
from reports.models import StoredReport
from reports.stored import Report
from tests.people import Cast
from tests.reviews import reviewing

HTML = "<html lang=en><head><title>A report</title></head><body><h1>A report</h1></body></html>"


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    return reviewing.submitted(assessment, cast)


@pytest.fixture
def reviewed(submission: Submission, cast: Cast) -> ReviewedSubmission:
    for code in ("LEAD.1", "LEAD.2", "LAW.1", "LAW.2"):
        if code in submission.document:
            reviewing.give(submission, code, cast.reviewer, "", "Seen")
    reviewing.close(submission, cast.reviewer)
    return ReviewedSubmission.objects.get()


def opened(content: bytes) -> tuple[PdfReader, Any]:
    reader = PdfReader(io.BytesIO(content))
    return reader, reader.trailer["/Root"]


def files_in(catalog: Any) -> dict[str, Any]:
    names = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    return {str(name): found.get_object() for name, found in zip(names[::2], names[1::2], strict=True)}


def test_the_submission_is_in_its_report_to_the_letter(submission: Submission) -> None:
    reader, catalog = opened(pdf.run(HTML, submission.sha256, attached_to(submission)))
    (content,) = reader.attachments["submission.json"]
    assert content == submission.document.encode()
    assert hashlib.sha256(content).hexdigest() == submission.sha256
    assert list(files_in(catalog)) == ["submission.json"]


def test_programs_are_told_what_it_is(submission: Submission) -> None:
    _reader, catalog = opened(pdf.run(HTML, submission.sha256, attached_to(submission)))
    (found,) = (each.get_object() for each in catalog["/AF"])
    stream = found["/EF"]["/F"].get_object()
    portal = documents.read(submission.document).portal
    assert found["/AFRelationship"] == "/Source"
    assert (found["/F"], found["/UF"]) == ("submission.json", "submission.json")
    assert f"{portal}/schemas/submission-1.json" in found["/Desc"]
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/Size"] == len(submission.document.encode())


def test_its_times_are_the_submissions_own(submission: Submission) -> None:
    _reader, catalog = opened(pdf.run(HTML, submission.sha256, attached_to(submission)))
    params = files_in(catalog)["submission.json"]["/EF"]["/F"].get_object()["/Params"]
    frozen = documents.read(submission.document).submitted_at
    at = "D:" + "".join(mark for mark in frozen.split("+")[0] if mark.isdigit()) + "Z"
    assert (params["/CreationDate"], params["/ModDate"]) == (at, at)


def test_a_reviewed_report_holds_both(submission: Submission, reviewed: ReviewedSubmission) -> None:
    reader, catalog = opened(pdf.run(HTML, reviewed.sha256, attached_to(submission, reviewed)))
    (review,) = reader.attachments["review.json"]
    assert review == reviewed.document.encode()
    assert hashlib.sha256(review).hexdigest() == reviewed.sha256
    # A catalogue of names is searched by halves, so it must be in order.
    assert list(files_in(catalog)) == ["review.json", "submission.json"]
    assert len(catalog["/AF"]) == 2
    assert {each.get_object()["/AFRelationship"] for each in catalog["/AF"]} == {"/Source"}


def test_with_files_it_is_still_pdf_ua(submission: Submission) -> None:
    _reader, catalog = opened(pdf.run(HTML, submission.sha256, attached_to(submission)))
    metadata = catalog["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in metadata
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"


def test_two_processes_give_the_same_bytes(submission: Submission, reviewed: ReviewedSubmission) -> None:
    once, again = (pdf.run(HTML, submission.sha256, attached_to(submission, reviewed)) for _ in range(2))
    assert once == again


def test_without_files_nothing_is_associated() -> None:
    _reader, catalog = opened(pdf.run(HTML, "page"))
    assert "/AF" not in catalog
    assert "/EmbeddedFiles" not in catalog.get("/Names", {})


def test_every_letter_survives() -> None:
    text = '{"a":"Ynys Môn \U0001f600 \u2028 \\n \u202e"}'
    reader, _catalog = opened(pdf.run(HTML, "x", [Attached("a.json", text, "", "2027-03-31T15:10:00+00:00")]))
    assert reader.attachments["a.json"] == [text.encode()]


def test_the_report_that_people_get_holds_it(submission: Submission) -> None:
    reader, _catalog = opened(stored.stored(Report(submission, None, StoredReport.Form.FULL.value)).read_bytes())
    assert reader.attachments["submission.json"] == [submission.document.encode()]
