"""Looks for other answers that give the same counts: as long as there are some, a reader cannot know.

The truth is one possible answer. To find another, some of its numbers are supposed to be different; where a count then
no longer adds up, one of its numbers is changed to mend it, and so on until every count adds up. A walk does so without
ever going back, and quickly; several go different ways. If none arrives, all ways are searched one after another, and
all that follows from each step is drawn (`bounds`).

What is not found in so many steps is taken as not there: then something is withheld that need not be, and nothing is
shown that must not be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reports.bounds import Bounds, Counts, Ranked
from reports.recovery import bits

WALKS, LONGEST_WALK = 60, 40
SEARCHES, STEPS = 8, 60
# What sends each walk another way: multiples of the golden ratio are spread evenly, and are always the same.
SPREAD = tuple(2 * (at * 0.6180339887 % 1) for at in range(101))

# The numbers that are different from the truth, by their place.
Answer = Mapping[int, int]


class Search:
    """Other answers than the truth to the same counts, within bounds, which are used up; None where there is none."""

    def __init__(self, counts: Counts, truth: Sequence[int]) -> None:
        self._counts, self._truth = counts, truth
        self._ranked: Callable[[int], Ranked] = cache(counts.ranked)
        self._steps = 0

    def walk(self, bounds: Bounds, end: int) -> Answer | None:
        """Return an answer to the counts before `end` where a walk arrives at one."""
        if not self._counts.narrow(bounds, end):
            return None
        start = self._attempt(bounds, end)
        walks = (start.copy() for _walk in range(WALKS))
        return next((self._different(each) for turn, each in enumerate(walks) if each.arrives(turn)), None)

    def other(self, bounds: Bounds, end: int, searches: int = SEARCHES) -> Answer | None:
        """Return an answer to the counts before `end` where any is found in so many searches, each another way."""
        for turn in range(searches):
            self._steps = STEPS
            found = self._mend(bounds.copy(), end, turn)
            if found or self._steps:
                return found
        return None

    def _mend(self, bounds: Bounds, end: int, turn: int) -> Answer | None:
        while self._steps and self._counts.narrow(bounds, end):
            self._steps -= 1
            attempt = self._attempt(bounds, end)
            if attempt.adds_up:
                return self._different(attempt)
            place, by = attempt.next_change(turn * self._steps)
            # One way, and where that leads nowhere the other.
            supposed = bounds.split(place, attempt.numbers[place], by)
            if (found := self._mend(supposed, end, turn)) is not None:
                return found
        return None

    def _attempt(self, bounds: Bounds, end: int) -> "_Attempt":
        """Return the answer nearest to the truth that bounds allow."""
        ranked = self._ranked(end)
        can_fall, can_rise = _where_less(bounds.low, self._truth), _where_less(self._truth, bounds.high)
        attempt = _Attempt(ranked, list(self._truth), bounds, can_fall, can_rise, [0] * len(ranked.places))
        for place in bounds.changed:
            truth = self._truth[place]
            more = min(max(truth, bounds.low[place]), bounds.high[place]) - truth
            if more:
                attempt.change(place, more)
        return attempt

    def _different(self, attempt: "_Attempt") -> Answer:
        both = enumerate(zip(attempt.numbers, self._truth, strict=True))
        return {place: number for place, (number, truth) in both if number != truth}


@dataclass
class _Attempt:
    """Some numbers, and by how much counts are too high or low with them.

    Counts go by their rank. Which are too high or too low, and which places can still fall or rise, is a bit for each.
    """

    ranked: Ranked
    numbers: list[int]
    bounds: Bounds
    can_fall: int
    can_rise: int
    errors: list[int]
    too_high: int = 0
    too_low: int = 0

    def copy(self) -> "_Attempt":
        """Return the same, to go on from it in another way."""
        return replace(self, numbers=self.numbers[:], errors=self.errors[:])

    @property
    def adds_up(self) -> bool:
        """Whether every count adds up."""
        return not (self.too_high or self.too_low)

    def arrives(self, turn: int) -> bool:
        """Change one number after another, and say whether every count adds up then."""
        for step in range(1, LONGEST_WALK):
            if self.adds_up:
                return True
            place, by = self.next_change(turn * step)
            if not by:
                return False
            self.change(place, by)
        return False

    def next_change(self, turn: int = 0) -> tuple[int, int]:
        """Return the number that mends most of the tightest wrong count, and by how much it changes; 0 where none."""
        _tightness, by, inside = min(self._ways())
        if not inside:
            return 0, 0
        wrong, part_of = self.too_high if by < 0 else self.too_low, self.ranked.part_of
        free = [bit.bit_length() - 1 for bit in bits(inside)]
        mends = [
            (part_of[place] & wrong).bit_count()
            - (part_of[place] & ~wrong).bit_count()
            + SPREAD[turn * place % len(SPREAD)]
            for place in free
        ]
        return free[mends.index(max(mends))], by

    def _ways(self) -> Iterator[tuple[float, int, int]]:
        """Yield for each wrong count how tight it is, which way it has to change, and which of its places can."""
        for wrong, by, can in ((self.too_high, -1, self.can_fall), (self.too_low, 1, self.can_rise)):
            for bit in bits(wrong):
                rank = bit.bit_length() - 1
                free = self.ranked.places[rank] & can
                yield free.bit_count() / abs(self.errors[rank]), by, free

    def change(self, place: int, by: int) -> None:
        """Change a number, which then never goes back."""
        self.numbers[place] += by
        self._limit(place, by)
        for rank in self.ranked.ranks_of[place]:
            error = self.errors[rank] = self.errors[rank] + by
            bit = 1 << rank
            self.too_high = self.too_high | bit if error > 0 else self.too_high & ~bit
            self.too_low = self.too_low | bit if error < 0 else self.too_low & ~bit

    def _limit(self, place: int, by: int) -> None:
        bit = 1 << place
        if by < 0 or self.numbers[place] == self.bounds.high[place]:
            self.can_rise &= ~bit
        if by > 0 or self.numbers[place] == self.bounds.low[place]:
            self.can_fall &= ~bit


def _where_less(some: Sequence[int], others: Sequence[int]) -> int:
    return int(
        "".join("1" if one < other else "0" for one, other in zip(reversed(some), reversed(others), strict=True)), 2
    )
