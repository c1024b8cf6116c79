"""What sums give away, against a second implementation: ranks by singular values, and every set tried."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.recovery import Sums, bits

PARTNERSHIPS = 7
EVERYBODY = (1 << PARTNERSHIPS) - 1
SETS = st.integers(1, EVERYBODY)
SUMS = st.lists(SETS, min_size=1, max_size=6, unique=True)


def vector(members: int) -> list[float]:
    return [float(members >> at & 1) for at in range(PARTNERSHIPS)]


def rank(*rows: list[float]) -> int:
    return int(np.linalg.matrix_rank(np.array(rows))) if rows else 0


def is_known(sums: list[int], members: int) -> bool:
    rows = [vector(each) for each in sums]
    return rank(*rows, vector(members)) == rank(*rows)


def small_sets(fewest: int) -> list[int]:
    alone = [1 << at for at in range(PARTNERSHIPS)]
    return [sum(chosen) for size in range(1, fewest) for chosen in combinations(alone, size)]


@settings(deadline=None)
@given(SUMS, SETS)
def test_it_knows_a_total_exactly_where_the_rank_does(sums: list[int], members: int) -> None:
    needed = Sums(sums, EVERYBODY).needed_for(members)
    assert (needed is not None) == is_known(sums, members)
    if needed is not None:
        assert is_known([sums[place] for place in needed], members)


@settings(deadline=None)
@given(SUMS, st.integers(2, 5))
def test_it_finds_a_small_set_exactly_where_one_of_all_sets_is_known(sums: list[int], fewest: int) -> None:
    found = Sums(sums, EVERYBODY).small_set(fewest)
    known = [members for members in small_sets(fewest) if is_known(sums, members)]
    assert (found is not None) == bool(known)
    if found is not None:
        assert any(is_known([sums[place] for place in found], members) for members in known)


@settings(deadline=None)
@given(SUMS)
def test_it_finds_what_one_partnership_learns_of_another(sums: list[int]) -> None:
    if any(is_known(sums, 1 << at) for at in range(PARTNERSHIPS)):
        return
    told = [
        (reader, other)
        for reader, other in combinations(range(PARTNERSHIPS), 2)
        if is_known([*sums, 1 << reader], 1 << other)
    ]
    atoms = Sums(sums, EVERYBODY).atoms
    apart = [pair for pair in told if not any(atom >> pair[0] & atom >> pair[1] & 1 for atom in atoms)]
    needed = Sums(sums, EVERYBODY).twins()
    assert (needed is not None) == bool(apart)
    if needed is not None:
        used = [sums[place] for place in needed]
        assert any(is_known([*used, 1 << reader], 1 << other) for reader, other in apart)


@settings(deadline=None)
@given(SUMS)
def test_atoms_are_those_who_stand_in_the_same_sums(sums: list[int]) -> None:
    atoms = Sums(sums, EVERYBODY).atoms
    places = {bit: atom for atom in atoms for bit in bits(atom)}
    signs = {1 << at: tuple(each >> at & 1 for each in sums) for at in range(PARTNERSHIPS)}
    assert set(places) == {bit for bit, sign in signs.items() if any(sign)}
    assert all((places[a] == places[b]) == (signs[a] == signs[b]) for a, b in combinations(places, 2))


def test_columns_leave_out_who_gave_no_level() -> None:
    region, force = 0b1111111, 0b0111111
    assert Sums([region, force], EVERYBODY).small_set(5) == frozenset({0, 1})
    assert Sums([region, force], 0b0111111).small_set(5) is None


@pytest.mark.parametrize(("fewest", "found"), [(5, frozenset({0, 1})), (4, None)])
def test_four_in_four_different_atoms_are_found(fewest: int, found: frozenset[int] | None) -> None:
    # Two groups cut what is left of the first into four single partnerships.
    whole, part, one, other = 0b1111111111, 0b0000111111, 0b0011100011, 0b0101010101
    assert Sums([whole, part, one, other], whole).small_set(fewest) == found
