"""Who can be known from counts that are shown: by a stranger, or by a partnership that knows itself.

Of an atom (partnerships that stand in the same shown groups) a reader knows something where all of it, the reader
aside, are at one level, or where it is few and at known levels, in every answer that the counts leave possible. What
the counts yield one after another (`bounds`) finds most that strangers are told. Then for every atom and every reader
another possible answer is looked for (`swaps`, `searching`), and whoever has none is told.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from reports.bounds import Bounds, Counts, Known
from reports.recovery import bits
from reports.searching import Answer, Search
from reports.swaps import Change

# Where it is found out which groups somebody needs, what is not found quickly only withholds another group.
FEWER_SEARCHES = 2

Find = Callable[[Bounds, int], Answer | None]


class Reader(NamedTuple):
    """One that belongs to an atom, by its place, and chose a level."""

    atom: int
    level: int


class Deduction:
    """Some counts over atoms, and who is known by them."""

    def __init__(self, atoms: Sequence[int], known: Sequence[Known], chosen: Sequence[int], fewest: int) -> None:
        """Take the atoms, what is shown, the truth, and of how many at least the counts may be known."""
        self._atoms, self._fewest = atoms, fewest
        self._atom_of = {partnership: at for at, atom in enumerate(atoms) for partnership in bits(atom)}
        self._counts = Counts(atoms, known, len(chosen))
        self._truth = [(atom & those).bit_count() for atom in atoms for those in chosen]
        self._search = Search(self._counts, self._truth)

    def last_needed(
        self, agreed: int = 0, alone: Mapping[Reader, int] | None = None, changes: list[Change] | None = None
    ) -> int | None:
        """Return the last group by which a reader knows the level of another, the first groups being kept, or None.

        `agreed` may be known by everybody, `alone` by such a reader. `changes` lead to other answers; they stay
        possible with fewer groups, so those that are found here are added.
        """
        bounds, last = self._by_bounds(agreed)
        unsure = self._to_be_unsure(agreed, alone or {}) if last is None else {}
        return self._by_search(bounds, unsure, [] if changes is None else changes) if unsure else last

    def _by_bounds(self, agreed: int) -> tuple[Bounds, int | None]:
        """Take one group after another until a stranger knows somebody: that group is the last which this needs."""
        bounds, start = self._counts.unknown(), 0
        for last, end in zip(self._counts.lasts, self._counts.ends, strict=True):
            self._counts.narrow(bounds, end, start)
            if any(self._is_told(at, bounds) for at in self._atoms_at(bounds.changed) if self._atoms[at] & ~agreed):
                return bounds, last
            start = end
            bounds.changed.clear()
        return bounds, None

    def _is_told(self, atom: int, bounds: Bounds) -> bool:
        size = self._counts.sizes[atom]
        low = [bounds.low[place] for place in self._counts.places(atom)]
        return max(low) == size or (size < self._fewest and sum(low) == size)

    def _by_search(self, bounds: Bounds, unsure: dict[int, int], changes: list[Change]) -> int | None:
        """Look for another answer for every atom and reader; return the last group that whoever has none needs."""
        for change in changes:
            self._leave_unsure(self._answer(change), unsure)
        for atom in tuple(unsure):
            while still := unsure[atom]:
                readers = self._places(still)
                other = self._other(bounds, atom, readers, self._counts.ends[-1])
                if other is None:
                    return self._last_for(atom, readers[:1])
                self._leave_unsure(other, unsure)
                changes.append(self._change(other))
        return None

    def _to_be_unsure(self, agreed: int, alone: Mapping[Reader, int]) -> dict[int, int]:
        """Return who must not know an atom, by the atom: a bit for each reader, by its place, and one for strangers."""
        everybody = 1 << len(self._truth) | sum(1 << place for place, number in enumerate(self._truth) if number)
        found = {at: everybody & self._would_know(at) for at, atom in enumerate(self._atoms) if atom & ~agreed}
        for reader, allowed in alone.items():
            for at in found:
                if not self._atoms[at] & ~allowed:
                    found[at] &= ~(1 << self._counts.places(reader.atom)[reader.level])
        return found

    def _would_know(self, atom: int) -> int:
        """Return who would know something of an atom, itself aside, if nothing but the truth were possible."""
        places, size = self._counts.places(atom), self._counts.sizes[atom]
        numbers = [self._truth[place] for place in places]
        if size == 1:
            return ~(1 << places[numbers.index(1)])
        if size < self._fewest or max(numbers) == size:
            return -1
        alone = (place for place, number in zip(places, numbers, strict=True) if number == 1)
        return sum(1 << place for place in alone) if max(numbers) == size - 1 else 0

    def _places(self, readers: int) -> list[int]:
        """Return where readers stand; nowhere while strangers are among them, whose answer may be any."""
        return [] if readers >> len(self._truth) else [bit.bit_length() - 1 for bit in bits(readers)]

    def _other(
        self, bounds: Bounds, atom: int, readers: Sequence[int], end: int, find: Find | None = None
    ) -> Answer | None:
        """Return an answer, other in this atom, that is possible for all readers, or at least for the first."""
        return self._otherwise(bounds, atom, readers, end, self._search.walk) or self._otherwise(
            bounds, atom, readers[:1], end, find or self._search.other
        )

    def _otherwise(self, bounds: Bounds, atom: int, readers: Sequence[int], end: int, find: Find) -> Answer | None:
        for place in self._counts.places(atom):
            if self._truth[place]:
                supposed = bounds.copy()
                supposed.at_most(place, self._truth[place] - 1)
                for reader in readers:
                    supposed.at_least(reader, 1)
                if found := find(supposed, end):
                    return found
        return None

    def _leave_unsure(self, other: Answer, unsure: dict[int, int]) -> None:
        """Take out those readers for whom this answer is possible, wherever it is not the truth."""
        impossible = sum(1 << place for place, number in other.items() if self._truth[place] and not number)
        for atom in self._atoms_at(other) & unsure.keys():
            unsure[atom] &= impossible

    def _atoms_at(self, places: Iterable[int]) -> set[int]:
        return {place // self._counts.levels for place in places}

    def _change(self, other: Answer) -> Change:
        """Return by which change of partnerships an answer is reached."""
        levels = self._counts.levels
        return {
            (next(bits(self._atoms[place // levels])), place % levels): number - self._truth[place]
            for place, number in other.items()
        }

    def _answer(self, change: Change) -> Answer:
        """Return the answer that a change leads to; none where all that it changes stand in the same groups."""
        found: dict[int, int] = {}
        for (partnership, level), more in change.items():
            if partnership in self._atom_of:
                place = self._counts.places(self._atom_of[partnership])[level]
                found[place] = found.get(place, self._truth[place]) + more
        return {place: number for place, number in found.items() if number != self._truth[place]}

    def _last_for(self, atom: int, readers: Sequence[int]) -> int:
        """Return the last group that these readers need to know this atom."""
        ends = self._counts.ends
        return self._counts.lasts[bisect_left(ends, True, hi=len(ends) - 1, key=partial(self._know, readers, atom))]

    def _know(self, readers: Sequence[int], atom: int, end: int) -> bool:
        bounds = self._counts.unknown()
        self._counts.narrow(bounds, end, 0)
        bounds.changed.clear()
        return self._other(bounds, atom, readers, end, partial(self._search.other, searches=FEWER_SEARCHES)) is None
