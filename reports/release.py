"""Which sums of a round partnerships may see: the same for every partnership, decided once from what was submitted.

A cell is one group's answers to one criterion: how many chose each level. "Does not apply" is not counted.

1. A cell is withheld below six, so that whoever belongs to it still looks at five others or more.
2. A cell under ten in which all agree, or all but one, is withheld. "All but one" is there for two reasons: that one
   would know everybody else's level, and a cell withheld for this reason alone must not say that all agree.
3. The groups are taken as linear equations (`recovery`). While the shown ones together give a total for one to four
   partnerships, or for a withheld cell, or tell one partnership the level of another, the last group that this sum
   needs is withheld too. A group less any of its subgroups is such a sum, and so is everything else that can be reached
   by adding and taking away.
4. What remains of a group without its shown subgroups is held to rule 2 as well, and no partnership may be left with
   one possible level because cells show that nobody else chose the others. Only a group of ten or more that agrees is
   shown as it is.

The last are nations, then kinds of area, families, forces and regions, and of one kind the smallest: so every
partnership keeps the groups nearest to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from operator import or_, sub
from typing import NamedTuple

from reports.recovery import Sums

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

    def __init__(self, groups: Sequence[int], rules: Rules) -> None:
        self._groups, self._rules = groups, rules
        self._sums: dict[tuple[int, tuple[int, ...]], Sums] = {}
        self._safe: dict[int, frozenset[int]] = {}

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

    def _of(self, shown: Sequence[int], columns: int) -> Sums:
        key = (columns, tuple(shown))
        if key not in self._sums:
            self._sums[key] = Sums(shown, columns)
        return self._sums[key]


def decide(partnerships: Sequence[Answers], steps: Sequence[int], rules: Rules = RULES) -> Release:
    """Return what of these partnerships' answers may be shown; `steps` are how many levels each criterion has."""
    groups, everybody = _groups(partnerships), (1 << len(partnerships)) - 1
    shapes = _Shapes(list(groups.values()), rules)
    kept = shapes.safe(list(groups.values()), _Answered(everybody, (everybody,)))
    return Release(
        [_cells(groups, _answered(partnerships, at, levels), kept, shapes, rules) for at, levels in enumerate(steps)]
    )


def _agree(counts: Sequence[int]) -> bool:
    return max(counts) >= sum(counts) - 1


def _groups(partnerships: Sequence[Answers]) -> dict[Group, int]:
    """Return each group as a set of bits, in the order in which they are kept: by kind, the largest first."""
    found: dict[Group, int] = {}
    for at, partnership in enumerate(partnerships):
        for kind, slug in partnership.groups.items():
            found[Group(kind, slug)] = found.get(Group(kind, slug), 0) | 1 << at
    return dict(sorted(found.items(), key=lambda pair: (KINDS.index(pair[0].kind), -pair[1].bit_count(), pair[0].slug)))


def _answered(partnerships: Sequence[Answers], criterion: int, levels: int) -> _Answered:
    chosen, asked = [0] * levels, 0
    for at, partnership in enumerate(partnerships):
        mark = partnership.levels[criterion : criterion + 1]
        asked |= (mark not in NOT_ASKED) << at
        if mark.isdigit() and int(mark) < levels:
            chosen[int(mark)] |= 1 << at
    return _Answered(asked, tuple(chosen))


def _cells(
    groups: Mapping[Group, int], answered: _Answered, kept: Sequence[int], shapes: _Shapes, rules: Rules
) -> dict[Group, tuple[int, ...]]:
    """Withhold until neither the shape of what is shown nor its numbers give anything away."""
    shown = shapes.safe(kept, answered)
    while (last := _told_by_numbers(shown, answered, rules)) is not None:
        shown = shapes.safe([*shown[:last], *shown[last + 1 :]], answered)
    insides = ((group, members & answered.asked) for group, members in groups.items())
    return {group: answered.counts(inside) for group, inside in insides if inside in shown}


def _told_by_numbers(shown: Sequence[int], answered: _Answered, rules: Rules) -> int | None:
    """Return the place of a group whose numbers give away what somebody chose, or None."""
    cells = [_Total(members, at, answered.counts(members)) for at, members in enumerate(shown)]
    totals = [*cells, *_remainders(shown, answered, rules.agreeing_under)]
    for total in totals:
        if total.agrees and total.n < rules.agreeing_under:
            return total.last
    last = _told_by_two(totals, cells, answered.rated, rules)
    return _told_by_absence(totals, answered, rules.agreeing_under) if last is None else last


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


def _told_by_absence(totals: Sequence[_Total], answered: _Answered, under: int) -> int | None:
    """Return the place of a group by which somebody has one possible level left, or None.

    Read as a stranger and as each partnership that stands alone at its level in some total.
    """
    agreed = reduce(or_, (total.members for total in totals if total.agrees and total.n >= under), 0)
    for reader in [0, *_alone(totals, answered)]:
        told = _with_one_level(totals, answered, reader) & ~agreed & ~reader
        if told:
            telling = [t for t in totals if t.members & told & -told and _lacks(t, answered, reader)]
            return min(telling, key=lambda total: total.n).last
    return None


def _alone(totals: Sequence[_Total], answered: _Answered) -> list[int]:
    places = (total.members & level for total in totals for level in answered.chosen)
    return sorted({place for place in places if place.bit_count() == 1})


def _lacks(total: _Total, answered: _Answered, reader: int) -> list[int]:
    """Return the levels, by place, that nobody in a total chose, the reader aside."""
    return [at for at, level in enumerate(answered.chosen) if not total.members & level & ~reader]


def _with_one_level(totals: Sequence[_Total], answered: _Answered, reader: int) -> int:
    """Return the partnerships of which totals leave one possible level."""
    ruled_out = [0] * len(answered.chosen)
    for total in totals:
        for at in _lacks(total, answered, reader):
            ruled_out[at] |= total.members
    once = more = 0
    for members in ruled_out:
        possible = answered.rated & ~members
        once, more = once | possible, more | once & possible
    return once & ~more
