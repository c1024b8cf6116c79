"""A criterion over the rounds, on three small rounds worked out by hand."""

from reports import trends
from reports.comparison import Asked, Count
from reports.trends import Edition

FOUR, THREE = ("a", "b", "c", "d"), ("x", "y", "z")


def asked(code: str, lineage: str, levels: tuple[str, ...] = FOUR) -> Asked:
    return Asked(code, f"Title {code}", "S", "Section", False, False, levels, lineage=lineage)


# Newest first: the criterion "share" was called A.2 two rounds ago; "old" went, "new" came, "turned" changed levels.
NOW = Edition(
    "2027", "2027", (asked("A.1", "share"), asked("A.2", "keep"), asked("A.3", "new"), asked("A.4", "turned"))
)
BEFORE = Edition("2026", "2026", (asked("A.1", "share"), asked("A.2", "keep"), asked("A.4", "turned", THREE)))
FIRST = Edition("2025", "2025", (asked("A.2", "share"), asked("A.9", "old")))
ROUNDS = [NOW, BEFORE, FIRST]


def test_a_criterion_is_followed_by_lineage_under_whatever_code() -> None:
    counts = {
        "2027": [Count("A.1", 3, 2)],
        "2026": [Count("A.1", 1, 4)],
        "2025": [Count("A.2", 0, 5), Count("A.9", 1, 9)],
    }
    lines = trends.lines_by_round(NOW.asked[0], ROUNDS, counts)
    found = trends.trend(NOW.asked[0], NOW, ROUNDS, lines)
    assert [(point.slug, point.line and point.line.counts) for point in found.points] == [
        ("2027", (0, 0, 0, 2)),
        ("2026", (0, 4, 0, 0)),
        ("2025", (5, 0, 0, 0)),
    ]
    assert found.shown == lines["2027"]


def test_how_many_criteria_can_be_compared_with_each_round_and_over_all() -> None:
    found = trends.trend(NOW.asked[0], NOW, ROUNDS, {})
    # Of this round's four, two were asked on the same levels a round ago, and one two rounds ago.
    assert [point.comparable for point in found.points] == [4, 2, 1]
    assert (found.comparable, found.criteria) == (1, 4)


def test_only_rounds_in_which_it_was_asked_count_for_what_is_comparable_over_all() -> None:
    found = trends.trend(NOW.asked[1], NOW, ROUNDS, {})
    assert [point.slug for point in found.compared] == ["2027", "2026"]
    assert found.comparable == 2


def test_a_round_with_other_levels_or_without_the_criterion_is_left_out_and_says_why() -> None:
    found = trends.trend(NOW.asked[3], NOW, ROUNDS, {})
    assert [(point.slug, point.on_other_levels) for point in found.left_out] == [("2026", True), ("2025", False)]


def test_a_round_in_which_nobody_submitted_has_an_empty_line() -> None:
    found = trends.trend(NOW.asked[0], NOW, ROUNDS, {})
    assert [point.line and point.line.n for point in found.points] == [0, 0, 0]


def test_too_few_elsewhere_are_not_told_in_any_round() -> None:
    counts = {"2027": [Count("A.1", 3, 9, elsewhere=9)], "2026": [Count("A.1", 1, 8, elsewhere=3)]}
    lines = trends.lines_by_round(NOW.asked[0], ROUNDS, counts)
    assert (lines["2027"].is_withheld, lines["2026"].is_withheld, lines["2026"].n) == (False, True, 0)
