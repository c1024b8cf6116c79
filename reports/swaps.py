"""Other answers that are found at once: two partnerships change levels with two others, and no group notices.

Two atoms (partnerships that stand in the same groups) together stand in the same groups as two others do: as one of one
region and family and one of another region and family, and two that have it crosswise. If the first two go from one
level to another, and the others from there to the one, every group has as many at each level as before. Which pairs
match is the same for every criterion, and who chose which level decides where they can change.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, permutations
from typing import NamedTuple

from reports.recovery import bits, bits_at

# So many are looked at for every criterion: a bound for the time, on a map that we have not seen.
MOST_MATCHES = 5000

# By how much more of a partnership's atom are at a level; the partnership is a bit.
Change = Mapping[tuple[int, int], int]
Pair = tuple[int, int]


class _Match(NamedTuple):
    """Two pairs of atoms, each by their places and as bits."""

    one: Pair
    ones: int
    other: Pair
    others: int


class Swaps:
    """What can change levels where these groups are shown, or some of them."""

    def __init__(self, atoms: Sequence[int], groups: Sequence[int]) -> None:
        """Take the groups, and who stands in the same ones."""
        self._atoms = atoms
        self._matches = list(islice(_matches(atoms, groups), MOST_MATCHES))

    def possible(self, chosen: Sequence[int]) -> Iterator[Change]:
        """Yield what can change levels where these chose each of them."""
        at_level = [bits_at(at for at, atom in enumerate(self._atoms) if atom & those) for those in chosen]
        for here, there in permutations(range(len(chosen)), 2):
            not_here, not_there = ~at_level[here], ~at_level[there]
            for match in self._matches:
                if not (match.ones & not_here or match.others & not_there):
                    moved = (
                        *self._moved(match.one, chosen, here, there),
                        *self._moved(match.other, chosen, there, here),
                    )
                    yield dict(moved)

    def _moved(self, pair: Pair, chosen: Sequence[int], here: int, there: int) -> Iterator[tuple[tuple[int, int], int]]:
        for at in pair:
            partnership = next(bits(self._atoms[at] & chosen[here]))
            yield (partnership, here), -1
            yield (partnership, there), 1


def _matches(atoms: Sequence[int], groups: Sequence[int]) -> Iterator[_Match]:
    # How often each group is stood in is a number of two bits.
    standing = [sum(1 << 2 * at for at, group in enumerate(groups) if atom & group) for atom in atoms]
    alike: dict[int, list[Pair]] = {}
    for one, other in combinations(range(len(atoms)), 2):
        alike.setdefault(standing[one] + standing[other], []).append((one, other))
    for pairs in alike.values():
        for pair, another in combinations(pairs, 2):
            yield _Match(pair, bits_at(pair), another, bits_at(another))
