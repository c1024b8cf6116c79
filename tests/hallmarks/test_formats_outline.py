"""Outlines as people write them: what is made where nothing is given, what goes on in the next line, what is a mark."""

import datetime

import pytest

from hallmarks import formats
from hallmarks.document import CriterionEntry, Document
from hallmarks.formats import KnownCriterion, KnownFramework
from hallmarks.importing import parse

FRONT = "title: Beacon criteria, round 6\npublisher: Home Office\nscale: Gap identified, Doing well\n\n"
BEACON = KnownFramework(
    "beacon",
    "Beacon criteria",
    "Home Office",
    {"Leadership": "LEAD", "Results": "RES"},
    (
        KnownCriterion("LEAD.1", "beacon-lead-1", "Leaders lead", "They do."),
        KnownCriterion("LEAD.2", "beacon-purpose", "Purpose is clear", "It is."),
        KnownCriterion("RES.1", "beacon-res-1", "Crime falls", "It does."),
    ),
)


def read(text: str, *known: KnownFramework) -> Document:
    parsed = parse(FRONT + text, known=known)
    assert parsed.document is not None, parsed.problems
    return parsed.document


def only(text: str) -> CriterionEntry:
    (criterion,) = read(f"# Leadership\n\n{text}").criteria()
    return criterion


class TestText:
    def test_pasted_text_lightly_marked_is_enough(self) -> None:
        found = read("# Leadership\n## Leaders lead.\n- One.\n- Two.\n## Others follow.\n# Results\n## Crime falls.\n")
        assert found.counts() | {"levels": 2} == found.counts()
        assert [(c.code, c.title, c.text, len(c.indicators)) for c in found.criteria()] == [
            ("LEADERSHIP.1", "Leaders lead.", "Leaders lead.", 2),
            ("LEADERSHIP.2", "Others follow.", "Others follow.", 0),
            ("RESULTS.1", "Crime falls.", "Crime falls.", 0),
        ]

    def test_wrapped_lines_are_one_and_blank_lines_part_paragraphs(self) -> None:
        found = only(
            "## Title\nFirst line\nsecond line.\n\nNext\nparagraph.\n\n- A sign that\n  goes on\nand on.\n- Another.\n"
        )
        assert found.text == "First line second line.\n\nNext paragraph."
        assert [sign.text for sign in found.indicators] == ["A sign that goes on and on.", "Another."]

    def test_a_heading_too_long_for_a_title_is_the_statement_too(self) -> None:
        words = "The partnership " + "regularly reviews " * 15 + "what it does."
        found = only(f"## {words}\n")
        assert found.text == words
        assert len(found.title) <= 200
        assert words.startswith(f"{found.title[:-1]} ")
        notes = parse(f"{FRONT}# A\n## {words}\n").notes
        assert "1 title was too long for a title. It was shortened, and the whole kept as the statement." in notes

    @pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "  -"])
    def test_every_usual_dash_begins_a_sign(self, bullet: str) -> None:
        assert [sign.text for sign in only(f"## T\n\n{bullet} A sign.\n").indicators] == ["A sign."]

    @pytest.mark.parametrize("text", ["# no heading", "- no sign", "note: no fact", "\\", "---"])
    def test_a_backslash_takes_the_meaning_off_a_mark(self, text: str) -> None:
        assert only(f"## T\n\n\\{text}\n").text == text

    def test_nothing_is_run_or_expanded(self) -> None:
        found = only("## T\n\n&a *b !!python/object:os.system {{ x }} <!-- y --> [z](javascript:1) ${HOME}\n")
        assert found.text == "&a *b !!python/object:os.system {{ x }} <!-- y --> [z](javascript:1) ${HOME}"


