"""Texts and numbers that no form would take: each is cut with a notice or kept harmless, and never hangs the maker."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from assessments.documents import Document, EvidenceEntry, IndicatorEntry
from reports import contexts, pdf
from reports.contexts.cover import LONGEST_NAME
from reports.contexts.criteria import MOST_EVIDENCE, MOST_SIGNS
from reports.contexts.summary import MOST_LEVELS
from reports.plain_text import LONGEST, LONGEST_LINE, MOST_LINES
from tests.reports import hostile, making
from tests.reports.making import criterion

SHA = "ab" * 32
WHERE = "in the portal and in the attached submission.json"


def page(document: Document, form: str = "full") -> str:
    context = contexts.of_submission(document, SHA, form=form)
    return render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})


def reason(text: str) -> Document:
    return making.small(criterion("LEAD.1", reason=text))


def test_20000_lines_are_cut_with_a_notice() -> None:
    found = page(reason("Another line.\n" * 20_000))
    assert found.count("Another line.") == MOST_LINES
    assert f"[The rest of this text, 19,600 lines, is {WHERE}.]" in found


def test_one_endless_line_is_cut_with_a_notice() -> None:
    found = page(reason("x" * (LONGEST + 5_000)))
    assert f"[The rest of this text, 5,000 characters, is {WHERE}.]" in found


def test_a_draft_names_no_attached_file() -> None:
    found = contexts.of_draft(reason("x\n" * 20_000), datetime.date(2027, 3, 31)).sections[0].criteria[0].reason
    assert found.endswith("lines, is in the portal.]")


def test_200_levels_are_explained_up_to_a_dozen() -> None:
    found = contexts.of_submission(hostile.steps(200), SHA)
    assert len(found.practice_labels.labels) == MOST_LEVELS
    assert found.practice_labels.more == f"And {200 - MOST_LEVELS} more: they stand {WHERE}."


def test_500_criteria_are_all_told_by_their_level() -> None:
    found = contexts.of_submission(hostile.many(500), SHA)
    written = [each.title for section in (*found.sections, *found.statutory) for each in section.criteria]
    tabled = [
        row.title for table in (found.table, found.statutory_table) for rows in table.sections for row in rows.rows
    ]
    assert len(written) + len(tabled) == 560
    assert len(tabled) > 100
    assert "This report has no room for their reasons" in page(hostile.many(500))


def test_the_largest_texts_of_the_forms_are_all_written_out() -> None:
    found = contexts.of_submission(hostile.largest(), SHA)
    assert sum(len(section.criteria) for section in found.sections) == 49
    assert found.table.sections == ()


def test_signs_and_evidence_without_end_are_cut_with_a_notice() -> None:
    signs = tuple(IndicatorEntry(n, "Sign", "yes") for n in range(1_000))
    evidence = tuple(EvidenceEntry("link", f"Page {n}", "https://partnership.example/") for n in range(1_000))
    (part,) = (
        contexts.of_submission(making.small(criterion("LEAD.1", indicators=signs, evidence=evidence)), SHA)
        .sections[0]
        .criteria
    )
    assert (len(part.signs), len(part.evidence)) == (MOST_SIGNS, MOST_EVIDENCE)
    assert part.more_signs == f"And {1_000 - MOST_SIGNS} more: they stand {WHERE}."
    assert part.more_evidence == f"And {1_000 - MOST_EVIDENCE} more: they stand {WHERE}."


def test_titles_without_end_are_cut() -> None:
    place = making.small().partnership
    document = making.small(
        criterion("LEAD.1", title="T" * 50_000),
        partnership=type(place)(**{**vars(place), "name": "N" * 50_000}),
    )
    context = contexts.of_submission(document, SHA)
    assert len(context.sections[0].criteria[0].title) == LONGEST_LINE
    assert len(context.partnership) == LONGEST_NAME


def test_marks_that_turn_the_direction_are_taken_out_of_every_text() -> None:
    turned = "safe\u202etxet\u2067"
    found = page(
        making.small(
            criterion("LEAD.1", reason=turned, title=turned, evidence=(EvidenceEntry("link", turned, turned),))
        )
    )
    assert not {"\u202e", "\u2067"} & set(found)


@pytest.mark.parametrize(
    "make",
    [
        lambda: "x" * LONGEST,
        lambda: "W\u00ad" * (LONGEST // 2),
        lambda: "a\u200b" * (LONGEST // 2),
        lambda: "\u05e9\u05dc\u05d5\u05dd \u200f\u202e(a) " * 900,
        lambda: "\n" * 20_000 + "\t" * 9_000,
        lambda: ("a" + "\u0301" * 300 + "\u0e49" * 300) * 30,
        lambda: "\U0001f469\u200d\U0001f4bb" * 3_000,
        lambda: "\ud800\udfff\x00\x1b[31m&lt;b&gt;",
        lambda: "".join(chr(c) for plane in range(17) for c in range(plane << 16, (plane + 1) << 16, 211)),
    ],
    ids=["word", "soft-hyphens", "zero-width", "right-to-left", "blank", "stacked", "joined", "surrogates", "planes"],
)
def test_no_text_hangs_the_maker(make: Callable[[], str]) -> None:
    made = pdf.run(page(reason(make())), "x")
    assert len(PdfReader(io.BytesIO(made)).pages) > 3
