"""The report as people and screen readers get it, made once and kept."""

import dataclasses
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from accounts.models import User
from assessments.documents import ActionEntry, CriterionEntry, Document, SectionEntry
from assessments.models import Assessment, Submission
from reports import contexts, pdf, render
from tests.assessments.answering import rate, rate_everything
from tests.assessments.answering import submit as submit_answers
from tests.counting import calls
from tests.people import Cast
from tests.reports import making

SHA = "ab" * 32
SignIn = Callable[[User | None], Client]


@pytest.fixture(scope="module")
def document() -> Document:
    return making.beacon()


@pytest.fixture(scope="module")
def report(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.rendered(contexts.of_submission(document, SHA))))


@pytest.fixture(scope="module")
def pages(report: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in report.pages]


def elements(node: object) -> Iterator[DictionaryObject]:
    """Yield the structure tree's elements in reading order."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for child in found:
            yield from elements(child)
    elif isinstance(found, DictionaryObject):
        yield found
        yield from elements(found.get("/K", []))


def catalog(report: PdfReader) -> Any:
    return report.trailer["/Root"]


def titles_in(outline: Any) -> Iterator[str]:
    for entry in outline if isinstance(outline, list) else [outline]:
        if isinstance(entry, list):
            yield from titles_in(entry)
        else:
            yield entry.title


def test_every_criterion_is_there_with_its_reason(document: Document, pages: list[str]) -> None:
    whole = " ".join(pages)
    entries = list(document.every_criterion())
    assert len(entries) == 49
    assert [entry.title for entry in entries if entry.title not in whole] == []
    assert [entry.code for entry in entries if entry.reason not in whole] == []


def test_it_is_tagged_and_says_its_language_and_title(report: PdfReader) -> None:
    root = catalog(report)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert report.metadata is not None
    assert report.metadata.title == "Amber Valley: 2027 self-assessment"
    kinds = {str(each.get("/S")) for each in elements(root["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/Figure"} <= kinds


def test_it_declares_pdf_ua(report: PdfReader) -> None:
    metadata = catalog(report)["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part[^0-9]+1", metadata)


def test_headings_never_skip_a_level(report: PdfReader) -> None:
    found = [str(each["/S"]) for each in elements(catalog(report)["/StructTreeRoot"]) if "/S" in each]
    levels = [int(kind[2]) for kind in found if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_picture_says_its_numbers(report: PdfReader) -> None:
    figures = [each for each in elements(catalog(report)["/StructTreeRoot"]) if each.get("/S") == "/Figure"]
    assert len(figures) == 19
    assert str(figures[0]["/Alt"]).startswith("Profile of 49 ratings: 13 gap identified, 12 working towards")
    assert all(figure.get("/Alt") for figure in figures)


def test_bookmarks_lead_to_every_section_and_criterion(document: Document, report: PdfReader) -> None:
    titles = list(titles_in(report.outline))
    assert {section.title for section in document.sections} <= set(titles)
    assert [entry.title for entry in document.every_criterion() if f"{entry.number}. {entry.title}" not in titles] == []


def test_the_contents_give_the_real_pages(document: Document, pages: list[str]) -> None:
    for section in document.sections:
        found = re.search(rf"{re.escape(section.title)} (\d+)", pages[1])
        assert found
        first = section.criteria[0]
        assert re.search(
            rf"{re.escape(section.title)} \d+ of \d+ criteria .* 1\. {re.escape(first.title)}", pages[int(found[1]) - 1]
        )


def test_the_contents_name_what_the_pages_are_headed(pages: list[str]) -> None:
    assert pages[1].startswith("Contents Summary 3 Leadership 4")
    assert pages[2].startswith("Summary")


def test_sections_follow_each_other_and_no_criterion_is_torn(document: Document, pages: list[str]) -> None:
    # 49 criteria with all their signs; a page for each section's beginning made it 28.
    assert len(pages) < 24
    for entry in document.every_criterion():
        (page,) = [page for page in pages[3:] if f"{entry.number}. {entry.title}" in page]
        assert entry.reason in page
        assert all(sign.text in page for sign in entry.indicators)


def test_it_is_made_with_no_more_work_than_that(document: Document) -> None:
    context = contexts.of_submission(document, SHA)
    html = render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})
    render.pdf_of(html, "whatever is made once")
    # 3.9 million; ids on the criteria or marks in their labels make it half a million more (decision record 21).
    assert calls(lambda: render.pdf_of(html, "counted")) < 4_300_000


def test_an_answer_and_its_sign_stand_on_one_line(document: Document) -> None:
    answers = ("yes", "partly", "no", "")
    mixed = dataclasses.replace(
        document,
        sections=tuple(dataclasses.replace(each, criteria=answered(each, answers)) for each in document.sections),
    )
    pages = PdfReader(io.BytesIO(pdf.rendered(contexts.of_submission(mixed, SHA)))).pages
    lines = [line.strip() for page in pages for line in page.extract_text(extraction_mode="layout").splitlines()]
    assert not {"Yes", "Partly", "No", "No answer"} & set(lines)
    assert any(re.search(r"Partly +[A-Z]", line) for line in lines)


def answered(section: SectionEntry, answers: Sequence[str]) -> tuple[CriterionEntry, ...]:
    return tuple(
        dataclasses.replace(
            entry,
            indicators=tuple(
                dataclasses.replace(sign, answer=answers[at % len(answers)]) for at, sign in enumerate(entry.indicators)
            ),
        )
        for entry in section.criteria
    )


def test_the_head_of_a_page_names_the_section_that_it_begins_with(report: PdfReader) -> None:
    # Page 7 begins with the end of one section and goes on with the next.
    text = " ".join(report.pages[6].extract_text().split())
    assert text.startswith("7. Leaders develop the partnership strategically")
    assert "Audits and strategies" in text
    assert "Amber Valley: 2027 self-assessment Leadership" in text


def test_every_page_says_that_the_data_is_made_up_and_whose_it_is(pages: list[str]) -> None:
    assert all("Demonstration data" in page and "Amber Valley" in page for page in pages)
    assert SHA in pages[0]
    assert "31 March 2027, 4:10pm, by Coordinator, Local authority" in pages[0]


def test_the_summary_fits_one_page(pages: list[str]) -> None:
    assert "Strengths" in pages[2]
    assert pages[3].startswith("Leadership")


def test_what_the_partnership_will_do_has_a_page_where_it_promised_something() -> None:
    promise = ActionEntry("LEAD.2", "Share one audit", "Police force", "2027-09-30", "open")
    made = PdfReader(io.BytesIO(pdf.rendered(contexts.of_submission(making.small(actions=(promise,)), SHA))))
    texts = [" ".join(page.extract_text().split()) for page in made.pages]
    [page] = [text for text in texts[2:] if "Improvement plan" in text]
    assert "30 September 2027 Share one audit Police force Title of LEAD.2 (Section LEAD 2)" in page
    assert "Improvement plan" in texts[1]
    without = PdfReader(io.BytesIO(pdf.rendered(contexts.of_submission(making.small(), SHA))))
    assert not any("Improvement plan" in page.extract_text() for page in without.pages)


def test_the_same_document_gives_the_same_bytes() -> None:
    context = contexts.of_submission(making.small(), SHA)
    assert pdf.rendered(context) == pdf.rendered(context)


def test_texts_of_every_kind_come_through_in_time() -> None:
    reasons = {
        "LEAD.1": "Another line.\n" * 20_000,
        "LEAD.2": "\u05e9\u05dc\u05d5\u05dd \u202e" * 500,
        "LEAD.3": "x" * 9_000,
        "LEAD.4": ("a" + "\u0301" * 300) * 30,
    }
    criteria = [making.criterion(code, reason=reason) for code, reason in reasons.items()]
    found = pdf.rendered(contexts.of_submission(making.small(*criteria), SHA))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(found)).pages)
    assert text.count("Another line.") == 400
    assert "The rest of this text, 19,600 lines, is in the portal" in " ".join(text.split())


def test_characters_of_every_plane_do_no_harm() -> None:
    every = "".join(chr(c) for plane in range(17) for c in range(plane << 16, (plane + 1) << 16, 211))
    found = pdf.rendered(contexts.of_submission(making.small(making.criterion("LEAD.1", reason=every)), SHA))
    assert len(PdfReader(io.BytesIO(found)).pages) > 4


# Drafts, and limits


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    sent: Submission = submit_answers(assessment, cast.coordinator)
    return sent


def address(name: str = "pdf") -> str:
    return reverse(f"reports:{name}", args=["2027", "amber-valley"])


def test_a_report_that_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "REPORT_MEMORY_MB", 40)
    with pytest.raises(pdf.PdfTooHeavy):
        pdf.run("<title>x</title>", "x")


def test_a_draft_says_so_on_every_page_and_is_not_stored(
    assessment: Assessment, sign_in: SignIn, cast: Cast, tmp_path: object
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="So far <b>so good</b>.")
    answer = sign_in(cast.viewer).get(address("draft"))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert all("Draft" in page for page in pages)
    assert "So far <b>so good</b>." in " ".join(pages)
    assert "Not rated" in " ".join(pages)
    assert not (settings.VAR_DIR / "reports").exists()
    assert "no-store" in answer["Cache-Control"]


def test_after_submitting_the_draft_is_the_report(submission: Submission, sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.officer).get(address("draft"))["Location"] == address()


def test_reviewers_never_see_a_draft(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.reviewer, cast.administrator, cast.neighbour):
        assert sign_in(person).get(address("draft")).status_code == 404


def test_the_head_of_the_plan_is_never_alone_at_the_foot_of_a_page() -> None:
    promises = tuple(
        ActionEntry("LEAD.2", f"Share audit {n} with all others", "Police force", f"2027-09-{n + 10}", "open")
        for n in range(9)
    )
    for lines in range(22, 50, 3):
        entry = making.criterion("LEAD.2", reason="\n".join(f"Line {n}" for n in range(lines)))
        made = PdfReader(io.BytesIO(pdf.rendered(contexts.of_submission(making.small(entry, actions=promises), SHA))))
        (page,) = [text for each in made.pages[3:] if "Improvement actions that" in (text := each.extract_text())]
        assert page.count("Share audit") >= 2, lines
