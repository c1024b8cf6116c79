"""What a reader can work out from sums that are shown: exact linear algebra, with no idea of what is summed.

A sum is a set of partnerships (a bit each) whose total is known, one level at a time. Partnerships that stand in the
same sums can never be told apart, so they share a column: an atom. What can be worked out from the sums is their row
space; a change of the answers that no sum notices is their null space. A total is known exactly where no unnoticed
change touches it, so two changes drawn from the null space, with unrelated numbers, answer every question about totals.

Numbers are whole numbers modulo a prime of 61 bits. A miss would need that prime to divide a minor of a matrix of
zeros and ones; a false alarm, that a polynomial is zero at the one number of 61 bits that is tried. A false alarm only
withholds more than it need. The tests hold both against fractions and against singular values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, combinations_with_replacement

PRIME = (1 << 61) - 1
# Any two large numbers without a relation: the digits of pi and of e.
SEEDS = (1_415_926_535_897_932_384, 1_718_281_828_459_045_235)

Row = dict[int, int]
# An atom by its place, how many it holds, and by how much an unnoticed change moves it.
Atom = tuple[int, int, int]


class Sums:
    """Some sums over the same partnerships, the dearest first: answers name the sums by their place."""

    def __init__(self, sums: Sequence[int], columns: int) -> None:
        self._sums = [members & columns for members in sums]
        self.atoms = _atoms(self._sums)

    def needed_for(self, members: int) -> frozenset[int] | None:
        """Return the places of sums that together give a set's total, or None where they do not."""
        total = self._total(members)
        if total is None or total % PRIME:
            return None
        return self._places({at: 1 for at, atom in enumerate(self.atoms) if atom & members})

    def small_set(self, fewest: int) -> frozenset[int] | None:
        """Return the sums that together give the total of some set of fewer than `fewest` partnerships, or None."""
        found = _cancelling(self._small_atoms(fewest), fewest)
        return self._places(dict.fromkeys(found, 1)) if found else None

    def twins(self) -> frozenset[int] | None:
        """Return the sums by which one partnership, knowing its own level, learns that of another, or None."""
        known: dict[int, int] = {}
        for at, atom in enumerate(self.atoms):
            first, second = (change[at] for change in self._unnoticed)
            if atom.bit_count() > 1 or not second:
                continue
            ratio = first * pow(second, -1, PRIME) % PRIME
            if ratio in known:
                return self._places({at: self._unnoticed[1][known[ratio]], known[ratio]: PRIME - second})
            known[ratio] = at
        return None

    @cached_property
    def _echelon(self) -> list[tuple[int, Row]]:
        """The sums in steps, each with the column it begins with; later columns say which sums each step is made of."""
        steps: list[tuple[int, Row]] = []
        for place, members in enumerate(self._sums):
            row = {at: 1 for at, atom in enumerate(self.atoms) if atom & members}
            row[len(self.atoms) + place] = 1
            _reduce(row, steps)
            pivot = min(row)
            if pivot < len(self.atoms):
                inverse = pow(row[pivot], -1, PRIME)
                steps.append((pivot, {at: value * inverse % PRIME for at, value in row.items()}))
        return steps

    @cached_property
    def _unnoticed(self) -> list[list[int]]:
        """Two changes of the atoms' totals that leave every sum as it is."""
        return [self._change(seed) for seed in SEEDS]

    def _change(self, seed: int) -> list[int]:
        count = len(self.atoms)
        change = [pow(seed, at + 1, PRIME) for at in range(count)]
        for pivot, row in reversed(self._echelon):
            change[pivot] = -sum(value * change[at] for at, value in row.items() if pivot != at < count) % PRIME
        return change

    def _total(self, members: int) -> int | None:
        """By how much an unnoticed change moves a set's total; None where the set cuts an atom or leaves the sums."""
        total, left = 0, members
        for atom, moved in zip(self.atoms, self._unnoticed[0], strict=True):
            inside = atom & members
            if inside:
                if inside != atom:
                    return None
                total, left = total + moved, left & ~atom
        return None if left else total

    def _places(self, wanted: Mapping[int, int]) -> frozenset[int]:
        row = dict(wanted)
        _reduce(row, self._echelon)
        return frozenset(at - len(self.atoms) for at in row if at >= len(self.atoms))

    def _small_atoms(self, fewest: int) -> list[Atom]:
        sizes = [(at, atom.bit_count()) for at, atom in enumerate(self.atoms)]
        return [(at, size, self._unnoticed[0][at]) for at, size in sizes if size < fewest]


def _atoms(sums: Sequence[int]) -> list[int]:
    """Split the partnerships that stand in any sum into those that stand in the same ones."""
    signs: dict[int, int] = {}
    for place, members in enumerate(sums):
        for bit in bits(members):
            signs[bit] = signs.get(bit, 0) | 1 << place
    atoms: dict[int, int] = {}
    for bit, sign in signs.items():
        atoms[sign] = atoms.get(sign, 0) | bit
    return list(atoms.values())


def bits(members: int) -> Iterator[int]:
    """Yield each member of a set as a set of its own."""
    while members:
        bit = members & -members
        yield bit
        members ^= bit


def bits_at(places: Iterable[int]) -> int:
    """Return a set of those that stand at these places."""
    return sum(1 << place for place in places)


def _reduce(row: Row, steps: Sequence[tuple[int, Row]]) -> None:
    """Take the steps out of a row, in place."""
    for pivot, step in steps:
        factor = row.get(pivot)
        if factor:
            for at, value in step.items():
                left = (row.get(at, 0) - factor * value) % PRIME
                if left:
                    row[at] = left
                else:
                    row.pop(at, None)


def _cancelling(atoms: Sequence[Atom], fewest: int) -> tuple[int, ...]:
    """Return up to four atoms of fewer than `fewest` partnerships whose changes cancel, so that their total is known.

    Four would be sums of two that cancel sums of two: as many steps as there are pairs, not their square.
    """
    worth_a_look = _with_an_opposite(atoms, fewest)
    seen: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for parts, size, moved in _up_to_two(atoms, fewest) if worth_a_look else ():
        if moved not in worth_a_look:
            continue
        for others, more in seen.get(-moved % PRIME, ()):
            if size + more < fewest and not set(parts) & set(others):
                return (*others, *parts)
        seen.setdefault(moved, []).append((parts, size))
    return ()


def _with_an_opposite(atoms: Sequence[Atom], fewest: int) -> set[int]:
    """Return the changes of up to two atoms that others could cancel: bare numbers, because most are not."""
    by_size: dict[int, list[int]] = {}
    for _at, size, moved in atoms:
        by_size.setdefault(size, []).append(moved)
    changes = {0, *(moved for _at, _size, moved in atoms)}
    for (size, some), (more, others) in combinations_with_replacement(by_size.items(), 2):
        if size + more < fewest:
            changes.update([(one + other) % PRIME for one in some for other in others])
    opposite = {change for change in changes if -change % PRIME in changes}
    return opposite if len(opposite) > 1 or any(not moved for _at, _size, moved in atoms) else set()


def _up_to_two(atoms: Sequence[Atom], fewest: int) -> Iterator[tuple[tuple[int, ...], int, int]]:
    yield (), 0, 0
    for at, size, moved in atoms:
        yield (at,), size, moved
    for (one, size, moved), (other, more, also) in combinations(atoms, 2):
        if size + more < fewest:
            yield (one, other), size + more, (moved + also) % PRIME
