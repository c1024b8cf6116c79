"""What a group shares and where it splits: its strongest and weakest criteria, what moved, where levels lie apart.

How far levels lie apart is the mean absolute difference between all pairs of partnerships, in steps of the scale
(Gini's mean difference, on ordered steps): 0 when all agree; on four levels 1.5 when half are at the bottom, half at
the top and they are many. It puts criteria in order; nobody is ranked by it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from reports import comparison
from reports.comparison import Asked, Line
from reports.heat_map import Row

MOST = 5
FEWEST = 2


@dataclass(frozen=True)
class Moved:
    """One criterion in two rounds: the same question on the same levels."""

    now: Line
    then: Line

    @property
    def change(self) -> Fraction:
        """By how much the share in the upper levels grew."""
        return self.now.share - self.then.share

    @property
    def points(self) -> int:
        """The same in whole percentage points."""
        return round(100 * self.change)


@dataclass(frozen=True)
class Split:
    """One criterion and the mean difference between two partnerships on it, in levels."""

    line: Line
    apart: Fraction


def apart(counts: Sequence[int]) -> Fraction:
    """Return the mean absolute difference, in steps, between all pairs of those counted; 0 below two.

    A pair lies one step apart for every step that has one of them below it and the other one above.
    """
    n = sum(counts)
    steps = (below * (n - below) for below in accumulate(counts))
    return Fraction(2 * sum(steps), n * (n - 1)) if n > 1 else Fraction(0)


@dataclass(frozen=True)
class Findings:
    """One group: its lines in this round, all criteria, and in the round before by lineage.

    `both` are, by lineage, the lines of those alone who gave a level in both rounds; None where they cannot be told
    apart from the rest.
    """

    lines: Sequence[Line]
    before: Mapping[str, Line]
    both: Mapping[str, Moved] | None = None

    @cached_property
    def practice(self) -> list[Line]:
        """Good practice, as far as levels are shown and more than one partnership gave one."""
        return [line for line in self.lines if not line.asked.is_statutory and _is_shared(line)]

    @property
    def strengths(self) -> list[Line]:
        """The criteria on which most are in the upper levels, of those with half of them or more."""
        half = [line for line in self.practice if line.share >= Fraction(1, 2)]
        return comparison.strongest_first(half)[:MOST]

    @property
    def weaknesses(self) -> list[Line]:
        """The criteria on which fewest are in the upper levels, of those with less than half."""
        rest = [line for line in self.practice if line.share < Fraction(1, 2)]
        return comparison.weakest_first(rest)[:MOST]

    @property
    def moved(self) -> list[Moved]:
        """What changed most since the round before, either way."""
        pairs = [pair for line in self.practice if (pair := self._moved(line)) and pair.points]
        return sorted(pairs, key=lambda pair: -abs(pair.change))[:MOST]

    @property
    def splits(self) -> list[Split]:
        """The criteria on which two partnerships differ most."""
        found = [Split(line, apart(line.counts)) for line in self.practice if line.asked.is_ordered]
        return sorted((split for split in found if split.apart), key=lambda split: -split.apart)[:MOST]

    @property
    def statutory(self) -> list[Line]:
        """What the law asks for, met by fewest first."""
        return comparison.weakest_first(line for line in self.lines if line.asked.is_statutory and line.n)

    @property
    def comparable(self) -> int:
        """How many practice criteria can be compared with the round before."""
        return sum(self._moved(line) is not None for line in self.practice)

    @property
    def withheld(self) -> int:
        """How many criteria are not shown."""
        return sum(line.is_withheld for line in self.lines)

    def since(self, line: Line) -> Moved | None:
        """Return a line with that of the round before; None where the question or its levels were others."""
        then = self.before.get(line.asked.lineage)
        if then is None or then.asked.levels != line.asked.levels or not (_is_shared(then) and _is_shared(line)):
            return None
        return Moved(line, then)

    def _moved(self, line: Line) -> Moved | None:
        """Return a line with that of the round before, of the same partnerships where they can be told."""
        found = self.since(line)
        if found is None or self.both is None:
            return found
        both = self.both.get(line.asked.lineage)
        return both if both and _is_shared(both.now) else None


def findings(lines: Sequence[Line], before: Iterable[Line] = (), both: Iterable[Moved] | None = None) -> Findings:
    """Return what a group's lines show, beside those of the round before."""
    paired = None if both is None else {pair.now.asked.lineage: pair for pair in both}
    return Findings(lines, {line.asked.lineage: line for line in before if line.asked.lineage}, paired)


def in_both(lines: Sequence[Sequence[Line]], rows: Sequence[Sequence[Row]]) -> Iterator[Moved]:
    """Yield criteria asked in two rounds with the levels of those partnerships that gave one each time."""
    earlier = {row.slug: row for row in rows[1]}
    places = {line.asked.lineage: at for at, line in enumerate(lines[1]) if line.asked.lineage}
    for at, line in enumerate(lines[0]):
        place = places.get(line.asked.lineage)
        if place is not None:
            marks = ((row.at(at), earlier[row.slug].at(place)) for row in rows[0] if row.slug in earlier)
            pairs = [pair for pair in marks if all(mark.isdigit() for mark in pair)]
            now, then = (Counter(pair[side] for pair in pairs) for side in (0, 1))
            yield Moved(_counted(line.asked, now), _counted(lines[1][place].asked, then))


def _counted(asked: Asked, marks: Mapping[str, int]) -> Line:
    return Line(asked, tuple(marks.get(str(at), 0) for at in range(len(asked.levels))), 0)


def _is_shared(line: Line) -> bool:
    return not line.is_withheld and line.n >= FEWEST
