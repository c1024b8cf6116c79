"""Who can be known from counts that are shown: by a stranger, or by a partnership that knows itself.

Of an atom (partnerships that stand in the same shown groups) a reader knows something where all of it, the reader aside,
are at one level, or where it is few and at known levels, in every answer that the counts leave possible. First what the
counts yield one after another (`bounds`), which mostly finds it; then, for every atom and every reader, another possible
answer is looked for (`searching`), and who has none is told.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from reports.bounds import Bounds, Counts, Known
from reports.recovery import bits
from reports.searching import MOST_STEPS, Answer, Search

# Another possible answer: by how much more of some partnerships are at a level. With fewer groups it stays possible.
Change = Mapping[tuple[int, int], int]
# Where the last group is looked for that somebody needs.
FEWER_STEPS = 50
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
        self._counts = Counts(atoms, known, len(chosen))
        self._truth = [(atom & those).bit_count() for atom in atoms for those in chosen]
        self._search = Search(self._counts, self._truth)
        self._atom_of = {bit: at for at, atom in enumerate(atoms) for bit in bits(atom)}

    def last_needed(
        self, agreed: int = 0, alone: Mapping[Reader, int] | None = None, changes: list[Change] | None = None
    ) -> int | None:
        """Return the last group by which a reader knows the level of another, the first groups being kept, or None.

        `agreed` may be known by everybody, `alone` by such a reader. `changes` are found where more groups were shown;
        those found here are added.
        """
        bounds, last = self._by_bounds(agreed)
        return (
            self._by_search(bounds, agreed, alone or {}, [] if changes is None else changes) if last is None else last
        )

    def _by_bounds(self, agreed: int) -> tuple[Bounds, int | None]:
        """Take one group after another until a stranger knows somebody: that group is the last which this needs."""
        bounds, start = self._counts.unknown(), 0
        for last, end in zip(self._counts.lasts, self._counts.ends, strict=True):
            self._counts.narrow(bounds, end, range(start, end))
            if any(self._is_told(at, bounds) for at in self._atoms_of(bounds.changed) if self._atoms[at] & ~agreed):
                return bounds, last
            start = end
            bounds.changed.clear()
        return bounds, None

    def _is_told(self, atom: int, bounds: Bounds) -> bool:
        size = self._counts.sizes[atom]
        low = [bounds.low[place] for place in self._counts.places(atom)]
        return max(low) == size or (size < self._fewest and sum(low) == size)

    def _by_search(self, bounds: Bounds, agreed: int, alone: Mapping[Reader, int], changes: list[Change]) -> int | None:
        """Look for another answer for every atom and reader, and return the last group that whoever has none needs."""
        unsure = self._to_be_unsure(agreed, alone)
        for change in changes:
            self._leave_unsure(self._answer(change), unsure)
        for atom in unsure:
            while unsure[atom]:
                readers = self._places(unsure[atom])
                other = self._other(bounds, atom, readers, self._counts.ends[-1])
                if other is None:
                    return self._last_for(atom, readers[:1])
                self._leave_unsure(other, unsure)
                changes.append(self._change(other))
        return None

    def _to_be_unsure(self, agreed: int, alone: Mapping[Reader, int]) -> dict[int, int]:
        """Return who must not know an atom, by the atom: a bit for each reader, by its place, and the last a stranger."""
        everybody = 1 << len(self._truth) | sum(1 << place for place, number in enumerate(self._truth) if number)
        found = {at: everybody & self._would_know(at) for at, atom in enumerate(self._atoms) if atom & ~agreed}
        for reader, allowed in alone.items():
            place = self._counts.places(reader.atom)[reader.level]
            for at in found:
                if not self._atoms[at] & ~allowed:
                    found[at] &= ~(1 << place)
        return found

    def _would_know(self, atom: int) -> int:
        """Return who would know something of an atom, the reader aside, if nothing but the truth were possible."""
        places, size = self._counts.places(atom), self._counts.sizes[atom]
        numbers = [self._truth[place] for place in places]
        if size == 1:
            return ~(1 << places[numbers.index(1)])
        if size < self._fewest or max(numbers) == size:
            return -1
        return 1 << places[numbers.index(1)] if max(numbers) == size - 1 else 0

    def _places(self, readers: int) -> list[int]:
        """Return where readers stand; nowhere while a stranger is one of them, because whoever reads is none."""
        return [] if readers >> len(self._truth) else [bit.bit_length() - 1 for bit in bits(readers)]

    def _other(
        self, bounds: Bounds, atom: int, readers: Sequence[int], end: int, most_steps: int = MOST_STEPS
    ) -> Answer | None:
        """Return an answer, other in this atom, that is possible for all readers, or at least for the first."""
        search = partial(self._search.other, most_steps=most_steps)
        return self._otherwise(self._search.walk, bounds, atom, readers, end) or self._otherwise(
            search, bounds, atom, readers[:1], end
        )

    def _otherwise(self, find: Find, bounds: Bounds, atom: int, readers: Sequence[int], end: int) -> Answer | None:
        for place in self._counts.places(atom):
            if self._truth[place]:
                supposed = bounds.copy()
                supposed.at_most(place, self._truth[place] - 1)
                for reader in readers:
                    supposed.at_least(reader, 1)
                if self._counts.narrow(supposed, end) and (found := find(supposed, end)):
                    return found
        return None

    def _leave_unsure(self, other: Answer, unsure: dict[int, int]) -> None:
        """Take out those readers for whom this answer is possible, wherever it is not the truth."""
        still = sum(1 << place for place, number in other.items() if self._truth[place] and not number)
        for atom in self._atoms_of(other) & unsure.keys():
            unsure[atom] &= still

    def _atoms_of(self, places: Iterable[int]) -> set[int]:
        return {place // self._counts.levels for place in places}

    def _change(self, other: Answer) -> Change:
        return {
            (self._atoms[place // self._counts.levels], place % self._counts.levels): number - self._truth[place]
            for place, number in other.items()
        }

    def _answer(self, change: Change) -> Answer:
        """Return what an answer is now that some atoms are one."""
        found: dict[int, int] = {}
        for (members, level), more in change.items():
            at = self._atom_of.get(members & -members)
            if at is not None:
                place = self._counts.places(at)[level]
                found[place] = found.get(place, self._truth[place]) + more
        return {place: number for place, number in found.items() if number != self._truth[place]}

    def _last_for(self, atom: int, readers: Sequence[int]) -> int:
        """Return the last group that these readers need to know this atom."""
        return self._counts.lasts[bisect_left(self._counts.ends, True, key=partial(self._know, readers, atom))]

    def _know(self, readers: Sequence[int], atom: int, end: int) -> bool:
        bounds = self._counts.unknown()
        self._counts.narrow(bounds, end, range(end))
        bounds.changed.clear()
        return self._other(bounds, atom, readers, end, FEWER_STEPS) is None
