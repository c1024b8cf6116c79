"""The partnership report, full and short, submitted and reviewed: what it says and how it is built."""

import datetime
import io
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from assessments.documents import ActionEntry
from reports import contexts, pdf
from reports.contexts.room import lines, shared
from reports.parts import SHORT, ReportContext
from tests.reports import hostile, making
from tests.reports.making import criterion
from tests.reports.reviewing import OFFICE, PORTAL, REVIEW_SHA, SHA, review, reviewed, then, told
from tests.reports.tagged import Tagged

MOST_PAGES = 8


def rendered(context: ReportContext) -> bytes:
    template = "reports/report_short.html" if context.form == SHORT else "reports/report.html"
    return pdf.run(render_to_string(template, {"report": context, "stylesheet": "own:report.css"}), "x")


def pages(content: bytes) -> list[str]:
    # What is read from a font with letters of two bytes has empty bytes between.
    return [" ".join(page.extract_text().replace("\0", "").split()) for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def full() -> bytes:
    return rendered(reviewed(told()))


@pytest.fixture(scope="module")
def tagged(full: bytes) -> Tagged:
    return Tagged.of(full)


# What it says


def test_what_moved_is_counted_and_listed() -> None:
    movement = contexts.of_submission(told(), SHA).summary.movement
    assert movement is not None
    assert movement.words == "1 criterion is higher, 1 is lower, 1 is the same. 3 cannot be compared."
    assert [(each.title, each.before.name, each.now.name, each.direction) for each in movement.moved] == [
        ("Title of LEAD.1", "Gap identified", "Working towards", "Higher"),
        ("Title of LEAD.2", "Some success", "Gap identified", "Lower"),
    ]
    assert contexts.of_submission(making.small(), SHA).summary.movement is None


def test_each_criterion_says_how_it_moved() -> None:
    parts = contexts.of_submission(told(), SHA).sections[0].criteria
    assert [part.before for part in parts] == [
        "Higher than in “2026 self-assessment”: gap identified then.",
        "Lower than in “2026 self-assessment”: some success then. It was worded otherwise.",
        "Not to be compared with “2026 self-assessment”: some success then.",
        "The same as in “2026 self-assessment”.",
    ]


def test_a_level_that_the_scale_no_longer_has_is_named_without_a_mark() -> None:
    before = contexts.criteria.label_then(told(), criterion("LEAD.1", before=told().sections[0].criteria[0].before))
    assert (before.name, before.mark) == ("Gap identified", "l0")
    gone = criterion("LEAD.1", before=then("Splendid", ""))
    assert contexts.criteria.label_then(told(), gone).mark == ""


def test_how_agencies_saw_it_is_drawn_and_said_in_the_same_words() -> None:
    views = contexts.of_submission(told(), SHA).sections[0].criteria[0].views
    assert views is not None
    words = (
        "Two agencies saw gap identified, one something between gap identified and working towards, one some success."
    )
    assert views.words == words
    assert f"<title>{words}</title>" in views.bar
    assert contexts.of_submission(making.small(), SHA).sections[0].criteria[0].views is None


def test_open_actions_are_counted_and_the_first_to_be_due_are_named() -> None:
    promises = contexts.of_submission(told(), SHA).summary.promises
    assert promises is not None
    assert promises.words == "2 improvement actions were open. 1 was overdue by then."
    assert [action.text for action in promises.first] == ["An old promise", "Share one audit"]


def test_both_levels_stand_side_by_side_in_words() -> None:
    same, other = (part.remark for part in reviewed(told()).sections[0].criteria[:2])
    assert same is not None
    assert other is not None
    assert (same.beside, same.reason, same.recommendations) == (
        "The same as the partnership.",
        "Seen: LEAD.1.",
        ("Name a deputy.",),
    )
    assert other.label is not None
    assert (other.label.name, other.beside) == ("Doing well", "The partnership says: gap identified.")
    assert reviewed(told()).sections[0].criteria[1].label.name == "Gap identified"


def test_a_criterion_that_the_office_gave_no_level_says_so() -> None:
    remark = reviewed(told(), criteria=()).sections[0].criteria[0].remark
    assert remark is not None
    assert (remark.label, remark.beside) == (None, "It gave no level of its own.")


def test_the_reviewed_report_tells_of_the_review(full: bytes) -> None:
    found = pages(full)
    whole = " ".join(found)
    assert "Reviewed 12 May 2027, 10:00am, by Reviewer, Government Office for the East Midlands" in found[0]
    assert REVIEW_SHA in found[0]
    for words in (
        f"The {OFFICE} gave 6 criteria a level: the same as the partnership for 5, a lower one for 0, a higher one",
        "The audit is the place to begin.",
        "Meet every quarter. The whole assessment 2 May 2027",
        "Appendix: questions and replies",
        "The partnership replied on 12 April 2027, by Coordinator, Local authority The chief executive does.",
        "Nobody has replied.",
    ):
        assert words in whole
    assert "Returned" not in whole


def test_a_review_that_returned_the_submission_says_why() -> None:
    office = reviewed(told(), return_reason="Rate LEAD.3.", returned_at="2027-05-12T09:00:00+00:00").office
    assert office is not None
    assert office.returned.startswith("Returned to the partnership on 12 May 2027, 10:00am")
    assert office.return_reason == "Rate LEAD.3."


def test_a_review_of_another_submission_is_refused() -> None:
    with pytest.raises(ValueError, match="another submission"):
        contexts.of_reviewed(told(), "ee" * 32, review(told()), REVIEW_SHA)


def test_the_address_to_check_it_stands_on_the_cover_and_at_every_foot(full: bytes) -> None:
    assert all(f"Check it at {PORTAL}/verify/2027-AMBER-VALLEY-1/" in page for page in pages(full)[1:])
    assert f"Check this report at {PORTAL}/verify/2027-AMBER-VALLEY-1/ with the fingerprint" in pages(full)[0]
    without = contexts.of_submission(making.small(), SHA)
    assert (without.verification.address, without.verification.sha256) == ("", SHA)
    assert "Check it" not in without.foot
    assert contexts.of_draft(told(), datetime.date(2027, 3, 31)).verification.address == ""


def test_the_report_is_in_the_language_it_was_asked_in() -> None:
    context = contexts.of_submission(told(), SHA, language="cy")
    html = render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})
    assert '<html lang="cy">' in html
    assert contexts.of_submission(told(), SHA).lang == "en-GB"
    # A month is a word that Django has in Welsh.
    assert "Mawrth" in dict(context.facts)["Submitted"]


