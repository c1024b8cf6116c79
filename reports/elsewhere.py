"""Which groups a Government Office is not told of, because others minus them would tell of a few partnerships.

Elsewhere is whoever lies outside the reader's regions; those inside are known by name anyway. Counts that hold one to
four elsewhere are not told (`comparison.withhold_few`). But England and Wales together minus England is Wales, and
England minus its kinds of area is two partnerships. So where a group minus the told groups of one kind inside it leaves
one to four, the smallest of these is left out too, and five or more are left.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_

from reports.comparison import FEWEST_ELSEWHERE, Asked
from reports.groups import Cut
from reports.heat_map import NOT_ASKED, Row, submitted

NATION, KIND, FAMILY = "nation", "kind", "family"
# A kind of group and which of them; families by their key.
Part = tuple[str, str | int]
EVERYBODY: Part = (NATION, "")


@dataclass(frozen=True)
class Elsewhere:
    """Those outside the reader's regions who have submitted in a round."""

    rows: Sequence[Row]
    _known: dict[int, frozenset[Part]] = field(default_factory=dict)

    def codes(self, criteria: Sequence[Asked], cut: Cut) -> frozenset[str]:
        """Return the criteria on which a group beyond one region is not told; none for everybody together."""
        part = part_of(cut)
        if not self.rows or part == EVERYBODY:
            return frozenset()
        return frozenset(asked.code for at, asked in enumerate(criteria) if part in self._hidden(at))

    def _hidden(self, place: int) -> frozenset[Part]:
        answered = reduce(or_, (1 << at for at, row in enumerate(self.rows) if row.at(place) != NOT_ASKED), 0)
        if answered not in self._known:
            self._known[answered] = hidden({part: every & answered for part, every in self._groups.items()})
        return self._known[answered]

    @cached_property
    def _groups(self) -> dict[Part, int]:
        found: dict[Part, int] = {}
        for at, row in enumerate(self.rows):
            for part in _parts(row):
                found[part] = found.get(part, 0) | 1 << at
        return found


def of(rows: Iterable[Row], own: Collection[int] | None) -> Elsewhere:
    """Return those of a round who lie outside these regions; nobody where all are open."""
    return Elsewhere([] if own is None else [row for row in submitted(rows) if row.region_key not in own])


def part_of(cut: Cut) -> Part:
    """Return which of the groups somebody asks for who may see one grouping at a time."""
    if cut.family:
        return FAMILY, cut.family.key
    return (KIND, cut.kind.value) if cut.kind else (NATION, cut.nation)


def hidden(groups: Mapping[Part, int]) -> frozenset[Part]:
    """Return the groups that are not told, of groups given as sets of bits: one bit a partnership that answered."""
    found = {part for part, members in groups.items() if _is_few(members)}
    # The smallest first: what is left out inside a nation is left out inside the whole as well.
    for whole in sorted(groups.values(), key=int.bit_count):
        for kind in (NATION, KIND, FAMILY):
            told = {
                part: m for part, m in groups.items() if part[0] == kind and part not in found and _inside(m, whole)
            }
            if told and _is_few(whole & ~reduce(or_, told.values())):
                found.add(min(told, key=lambda part: (told[part].bit_count(), str(part))))
    return frozenset(found)


def _parts(row: Row) -> list[Part]:
    family: list[Part] = [(FAMILY, row.family)] if row.family else []
    return [EVERYBODY, (NATION, row.nation), (KIND, row.kind), *family]


def _is_few(members: int) -> bool:
    return 0 < members.bit_count() < FEWEST_ELSEWHERE


def _inside(members: int, whole: int) -> bool:
    return 0 < members != whole and members & whole == members