class TestFacts:
    def test_every_fact_of_a_criterion(self) -> None:
        found = only(
            "## T\ncode: L.1\nlineage: old-1\nkind: Statutory\nkey: yes\napplies: Wales, unitary areas only\n"
            "in force from: 1 April 2027\nin force to: 2030-03-31\nofficial: The responsible\nauthorities shall\n"
            "  (a) meet\n\n  (b) plan\nguidance: Attach it.\nsource: SI 2007/1830\nconfidence: a\nnote: New.\n\n"
            "Plainly.\n"
        )
        assert (found.code, found.lineage, found.kind, found.is_key) == ("L.1", "old-1", "statutory", True)
        assert (found.nation, found.tier) == ("wales", "unitary")
        assert (found.in_force_from, found.in_force_to) == (datetime.date(2027, 4, 1), datetime.date(2030, 3, 31))
        assert found.official_text == "The responsible authorities shall\n(a) meet\n\n(b) plan"
        assert (found.guidance, found.source, found.confidence, found.note) == (
            "Attach it.",
            "SI 2007/1830",
            "A",
            "New.",
        )
        assert found.text == "Plainly."

    def test_a_short_fact_right_above_the_statement(self) -> None:
        assert only("## T\ncode: L.1\nThe statement.\n").text == "The statement."

    def test_facts_may_stand_after_a_blank_line_and_after_the_signs(self) -> None:
        found = only("## T\n\ncode: L.1\n\nSo it is.\n\n- A sign.\n\nguidance: Attach it.\n")
        assert (found.code, found.text, found.guidance) == ("L.1", "So it is.", "Attach it.")

    @pytest.mark.parametrize(("said", "nation", "tier"), [("England and Wales", "", ""), ("two-tier", "", "two-tier")])
    def test_where_it_applies(self, said: str, nation: str, tier: str) -> None:
        found = only(f"## T\napplies: {said}\n")
        assert (found.nation, found.tier) == (nation, tier)

    def test_levels_with_their_meaning_and_a_second_scale_for_what_the_law_asks(self) -> None:
        parsed = parse(
            "---\ntitle: T\npublisher: P\nscale: Low, High\nlevel: High\nmeaning: All of it.\nscale: Not met, Met\n"
            "---\n# A\n## Practice\n## Law\nkind: statutory\n"
        )
        assert parsed.document is not None, parsed.problems
        practice, law = parsed.document.scales
        assert [(level.name, level.descriptor) for level in practice.levels] == [("Low", ""), ("High", "All of it.")]
        assert [(level.position, level.slug) for level in law.levels] == [(0, "not_met"), (1, "met")]
        assert [c.scale for c in parsed.document.criteria()] == ["practice", "statutory"]


class TestMade:
    def test_the_same_text_makes_the_same_names(self) -> None:
        text = "# People and partners\n## A\n# People and results\n## B\n# 2027\n## C\n"
        assert read(text) == read(text)
        assert [section.code for section in read(text).sections] == ["PEOPLE", "PEOPLE-2", "S"]

    def test_a_code_that_is_given_is_never_made_for_another(self) -> None:
        found = read("# Leadership\n## A\n## B\ncode: LEADERSHIP.1\n## C\n")
        assert [c.code for c in found.criteria()] == ["LEADERSHIP.2", "LEADERSHIP.1", "LEADERSHIP.3"]

    def test_a_section_takes_the_code_that_its_criteria_begin_with(self) -> None:
        found = read("# Leadership\n## A\n## B\ncode: L.a.7\n# Results\n## C\ncode: L.a.8\n")
        assert [section.code for section in found.sections] == ["L.a", "RESULTS"]
        assert [c.code for c in found.criteria()] == ["L.a.1", "L.a.7", "L.a.8"]

    def test_a_set_is_taken_for_the_next_of_the_line_that_its_title_names(self) -> None:
        found = read("# Leadership\n## Leaders lead\n", BEACON)
        assert (found.framework.slug, found.framework.title, found.slug) == ("beacon", "Beacon criteria", "round-6")
        assert (
            "Taken for a version of “Beacon criteria”, because its title begins so."
            in parse(FRONT + "# A\n## B\n", known=(BEACON,)).notes
        )

    @pytest.mark.parametrize("front", ["framework: mine\n", "framework title: Mine\nframework: mine\n"])
    def test_unless_it_names_a_line_itself(self, front: str) -> None:
        assert parse(front + FRONT + "# A\n## B\n", known=(BEACON,)).document.framework.slug == "mine"  # type: ignore[union-attr]

    def test_another_publisher_is_another_line(self) -> None:
        other = KnownFramework("beacon", "Beacon criteria", "Somebody else")
        assert read("# A\n## B\n", other).framework.slug == "beacon-criteria-round-6"

    def test_codes_and_lineages_come_from_what_is_published(self) -> None:
        parsed = parse(
            FRONT + "# Leadership\n## Purpose is clear\n## New\n# Results\n## Crime drops\n", known=(BEACON,)
        )
        assert parsed.document is not None
        assert [(c.code, c.lineage) for c in parsed.document.criteria()] == [
            # The same words keep their code wherever they stand; the others are numbered by place.
            ("LEAD.2", "beacon-purpose"),
            ("LEAD.3", "beacon-lead-3"),
            ("RES.1", "beacon-res-1"),
        ]
        assert parsed.lineages_made == {"beacon-purpose", "beacon-lead-3", "beacon-res-1"}
        assert "3 criteria had no code. They got theirs by their place." in parsed.notes

    def test_a_lineage_that_is_given_is_not_called_made(self) -> None:
        assert parse(FRONT + "# A\n## B\nlineage: b-1\n").lineages_made == set()


def test_the_format_is_found_from_what_is_in_the_file() -> None:
    files: list[tuple[bytes | str, str, str]] = [
        ("# A", "", "md"),
        ("row,code", "", "csv"),
        ("title;row;code", "", "csv"),
        ("﻿[", "", "json"),
        ("{}", "", "json"),
        ("# A", "guide.TXT", "md"),
        ("# A", "guide.csv", "csv"),
        (b"PK\x03\x04", "guide.csv", "xlsx"),
        ("The row, said he", "", "md"),
    ]
    for data, name, form in files:
        assert formats.find(data, name) == form, (data, name)
