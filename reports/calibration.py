"""How far partnerships and Government Offices see the same levels: counts, shares, and weighted kappa.

Kappa is how far two agree beyond what chance would give if each kept its own habits: 1 is full agreement, 0 is chance.
It is weighted, because one level apart is less than three: a pair that lies d of the scale's k - 1 steps apart counts
1 - d / (k - 1) (linear weights); `power=2` gives the quadratic ones.

The 95 % interval is kappa and 1.96 large-sample standard errors to each side (Fleiss, Cohen and Everitt 1969). Ratings
of one review go together, so where several criteria are taken at once, what the pairs of a review add to the variance
is added up first; with one pair a review this is their formula exactly.

No kappa below ten reviews, where all levels are the same, or where levels have no order. No interval where nobody
differs: the formula would give one of no width. Criteria on different scales are never taken together, nor practice
with what the law asks for.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.correlation import REACH

FEWEST = 10
LINEAR, QUADRATIC = 1, 2
# The partnership's level and the reviewer's, from 0, and how many criteria of one review have both.
Review = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Scale:
    """The levels on which pairs are compared, lowest first, and whether they are the law's."""

    levels: tuple[str, ...]
    is_statutory: bool = False
    is_ordered: bool = True


@dataclass(frozen=True)
class Kappa:
    """Weighted kappa with its 95 % interval; no interval where nobody differs."""

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends of the interval, no further than kappa can go."""
        if not self.error:
            return None
        return max(-1.0, self.value - REACH * self.error), min(1.0, self.value + REACH * self.error)


@dataclass(frozen=True)
class Agreement:
    """What closed reviews say of one criterion, or of all criteria on one scale."""

    scale: Scale
    reviews: Sequence[Review]
    left_out: int = 0

    @cached_property
    def pairs(self) -> Counter[tuple[int, int]]:
        """How many pairs there are of each two levels."""
        total: Counter[tuple[int, int]] = Counter()
        for review in self.reviews:
            total.update(review)
        return total

    @property
    def n(self) -> int:
        """How many ratings have both levels."""
        return self.pairs.total()

    @property
    def agreed(self) -> int:
        """In how many both saw the same level."""
        return sum(count for (own, theirs), count in self.pairs.items() if own == theirs)

    @property
    def higher(self) -> int:
        """In how many the reviewer saw a higher level than the partnership."""
        return sum(count for (own, theirs), count in self.pairs.items() if theirs > own)

    @property
    def lower(self) -> int:
        """In how many the reviewer saw a lower level."""
        return sum(count for (own, theirs), count in self.pairs.items() if theirs < own)

    @property
    def is_few(self) -> bool:
        """Whether there are too few reviews to say more than counts."""
        return len(self.reviews) < FEWEST

    @cached_property
    def kappa(self) -> Kappa | None:
        """Weighted kappa, where it says something."""
        return None if self.is_few or not self.scale.is_ordered else kappa(self.reviews, len(self.scale.levels))


def kappa(reviews: Sequence[Review], levels: int, power: int = LINEAR) -> Kappa | None:
    """Return weighted kappa of these reviews; None where all levels are the same, so that chance explains all."""
    pairs: Counter[tuple[int, int]] = Counter()
    for review in reviews:
        pairs.update(review)
    sums = _Sums(pairs, levels, power)
    if not sums.n or math.isclose(sums.by_chance, 1):
        return None
    value = (sums.observed - sums.by_chance) / (1 - sums.by_chance)
    return Kappa(value, _error(sums, reviews, value))


class _Sums:
    """What kappa is made of: observed agreement, that by chance, and each level's agreement by chance."""

    def __init__(self, pairs: Mapping[tuple[int, int], int], levels: int, power: int) -> None:
        self.n, self._levels, self._power = sum(pairs.values()), levels, power
        own, theirs = (self._shares(pairs, side) for side in (0, 1))
        steps = range(levels)
        self.observed = sum(count * self.weight(*pair) for pair, count in pairs.items()) / max(self.n, 1)
        self.by_chance = sum(own[i] * theirs[j] * self.weight(i, j) for i in steps for j in steps)
        self.own = [sum(theirs[j] * self.weight(i, j) for j in steps) for i in steps]
        self.theirs = [sum(own[i] * self.weight(i, j) for i in steps) for j in steps]

    def weight(self, own: int, theirs: int) -> float:
        """Return how far a pair agrees, from 0 to 1."""
        return 1 - (abs(own - theirs) / max(self._levels - 1, 1)) ** self._power

    def _shares(self, pairs: Mapping[tuple[int, int], int], side: int) -> list[float]:
        found = [0.0] * self._levels
        for pair, count in pairs.items():
            found[pair[side]] += count / self.n
        return found


def _error(sums: _Sums, reviews: Iterable[Review], value: float) -> float:
    """Return the standard error: how far each review's pairs pull kappa from what all of them give."""
    middle = value - sums.by_chance * (1 - value)
    pulls = (
        sum(
            count * (sums.weight(i, j) - (sums.own[i] + sums.theirs[j]) * (1 - value) - middle)
            for (i, j), count in review.items()
        )
        for review in reviews
    )
    error = math.sqrt(sum(pull**2 for pull in pulls)) / (sums.n * (1 - sums.by_chance))
    return 0.0 if math.isclose(error, 0, abs_tol=1e-12) else error
