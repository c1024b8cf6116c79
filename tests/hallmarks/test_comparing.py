"""What a new edition changes: each kind is found, and nothing is told that nobody did."""

import dataclasses

import pytest

from hallmarks import changes_words
from hallmarks.changes_shown import changes_between
from hallmarks.comparing import Comparison, compare
from hallmarks.levels_compared import compare_scales
from tests.hallmarks.changing import Edition, round_six
from tests.hallmarks.files import BEACON, changed, criterion, document, small

OLD = document(BEACON)


def found_in(edition: Edition) -> Comparison:
    return compare(document(edition.data), OLD)


def bare(edition: Edition) -> Comparison:
    """What an edition changes but for its title and date."""
    return dataclasses.replace(found_in(edition), about=())


def test_the_same_set_again_changes_nothing() -> None:
    assert compare(OLD, OLD).is_same
    assert len(compare(OLD, OLD).unchanged) == 49


def test_by_lineage_whatever_the_code() -> None:
    newer = [
        *[row for row in small() if row["model"] != "hallmarks.criterion"],
        criterion("FIRST.1", 1),
        criterion("LEAD.3", 3),
    ]
    newer[-3]["fields"]["criterion"] = ["small", "v1", "FIRST.1"]
    found = compare(document(newer), document(small()))
    assert [c.lineage for c in found.added] == ["small-3"]
    assert [c.lineage for c in found.dropped] == ["small-2"]
    assert [(c.before.code, c.after.code) for c in found.moved] == [("LEAD.1", "FIRST.1")]
    assert (found.reworded, found.unchanged) == ((), ())


def test_reworded_names_what_differs() -> None:
    newer = changed("indicator", text="Another sign.")
    newer[7]["fields"]["title"] = "Another title"
    found = compare(document(newer), document(small()))
    assert [(c.after.code, c.differs) for c in found.reworded] == [
        ("LEAD.1", ("indicators",)),
        ("LEAD.2", ("title",)),
    ]


class TestEveryKindAtOnce:
    found = found_in(round_six())

    def test_counts(self) -> None:
        assert changes_words.counted(self.found) == (
            "1 added, 3 reworded, 2 moved, 2 with other settings, 2 dropped, 41 unchanged"
        )

    def test_signs_that_came_went_and_were_reworded(self) -> None:
        (lead,) = [change for change in self.found.reworded if change.after.code == "LEAD.1"]
        told = [(sign.before and sign.before.number, sign.after and sign.after.number) for sign in lead.signs]
        assert told == [(1, 1), (None, 9), (5, None)]
        assert changes_words.rewording_summary(lead) == "statement, 1 sign added, 1 sign dropped, 1 sign reworded"

    def test_settings_by_name_with_before_and_after(self) -> None:
        told = {c.after.code: [(s.name, s.before, s.after) for s in c.settings] for c in self.found.reset}
        assert told["LEAD.2"] == [("is_key", True, False), ("nation", "", "england"), ("tier", "", "two-tier")]
        assert [name for name, _before, _after in told["LEAD.3"]] == ["in_force_from", "source"]

    def test_moves(self) -> None:
        moves = {change.after.code: change.move for change in self.found.moved}
        assert moves["RES.6"] is not None
        assert moves["RES.6"].section == ("People and partners", "Resources")
        assert moves["PROC.1"] is not None
        assert moves["PROC.1"].is_reordered

    def test_a_code_that_followed_its_neighbour_is_no_move(self) -> None:
        assert [(c.before.code, c.after.code) for c in self.found.renumbered] == [
            *((f"AUDIT.{n}", f"AUDIT.{n - 1}") for n in range(3, 9)),
            ("PROC.1", "PROC.2"),
        ]

    def test_sections_and_levels(self) -> None:
        assert [changes_words.section_sentence(change) for change in self.found.sections] == [
            "“Community results” is now called “Results for communities”."
        ]
        (scale,) = self.found.scales
        assert [words for level in scale.levels for words in changes_words.level_sentences(level)] == [
            "“Gap identified” is now called “Gap found”.",
            "“Some success” is described otherwise.",
        ]

    def test_about_the_set(self) -> None:
        assert [setting.name for setting in self.found.about] == ["title", "in_force_from"]

    def test_words_are_marked(self) -> None:
        shown = changes_between(document(round_six().data), OLD)
        (lead,) = [item for part in shown.parts if part.anchor == "reworded" for item in part.items[:1]]
        marked = [piece.words.strip() for piece in lead.signs[0].after if piece.is_changed]
        assert marked == ["every partner has"]
        assert shown.is_told_twice

    def test_the_unchanged_are_codes_by_section(self) -> None:
        told = dict(changes_between(document(round_six().data), OLD).unchanged)
        assert told["Leadership"] == "LEAD.5, LEAD.6, LEAD.7"
        assert told["Processes"].startswith("PROC.2 (was PROC.1), PROC.3")


