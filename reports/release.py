"""Which sums of a round partnerships may see: the same for every partnership, decided once from what was submitted.

A cell is one group's answers to one criterion: how many chose each level. "Does not apply" is not counted.

1. A cell is withheld below six, so that whoever belongs to it still looks at five others or more.
2. A cell under ten in which all agree, or all but one, is withheld. "All but one" is there for two reasons: that one
   would know everybody else's level, and a cell withheld for this reason alone must not say that all agree.
3. The groups are taken as linear equations (`recovery`). While the shown ones together give a total for one to four
   partnerships, or for a withheld cell, or tell one partnership the level of another, the last group that this sum
   needs is withheld too. A group less any of its subgroups is such a sum, and so is everything else that can be reached
   by adding and taking away.
4. What remains of a group without its shown subgroups is held to rule 2 as well. Only a group of ten or more that
   agrees is shown as it is.
5. Counts are whole and never negative, so what is ruled out in one cell may name somebody in another (`deduction`).
   While a stranger, or a partnership that knows itself, is told what another chose, or what all of one to four that
   stand in the same cells chose, the last group that this needs is withheld. Of a group of ten or more that agrees,
   everybody may know it, and so may the one that alone does not agree.

The last are nations, then kinds of area, families, forces and regions, and of one kind the smallest: so every
partnership keeps the groups nearest to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from operator import or_, sub
from typing import NamedTuple

from reports.bounds import Known
from reports.deduction import Deduction, Reader
from reports.recovery import Sums
from reports.swaps import Change, Swaps

# The nearest first: what is withheld goes from the end.
REGION, FORCE, FAMILY, AREA, NATION = KINDS = ("region", "force", "family", "area", "nation")
NOT_ASKED = ("", ".")


@dataclass(frozen=True)
class Rules:
    """The numbers of the rules; tests of small maps use smaller ones."""

    fewest: int = 6
    fewest_derived: int = 5
    agreeing_under: int = 10


RULES = Rules()


class Group(NamedTuple):
    """A fixed group of partnerships, such as the police force of this name."""

    kind: str
    slug: str


@dataclass(frozen=True)
class Answers:
    """One partnership's groups, by kind, and its levels: a digit a criterion, anything else for none."""

    groups: Mapping[str, str]
    levels: str


@dataclass(frozen=True)
class Release:
    """What is shown: for each criterion, the groups with how many chose each level, lowest first."""

    cells: Sequence[Mapping[Group, tuple[int, ...]]]

    def counts(self, criterion: int, group: Group) -> tuple[int, ...] | None:
        """Return how many chose each level of a criterion, named by its place, or None where that is withheld."""
        return self.cells[criterion].get(group)


@dataclass(frozen=True)
class _Answered:
    """One criterion: who answered it, and who chose which level, as sets of bits."""

    asked: int
    chosen: tuple[int, ...]

    @cached_property
    def rated(self) -> int:
        """Those that gave a level."""
        return reduce(or_, self.chosen, 0)

    def counts(self, members: int) -> tuple[int, ...]:
        """Count a set's levels."""
        return tuple((members & level).bit_count() for level in self.chosen)

    def tells(self, members: int, rules: Rules) -> bool:
        """Say whether a set's counts alone would say too much: they are few, or they are not many and agree."""
        counts = self.counts(members)
        return sum(counts) < rules.fewest or (sum(counts) < rules.agreeing_under and _agree(counts))


@dataclass(frozen=True)
class _Total:
    """The levels of some partnerships, and the last of the shown groups by which they are known."""

    members: int
    last: int
    counts: tuple[int, ...]

    @cached_property
    def n(self) -> int:
        """How many they are."""
        return sum(self.counts)

    @cached_property
    def agrees(self) -> bool:
        """Whether all of them, or all but one, chose the same level."""
        return _agree(self.counts)


