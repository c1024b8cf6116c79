"""Looks for other answers that give the same counts: as long as there are some, a reader cannot know.

The truth is one possible answer. To find another, some of its numbers are supposed to be different; where a count then
no longer adds up, one of its numbers is changed to mend it, and so on until every count adds up. That is walked quickly
first, some ways; if none arrives, every way is searched, and all that follows from each step is drawn (`bounds`).

What is not found in so many steps is taken as not there: then something is withheld that need not be, and nothing is
shown that must not be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.bounds import Bounds, Counts, Ranked

MOST_WALKS, SHORT_WALKS = 60, 16
SHORT_WALK, LONG_WALK = 12, 40
MOST_STEPS = 200
# What sends each walk another way: multiples of the golden ratio are spread evenly, and always the same.
SPREAD = tuple(2 * (at * 0.6180339887 % 1) for at in range(101))
SPREADS = tuple(tuple(SPREAD[turn*place%101] for place in range(101)) for turn in range(101))

# The numbers that are different from the truth, by their place.
Answer = Mapping[int, int]


class Search:
    """Other answers than the truth to the same counts."""

    def __init__(self, counts: Counts, truth: Sequence[int]) -> None:
        self._counts, self._truth = counts, truth
        self._steps = 0
        self._kept={}

    def walk(self, bounds: Bounds, end: int) -> Answer | None:
        """Return an answer within bounds to the counts before `end`; None where no walk arrives at one."""
        start = _Attempt.within(self._ranked(end), self._truth, bounds)
        walks = (start.copy() for _walk in range(MOST_WALKS))
        return next((self._different(each) for turn, each in enumerate(walks) if each.arrives(turn)), None)

    def other(self, bounds: Bounds, end: int, most_steps: int = MOST_STEPS) -> Answer | None:
        """Return an answer within bounds, which are used up, to the counts before `end`; None where there is none."""
        self._steps = most_steps
        return self._mend(bounds, end)

    def _mend(self, bounds: Bounds, end: int) -> Answer | None:
        while self._steps > 0 and self._counts.narrow(bounds, end):
            self._steps -= 1
            attempt = _Attempt.within(self._ranked(end), self._truth, bounds)
            if attempt.adds_up:
                return self._different(attempt)
            place, by = attempt.next_change()
            supposed, number = bounds.copy(), attempt.numbers[place]
            # One way, and where that leads nowhere the other.
            if by > 0:
                supposed.at_least(place, number + 1)
                bounds.at_most(place, number)
            else:
                supposed.at_most(place, number - 1)
                bounds.at_least(place, number)
            if (found := self._mend(supposed, end)) is not None:
                return found
        return None

    def _ranked(self, end):
        if end not in self._kept: self._kept[end]=self._counts.ranked(end)
        return self._kept[end]

    def _different(self, attempt: "_Attempt") -> Answer:
        both = enumerate(zip(attempt.numbers, self._truth, strict=True))
        return {place: number for place, (number, truth) in both if number != truth}


@dataclass
class _Attempt:
    """Some numbers, between which each may still be changed, and by how much counts are too high or low with them.

    Counts are known by their rank, the smallest first; which are too high and too low is a bit for each.
    """

    ranked: Ranked
    numbers: list[int]
    low: list[int]
    high: list[int]
    errors: list[int]
    too_high: int = 0
    too_low: int = 0

    @classmethod
    def within(cls, ranked: Ranked, truth: Sequence[int], bounds: Bounds) -> "_Attempt":
        """Return the answer nearest to the truth that bounds allow."""
        attempt = cls(ranked, list(truth), bounds.low[:], bounds.high[:], [0] * len(ranked.places))
        for place in bounds.changed:
            more = min(max(truth[place], bounds.low[place]), bounds.high[place]) - truth[place]
            if more:
                attempt._change(place, more)
        return attempt

    def copy(self) -> "_Attempt":
        """Return the same, to go on from it in another way."""
        return replace(self, numbers=self.numbers[:], low=self.low[:], high=self.high[:], errors=self.errors[:])

    @property
    def adds_up(self) -> bool:
        """Whether every count adds up."""
        return not self.too_high | self.too_low

    def arrives(self, turn: int) -> bool:
        """Change one number after another, and say whether every count adds up then."""
        for step in range(SHORT_WALK if turn < SHORT_WALKS else LONG_WALK):
            if self.adds_up:
                return True
            place, by = self.next_change(turn * (step + 1))
            if not by:
                return False
            self._change(place, by)
        return self.adds_up

    def next_change(self, turn: int = 0) -> tuple[int, int]:
        """Return the number that mends most of the smallest wrong count, and by how much it changes; 0 where none."""
        wrong = self.too_high | self.too_low
        smallest = wrong & -wrong
        by, wrong, limits = (-1, self.too_high, self.low) if self.too_high & smallest else (1, self.too_low, self.high)
        numbers, counts, spread = self.numbers, self.ranked.counts_of, SPREADS[turn % len(SPREADS)]
        free = [place for place in self.ranked.places[smallest.bit_length() - 1] if numbers[place] != limits[place]]
        if not free:
            return 0, 0
        mends = [2 * (counts[place] & wrong).bit_count() - self.ranked.burden[place] + spread[place % 101] for place in free]
        return free[mends.index(max(mends))], by

    def _change(self, place: int, by: int) -> None:
        """Change a number, which then never goes back."""
        self.numbers[place] += by
        (self.low if by > 0 else self.high)[place] = self.numbers[place]
        errors = self.errors
        for rank, bit in self.ranked.of[place]:
            before = errors[rank]
            after = errors[rank] = before + by
            if after>0:
                if before<=0: self.too_high|=bit; self.too_low&=~bit
            elif after<0:
                if before>=0: self.too_low|=bit; self.too_high&=~bit
            else:
                self.too_low&=~bit; self.too_high&=~bit
