"""Rank correlation: by hand, against scipy, and silent where there is nothing to say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.correlation import FEWEST, ranks, spearman


def test_ranks_of_equal_values_are_shared() -> None:
    assert ranks([30, 10, 20, 20]) == [4, 1, 2.5, 2.5]


def test_worked_by_hand() -> None:
    # Ten pairs without ties whose ranks all differ by 1: the squares add up to 10.
    first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    second = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9]
    found = spearman(first, second)
    # One less six times ten over ten times ninety-nine.
    assert found.rho == pytest.approx(1 - 60 / 990)
    assert found.rho is not None
    error = math.sqrt((1 + found.rho**2 / 2) / 7)
    assert found.low == pytest.approx(math.tanh(math.atanh(1 - 60 / 990) - 1.959964 * error), abs=1e-6)
    assert found.high == pytest.approx(math.tanh(math.atanh(1 - 60 / 990) + 1.959964 * error), abs=1e-6)
    assert not found.includes_none


PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(-9, 9)), min_size=FEWEST, max_size=60)


@given(PAIRS)
def test_the_same_as_scipy(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    found = spearman(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found.rho is None
        return
    assert found.rho == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-9)
    assert ranks(first) == list(stats.rankdata(first))


def test_too_few_or_all_alike_say_nothing() -> None:
    assert spearman(range(9), range(9)).rho is None
    assert spearman([1] * 20, range(20)).rho is None


def test_full_correlation_has_no_interval() -> None:
    found = spearman(range(12), range(12))
    assert (found.rho, found.has_interval) == (1, False)
