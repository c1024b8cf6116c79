"""The report for Word: what the PDF says, in real styles, the same bytes each time, whatever people typed."""

import datetime
import io
import itertools
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from django.test import Client

from accounts.models import User
from assessments.documents import Document
from assessments.models import Assessment, Submission
from reports import contexts, word
from tests.assessments import answering
from tests.people import Cast
from tests.reports.making import beacon, criterion, small
from tests.reports.taking import address, content_of
from tests.reviews import reviewing

SignIn = Callable[[User | None], Client]
AT = datetime.datetime(2027, 3, 31, 15, 10, tzinfo=datetime.UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FINGERPRINT = "ab" * 32


def made(document: Document | None = None) -> bytes:
    return word.document(contexts.of_submission(document or small(), FINGERPRINT), AT)


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words_of(content: bytes) -> str:
    """All that a document says: its text, its tables, its head and foot."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            archive.read(name) for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")
        ]
    return "\n".join("".join(ElementTree.fromstring(part).itertext()) for part in parts)  # noqa: S314 - our own


def test_it_says_what_the_report_says() -> None:
    text = words_of(made())
    for known in (
        *("Amber Valley", "2027 self-assessment", "Title of LEAD.1", "Statement of LEAD.1.", "Reason for LEAD.1."),
        *("Doing well", "Does not apply", "Yes: Sign 0", "No answer: Sign 3", "Joint patrols", "Source of LAW.2"),
        *("Statutory requirements", "Partly met", FINGERPRINT, "Reference 2027-AMBER-VALLEY-1.", "Demonstration data"),
    ):
        assert known in text, known


def test_headings_are_in_order_and_the_contents_lead_to_them() -> None:
    found = read(made())
    levels = [int(p.style.name[-1]) for p in found.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    body = found.element.body
    links = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    marks = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert links
    assert set(links) <= set(marks)
    assert len(set(marks)) == len(marks)
    assert found.paragraphs[0].style.name == "Title"
    assert {"List Bullet", "Heading 3"} <= {p.style.name for p in found.paragraphs}


def test_tables_have_a_title_and_headers_that_are_repeated() -> None:
    tables = read(made()).tables
    assert tables
    for table in tables:
        known = table._tbl.tblPr
        assert known.find(f"{W}tblCaption").get(f"{W}val")
        look = known.find(f"{W}tblLook")
        if look.get(f"{W}firstRow") == "1":
            assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        else:
            assert look.get(f"{W}firstColumn") == "1"
        assert table.style.name == "Table Grid"


def test_it_says_its_language_title_and_time() -> None:
    content = made()
    known = read(content).core_properties
    assert (known.title, known.subject) == ("Amber Valley: 2027 self-assessment", "2027 self-assessment")
    assert (known.author, known.language, known.comments) == ("Amber Valley", "en-GB", "")
    assert known.created == known.modified == AT
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'w:val="en-US"' not in archive.read("word/styles.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name or "WithEffects" in name for name in archive.namelist())


def test_the_same_document_is_the_same_bytes() -> None:
    document = beacon()
    assert made(document) == made(document)


def test_nothing_in_it_is_fetched_or_run() -> None:
    evil = criterion("LEAD.1", reason='{INCLUDETEXT "file:///etc/passwd"} =cmd|x <w:t>x</w:t> http://evil.example/')
    with zipfile.ZipFile(io.BytesIO(made(small(evil)))) as archive:
        for name in archive.namelist():
            assert b'TargetMode="External"' not in archive.read(name)
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own
    fields = [node.text or "" for node in body.iter(f"{W}instrText")]
    assert [field.split()[0] for field in fields] == ["TOC"]


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85",
        "\ufffe\uffff\ud800 lone",
        "\u202e right to left \u2066 isolated",
        "a" + "\u0301" * 5_000,
        "line\n" * 20_000,
        "x" * 200_000,
        "".join(chr(plane * 0x10000 + 0x1000) for plane in range(17)),
        "]]> &amp; <w:p/> \r\n \t",
    ],
    ids=["controls", "not characters", "directions", "marks", "lines", "length", "planes", "markup"],
)
def test_hostile_texts_make_a_document_that_can_be_read(text: str) -> None:
    entry = criterion("LEAD.1", reason=text, title=f"T {text[:150]}", text=text)
    content = made(small(entry))
    assert read(content).paragraphs
    assert len(words_of(content)) < 120_000


def test_a_draft_says_so_on_every_page(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="A draft reason")
    found = read(content_of(sign_in(cast.viewer), address("draft.docx")))
    section = found.sections[0]
    assert "Draft" in section.header.paragraphs[0].text
    assert "Draft, not submitted." in section.footer.paragraphs[0].text


def test_made_up_data_say_so_on_every_page() -> None:
    assert "Demonstration data" in read(made()).sections[0].header.paragraphs[0].text


def test_what_was_submitted_is_given_the_same_each_time(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    submission: Submission = reviewing.submitted(assessment, cast)
    client = sign_in(cast.reviewer)
    content = content_of(client, address("report.docx"))
    assert content == content_of(sign_in(cast.viewer), address("report.docx"))
    assert submission.sha256 in words_of(content)
    tag = client.get(address("report.docx"))["ETag"]
    assert client.get(address("report.docx"), headers={"If-None-Match": tag}).status_code == 304
    # A draft that is one no more leads to what was sent.
    assert client.get(address("draft.docx"))["Location"].endswith("report.docx")


def test_a_reviewed_report_has_the_offices_words(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    submission = reviewing.submitted(assessment, cast)
    reviewing.give(submission, "LEAD.1", cast.reviewer, "doing_well", "Better than they think")
    reviewing.recommend(submission, cast.reviewer, "Name a deputy", "LEAD.1")
    reviewing.summarise(submission, cast.reviewer, "Good work")
    reviewing.close(submission, cast.reviewer)
    client = sign_in(cast.viewer)
    said = words_of(content_of(client, address("reviewed-report.docx")))
    for known in ("Better than they think", "Name a deputy", "Good work"):
        assert known in said
        assert known not in words_of(content_of(client, address("report.docx")))
    assert cast.reviewer.name not in said
