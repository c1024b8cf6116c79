"""Every level of a group at one look: packed levels counted by criterion, and put in rows and columns.

The rows are put in order by how many practice criteria are in the upper levels. That is a count and no score: what
the law asks for is kept apart, and levels are never averaged.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reports import comparison
from reports.comparison import TOP_LEVELS, Asked, Line

NOT_ASKED, DOES_NOT_APPLY = ".", "-"


class Row(NamedTuple):
    """One partnership in a round and its packed levels: a digit a criterion, "-" does not apply, "." not asked."""

    slug: str
    name: str
    region: str
    region_name: str
    region_key: int
    nation: str
    force_name: str
    levels: str
    has_submitted: bool = True
    kind: str = ""
    family: int | None = None

    def at(self, place: int) -> str:
        """Return what it answered to the criterion at a place."""
        return self.levels[place : place + 1] or NOT_ASKED


@dataclass(frozen=True)
class Column:
    """One criterion and its place in packed levels; `number` counts within its section from 1."""

    place: int
    line: Line
    number: int

    @property
    def asked(self) -> Asked:
        """The criterion."""
        return self.line.asked

    def is_upper(self, mark: str) -> bool:
        """Say whether an answer is in the upper levels; of a requirement only the top one is."""
        lowest = len(self.asked.levels) - (1 if self.asked.is_statutory else TOP_LEVELS)
        return mark.isdigit() and int(mark) >= lowest


def submitted(rows: Iterable[Row]) -> list[Row]:
    """Return the partnerships that have submitted."""
    return [row for row in rows if row.has_submitted]


def lines(
    criteria: Sequence[Asked],
    rows: Sequence[Row],
    own: Collection[int] | None = None,
    hidden: Collection[str] = (),
) -> tuple[comparison.Line, ...]:
    """Count levels by criterion; a line is emptied where it would tell of a few outside `own` regions (None: no).

    `hidden` are the criteria whose lines, with others, would tell of a few.
    """
    outside = [] if own is None else [row for row in rows if row.region_key not in own]
    counted = zip(criteria, _marks(rows, len(criteria)), _marks(outside, len(criteria)), strict=True)
    return comparison.withhold_few((_line(asked, marks, elsewhere) for asked, marks, elsewhere in counted), hidden)


def columns(found: Iterable[Line]) -> list[Column]:
    """Give each criterion its place and its number; the lines are those of all criteria, as published."""
    numbers: Counter[str] = Counter()
    made = []
    for place, line in enumerate(found):
        numbers[line.asked.section] += 1
        made.append(Column(place, line, numbers[line.asked.section]))
    return made


def weakest_first(found: Iterable[Column]) -> list[Column]:
    """Put first the criteria with the smallest share in the upper levels."""
    return sorted(found, key=lambda column: comparison.by_weakness(column.line))


def upper(row: Row, counted: Iterable[Column]) -> int:
    """Count a partnership's answers in the upper levels."""
    return sum(column.is_upper(row.at(column.place)) for column in counted)


def most_first(rows: Iterable[Row], counted: Sequence[Column]) -> list[Row]:
    """Put first who has most answers in the upper levels; of the same number, by name."""
    return sorted(rows, key=lambda row: (-upper(row, counted), row.name))


def by_force(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Group partnerships by police force, both by name."""
    ordered = sorted(rows, key=lambda row: (row.force_name, row.name))
    return [(force, list(members)) for force, members in groupby(ordered, key=lambda row: row.force_name)]


def _line(asked: Asked, marks: Counter[str], elsewhere: Counter[str]) -> Line:
    steps = tuple(marks[str(position)] for position in range(len(asked.levels)))
    return Line(asked, steps, marks[DOES_NOT_APPLY], elsewhere=elsewhere.total() - elsewhere[NOT_ASKED])


def _marks(rows: Sequence[Row], criteria: int) -> list[Counter[str]]:
    """Count the answers to each criterion."""
    if not rows:
        return [Counter()] * criteria
    # Turned about as whole strings: the country has 18,424 answers.
    padded = (row.levels.ljust(criteria, NOT_ASKED)[:criteria] for row in rows)
    return [Counter(answers) for answers in zip(*padded, strict=True)]
