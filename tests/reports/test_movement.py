"""What moved between two rounds: only what can be compared, each way counted."""

import dataclasses

from reports import movement
from reports.comparison import Asked
from reports.heat_map import Row
from reports.movement import Steps

LEVELS = ("Gap identified", "Working towards", "Some success", "Doing well")
LEAD, SHARE, LAW = (
    Asked("LEAD.1", "Lead", "LEAD", "Leadership", False, False, LEVELS, lineage="lead"),
    Asked("LEAD.2", "Share", "LEAD", "Leadership", False, False, LEVELS, lineage="share"),
    Asked("LAW.1", "Group", "LAW", "Law", True, False, ("Not met", "Partly met", "Met"), lineage="law"),
)
ASKED = (LEAD, SHARE, LAW)


def row(slug: str, levels: str) -> Row:
    return Row(slug, slug, "r", "R", 1, "england", "F", levels)


def steps(now: list[Row], before: list[Row]) -> list[Steps]:
    return [each.steps for each in movement.movements(ASKED, now, ASKED, before)]


def test_each_way_is_counted() -> None:
    now, before = (
        [row("a", "302"), row("b", "112"), row("c", "022")],
        [row("a", "202"), row("b", "112"), row("c", "121")],
    )
    assert steps(now, before) == [Steps(1, 1, 1), Steps(0, 3, 0), Steps(1, 2, 0)]


def test_only_who_gave_a_level_both_times_counts() -> None:
    now, before = (
        [row("a", "3-2"), row("b", "1.2"), row("new", "333"), row("short", "3")],
        [row("a", "-02"), row("b", "12")],
    )
    assert steps(now, before) == [Steps(0, 1, 0), Steps(), Steps(0, 1, 0)]


def test_criteria_go_by_lineage_and_only_on_the_same_levels() -> None:
    moved = dataclasses.replace(SHARE, code="OLD.9")
    other = dataclasses.replace(LEAD, levels=LEVELS[:3])
    unordered = dataclasses.replace(LAW, is_ordered=False)
    blank = dataclasses.replace(LEAD, lineage="")
    found = movement.movements((SHARE, LEAD), [row("a", "31")], (other, moved), [row("a", "01")])
    assert [(each.asked.code, each.steps) for each in found] == [("LEAD.2", Steps(up=1))]
    assert movement.movements((unordered,), [], (unordered,), []) == []
    assert movement.movements((blank,), [], (blank,), []) == []


def test_the_upper_levels_are_of_the_same_partnerships_each_time() -> None:
    lead, _share, law = movement.movements(
        ASKED, [row("a", "302"), row("b", "2.1")], ASKED, [row("a", "101"), row("b", "2.2")]
    )
    assert (lead.upper_then, lead.upper_now) == (1, 2)
    assert (law.upper_then, law.upper_now) == (1, 1)


def test_what_moved_both_ways_alike_did_not_move_most() -> None:
    found = movement.movements(ASKED, [row("a", "302"), row("b", "002")], ASKED, [row("a", "202"), row("b", "112")])
    assert [each.asked.code for each in movement.most_moved(found)] == ["LEAD.2"]
    assert movement.together(found) == Steps(1, 3, 2)
    assert [(title, len(members)) for title, members in movement.by_section(found)] == [("Leadership", 2), ("Law", 1)]