class _Shapes:
    """Which groups can be shown together; what was found out once is kept for criteria that are alike."""

    def __init__(self, groups: Sequence[int], everybody: int, rules: Rules) -> None:
        self._groups, self._everybody, self._rules = groups, everybody, rules
        self._sums: dict[tuple[int, tuple[int, ...]], Sums] = {}
        self._safe: dict[int, frozenset[int]] = {}

    @cached_property
    def kept(self) -> list[int]:
        """The groups that could be shown if everybody gave a level."""
        return self.safe(self._groups, _Answered(self._everybody, (self._everybody,)))

    @cached_property
    def swaps(self) -> Swaps:
        """Who can change levels with whom so that none of these groups notices."""
        return Swaps(self._of(self.kept, self._everybody).atoms, self.kept)

    def safe(self, kept: Sequence[int], answered: _Answered) -> list[int]:
        """Return what of these groups can be shown of one criterion; groups with the same members are one."""
        alike = dict.fromkeys(members & answered.asked for members in kept)
        shown = [members for members in alike if (members & answered.rated).bit_count() >= self._rules.fewest]
        while needs := next(filter(None, self._disclosures(shown, answered)), None):
            del shown[max(needs)]
        return shown

    def _disclosures(self, shown: Sequence[int], answered: _Answered) -> Iterator[frozenset[int] | None]:
        """Yield the places of the groups that together give something away.

        Readers may or may not know for whom a criterion does not apply, so few are looked for both ways; what a few
        chose, or all that agree, must stay unknown to those who know, and any other withheld group to those who do not.
        """
        for columns in dict.fromkeys((answered.rated, answered.asked)):
            yield from self._of_few(shown, columns)
        for withheld in dict.fromkeys(group & answered.asked for group in self._groups):
            if withheld & answered.rated and withheld not in shown:
                yield self._of(shown, answered.asked).needed_for(withheld)
                if answered.tells(withheld, self._rules):
                    yield self._of(shown, answered.rated).needed_for(withheld & answered.rated)

    def _of_few(self, shown: Sequence[int], columns: int) -> Iterator[frozenset[int] | None]:
        """Yield what is given away of a few; nothing new is where fewer groups are shown than were safe before."""
        if not self._safe.get(columns, frozenset()).issuperset(shown):
            sums = self._of(shown, columns)
            yield sums.small_set(self._rules.fewest_derived)
            yield sums.twins()
            self._safe[columns] = frozenset(shown)

    def atoms(self, shown: Sequence[int], answered: _Answered) -> list[int]:
        """Return those that gave a level, split into those that stand in the same groups, in the order of groups."""
        return sorted(self._of(shown, answered.rated).atoms, key=lambda atom: [not atom & group for group in shown])

    def _of(self, shown: Sequence[int], columns: int) -> Sums:
        key = (columns, tuple(shown))
        if key not in self._sums:
            self._sums[key] = Sums(shown, columns)
        return self._sums[key]


def decide(
    partnerships: Sequence[Answers], steps: Sequence[int], rules: Rules = RULES, kinds: Sequence[str] = KINDS
) -> Release:
    """Return what of these partnerships' answers may be shown; `steps` are how many levels each criterion has.

    `kinds` are the kinds of group, the dearest first.
    """
    groups, everybody = _groups(partnerships, kinds), (1 << len(partnerships)) - 1
    shapes = _Shapes(list(groups.values()), everybody, rules)
    return Release(
        [_cells(groups, _answered(partnerships, at, levels), shapes, rules) for at, levels in enumerate(steps)]
    )


def _agree(counts: Sequence[int]) -> bool:
    return max(counts) >= sum(counts) - 1


def _groups(partnerships: Sequence[Answers], kinds: Sequence[str]) -> dict[Group, int]:
    """Return each group as a set of bits, in the order in which they are kept: by kind, the largest first."""
    found: dict[Group, int] = {}
    for at, partnership in enumerate(partnerships):
        for kind, slug in partnership.groups.items():
            found[Group(kind, slug)] = found.get(Group(kind, slug), 0) | 1 << at
    return dict(sorted(found.items(), key=lambda pair: (kinds.index(pair[0].kind), -pair[1].bit_count(), pair[0].slug)))


def _answered(partnerships: Sequence[Answers], criterion: int, levels: int) -> _Answered:
    chosen, asked = [0] * levels, 0
    for at, partnership in enumerate(partnerships):
        mark = partnership.levels[criterion : criterion + 1]
        asked |= (mark not in NOT_ASKED) << at
        if mark.isdigit() and int(mark) < levels:
            chosen[int(mark)] |= 1 << at
    return _Answered(asked, tuple(chosen))


def _cells(
    groups: Mapping[Group, int], answered: _Answered, shapes: _Shapes, rules: Rules
) -> dict[Group, tuple[int, ...]]:
    """Withhold until neither the shape of what is shown nor its numbers give anything away."""
    shown, changes = shapes.safe(shapes.kept, answered), list(shapes.swaps.possible(answered.chosen))
    while (last := _told(shown, answered, shapes, rules, changes)) is not None:
        shown = shapes.safe([*shown[:last], *shown[last + 1 :]], answered)
    insides = ((group, members & answered.asked) for group, members in groups.items())
    return {group: answered.counts(inside) for group, inside in insides if inside in shown}


