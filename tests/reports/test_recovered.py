"""Nobody is recovered from a release, by whoever tries every answer that what is shown leaves possible.

Small rounds are tried to the end, as a stranger and as each partnership; of the map, which nobody can try, a solver of
integer programmes looks for another answer for partnerships drawn by chance. Neither knows how the release decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from reports import deduction
from reports.release import AREA, FAMILY, FORCE, NATION, REGION, RULES, Answers, Group, Rules, decide
from tests.reports.test_deduction import CRITERIA, country, drawn
from tests.reports.test_release import SMALL

__all__ = ["country"]

# Of each kind, its groups by letter and how many in ten stand in one.
STANDING = {REGION: ("abc", 10), FORCE: ("cde", 8), FAMILY: ("ghk", 8), AREA: ("ijl", 5), NATION: ("n", 9)}
# How many choose each level, of two levels and of three.
SHARES = (("0" * 5 + "1" * 5, "0" * 8 + "1" * 2, "0" + "1" * 4), ("012", "0" * 8 + "11" + "2", "0" * 6 + "1" * 4 + "2"))
Cells = Mapping[Group, tuple[int, ...]]


def a_round(seed: int, rules: Rules) -> tuple[list[Answers], int]:
    """Return a round made by chance and how many levels it has; few groups, so that several are shown."""
    levels = 2 + drawn("levels", seed) % 2
    size = 13 + drawn("size", seed) % 4 if levels == 2 else 9 + drawn("size", seed) % 2
    shares, letters = SHARES[levels - 2][drawn("shares", seed) % 3], 2 + (rules is SMALL)
    return [
        Answers(
            {
                kind: names[drawn(seed, at, kind) % min(letters, len(names))]
                for kind, (names, tenths) in STANDING.items()
                if drawn("in", seed, at, kind) % 10 < tenths
            },
            shares[drawn("level", seed, at) % len(shares)],
        )
        for at in range(size)
    ], levels


def inside(partnerships: Sequence[Answers], group: Group) -> list[int]:
    return [at for at, each in enumerate(partnerships) if each.groups.get(group.kind) == group.slug]


@cache
def all_answers(size: int, levels: int) -> np.ndarray:
    axes = [np.arange(levels, dtype=np.int8)] * size
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, size)


def every_answer(partnerships: Sequence[Answers], cells: Cells, levels: int) -> np.ndarray:
    """Return all answers that give these cells, one a row."""
    answers = all_answers(len(partnerships), levels)
    for group, counts in cells.items():
        those = answers[:, inside(partnerships, group)]
        for level, count in enumerate(counts):
            keep = (those == level).sum(axis=1) == count
            answers, those = answers[keep], those[keep]
    return answers


def recovered(partnerships: Sequence[Answers], cells: Cells, levels: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Yield who is known to whom, -1 being a stranger; but for those in a large group that agrees."""
    answers = every_answer(partnerships, cells, levels)
    for reader in range(-1, len(partnerships)):
        own = int(partnerships[reader].levels) if reader >= 0 else 0
        left = answers if reader < 0 else answers[answers[:, reader] == own]
        known = np.flatnonzero((left == left[0]).all(axis=0))
        free = {reader}
        for group, counts in cells.items():
            those = inside(partnerships, group)
            alone = reader in those and counts[own] == 1
            if len(those) >= rules.agreeing_under and max(counts) >= len(those) - alone:
                free.update(those)
        yield from ((reader, int(at)) for at in known if at not in free)


@pytest.mark.parametrize(("rules", "rounds"), [(RULES, 250), (SMALL, 150)])
def test_nobody_is_recovered_by_trying_every_answer(rules: Rules, rounds: int) -> None:
    several = 0
    for seed in range(rounds):
        partnerships, levels = a_round(seed, rules)
        cells = decide(partnerships, [levels], rules).cells[0]
        several += len(cells) > 1
        assert list(recovered(partnerships, cells, levels, rules)) == [], seed
    assert several > rounds / 5


def test_some_would_be_if_nothing_was_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deduction.Deduction, "_by_search", lambda *_arguments: None)
    told = 0
    for seed in range(80):
        partnerships, levels = a_round(seed, RULES)
        cells = decide(partnerships, [levels]).cells[0]
        told += any(recovered(partnerships, cells, levels, RULES))
    assert told > 0


# On the map


def is_other_possible(cells: Cells, partnerships: Sequence[Answers], criterion: int, reader: int, at: int) -> bool:
    """Say whether a solver finds an answer with these cells in which a reader is as it is, and another is not."""
    levels = [int(each.levels[criterion]) if each.levels[criterion].isdigit() else -1 for each in partnerships]
    rated = [place for place, level in enumerate(levels) if level >= 0]
    column = {(place, level): 4 * n + level for n, place in enumerate(rated) for level in range(4)}
    rows, totals = [], []
    for group, counts in cells.items():
        for level, count in enumerate(counts):
            rows.append([column[place, level] for place in inside(partnerships, group) if place in set(rated)])
            totals.append(count)
    rows += [[column[place, level] for level in range(4)] for place in rated]
    sums = np.zeros((len(rows), len(column)))
    for n, places in enumerate(rows):
        sums[n, places] = 1
    totals += [1] * len(rated)
    low, high = np.zeros(len(column)), np.ones(len(column))
    low[column[reader, levels[reader]]] = 1
    high[column[at, levels[at]]] = 0
    found = milp(
        np.zeros(len(column)),
        constraints=LinearConstraint(sums, totals, totals),
        bounds=Bounds(low, high),
        integrality=np.ones(len(column)),
    )
    return bool(found.status == 0)


def test_on_the_map_there_is_another_answer_for_each_reader(country: list[Answers]) -> None:
    released = decide(country, [4] * CRITERIA)
    for draw in range(8):
        criterion = draw % CRITERIA
        cells = released.cells[criterion]
        standing = sorted({at for group in cells for at in inside(country, group)})
        rated = [at for at in standing if country[at].levels[criterion].isdigit()]
        reader, at = (rated[drawn(who, draw) % len(rated)] for who in ("reader", "at"))
        if reader != at:
            assert is_other_possible(cells, country, criterion, reader, at), (criterion, reader, at)