# How it is built


def test_every_text_stands_in_the_order_of_its_tags(tagged: Tagged) -> None:
    whole, at = squeezed(tagged.text()), 0
    document = told()
    wanted = [text for each in document.every_criterion() for text in (each.title, each.text, each.reason)]
    for text in [
        document.partnership.name,
        "Contents",
        "Summary",
        "Profile by section",
        "What moved since",
        "Open actions",
        "What the Government Office says",
        *wanted,
        "Improvement plan",
        "Case studies we cite",
        "Sources of the criteria",
        "Appendix",
    ]:
        at = whole.index(squeezed(text), at)


def test_headings_begin_at_one_and_never_skip(tagged: Tagged) -> None:
    levels = [int(str(each["/S"])[2]) for each in tagged.elements(*(f"/H{n}" for n in range(1, 7)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_cell_has_the_headers_that_it_belongs_to(tagged: Tagged) -> None:
    headers = {str(each["/ID"]) for each in tagged.elements("/TH") if "/ID" in each}
    cells = tagged.elements("/TD")
    assert len(cells) > 40
    for cell in cells:
        belongs: Any = cell["/A"]
        named = belongs.get("/Headers", [])
        assert named, tagged.text_of(cell)
        assert {str(each) for each in named} <= headers


def test_every_figure_has_its_numbers_in_words(tagged: Tagged) -> None:
    figures = tagged.elements("/Figure")
    whole = squeezed(tagged.text())
    # The cover, the profile, two sections, the statutory summary, and how agencies saw two criteria.
    assert len(figures) == 7
    for figure in figures[2:]:
        words = str(figure["/Alt"])
        assert squeezed(words.split(": ", 1)[-1]) in whole, words
    assert str(figures[0]["/Alt"]).startswith("Profile of 6 ratings: 1 gap identified")


def test_it_says_its_language_its_title_and_that_it_is_tagged(tagged: Tagged) -> None:
    root = tagged.root
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert tagged.reader.metadata is not None
    assert tagged.reader.metadata.title == "Amber Valley: 2027 self-assessment, reviewed"
    assert re.search(r"pdfuaid:part[^0-9]+1", root["/Metadata"].get_data().decode())


def test_bookmarks_lead_to_every_section_and_criterion(tagged: Tagged) -> None:
    titles = set(_titles(tagged.reader.outline))
    document = told()
    assert {f"{each.number}. {each.title}" for each in document.every_criterion()} <= titles
    assert {each.title for each in document.sections} <= titles
    assert "Why this level" not in titles


def _titles(outline: Sequence[Any]) -> list[str]:
    return [title for each in outline for title in (_titles(each) if isinstance(each, list) else [each.title])]


def test_levels_are_in_words_wherever_they_are_coloured() -> None:
    context = reviewed(told())
    html = render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})
    marked = re.findall(r'<(?:span|p) class="[^"]*\b(?:level|label) [a-z0-9]+">([^<]*)<', html)
    assert len(marked) > 20
    assert all(words.strip() for words in marked)


# The short form


@pytest.mark.parametrize(
    "context",
    [
        lambda: hostile.largest_reviewed(SHORT),
        lambda: contexts.of_submission(hostile.largest(), SHA, form=SHORT),
        lambda: contexts.of_submission(hostile.many(), SHA, form=SHORT),
        lambda: contexts.of_submission(hostile.steps(), SHA, form=SHORT),
        lambda: reviewed(hostile.shouting(), SHORT),
    ],
    ids=["reviewed", "longest", "many", "steps", "widest"],
)
def test_the_short_form_has_eight_pages_at_most(context: Any) -> None:
    found = pages(rendered(context()))
    assert len(found) <= MOST_PAGES
    # The cover and the summary have a page each.
    assert "Summary" in found[1]
    assert "Every criterion" in found[2]


def test_the_short_form_names_all_49_criteria_however_long_their_texts() -> None:
    table = hostile.largest_reviewed(SHORT).table
    assert sum(len(rows.rows) for rows in table.sections) == 49
    assert table.more == ""


def test_what_the_short_form_leaves_out_is_counted() -> None:
    context = contexts.of_submission(hostile.many(), SHA, form=SHORT)
    shown = sum(len(rows.rows) for rows in context.table.sections)
    assert context.table.more == f"And {500 - shown} more: they stand in the full report."
    assert context.lead.startswith("250 of 500 criteria")


def test_the_short_form_has_the_levels_of_both_and_of_the_round_before() -> None:
    context = reviewed(told(), SHORT)
    row = context.table.sections[0].rows[1]
    assert row.office is not None
    assert row.before is not None
    assert (row.label.name, row.office.name, row.before.name, row.before_words) == (
        "Gap identified",
        "Doing well",
        "Some success",
        "lower now",
    )
    assert [rows.title for rows in context.statutory_table.sections] == ["Section LAW"]
    assert context.sections == ()


def test_a_long_plan_is_cut_in_the_short_form() -> None:
    plan = tuple(ActionEntry("", f"Action {n}", "Police force", "2027-09-30", "open") for n in range(90))
    context = contexts.of_submission(making.small(actions=plan), SHA, form=SHORT)
    assert context.more_actions == f"And {90 - len(context.actions)} more: they stand in the full report."
    assert contexts.of_submission(making.small(actions=plan), SHA).more_actions == ""


def test_rows_are_shared_out_in_turn() -> None:
    assert shared(10, [[3, 3], [3, 3]]) == [2, 1]
    assert shared(2, [[3], []]) == [0, 0]
    assert shared(100, [[3], [50, 60]]) == [1, 1]


def test_lines_are_counted_by_words_and_by_letters() -> None:
    assert lines("A short title", 50, 10) == 1
    assert lines("word " * 40, 50, 10) == 8
    assert lines("W" * 100, 50, 10) == 8
    assert lines("", 50, 10) == 1
