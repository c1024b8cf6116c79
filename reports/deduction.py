"""What a reader can conclude of single partnerships from counts that are shown: between how many and how many.

Counts are whole numbers and never negative, which linear algebra (`recovery`) does not know. A level that nobody of a
group chose is ruled out for all of it; where as many are left for a level as chose it, they are those. So for each atom
(partnerships that stand in the same shown groups) and each level a lower and an upper bound is kept, and every count
narrows the bounds of those it adds up, until none does. A partnership that reads knows itself besides, which narrows
them further.

Bounds narrow in whatever order to the same end. They are what one count after another yields, and no search: what only
follows by supposing something and finding it impossible is not found.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter, sub
from typing import NamedTuple


class Known(NamedTuple):
    """How many of some partnerships chose each level, and the last of the shown groups by which that is known."""

    members: int
    last: int
    counts: tuple[int, ...]


class Reader(NamedTuple):
    """One that belongs to an atom, by its place, and chose a level."""

    atom: int
    level: int


class _Count(NamedTuple):
    """That the numbers at these places add up to a total."""

    places: tuple[int, ...]
    total: int
    take: Callable[[Sequence[int]], Sequence[int]]

    def room(self, low: Sequence[int], high: Sequence[int]) -> tuple[int, int, int]:
        """Return how much may be added to the lower bounds, taken from the upper ones, and the widest of them."""
        lows, highs = self.take(low), self.take(high)
        return self.total - sum(lows), sum(highs) - self.total, max(map(sub, highs, lows))


def _count(places: tuple[int, ...], total: int) -> _Count:
    only = slice(places[0], places[0] + 1)
    return _Count(places, total, itemgetter(*places) if len(places) > 1 else itemgetter(only))


@dataclass
class _Bounds:
    """A lower and an upper bound for each atom and level; `changed` are the places narrowed since it was emptied."""

    low: list[int]
    high: list[int]
    changed: set[int]

    def copy(self) -> "_Bounds":
        return _Bounds(self.low[:], self.high[:], set())


class Deduction:
    """Some counts over atoms, and who is known by them."""

    def __init__(self, atoms: Sequence[int], counts: Sequence[Known], chosen: Sequence[int], fewest: int) -> None:
        """Take the atoms, what is shown, the truth, and of how many at least the counts may be known."""
        self._chosen, self._levels, self._fewest = chosen, len(chosen), fewest
        self._atoms, self._sizes = atoms, [atom.bit_count() for atom in atoms]
        self._lasts = sorted({known.last for known in counts})
        self._counts = [_count(self._places(at), size) for at, size in enumerate(self._sizes)]
        self._ends: list[int] = []
        for last in self._lasts:
            for known in counts:
                if known.last == last:
                    self._counts.extend(self._sums(known))
            self._ends.append(len(self._counts))
        self._of: list[list[int]] = [[] for _place in range(len(atoms) * self._levels)]
        for at, count in enumerate(self._counts):
            for place in count.places:
                self._of[place].append(at)

    def last_needed(self, agreed: int = 0, alone: Mapping[Reader, int] | None = None) -> int | None:
        """Return the last group by which a reader knows the level of another, the first groups being kept, or None.

        `agreed` may be known by everybody, `alone` by such a reader.
        """
        bounds, last = self._step_by_step(None, agreed)
        if last is not None:
            return last
        tight = [self._is_tight(count, bounds) for count in self._counts]
        for reader in self._readers():
            allowed = agreed | (alone or {}).get(reader, 0)
            if self._learns(reader, bounds, tight, allowed):
                return self._step_by_step(reader, allowed)[1]
        return None

    def _places(self, atom: int) -> tuple[int, ...]:
        return tuple(range(atom * self._levels, (atom + 1) * self._levels))

    def _sums(self, known: Known) -> Iterator[_Count]:
        inside = [at for at, atom in enumerate(self._atoms) if atom & known.members]
        for level, count in enumerate(known.counts if inside else ()):
            yield _count(tuple(at * self._levels + level for at in inside), count)

    def _readers(self) -> Iterator[Reader]:
        for at, atom in enumerate(self._atoms):
            yield from (Reader(at, level) for level, those in enumerate(self._chosen) if atom & those)

    def _step_by_step(self, reader: Reader | None, allowed: int) -> tuple[_Bounds, int | None]:
        """Take one group after another until somebody is known: that group is the last which this needs."""
        bounds = _Bounds([0] * len(self._of), [size for size in self._sizes for _level in range(self._levels)], set())
        if reader:
            self._know(reader, bounds)
        start = 0
        for last, end in zip(self._lasts, self._ends, strict=True):
            self._narrow(bounds, range(start, end), end)
            if self._tells(bounds, reader, allowed):
                return bounds, last
            start = end
            bounds.changed.clear()
        return bounds, None

    def _learns(self, reader: Reader, known: _Bounds, tight: Sequence[bool], allowed: int) -> bool:
        """Say whether a reader knows somebody whom strangers do not; only counts without room can tell it more."""
        bounds = known.copy()
        self._know(reader, bounds)
        told = [at for place in bounds.changed for at in self._of[place] if tight[at] or at == reader.atom]
        self._narrow(bounds, told, len(self._counts))
        bounds.changed.add(self._places(reader.atom)[0])
        return self._tells(bounds, reader, allowed)

    def _know(self, reader: Reader, bounds: _Bounds) -> None:
        for level, place in enumerate(self._places(reader.atom)):
            if level == reader.level and not bounds.low[place]:
                bounds.low[place] = 1
                bounds.changed.add(place)
            elif level != reader.level and bounds.high[place] == self._sizes[reader.atom]:
                bounds.high[place] -= 1
                bounds.changed.add(place)

    def _is_tight(self, count: _Count, bounds: _Bounds) -> bool:
        more, less, widest = count.room(bounds.low, bounds.high)
        return widest > 0 and widest >= min(more, less)

    def _narrow(self, bounds: _Bounds, told: Iterable[int], end: int) -> None:
        """Narrow the bounds by these counts, and by those before `end` that add up what they narrowed."""
        waiting = dict.fromkeys(told)
        while waiting:
            at = next(iter(waiting))
            del waiting[at]
            for place in self._narrow_by(self._counts[at], bounds):
                bounds.changed.add(place)
                waiting.update(dict.fromkeys(other for other in self._of[place] if other < end and other != at))

    def _narrow_by(self, count: _Count, bounds: _Bounds) -> list[int]:
        low, high = bounds.low, bounds.high
        more, less, widest = count.room(low, high)
        if widest <= more and widest <= less:
            return []
        narrowed = []
        for place in count.places:
            least, most = low[place], high[place]
            low[place], high[place] = max(least, most - less), min(most, least + more)
            if (low[place], high[place]) != (least, most):
                narrowed.append(place)
        return narrowed

    def _tells(self, bounds: _Bounds, reader: Reader | None, allowed: int) -> bool:
        """Say whether, the reader aside, all of an atom just narrowed are at one level, or a few at known ones."""
        return any(
            self._is_told(at, bounds, reader) and self._atoms[at] & ~allowed
            for at in {place // self._levels for place in bounds.changed}
        )

    def _is_told(self, atom: int, bounds: _Bounds, reader: Reader | None) -> bool:
        places, others = self._places(atom), self._sizes[atom]
        low = [bounds.low[place] for place in places]
        if reader and reader.atom == atom:
            others -= 1
            low[reader.level] -= 1
        return others > 0 and (max(low) == others or (self._sizes[atom] < self._fewest and sum(low) == others))