def _told(
    shown: Sequence[int], answered: _Answered, shapes: _Shapes, rules: Rules, changes: list[Change]
) -> int | None:
    """Return the place of a group to withhold because of the numbers, or None; the cheap questions come first."""
    last = _told_by_numbers(shown, answered, rules)
    return _deduced(shown, shapes.atoms(shown, answered), answered, rules, changes) if last is None else last


def _told_by_numbers(shown: Sequence[int], answered: _Answered, rules: Rules) -> int | None:
    """Return the place of a group whose numbers give away what somebody chose, or None."""
    cells = [_Total(members, at, answered.counts(members)) for at, members in enumerate(shown)]
    totals = [*cells, *_remainders(shown, answered, rules.agreeing_under)]
    for total in totals:
        if total.agrees and total.n < rules.agreeing_under:
            return total.last
    return _told_by_two(totals, cells, answered.rated, rules)


def _deduced(
    shown: Sequence[int], atoms: Sequence[int], answered: _Answered, rules: Rules, changes: list[Change]
) -> int | None:
    """Return the place of the last group by which somebody can be known from what all counts leave possible, or None.

    Who gave no level is taken as known: whoever does not know that concludes less.
    """
    cells = [_Total(members, at, answered.counts(members)) for at, members in enumerate(shown)]
    rests = [*_remainders(shown, answered, rules.agreeing_under), *_rests(shown, answered)]
    counts = [
        Known(total.members & answered.rated, total.last, total.counts, follows)
        for totals, follows in ((cells, False), (rests, True))
        for total in totals
    ]
    agreeing = [total for total in cells if total.agrees and total.n >= rules.agreeing_under]
    everybody = reduce(or_, (total.members for total in agreeing if total.n in total.counts), 0)
    return Deduction(atoms, counts, answered.chosen, rules.fewest_derived).last_needed(
        everybody, _alone(agreeing, atoms, answered), changes
    )


def _alone(agreeing: Sequence[_Total], atoms: Sequence[int], answered: _Answered) -> dict[Reader, int]:
    """Return whom the one may know that alone does not agree."""
    found: dict[Reader, int] = {}
    for total, (level, those) in product(agreeing, enumerate(answered.chosen)):
        if total.counts[level] == 1:
            at = next(at for at, atom in enumerate(atoms) if atom & those & total.members)
            found[Reader(at, level)] = found.get(Reader(at, level), 0) | total.members
    return found


def _told_by_two(totals: Sequence[_Total], cells: Sequence[_Total], rated: int, rules: Rules) -> int | None:
    """Return the place of the smaller of two groups that together give somebody away, or None.

    What the first has more of a level than the second is chosen by members of the first alone: if they are hardly more,
    they all chose it. And if all of the second agree, the first less the second is known to the last number.
    """
    for total, other in product(totals, cells):
        left = (total.members & rated & ~other.members).bit_count()
        if 0 < left < rules.agreeing_under:
            more = max(map(sub, total.counts, other.counts))
            if more >= left - 1 or (left < rules.fewest_derived and other.agrees):
                return min(total, other, key=lambda each: each.n).last
    return None


def _remainders(shown: Sequence[int], answered: _Answered, under: int) -> list[_Total]:
    """Return what is left of each group without shown subgroups, one or as many as can be taken out, where small."""
    places = {members: at for at, members in enumerate(shown)}
    found: dict[int, int] = {}
    for whole in shown:
        parts = [part for part in shown if part & whole == part != whole]
        for first in parts:
            left, last = whole & ~first, max(places[whole], places[first])
            found.setdefault(left, last)
            for part in parts:
                if part & left == part:
                    left, last = left & ~part, max(last, places[part])
            found.setdefault(left, last)
    small = ((left, last) for left, last in found.items() if 0 < (left & answered.rated).bit_count() < under)
    return [_Total(left, last, answered.counts(left)) for left, last in small]


def _rests(shown: Sequence[int], answered: _Answered) -> list[_Total]:
    """Return what is left, however many, of each group without as many of its shown subgroups as lie side by side.

    Where a region's forces together are as many at a level as the region, nobody else of it is.
    """
    places = {members: at for at, members in enumerate(shown)}
    found: dict[int, int] = {}
    for whole in shown:
        waiting = [part for part in shown if part & whole == part != whole]
        while waiting:
            left, last, overlapping = whole, places[whole], []
            for part in waiting:
                if part & left == part:
                    left, last = left & ~part, max(last, places[part])
                else:
                    overlapping.append(part)
            found[left] = min(last, found.get(left, last))
            waiting = overlapping
    return [_Total(left, last, answered.counts(left)) for left, last in found.items() if left & answered.rated]
