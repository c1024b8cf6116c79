"""What moved between two rounds: each partnership's own level then and now, counted; never a mean.

Only criteria of the same lineage on the same ordered levels are compared, and only partnerships that gave a level in
both rounds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.comparison import TOP_LEVELS, Asked
from reports.heat_map import Row

MOST = 8


@dataclass(frozen=True)
class Steps:
    """How many ratings went up, stayed and went down."""

    up: int = 0
    same: int = 0
    down: int = 0

    def __add__(self, other: "Steps") -> "Steps":
        return Steps(self.up + other.up, self.same + other.same, self.down + other.down)

    @property
    def total(self) -> int:
        """How many can be compared."""
        return self.up + self.same + self.down


@dataclass(frozen=True)
class Movement:
    """One criterion: its steps, and how many of the same partnerships were in the upper levels then and now."""

    asked: Asked
    steps: Steps
    upper_then: int
    upper_now: int


def movements(
    criteria: Sequence[Asked], rows: Sequence[Row], before: Sequence[Asked], rows_before: Sequence[Row]
) -> list[Movement]:
    """Return a line for each criterion that can be compared, in published order, whether or not anybody moved."""
    earlier = {row.slug: row for row in rows_before}
    places = {asked.lineage: at for at, asked in enumerate(before) if asked.lineage}
    return [
        _movement(asked, list(_pairs(at, places[asked.lineage], rows, earlier)))
        for at, asked in enumerate(criteria)
        if asked.lineage in places and asked.is_ordered and before[places[asked.lineage]].levels == asked.levels
    ]


def most_moved(found: Iterable[Movement]) -> list[Movement]:
    """Return the criteria on which more went one way than the other, the largest difference first."""
    moved = [each for each in found if each.steps.up != each.steps.down]
    return sorted(moved, key=lambda each: -abs(each.steps.up - each.steps.down))[:MOST]


def together(found: Iterable[Movement]) -> Steps:
    """Add up the steps of several criteria."""
    return sum((each.steps for each in found), start=Steps())


def by_section(found: Iterable[Movement]) -> list[tuple[str, list[Movement]]]:
    """Return the criteria by the title of their section, in the order in which the sections first come."""
    gathered: dict[str, list[Movement]] = {}
    for each in found:
        gathered.setdefault(each.asked.section_title, []).append(each)
    return list(gathered.items())


def _pairs(at: int, place: int, rows: Sequence[Row], earlier: Mapping[str, Row]) -> Iterator[tuple[int, int]]:
    for row in rows:
        if row.slug in earlier:
            now, then = row.at(at), earlier[row.slug].at(place)
            if now.isdigit() and then.isdigit():
                yield int(then), int(now)


def _movement(asked: Asked, pairs: Sequence[tuple[int, int]]) -> Movement:
    lowest = len(asked.levels) - (1 if asked.is_statutory else TOP_LEVELS)
    return Movement(
        asked,
        Steps(
            up=sum(now > then for then, now in pairs),
            same=sum(now == then for then, now in pairs),
            down=sum(now < then for then, now in pairs),
        ),
        upper_then=sum(then >= lowest for then, _now in pairs),
        upper_now=sum(now >= lowest for _then, now in pairs),
    )
