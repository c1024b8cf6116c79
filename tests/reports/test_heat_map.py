"""Heat maps and strengths, on small rounds worked out by hand; spread against every pair counted one by one."""

import re
from fractions import Fraction
from itertools import combinations, product

import pytest

from hallmarks.marks import STATUTORY
from reports import heat_cells, heat_map, heat_picture, strengths
from reports.comparison import Asked, Line
from reports.heat_cells import Grid
from reports.heat_map import Column, Row
from tests.reports.making import PRACTICE
from tests.reports.making import STATUTORY as MET

EAST, WEST = 1, 2
CRITERIA = (
    Asked("A.1", "First", "A", "Section A", False, False, PRACTICE, lineage="first"),
    Asked("A.2", "Second", "A", "Section A", False, False, PRACTICE, lineage="second"),
    Asked("B.1", "Third", "B", "Section B", False, False, PRACTICE, lineage="third"),
    Asked("L.1", "Law", "L", "Law", True, False, MET, lineage="law"),
)


def row(name: str, levels: str, region: int = EAST, force: str = "North Police") -> Row:
    return Row(name.lower(), name, f"r{region}", f"Region {region}", region, "england", force, levels, bool(levels))


ROWS = [row("Ash", "0312"), row("Box", "23-0", force="East Police"), row("Cob", "331."), row("Dot", "")]


def columns(*rows: Row) -> list[Column]:
    return heat_map.columns(heat_map.lines(CRITERIA, heat_map.submitted(rows or ROWS)))


# Counting packed levels


def test_levels_are_counted_by_criterion_and_what_does_not_apply_beside_them() -> None:
    lines = heat_map.lines(CRITERIA, heat_map.submitted(ROWS))
    assert [line.counts for line in lines] == [(1, 0, 1, 1), (0, 0, 0, 3), (0, 2, 0, 0), (1, 0, 1)]
    assert [line.does_not_apply for line in lines] == [0, 0, 1, 0]
    assert [line.upper for line in lines] == [2, 3, 0, 1]


def test_packed_levels_may_be_short_long_or_absent() -> None:
    lines = heat_map.lines(CRITERIA, [row("Ash", "3"), row("Box", "31129")])
    assert [line.n for line in lines] == [2, 1, 1, 1]
    assert [line.n for line in heat_map.lines(CRITERIA, [])] == [0, 0, 0, 0]


@pytest.mark.parametrize(("elsewhere", "is_withheld"), [(0, False), (1, True), (4, True), (5, False)])
def test_lines_with_one_to_four_elsewhere_are_emptied(elsewhere: int, is_withheld: bool) -> None:
    rows = [row("Ash", "0"), *(row(f"W{n}", "3", WEST) for n in range(elsewhere)), row("None", ".", WEST)]
    first = heat_map.lines(CRITERIA, rows, own={EAST})[0]
    assert (first.is_withheld, first.n) == (is_withheld, 0 if is_withheld else elsewhere + 1)
    assert not heat_map.lines(CRITERIA, rows)[0].is_withheld


# Rows and columns


def test_who_has_most_at_some_success_or_better_comes_first_and_then_by_name() -> None:
    practice = columns()[:3]
    assert [heat_map.upper(each, practice) for each in ROWS] == [1, 2, 2, 0]
    assert [each.name for each in heat_map.most_first(ROWS, practice)] == ["Box", "Cob", "Ash", "Dot"]


def test_what_the_law_asks_counts_only_where_it_is_met() -> None:
    law = columns()[3]
    assert [law.is_upper(mark) for mark in "012-."] == [False, False, True, False, False]


def test_the_weakest_criterion_comes_first() -> None:
    assert [column.asked.code for column in heat_map.weakest_first(columns()[:3])] == ["B.1", "A.1", "A.2"]


def test_rows_by_police_force() -> None:
    found = [(force, [each.name for each in rows]) for force, rows in heat_map.by_force(ROWS)]
    assert found == [("East Police", ["Box"]), ("North Police", ["Ash", "Cob", "Dot"])]


