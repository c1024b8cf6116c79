"""Which earlier criterion a new one continues: given lineages are trusted, codes doubted, texts compared."""

import dataclasses

import pytest

from hallmarks.document import CriterionEntry, Document, IndicatorEntry, SectionEntry
from hallmarks.lineages import Lineages, Way, lineage_hash, probably_made, propose
from tests.counting import calls
from tests.hallmarks.files import BEACON, document

BASE = document(BEACON)
FIRST = next(BASE.criteria())
TEXTS = {
    "meet": "Chief officers of every agency meet monthly and decide together what the partnership does.",
    "money": "Budgets are pooled and every grant is spent where the strategic assessment says it matters most.",
    "night": "Late licences, taxis and street pastors keep the centre of town calm after midnight.",
    "young": "Schools and youth workers notice early when a child is drawn into a gang.",
}


def entry(code: str, lineage: str, text: str) -> CriterionEntry:
    return dataclasses.replace(FIRST, code=code, lineage=lineage, title=text[:30], text=text, indicators=())


def made(*criteria: CriterionEntry) -> Document:
    return dataclasses.replace(BASE, sections=(SectionEntry(1, "A", "A", criteria),))


OLD = made(entry("A.1", "a-1", TEXTS["meet"]), entry("A.2", "a-2", TEXTS["money"]), entry("A.3", "a-3", TEXTS["night"]))


def told(found: Lineages) -> list[tuple[str, str | None, Way, bool]]:
    return [
        (row.criterion.code, row.heir_of.earlier.code if row.heir_of else None, row.way, row.is_doubtful)
        for row in found.rows
    ]


def test_the_same_set_goes_on_as_it_is() -> None:
    found = propose(BASE, BASE, {c.lineage for c in BASE.criteria()})
    assert {(row.criterion.code == row.heir_of.earlier.code) for row in found.rows if row.heir_of} == {True}
    assert (found.doubtful, found.ends, len(found.rows)) == (0, (), 49)


def test_a_lineage_that_the_file_names_is_taken_under_another_code() -> None:
    found = propose(made(entry("B.9", "a-2", TEXTS["money"])), OLD)
    assert told(found) == [("B.9", "A.2", Way.LINEAGE, False)]
    assert [c.code for c in found.ends] == ["A.1", "A.3"]


def test_a_named_lineage_with_quite_another_text_is_flagged() -> None:
    assert told(propose(made(entry("A.2", "a-2", TEXTS["young"])), OLD)) == [("A.2", "A.2", Way.LINEAGE, True)]


def test_the_same_code_with_quite_another_text_is_new_unless_somebody_says_otherwise() -> None:
    found = propose(made(entry("A.1", "x-1", TEXTS["young"])), OLD, {"x-1"})
    assert told(found) == [("A.1", None, Way.NEW, True)]


def test_the_same_code_with_much_of_another_text_is_never_taken_silently() -> None:
    half = f"{TEXTS['meet'][:50]} {TEXTS['young'][:40]}"
    found = propose(made(entry("A.1", "x-1", half)), OLD, {"x-1"})
    assert told(found) == [("A.1", "A.1", Way.CODE, True)]


def test_codes_that_were_counted_anew_do_not_lead_astray() -> None:
    """A criterion came in at the top, and all below it moved down one code."""
    new = made(
        entry("A.1", "a-1", TEXTS["young"]), entry("A.2", "a-2", TEXTS["meet"]), entry("A.3", "a-3", TEXTS["money"])
    )
    found = propose(new, OLD, {"a-1", "a-2", "a-3"})
    assert [(code, old) for code, old, _way, _doubt in told(found)] == [("A.1", None), ("A.2", "A.1"), ("A.3", "A.2")]
    assert [c.code for c in found.ends] == ["A.3"]
    assert found.rows[0].way is Way.NEW


def test_one_earlier_criterion_goes_on_in_one_new_one() -> None:
    new = made(entry("B.1", "b-1", TEXTS["meet"]), entry("B.2", "b-2", TEXTS["meet"]))
    found = propose(new, OLD, {"b-1", "b-2"})
    assert told(found) == [("B.1", "A.1", Way.LIKENESS, False), ("B.2", None, Way.NEW, True)]
    assert found.rows[1].others[0].earlier.code == "A.1"
    assert found.rows[1].others[0].percent == 100


