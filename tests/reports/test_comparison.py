"""The sums of a comparison, checked against lists of levels written out one by one."""

from collections import Counter
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reports import comparison
from reports.comparison import Asked, Count, Line

LEVELS = ("Gap identified", "Working towards", "Some success", "Doing well")
answers = st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=60)


def asked(code: str = "LEAD.1", **more: Any) -> Asked:
    known: dict[str, Any] = {"is_statutory": False, "is_key": False, "levels": LEVELS} | more
    return Asked(code, "Title", "LEAD", "Leadership", **known)


def line(*given_levels: int | None, picked: int | None = None, **more: Any) -> Line:
    counted = Counter(given_levels)
    counts = [Count("LEAD.1", position, number) for position, number in counted.items()]
    if picked is not None:
        counts.append(Count("LEAD.1", picked, 0, picked=1))
    return comparison.tabulate([asked(**more)], counts)[0]


def test_counts_and_those_it_does_not_apply_to_are_kept_apart() -> None:
    found = line(0, 0, 1, 3, None, None)
    assert (found.counts, found.does_not_apply, found.n) == ((2, 1, 0, 1), 2, 4)


def test_a_criterion_that_nobody_rated_still_has_its_line() -> None:
    found = line()
    assert found.counts == (0, 0, 0, 0)
    assert (found.median, found.quartiles) == (None, None)
    assert found.share == 0


def test_the_median_of_an_even_number_may_fall_between_two_levels() -> None:
    assert line(0, 1, 2, 3).median == (1, 2)
    assert line(0, 0, 3, 3).median == (0, 3)
    assert line(0, 1, 1, 3).median == (1, 1)
    assert line(0, 1, 3).median == (1, 1)


def test_quartiles_are_nearest_rank() -> None:
    # 1 to 8 in order: the 2nd and the 6th.
    assert line(0, 1, 1, 2, 2, 2, 3, 3).quartiles == (1, 2)
    assert line(2).quartiles == (2, 2)
    assert line(0, 3).quartiles == (0, 3)


def test_levels_without_an_order_have_no_median() -> None:
    found = line(0, 1, 2, is_ordered=False)
    assert (found.median, found.quartiles) == (None, None)


def test_the_upper_levels_are_two_for_practice_and_one_for_the_law() -> None:
    assert line(0, 1, 2, 3).upper == 2
    assert line(0, 1, 2, 2, is_statutory=True, levels=("Not met", "Partly met", "Met")).upper == 2


def test_where_the_picked_partnership_stands() -> None:
    assert line(0, 1, 1, 3, picked=0).standing == -1
    assert line(0, 1, 1, 3, picked=1).standing == 0
    assert line(0, 1, 1, 3, picked=3).standing == 1
    # Anywhere between the two middle levels is level with the middle.
    assert line(0, 1, 3, 3, picked=2).standing == 0
    assert line(0, 1, 3).standing is None


def test_counts_of_what_is_not_asked_are_left_out() -> None:
    found = comparison.tabulate([asked()], [Count("GONE.1", 1, 5), Count("LEAD.1", 9, 5), Count("LEAD.1", 1, 2)])
    assert [each.counts for each in found] == [(0, 2, 0, 0)]


