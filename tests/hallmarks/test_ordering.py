"""Only what really changed its place counts as moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallmarks.ordering import moved_among


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("abc", "abc", ""),
        ("abc", "xabyc", ""),
        ("abcd", "ad", ""),
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("", "ab", ""),
        ("ab", "", ""),
    ],
)
def test_the_fewest_that_must_have_moved(before: str, after: str, moved: str) -> None:
    assert moved_among(before, after) == set(moved)


@given(st.permutations(range(8)))
def test_the_others_keep_their_order(after: list[int]) -> None:
    left = [key for key in after if key not in moved_among(range(8), after)]
    assert left == sorted(left)
    assert left