class TestOneThingAlone:
    def test_a_dropped_neighbour_moves_nobody(self) -> None:
        edition = Edition()
        edition.drop_and_close_up("LEAD.1", 7)
        found = bare(edition)
        assert (found.moved, found.reworded, found.reset, found.sections) == ((), (), (), ())
        assert len(found.unchanged) == 48

    def test_a_new_neighbour_moves_nobody(self) -> None:
        edition = Edition()
        for number in range(7, 0, -1):
            edition.recode(f"LEAD.{number}", f"LEAD.{number + 1}", number + 1)
        edition.add("LEAD.2", "LEAD.1", 1)
        assert bare(edition).moved == ()

    def test_a_new_code_without_reason_is_a_move(self) -> None:
        edition = Edition()
        edition.recode("LEAD.7", "LEAD.9", 7)
        (change,) = bare(edition).moved
        assert change.move is not None
        assert change.move.code == ("LEAD.7", "LEAD.9")

    def test_a_section_with_another_code_moves_none_of_its_criteria(self) -> None:
        edition = Edition()
        for number in range(1, 8):
            edition.recode(f"LEAD.{number}", f"HEAD.{number}", number)
        edition.one("section", code="LEAD")["code"] = "HEAD"
        for row in edition.rows:
            if row["model"] == "hallmarks.criterion" and row["fields"]["section"][-1] == "LEAD":
                row["fields"]["section"][-1] = "HEAD"
        found = bare(edition)
        assert found.moved == ()
        assert changes_words.section_sentence(found.sections[0]) == (
            "The code of “Leadership” was LEAD and is now HEAD."
        )

    def test_a_section_at_another_place_is_told_once(self) -> None:
        edition = Edition()
        edition.one("section", code="KPR")["number"] = 100
        edition.one("section", code="LEAD")["number"] = 200
        found = bare(edition)
        assert [changes_words.section_sentence(change) for change in found.sections] == [
            "“Leadership” stands at another place."
        ]
        assert found.moved == ()

    def test_a_number_of_a_sign_is_no_change(self) -> None:
        edition = Edition()
        edition.signs("LEAD.1")[-1]["fields"]["number"] = 40
        assert len(bare(edition).unchanged) == 49

    def test_signs_in_another_order_are_told_as_moved(self) -> None:
        edition = Edition()
        edition.signs("LEAD.1")[0]["fields"]["number"] = 40
        (change,) = bare(edition).reworded
        assert changes_words.rewording_summary(change) == "1 sign moved"

    def test_levels_added_dropped_and_reordered(self) -> None:
        (scale,) = OLD.scales
        low, towards, some, well = scale.levels
        turned = (dataclasses.replace(towards, position=0), dataclasses.replace(low, position=1))
        more = dataclasses.replace(well, slug="perfect", name="Perfect")
        (change,) = compare_scales([scale], [dataclasses.replace(scale, levels=(*turned, some, more))])
        assert [words for level in change.levels for words in changes_words.level_sentences(level)] == [
            "“Working towards” stands at another place among the levels.",
            "“Perfect” is new.",
            "“Doing well” has gone.",
        ]

    def test_scales_added_and_dropped(self) -> None:
        (scale,) = OLD.scales
        other = dataclasses.replace(scale, slug="other")
        added, dropped = compare_scales([scale], [other])
        assert changes_words.scale_sentence(added).startswith("This scale is new: Gap identified, Working towards")
        assert changes_words.scale_sentence(dropped).startswith("This scale has gone: ")


@pytest.mark.parametrize(("name", "value"), [("kind", "statutory"), ("note", "A note"), ("confidence", "A")])
def test_every_setting_is_told(name: str, value: str) -> None:
    edition = Edition()
    edition.criterion("LEAD.1")[name] = value
    (change,) = bare(edition).reset
    assert [(setting.name, setting.after) for setting in change.settings] == [(name, value)]


def test_beyond_a_bound_texts_are_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hallmarks.changes_shown.PAIRS_OF_WORDS", 0)
    shown = changes_between(document(round_six().data), OLD)
    assert not shown.is_marked_throughout
    (statement,) = shown.parts[1].items[0].texts
    assert [piece.is_changed for piece in (*statement.before, *statement.after)] == [False, False]