@given(answers)
def test_the_sums_agree_with_the_list_written_out(levels: list[int | None]) -> None:
    found, rated = line(*levels), sorted(level for level in levels if level is not None)
    assert found.n == len(rated)
    assert found.n + found.does_not_apply == len(levels)
    if rated:
        n = len(rated)
        assert found.median == (rated[(n - 1) // 2], rated[n // 2])
        assert found.quartiles == (rated[(n + 3) // 4 - 1], rated[(3 * n + 3) // 4 - 1])
        assert found.share == Fraction(sum(level >= 2 for level in rated), n)


@given(answers)
def test_the_median_lies_within_the_middle_half(levels: list[int | None]) -> None:
    found = line(*levels)
    if found.median and found.quartiles:
        assert found.quartiles[0] <= found.median[0] <= found.median[1] <= found.quartiles[1]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["A", "B"]), st.one_of(st.none(), st.integers(0, 3))), max_size=40), st.randoms()
)
def test_the_order_of_the_counts_does_not_matter(rows: list[tuple[str, int | None]], random: object) -> None:
    counts = [Count(code, position, 1) for code, position in rows]
    shuffled = list(counts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    criteria = [asked("A"), asked("B")]
    assert comparison.tabulate(criteria, counts) == comparison.tabulate(criteria, shuffled)


@given(st.lists(answers, max_size=12))
def test_sorting_loses_nothing_and_puts_the_unrated_last(groups: list[list[int | None]]) -> None:
    lines = [line(*levels) for levels in groups]
    strongest, weakest = comparison.strongest_first(lines), comparison.weakest_first(lines)
    for ordered in (strongest, weakest):
        assert sorted(map(repr, ordered)) == sorted(map(repr, lines))
        assert [each.n == 0 for each in ordered] == sorted(each.n == 0 for each in lines)
    shares = [each.share for each in strongest if each.n]
    assert shares == sorted(shares, reverse=True)
    assert [each.share for each in weakest if each.n] == sorted(shares)


# Spread, disagreement, sections, and what is too little to show


def test_spread_is_first_how_wide_the_middle_half_is() -> None:
    # 0 0 3 3: from the 1st to the 3rd of four, three levels apart. 1 1 2 2: one level. 2 2 2 2: none.
    assert [line(*levels).spread[0] for levels in ((0, 0, 3, 3), (1, 1, 2, 2), (2, 2, 2, 2))] == [3, 1, 0]


def test_spread_is_then_how_evenly_two_camps_split() -> None:
    # Both have a middle half from working towards to some success; 2 of 4 and 1 of 4 are at some success or better.
    even, uneven = line(1, 1, 2, 2), line(1, 1, 1, 2, 1, 2)
    assert (even.spread, uneven.spread) == ((1, Fraction(1, 2)), (1, Fraction(1, 3)))
    assert sorted([line(), uneven, even], key=comparison.by_spread) == [even, uneven, line()]


def reviewed(reviewed: int, differing: int, code: str = "LEAD.1") -> Line:
    return comparison.tabulate([asked(code)], [Count(code, 1, 9, reviewed=reviewed, differing=differing)])[0]


def test_disagreement_is_the_share_of_closed_reviews_and_not_of_partnerships() -> None:
    assert reviewed(4, 1).disagreement == Fraction(1, 4)
    assert reviewed(0, 0).disagreement == 0


def test_the_most_disputed_come_first_and_what_nobody_reviewed_last() -> None:
    lines = [reviewed(0, 0, "A"), reviewed(8, 2, "B"), reviewed(2, 1, "C"), reviewed(4, 1, "D"), reviewed(3, 0, "E")]
    ordered = sorted(lines, key=comparison.by_disagreement)
    assert [each.asked.code for each in ordered] == ["C", "B", "D", "E", "A"]


def elsewhere(number: int) -> Line:
    counts = [Count("LEAD.1", 1, 7 + number, elsewhere=number), Count("LEAD.1", 3, 0, picked=1)]
    return comparison.withhold_few(comparison.tabulate([asked()], counts))[0]


def test_one_to_four_elsewhere_are_not_told() -> None:
    assert [elsewhere(number).is_withheld for number in (0, 1, 4, 5)] == [False, True, True, False]
    assert (elsewhere(4).counts, elsewhere(4).n, elsewhere(4).picked) == ((0, 0, 0, 0), 0, 3)
    assert elsewhere(5).n == 12


def test_a_section_adds_up_ratings_and_keeps_the_law_apart() -> None:
    law = asked("LEAD.3", is_statutory=True, levels=("Not met", "Partly met", "Met"))
    lines = comparison.tabulate(
        [asked("LEAD.1"), asked("LEAD.2"), law],
        [
            *(Count("LEAD.1", 0, 2, picked=1), Count("LEAD.1", 3, 1), Count("LEAD.2", 2, 3, picked=1)),
            *(Count("LEAD.2", None, 1), Count("LEAD.3", 2, 4, picked=1)),
        ],
    )
    practice, statutory = comparison.by_section(lines)
    assert (practice.line.counts, practice.line.does_not_apply, practice.criteria) == ((2, 0, 3, 1), 1, 2)
    # Six ratings in order: 0 0 2 2 2 3.
    assert (practice.line.median, practice.line.quartiles) == ((2, 2), (0, 2))
    assert practice.line.share == Fraction(4, 6)
    assert (practice.picked_upper, practice.picked_rated) == (1, 2)
    assert (statutory.line.counts, statutory.criteria, statutory.picked_upper) == ((0, 0, 4), 1, 1)
    assert practice.line.asked.title == "Leadership"


def test_a_section_does_not_tell_what_a_criterion_may_not() -> None:
    lines = comparison.tabulate(
        [asked("LEAD.1"), asked("LEAD.2")], [Count("LEAD.1", 0, 4, elsewhere=4), Count("LEAD.2", 1, 9, elsewhere=9)]
    )
    (section,) = comparison.by_section(comparison.withhold_few(lines))
    assert (section.line.counts, section.criteria) == ((0, 9, 0, 0), 1)
