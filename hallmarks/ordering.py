"""What kept its order: so that a new neighbour, which pushes all others down, does not look like a move of each."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence


def moved_among(before: Sequence[Hashable], after: Sequence[Hashable]) -> frozenset[Hashable]:
    """Return the fewest things that must have moved for the rest to stand in the order they stood in before.

    What is only in one of the two did not move.
    """
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    return frozenset(common) - {common[index] for index in _longest_rise([places[key] for key in common])}


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of the longest part, not always in one piece, in which numbers only rise."""
    ends: list[int] = []
    lasts: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length:] = [number, *ends[length + 1 :]]
        lasts[length:] = [index, *lasts[length + 1 :]]
        previous.append(lasts[length - 1] if length else -1)
    rise, index = [], lasts[-1] if lasts else -1
    while index >= 0:
        rise.append(index)
        index = previous[index]
    return rise
