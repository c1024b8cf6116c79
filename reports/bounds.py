"""Between how many and how many of each atom can be at each level: what counts leave, narrowed one by another.

Counts are whole numbers and never negative, which linear algebra (`recovery`) does not know. A level that nobody of a
group chose is ruled out for all of it; where as many are left for a level as chose it, they are those. So for each atom
(partnerships that stand in the same shown groups) and each level a lower and an upper bound is kept, and every count
narrows the bounds of those it adds up, in whatever order, until none does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter, sub
from typing import NamedTuple

from reports.recovery import bits_at


class Known(NamedTuple):
    """How many of some partnerships chose each level, and the last of the shown groups by which that is known.

    What follows from others says nothing new, but narrows what each of the others alone does not.
    """

    members: int
    last: int
    counts: tuple[int, ...]
    follows: bool = False


class Count(NamedTuple):
    """That the numbers at these places add up to a total."""

    places: tuple[int, ...]
    total: int
    follows: bool
    take: Callable[[Sequence[int]], Sequence[int]]

    def room(self, low: Sequence[int], high: Sequence[int]) -> tuple[int, int, int]:
        """Return how much may be added to the lower bounds, taken from the upper ones, and the widest of them."""
        lows, highs = self.take(low), self.take(high)
        return self.total - sum(lows), sum(highs) - self.total, max(map(sub, highs, lows))


def _count(places: Sequence[int], total: int, follows: bool = False) -> Count:
    only = slice(places[0], places[0] + 1)
    return Count(tuple(places), total, follows, itemgetter(*places) if len(places) > 1 else itemgetter(only))


@dataclass
class Bounds:
    """A lower and an upper bound for each atom and level, and the places that have changed since that was emptied.

    What is supposed waits until counts are narrowed by it.
    """

    low: list[int]
    high: list[int]
    changed: set[int]
    waiting: list[int]

    def copy(self) -> "Bounds":
        """Return the same bounds, to narrow them further."""
        return Bounds(self.low[:], self.high[:], self.changed.copy(), self.waiting[:])

    def at_least(self, place: int, least: int) -> None:
        """Suppose that there are so many or more."""
        self.low[place] = max(least, self.low[place])
        self._suppose(place)

    def at_most(self, place: int, most: int) -> None:
        """Suppose that there are so many or fewer."""
        self.high[place] = min(most, self.high[place])
        self._suppose(place)

    def split(self, place: int, number: int, by: int) -> "Bounds":
        """Return the bounds where a number is more, or less, than now, and keep those where it is not."""
        supposed = self.copy()
        if by > 0:
            supposed.at_least(place, number + 1)
            self.at_most(place, number)
        else:
            supposed.at_most(place, number - 1)
            self.at_least(place, number)
        return supposed

    def _suppose(self, place: int) -> None:
        self.changed.add(place)
        self.waiting.append(place)


@dataclass(frozen=True)
class Ranked:
    """What is shown, without what follows from it: the smallest counts first, each by its rank.

    `places` has a bit for each place that a count adds up; `part_of` a bit for each count that a place is added to.
    """

    places: Sequence[int]
    ranks_of: Sequence[Sequence[int]]
    part_of: Sequence[int]


class Counts:
    """Some counts over atoms: first how many each holds, then what is known, by the last group that it needs."""

    def __init__(self, atoms: Sequence[int], known: Sequence[Known], levels: int) -> None:
        self.levels, self.sizes = levels, [atom.bit_count() for atom in atoms]
        self.lasts = sorted({each.last for each in known})
        self.ends: list[int] = []
        self._counts = [_count(self.places(at), size) for at, size in enumerate(self.sizes)]
        for last in self.lasts:
            for each in known:
                if each.last == last:
                    self._counts.extend(self._sums(atoms, each))
            self.ends.append(len(self._counts))
        self._of = self._by_place(count.places for count in self._counts)

    def places(self, atom: int) -> range:
        """Return where an atom's numbers stand, one a level."""
        return range(atom * self.levels, (atom + 1) * self.levels)

    def unknown(self) -> Bounds:
        """Return the bounds where nothing is shown."""
        return Bounds([0] * len(self._of), [size for size in self.sizes for _level in range(self.levels)], set(), [])

    def ranked(self, end: int) -> Ranked:
        """Return the counts before `end` that do not follow from others."""
        places = sorted((count.places for count in self._counts[:end] if not count.follows), key=len)
        ranks_of = self._by_place(places)
        return Ranked([*map(bits_at, places)], ranks_of, [*map(bits_at, ranks_of)])

    def narrow(self, bounds: Bounds, end: int, start: int | None = None) -> bool:
        """Narrow bounds by the counts from `start` to `end` and by what waits; say whether any answer may be left."""
        if any(bounds.low[place] > bounds.high[place] for place in bounds.waiting):
            return False
        waiting = dict.fromkeys(range(end if start is None else start, end))
        waiting.update(dict.fromkeys(at for place in bounds.waiting for at in self._of[place] if at < end))
        bounds.waiting.clear()
        while waiting:
            at = next(iter(waiting))
            del waiting[at]
            narrowed = _narrow_by(self._counts[at], bounds)
            if narrowed is None:
                return False
            for place in narrowed:
                bounds.changed.add(place)
                waiting.update(dict.fromkeys(other for other in self._of[place] if other < end and other != at))
        return True

    def _sums(self, atoms: Sequence[int], known: Known) -> Iterator[Count]:
        inside = [at for at, atom in enumerate(atoms) if atom & known.members]
        for level, count in enumerate(known.counts if inside else ()):
            yield _count([at * self.levels + level for at in inside], count, known.follows)

    def _by_place(self, counts: Iterable[Sequence[int]]) -> list[list[int]]:
        """Return to which counts each place is added."""
        found: list[list[int]] = [[] for _place in range(len(self.sizes) * self.levels)]
        for at, places in enumerate(counts):
            for place in places:
                found[place].append(at)
        return found


def _narrow_by(count: Count, bounds: Bounds) -> list[int] | None:
    """Narrow what a count adds up and return where it did; None where the bounds leave no such total."""
    low, high = bounds.low, bounds.high
    more, less, widest = count.room(low, high)
    if more < 0 or less < 0:
        return None
    if widest <= more and widest <= less:
        return []
    narrowed = []
    for place in count.places:
        least, most = low[place], high[place]
        low[place], high[place] = max(least, most - less), min(most, least + more)
        if (low[place], high[place]) != (least, most):
            narrowed.append(place)
    return narrowed
