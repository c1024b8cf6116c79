"""Agreement: by hand, against the matrix formula in numpy, and silent where there is too little."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import calibration
from reports.calibration import LINEAR, QUADRATIC, Agreement, Scale, kappa

PRACTICE = Scale(("Gap identified", "Working towards", "Some success", "Doing well"))
Table = list[list[int]]


def singles(table: Table) -> list[Mapping[tuple[int, int], int]]:
    """Return a table as reviews of one criterion."""
    return [{(i, j): 1} for i, row in enumerate(table) for j, count in enumerate(row) for _one in range(count)]


def by_matrix(table: Table, power: int) -> tuple[float, float]:
    """Return weighted kappa and its standard error from matrices, as Fleiss, Cohen and Everitt print them."""
    p = np.array(table, dtype=float) / np.sum(table)
    n, k = np.sum(table), len(table)
    w = 1 - (np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)) ** power
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = (w * p).sum(), (w * np.outer(rows, columns)).sum()
    value = (observed - chance) / (1 - chance)
    means = np.add.outer(w @ columns, rows @ w)
    inside = (p * (w * (1 - chance) - means * (1 - observed)) ** 2).sum()
    variance = (inside - (observed * chance - 2 * chance + observed) ** 2) / (n * (1 - chance) ** 4)
    return float(value), float(np.sqrt(max(variance, 0)))


def test_two_levels_by_hand() -> None:
    # 40 + 30 of 100 agree; by chance .5 * .6 + .5 * .4 = .5; kappa = (.7 - .5) / .5
    found = kappa(singles([[40, 10], [20, 30]]), 2)
    assert found is not None
    assert found.value == pytest.approx(0.4)
    # The inside is .2276 and the part to take away .0144... in their formula; the error 0.0907.
    assert found.error == pytest.approx(by_matrix([[40, 10], [20, 30]], LINEAR)[1])
    assert found.interval == pytest.approx((0.4 - 1.959964 * found.error, 0.4 + 1.959964 * found.error), abs=1e-6)


def test_three_levels_by_hand() -> None:
    # Linear weights 1, .5, 0. Observed: (4+3+3 + .5 * 5) / 15 = .8333; both sides have 5, 5, 5: by chance 5/9.
    found = kappa(singles([[4, 1, 0], [1, 3, 1], [0, 2, 3]]), 3)
    assert found is not None
    observed = (4 + 3 + 3 + 0.5 * 5) / 15
    own, theirs = (5, 5, 5), (5, 6, 4)
    chance = sum(own[i] * theirs[j] * (1 - abs(i - j) / 2) for i in range(3) for j in range(3)) / 225
    assert found.value == pytest.approx((observed - chance) / (1 - chance))


TABLES = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4)


@given(TABLES, st.sampled_from([LINEAR, QUADRATIC]))
def test_the_same_as_the_matrix_formula(table: Table, power: int) -> None:
    found = kappa(singles(table), 4, power)
    used = {i for i in range(4) for j in range(4) if table[i][j]} | {
        j for i in range(4) for j in range(4) if table[i][j]
    }
    if len(used) < 2:
        assert found is None
        return
    assert found is not None
    value, error = by_matrix(table, power)
    assert found.value == pytest.approx(value, abs=1e-9)
    assert found.error == pytest.approx(error, abs=1e-6)


def test_ratings_of_one_review_count_as_going_together() -> None:
    few = [{(0, 0): 1, (1, 2): 1}, {(2, 2): 1, (3, 3): 1}, {(1, 1): 1, (3, 2): 1}] * 4
    ten_times = [{pair: 10 * count for pair, count in review.items()} for review in few]
    once, often = kappa(few, 4), kappa(ten_times, 4)
    assert once is not None
    assert often is not None
    # Ten times the ratings of the same reviews say no more about how sure one can be.
    assert often.value == pytest.approx(once.value)
    assert often.error == pytest.approx(once.error)


def test_counts_and_sides() -> None:
    found = Agreement(PRACTICE, [{(1, 1): 2, (1, 2): 1}, {(3, 0): 1}])
    assert (found.n, found.agreed, found.higher, found.lower) == (4, 2, 1, 1)
    assert found.pairs == Counter({(1, 1): 2, (1, 2): 1, (3, 0): 1})


def test_no_kappa_below_ten_reviews_however_many_ratings() -> None:
    nine = Agreement(PRACTICE, [{(0, 0): 20, (2, 3): 20}] * 9)
    assert (nine.kappa, nine.is_few) == (None, True)
    assert Agreement(PRACTICE, [*nine.reviews, {(0, 0): 1}]).kappa is not None


def test_no_kappa_at_one_level_nor_without_order_and_no_interval_where_nobody_differs() -> None:
    assert Agreement(PRACTICE, [{(2, 2): 1}] * 12).kappa is None
    unordered = Scale(("A", "B"), is_ordered=False)
    assert Agreement(unordered, [{(0, 1): 1, (1, 1): 1}] * 12).kappa is None
    agreed = Agreement(PRACTICE, [{(2, 2): 1}, {(1, 1): 1}] * 6).kappa
    assert agreed is not None
    assert (agreed.value, agreed.interval) == (1, None)


def test_the_interval_goes_no_further_than_kappa_can() -> None:
    found = calibration.Kappa(0.95, 0.2)
    assert found.interval == pytest.approx((0.95 - 1.959964 * 0.2, 1.0), abs=1e-6)