def test_numbers_count_within_the_section() -> None:
    assert [(column.place, column.number) for column in columns()] == [(0, 1), (1, 2), (2, 1), (3, 1)]


# Cells


def test_each_cell_holds_its_level_in_words_and_a_mark_besides_colour() -> None:
    ((_title, rows),) = Grid(columns(), [("", ROWS[:3])]).groups
    cells = [re.findall(r'<td class="([^"]*)">([^<]*)</td>', each.cells) for each in rows]
    assert cells[0] == [
        ("app-l0 app-heat__first", "gap identified"),
        ("app-l3", "doing well"),
        ("app-l1 app-heat__first", "working towards"),
        ("app-s2 app-heat__first", "met"),
    ]
    assert cells[1][2] == ("app-na app-heat__first", "does not apply")
    assert cells[2][3] == ("app-none app-heat__first", "not asked")
    assert [(span.code, len(span.columns)) for span in Grid(columns(), []).spans] == [("A", 2), ("B", 1), ("L", 1)]


def test_names_of_levels_are_escaped() -> None:
    asked = Asked("X.1", "X", "X", "X", False, False, ("<b>", "c"))
    cells = heat_cells.cells_of(Column(0, Line(asked, (1, 0), 0), 1), False)
    assert "&lt;b&gt;" in cells["0"]


@pytest.mark.parametrize(
    ("counts", "quarter", "percent"),
    [((3, 1, 0, 0), 0, 0), ((3, 0, 1, 0), 1, 25), ((1, 0, 0, 1), 2, 50), ((0, 0, 0, 2), 3, 100)],
)
def test_a_share_is_a_number_in_its_quarter(counts: tuple[int, ...], quarter: int, percent: int) -> None:
    cell = heat_cells.share_cells([(Line(CRITERIA[0], counts, 0), False)])
    assert f'class="app-q{quarter}">{percent}<' in cell
    assert f"({sum(counts[2:])} of {sum(counts)})" in cell


def test_a_withheld_share_tells_nothing() -> None:
    cell = heat_cells.share_cells([(Line(CRITERIA[0], (0, 0, 0, 0), 0, is_withheld=True), False)])
    assert "not shown" in cell
    assert not re.search(r"\d", cell)


# The picture


def test_rows_are_drawn_as_runs_of_equal_levels_in_each_column() -> None:
    block = heat_picture.of_rows("East", [row("Ash", "3."), row("Box", "3-"), row("Cob", "01")], columns()[:2])
    assert block.columns == [[("l3", 2), ("l0", 1)], [("", 1), ("na", 1), ("l1", 1)]]


def test_counts_are_piled_up_so_that_no_strip_is_a_partnership() -> None:
    line = Line(CRITERIA[0], (2, 0, 1, 3), 1)
    withheld = Line(CRITERIA[1], (0, 0, 0, 0), 0, is_withheld=True)
    block = heat_picture.of_counts("Wales", 7, [line, withheld])
    assert block.columns == [[("l3", 3), ("l2", 1), ("l0", 2), ("na", 1)], []]


def test_the_picture_has_one_path_a_level_and_every_cell_in_it() -> None:
    marks = ["".join(pair) for pair in product("0123", repeat=2)] * 24
    rows = [row(f"P{n}", levels + "12") for n, levels in enumerate(marks)]
    drawn = columns(*rows)
    svg = heat_picture.picture([heat_picture.of_rows("All <of> it", rows, drawn)], drawn, "Title")
    paths = dict(re.findall(r'<path fill="url\(#heat-(\w+)\)" d="([^"]*)"', svg))
    assert set(paths) == {"l0", "l1", "l2", "l3", "s2"}
    cells = {mark: sum(map(int, re.findall(r"v(\d+)h-1z", path))) for mark, path in paths.items()}
    assert cells == {"l0": 192, "l1": 192 + 384, "l2": 192, "l3": 192, "s2": 384}
    assert "<text" in svg
    assert "All &lt;of&gt; it" in svg
    assert 'role="img"' in svg
    # What the law asks for stands apart by an empty column.
    assert {int(x) for x in re.findall(r"M(\d+) ", paths["s2"])} == {4}


