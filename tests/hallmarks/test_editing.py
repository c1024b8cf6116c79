"""The acts of editing a draft, each from a document to a document."""

import random
from dataclasses import replace

import pytest

from hallmarks import editing, judging
from hallmarks.document import CriterionEntry, Document
from hallmarks.editing import DOWN, UP
from hallmarks.formats import fixture
from hallmarks.forms_draft_criterion import blank_entry
from hallmarks.importing import parse
from hallmarks.kept import as_values, from_values
from tests.hallmarks.files import HALLMARKS, changed, criterion, document, entry, problems, small
from tests.hallmarks.random_documents import Maker


def two_sections() -> Document:
    """LEAD.1 (a sign) and LEAD.2, then LAW.1."""
    law = entry("section", version=["small", "v1"], number=2, code="LAW", title="The law")
    return document([*small(), law, criterion("LAW.1", 3, section=["small", "v1", "LAW"])])


def codes(found: Document) -> list[list[str]]:
    return [[section.code, *(c.code for c in section.criteria)] for section in found.sections]


def numbers(found: Document) -> list[list[int]]:
    return [[section.number, *(c.number for c in section.criteria)] for section in found.sections]


def new(found: Document, code: str = "LEAD.3") -> CriterionEntry:
    return replace(blank_entry(found, code), lineage="new", title="New", text="New.")


class TestCriteria:
    def test_one_moves_up_and_down_and_numbers_follow(self) -> None:
        moved = editing.move_criterion(two_sections(), "small-2", UP)
        assert codes(moved) == [["LEAD", "LEAD.2", "LEAD.1"], ["LAW", "LAW.1"]]
        assert numbers(moved) == [[1, 1, 2], [2, 3]]
        assert editing.move_criterion(moved, "small-2", DOWN) == two_sections()

    @pytest.mark.parametrize(("lineage", "step"), [("small-1", UP), ("small-2", DOWN)])
    def test_the_ends_stay_where_they_are(self, lineage: str, step: int) -> None:
        assert editing.move_criterion(two_sections(), lineage, step) == two_sections()

    def test_one_is_added_at_the_end_of_its_section(self) -> None:
        added = editing.add_criterion(two_sections(), "LEAD", new(two_sections()))
        assert codes(added) == [["LEAD", "LEAD.1", "LEAD.2", "LEAD.3"], ["LAW", "LAW.1"]]
        assert numbers(added)[0] == [1, 1, 2, 3]

    def test_a_new_code_keeps_the_lineage(self) -> None:
        before = editing.placed(two_sections(), "small-1").criterion
        after = editing.change_criterion(two_sections(), "small-1", replace(before, code="LEAD.9"))
        assert editing.placed(after, "small-1").criterion.code == "LEAD.9"

    def test_another_section_takes_it_at_its_end(self) -> None:
        found = editing.placed(two_sections(), "small-1").criterion
        moved = editing.change_criterion(two_sections(), "small-1", found, "LAW")
        assert codes(moved) == [["LEAD", "LEAD.2"], ["LAW", "LAW.1", "LEAD.1"]]
        assert numbers(moved)[0] == [1, 1]

    def test_a_section_left_empty_goes(self) -> None:
        assert codes(editing.remove_criterion(two_sections(), "small-3")) == [["LEAD", "LEAD.1", "LEAD.2"]]
        found = editing.placed(two_sections(), "small-3").criterion
        moved = editing.change_criterion(two_sections(), "small-3", found, "LEAD")
        assert codes(moved) == [["LEAD", "LEAD.1", "LEAD.2", "LAW.1"]]

    def test_a_lineage_is_fresh_in_the_draft_and_in_its_line(self) -> None:
        lineage = editing.fresh_lineage(two_sections(), "LEAD.3", {"small-lead-3", "SMALL-LEAD-3-2"})
        assert lineage == "small-lead-3-3"
        taken = document(changed("criterion", lineage="small-lead-3"))
        assert editing.fresh_lineage(taken, "LEAD.3", set()) == "small-lead-3-2"

    def test_what_is_not_there_is_said(self) -> None:
        for act in (
            lambda: editing.placed(two_sections(), "gone"),
            lambda: editing.section_of(two_sections(), "gone"),
            lambda: editing.scale_of(two_sections(), "gone"),
        ):
            with pytest.raises(editing.NotThere):
                act()


class TestSections:
    def test_one_moves_and_numbers_follow(self) -> None:
        moved = editing.move_section(two_sections(), "LAW", UP)
        assert codes(moved) == [["LAW", "LAW.1"], ["LEAD", "LEAD.1", "LEAD.2"]]
        assert [section.number for section in moved.sections] == [1, 2]

    def test_one_is_added_with_its_first_criterion(self) -> None:
        added = editing.add_section(two_sections(), "NEW", "New section", new(two_sections(), "NEW.1"))
        assert codes(added)[-1] == ["NEW", "NEW.1"]
        assert numbers(added)[-1] == [3, 1]

    def test_one_goes_with_its_criteria(self) -> None:
        left = editing.remove_section(two_sections(), "LEAD")
        assert codes(left) == [["LAW", "LAW.1"]]
        assert left.sections[0].number == 1

    def test_one_is_renamed_and_keeps_its_criteria(self) -> None:
        renamed = editing.rename_section(two_sections(), "LAW", to="ACT", title="The Act")
        assert codes(renamed)[-1] == ["ACT", "LAW.1"]