def test_a_reworded_criterion_under_another_code_is_found_and_looked_at() -> None:
    reworded = TEXTS["money"].replace("where the strategic assessment says it matters most", "on what the plan names")
    [row] = propose(made(entry("B.1", "b-1", reworded)), OLD, {"b-1"}).rows
    assert row.heir_of is not None
    assert (row.heir_of.earlier.code, row.way, row.is_doubtful) == ("A.2", Way.LIKENESS, True)
    assert 35 <= row.heir_of.percent < 85


def test_a_lineage_that_the_file_gives_as_new_stays_new() -> None:
    assert told(propose(made(entry("A.1", "other", TEXTS["meet"])), OLD)) == [("A.1", None, Way.NEW, True)]


def test_signs_count_as_words() -> None:
    signs = (IndicatorEntry(1, TEXTS["night"]),)
    bare = dataclasses.replace(entry("A.1", "a-1", "Short."), indicators=signs)
    [row] = propose(made(dataclasses.replace(bare, code="Z.1", lineage="z")), made(bare), {"z"}).rows
    assert row.heir_of is not None
    assert row.heir_of.percent == 100


@pytest.mark.parametrize(("new", "old"), [(OLD, made()), (made(), OLD), (made(), made())])
def test_sets_without_criteria(new: Document, old: Document) -> None:
    found = propose(new, old, {"a-1"})
    assert (len(found.rows), len(found.ends)) == (len(list(new.criteria())), len(list(old.criteria())))


def test_criteria_without_any_word_are_new() -> None:
    found = propose(made(entry("B.1", "b", "…")), made(entry("A.1", "a", "!?")), {"b"})
    assert found.rows[0].heir_of is None or found.rows[0].is_doubtful


def large(criteria: int) -> tuple[Document, Document]:
    """A set of many criteria, and the same under other codes and lineages."""
    words = [f"{word}{n}" for n in range(40) for word in ("police", "council", "fire", "health", "youth")]

    def text(n: int) -> str:
        return " ".join(words[(n * step) % len(words)] for step in range(1, 60))

    old = made(*(entry(f"A.{n}", f"a-{n}", f"{text(n)} only{n}") for n in range(criteria)))
    moved = (dataclasses.replace(c, code=f"B.{n}", lineage=f"b-{n}") for n, c in enumerate(old.criteria()))
    return old, made(*moved)


def test_500_against_500_are_found_again() -> None:
    old, moved = large(500)
    found = propose(moved, old, {c.lineage for c in moved.criteria()})
    assert (len(found.ends), found.rows[77].heir_of and found.rows[77].heir_of.earlier.code) == (0, "A.77")


def test_what_is_confirmed_is_codes_lineages_titles_and_statements_against_one_set() -> None:
    said = lineage_hash(OLD, "v1")
    first, *rest = OLD.criteria()
    for other in (
        dataclasses.replace(first, code="other"),
        dataclasses.replace(first, lineage="other"),
        dataclasses.replace(first, title="other"),
        dataclasses.replace(first, text="other"),
    ):
        assert lineage_hash(made(other, *rest), "v1") != said
    assert lineage_hash(OLD, "v2") != said
    assert lineage_hash(made(dataclasses.replace(first, source="other", guidance="other"), *rest), "v1") == said


def test_lineages_as_codes_would_make_them_may_be_proposals() -> None:
    new = made(
        entry("A.1", "a-1", "Same code and lineage as before."),
        entry("A.7", "beacon-a-7", "Made."),
        entry("A.8", "beacon-a-8-2", "Made where the first was taken."),
        entry("A.9", "a-3", "Given."),
    )
    assert probably_made(new, OLD) == {"a-1", "beacon-a-7", "beacon-a-8-2"}


def test_ten_times_the_criteria_are_not_a_hundred_times_the_work() -> None:
    def work(criteria: int) -> int:
        old, moved = large(criteria)
        given = {c.lineage for c in moved.criteria()}
        return calls(lambda: propose(moved, old, given))

    assert work(500) < 30 * work(50)