def test_every_level_has_its_own_pattern() -> None:
    drawn = {mark: heat_picture._drawn(mark) for mark in ("l0", "l1", "l2", "l3", "na")}
    assert len(set(drawn.values())) == len(drawn)
    assert len({heat_picture._drawn(f"s{step}") for step in range(len(STATUTORY))}) == len(STATUTORY)


# Strengths, weaknesses, what moved and what splits


def line(at: int, *counts: int) -> Line:
    return Line(CRITERIA[at], counts, 0)


def by_pairs(counts: tuple[int, ...]) -> Fraction:
    everybody = [position for position, count in enumerate(counts) for _one in range(count)]
    apart = [abs(one - other) for one, other in combinations(everybody, 2)]
    return Fraction(sum(apart), len(apart)) if apart else Fraction(0)


def test_levels_apart_by_hand() -> None:
    # Of 0, 0, 3 two pairs are three apart and one none: 6 of 3 pairs.
    assert strengths.apart((2, 0, 0, 1)) == 2
    assert strengths.apart((0, 4, 0, 0)) == 0
    assert strengths.apart((0, 1, 0, 0)) == 0
    assert strengths.apart(()) == 0


@pytest.mark.parametrize("counts", list(product((0, 1, 3), repeat=4)))
def test_levels_apart_is_the_mean_over_all_pairs(counts: tuple[int, ...]) -> None:
    assert strengths.apart(counts) == by_pairs(counts)


def test_strengths_have_half_or_more_and_weaknesses_less() -> None:
    found = strengths.findings([line(0, 1, 0, 0, 1), line(1, 0, 0, 1, 3), line(2, 3, 1, 0, 1), line(3, 0, 0, 4)])
    assert [each.asked.code for each in found.strengths] == ["A.2", "A.1"]
    assert [each.asked.code for each in found.weaknesses] == ["B.1"]
    assert [each.asked.code for each in found.statutory] == ["L.1"]


def test_what_one_partnership_says_is_not_shared_and_what_is_withheld_is_not_found() -> None:
    hidden = Line(CRITERIA[1], (0, 0, 0, 0), 0, is_withheld=True)
    found = strengths.findings([line(0, 0, 0, 0, 1), hidden, line(3, 1, 0, 1)])
    assert (found.strengths, found.weaknesses, found.splits, found.withheld) == ([], [], [], 1)


def test_what_moved_is_followed_by_lineage_on_the_same_levels() -> None:
    renamed = Line(Asked("Z.9", "Old", "Z", "Z", False, False, PRACTICE, lineage="first"), (2, 0, 0, 2), 0)
    fewer = Line(Asked("A.2", "Second", "A", "A", False, False, PRACTICE[:3], lineage="second"), (1, 0, 3), 0)
    law = line(3, 4, 0, 0)
    now = [line(0, 0, 1, 2, 1), line(1, 4, 0, 0, 0), line(2, 4, 0, 0, 0), line(3, 0, 0, 4)]
    found = strengths.findings(now, [renamed, fewer, law])
    assert [(pair.now.asked.code, pair.then.asked.code, pair.points) for pair in found.moved] == [("A.1", "Z.9", 25)]
    assert found.comparable == 1
    pair = found.since(found.statutory[0])
    assert pair is not None
    assert pair.points == 100


def test_the_largest_change_comes_first_either_way() -> None:
    now = [line(0, 1, 0, 0, 3), line(1, 4, 0, 0, 0), line(2, 1, 0, 0, 1)]
    before = [line(0, 2, 0, 0, 2), line(1, 1, 0, 0, 3), line(2, 2, 0, 0, 2)]
    found = strengths.findings(now, before).moved
    assert [(pair.now.asked.code, pair.points) for pair in found] == [("A.2", -75), ("A.1", 25)]


def test_what_splits_most_comes_first() -> None:
    found = strengths.findings([line(0, 1, 1, 0, 0), line(1, 2, 0, 0, 2), line(2, 0, 4, 0, 0)]).splits
    assert [(split.line.asked.code, split.apart) for split in found] == [("A.2", Fraction(2)), ("A.1", Fraction(1))]
