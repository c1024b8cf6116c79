"""Between how many and how many of each atom can be at each level: what counts leave, narrowed one by another.

Counts are whole numbers and never negative, which linear algebra (`recovery`) does not know. A level that nobody of a
group chose is ruled out for all of it; where as many are left for a level as chose it, they are those. So for each atom
(partnerships that stand in the same shown groups) and each level a lower and an upper bound is kept, and every count
narrows the bounds of those it adds up, until none does, in whatever order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter, sub
from typing import NamedTuple


class Known(NamedTuple):
    """How many of some partnerships chose each level, and the last of the shown groups by which that is known.

    What follows from others says nothing new, but narrows what each of them alone does not.
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
    """A lower and an upper bound for each atom and level, and the places supposed or narrowed since that was emptied.

    What was supposed waits until counts have been narrowed by it.
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
        if self.low[place] < least:
            self.low[place] = least
            self._suppose(place)

    def at_most(self, place: int, most: int) -> None:
        """Suppose that there are so many or fewer."""
        if self.high[place] > most:
            self.high[place] = most
            self._suppose(place)

    def are_possible(self) -> bool:
        """Say whether what was supposed leaves a number at each of its places."""
        return all(self.low[place] <= self.high[place] for place in self.waiting)

    def _suppose(self, place: int) -> None:
        self.changed.add(place)
        self.waiting.append(place)


class Ranked:
    def __init__(self, places, number):
        self.places=places
        self.of=[[] for _ in range(number)]
        for rank, ps in enumerate(places):
            for p in ps: self.of[p].append((rank,1<<rank))
        self.counts_of=[sum(b for r,b in o) for o in self.of]
        self.burden=[len(o) for o in self.of]


class Counts:
    """Some counts over atoms: first what the atoms hold, then what is known, by the last group that it needs."""

    def __init__(self, atoms: Sequence[int], known: Sequence[Known], levels: int) -> None:
        self.levels, self.sizes = levels, [atom.bit_count() for atom in atoms]
        self.lasts = sorted({each.last for each in known})
        self.counts = [_count(self.places(at), size) for at, size in enumerate(self.sizes)]
        self.ends: list[int] = []
        for last in self.lasts:
            for each in known:
                if each.last == last:
                    self.counts.extend(self._sums(atoms, each))
            self.ends.append(len(self.counts))
        # By which counts are put into order: first what adds up the fewest numbers.
        self.sizes_of = [(len(count.places), at) for at, count in enumerate(self.counts)]
        self.of: list[list[int]] = [[] for _place in range(len(atoms) * levels)]
        for at, count in enumerate(self.counts):
            for place in count.places:
                self.of[place].append(at)

    def ranked(self, end):
        shown=sorted((c.places for c in self.counts[:end] if not c.follows), key=len)
        return Ranked(shown, len(self.of))

    def places(self, atom: int) -> range:
        """Return where an atom's numbers stand, one a level."""
        return range(atom * self.levels, (atom + 1) * self.levels)

    def unknown(self) -> Bounds:
        """Return the bounds where nothing is shown."""
        return Bounds([0] * len(self.of), [size for size in self.sizes for _level in range(self.levels)], set(), [])

    def narrow(self, bounds: Bounds, end: int, told: Iterable[int] = ()) -> bool:
        """Narrow the bounds by those counts before `end` that are told or add up what waits; say if any is possible."""
        if not bounds.are_possible():
            return False
        waiting = dict.fromkeys(told)
        waiting.update(dict.fromkeys(at for place in bounds.waiting for at in self.of[place] if at < end))
        bounds.waiting.clear()
        while waiting:
            at = next(iter(waiting))
            del waiting[at]
            narrowed = _narrow_by(self.counts[at], bounds)
            if narrowed is None:
                return False
            for place in narrowed:
                bounds.changed.add(place)
                waiting.update(dict.fromkeys(other for other in self.of[place] if other < end and other != at))
        return True

    def _sums(self, atoms: Sequence[int], known: Known) -> Iterator[Count]:
        inside = [at for at, atom in enumerate(atoms) if atom & known.members]
        for level, count in enumerate(known.counts if inside else ()):
            yield _count([at * self.levels + level for at in inside], count, known.follows)


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