class TestSigns:
    def test_lines_become_signs_in_their_order(self) -> None:
        signs = editing.signs_of(["One.", "Two."], ())
        assert [(sign.number, sign.text) for sign in signs] == [(1, "One."), (2, "Two.")]

    def test_a_sign_of_several_lines_survives_a_change_of_another(self) -> None:
        before = editing.signs_of(["One.", "Two."], ())
        before = (before[0], replace(before[1], text="Two\nlines."))
        assert editing.signs_of(["One.", "Two lines."], before) == before
        after = editing.signs_of(["First.", "Two lines."], before)
        assert [sign.text for sign in after] == ["First.", "Two\nlines."]


class TestLevels:
    def test_one_is_added_in_the_middle(self) -> None:
        scale = two_sections().scales[0]
        added = editing.new_level(scale, "Middle", "Between.")
        after = editing.change_levels(two_sections(), "practice", [scale.levels[0], added, scale.levels[1]])
        assert [(e.position, e.slug) for e in after.scales[0].levels] == [(0, "low"), (1, "middle"), (2, "high")]

    def test_a_second_level_of_a_name_gets_a_slug_of_its_own(self) -> None:
        assert editing.new_level(two_sections().scales[0], "LOW", "").slug == "low_2"


class TestKept:
    @pytest.mark.parametrize("seed", range(20))
    def test_what_is_kept_says_the_same(self, seed: int) -> None:
        made = Maker(seed).document()
        assert from_values(as_values(made)) == made


class TestJudging:
    def test_a_sound_document_has_no_faults(self) -> None:
        assert judging.faults(document(HALLMARKS), shown_parts=()) == []

    @pytest.mark.parametrize("seed", range(5))
    def test_it_judges_as_the_reader_of_files_does(self, seed: int) -> None:
        made = Maker(seed).document()
        first = made.sections[0].criteria[0]
        rng = random.Random(seed)  # noqa: S311
        spoilt = rng.choice(
            [
                replace(first, code="no spaces"),
                replace(first, title="x" * 201),
                replace(first, text="\u200b"),
                replace(first, scale="gone"),
                replace(first, confidence="E"),
            ]
        )
        found = editing.change_criterion(made, first.lineage, spoilt)
        texts = [problem.text for problem in parse(fixture.write(found), "a.json").problems]
        assert [fault.text for fault in judging.faults(found, shown_parts={("criterion", first.lineage)})] == texts

    def test_a_fault_is_told_at_its_field(self) -> None:
        found = editing.placed(two_sections(), "small-2").criterion
        spoilt = editing.change_criterion(two_sections(), "small-2", replace(found, code="LAW.1", title=""))
        faults = judging.faults(spoilt, shown_parts={("criterion", "small-2")})
        assert [(fault.model, fault.name) for fault in faults] == [("criterion", "title")]
        spoilt = editing.change_criterion(two_sections(), "small-2", replace(found, code="LAW.1"))
        (fault,) = judging.faults(spoilt, shown_parts={("criterion", "small-2")})
        assert (fault.name, fault.text) == (
            "code",
            "“LAW.1” is already taken by section “The law”, criterion LAW.1. Give each its own.",
        )

    def test_the_number_of_a_sign_is_told(self) -> None:
        found = editing.placed(two_sections(), "small-1").criterion
        signs = editing.signs_of(["Fine.", "x" * 1001], ())
        spoilt = editing.change_criterion(two_sections(), "small-1", replace(found, indicators=signs))
        (fault,) = judging.faults(spoilt, shown_parts={("criterion", "small-1")})
        assert (fault.model, fault.name, fault.number) == ("indicator", "text", 2)

    def test_what_was_wrong_elsewhere_before_stands_in_nobodys_way(self) -> None:
        found = editing.placed(two_sections(), "small-2").criterion
        flawed = editing.change_criterion(two_sections(), "small-2", replace(found, title=""))
        better = editing.with_details(flawed, title="Other", source="A", in_force_from=None, in_force_to=None)
        assert judging.faults(better, shown_parts={("version", "")}, before=flawed) == []
        assert judging.faults(better, shown_parts={("version", "")}) != []


class TestNamesOfThePortal:
    @pytest.mark.parametrize("slug", ["load", "crosswalk"])
    def test_a_line_cannot_stand_where_a_page_stands(self, slug: str) -> None:
        found = problems(changed("framework", slug=slug))
        assert f"line 2, framework {slug}, slug: “{slug}” is kept for the portal itself. Choose another." in found

    @pytest.mark.parametrize("code", ["edit", "Publish"])
    def test_nor_can_a_criterion(self, code: str) -> None:
        found = problems(changed("criterion", 1, code=code))
        assert found == [
            f"line 9, criterion {code}, code: “{code}” is kept for the portal itself. Choose another code."
        ]

    def test_a_blank_kind_is_good_practice(self) -> None:
        assert document(changed("criterion", kind=" ")).sections[0].criteria[0].kind == "practice"
