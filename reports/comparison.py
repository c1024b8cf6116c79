"""What a group's ratings add up to: counts, median and middle half of ordered levels; never a mean."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

TOP_LEVELS = 2
# As for the release: below this, counts could be undone.
FEWEST_ELSEWHERE = 5


@dataclass(frozen=True)
class Asked:
    """One criterion and the names of its levels, lowest first."""

    code: str
    title: str
    section: str
    section_title: str
    is_statutory: bool
    is_key: bool
    levels: tuple[str, ...]
    is_ordered: bool = True
    lineage: str = ""


class Count(NamedTuple):
    """How many partnerships of the group gave a criterion this level; None stands for "does not apply".

    `picked` is how many of these rows are the partnership that was picked out: 0 or 1. `elsewhere` is how many lie
    where the reader may know no single one; `reviewed` how many a Government Office has reviewed and closed, and
    `differing` in how many of those it saw another level.
    """

    code: str
    position: int | None
    partnerships: int
    picked: int = 0
    elsewhere: int = 0
    reviewed: int = 0
    differing: int = 0


@dataclass(frozen=True)
class Line:
    """One criterion's answers: `counts` has a number for each level, lowest first.

    `picked` is the picked partnership's level; None where it gave none, and then `picked_does_not_apply` says why.
    """

    asked: Asked
    counts: tuple[int, ...]
    does_not_apply: int
    picked: int | None = None
    picked_does_not_apply: bool = False
    elsewhere: int = 0
    reviewed: int = 0
    differing: int = 0
    is_withheld: bool = False

    @property
    def n(self) -> int:
        """How many gave a level."""
        return sum(self.counts)

    @property
    def median(self) -> tuple[int, int] | None:
        """The middle level; the two in the middle where n is even and they differ; None without levels in order."""
        if not self._has_order:
            return None
        return self._at((self.n + 1) // 2), self._at(self.n // 2 + 1)

    @property
    def quartiles(self) -> tuple[int, int] | None:
        """The levels at the ends of the middle half, by nearest rank: the ceil(n/4)th and ceil(3n/4)th from below."""
        if not self._has_order:
            return None
        return self._at(-(-self.n // 4)), self._at(-(-3 * self.n // 4))

    @property
    def upper(self) -> int:
        """How many are in the top two levels of a practice scale; of a statutory one, at the top: met."""
        return sum(self.counts[-1:] if self.asked.is_statutory else self.counts[-TOP_LEVELS:])

    @property
    def share(self) -> Fraction:
        """The share of those who gave a level that are in the upper levels; 0 where nobody did."""
        return Fraction(self.upper, self.n) if self.n else Fraction(0)

    @property
    def standing(self) -> int | None:
        """Where the picked partnership is: -1 below the median, 0 at it, 1 above; None where there is no saying."""
        if self.picked is None or self.median is None:
            return None
        low, high = self.median
        return (self.picked > high) - (self.picked < low)

    @property
    def picked_is_upper(self) -> bool:
        """Whether the picked partnership is in the upper levels."""
        lowest = len(self.counts) - (1 if self.asked.is_statutory else TOP_LEVELS)
        return self.picked is not None and self.picked >= lowest

    @property
    def spread(self) -> tuple[int, Fraction]:
        """How far answers lie apart: levels from end to end of the middle half, then how evenly two camps split."""
        low, high = self.quartiles or (0, 0)
        return high - low, min(self.share, 1 - self.share) if self.n else Fraction(0)

    @property
    def disagreement(self) -> Fraction:
        """The share of closed reviews in which the Government Office saw another level; 0 where none is closed."""
        return Fraction(self.differing, self.reviewed) if self.reviewed else Fraction(0)

    @property
    def _has_order(self) -> bool:
        return self.asked.is_ordered and self.n > 0

    def _at(self, rank: int) -> int:
        return next(position for position, upto in enumerate(accumulate(self.counts)) if upto >= rank)


def tabulate(criteria: Sequence[Asked], counts: Iterable[Count]) -> tuple[Line, ...]:
    """Return a line for every criterion, in the order given, whether or not anybody rated it.

    Counts for criteria or levels that are not asked are left out.
    """
    gathered: dict[str, list[Count]] = {asked.code: [] for asked in criteria}
    for count in counts:
        gathered.get(count.code, []).append(count)
    return tuple(_line(asked, gathered[asked.code]) for asked in criteria)


def _line(asked: Asked, counts: Sequence[Count]) -> Line:
    steps = [0] * len(asked.levels)
    absent, picked, picked_absent = 0, None, False
    for count in counts:
        if count.position is None:
            absent += count.partnerships
            picked_absent = picked_absent or bool(count.picked)
        elif count.position < len(steps):
            steps[count.position] += count.partnerships
            picked = count.position if count.picked else picked
    return Line(
        asked,
        tuple(steps),
        absent,
        picked,
        picked_absent,
        elsewhere=sum(count.elsewhere for count in counts),
        reviewed=sum(count.reviewed for count in counts),
        differing=sum(count.differing for count in counts),
    )


def withhold_few(lines: Iterable[Line], hidden: Collection[str] = ()) -> tuple[Line, ...]:
    """Empty every line in which 1 to 4 partnerships lie elsewhere: so few counts would tell what each one chose.

    `hidden` are criteria whose lines would tell the same together with other groups.
    """
    return tuple(_emptied(line) if _is_few(line) or line.asked.code in hidden else line for line in lines)


def _is_few(line: Line) -> bool:
    return 0 < line.elsewhere < FEWEST_ELSEWHERE


def _emptied(line: Line) -> Line:
    return Line(line.asked, (0,) * len(line.counts), 0, line.picked, line.picked_does_not_apply, is_withheld=True)


def strongest_first(lines: Iterable[Line]) -> list[Line]:
    """Order by the share in the upper levels, then at the top; criteria nobody rated come last."""
    return sorted(lines, key=by_strength)


def weakest_first(lines: Iterable[Line]) -> list[Line]:
    """Order by the smallest share in the upper levels, then most at the bottom; criteria nobody rated come last."""
    return sorted(lines, key=by_weakness)


def by_strength(line: Line) -> tuple[bool, Fraction, Fraction]:
    """Return what puts strengths first."""
    return line.n == 0, -line.share, -_top(line)


def by_weakness(line: Line) -> tuple[bool, Fraction, Fraction]:
    """Return what puts weaknesses first."""
    return line.n == 0, line.share, -_bottom(line)


def by_spread(line: Line) -> tuple[bool, int, Fraction]:
    """Return what puts first the criteria on which partnerships differ most."""
    width, split = line.spread
    return line.n == 0, -width, -split


def by_disagreement(line: Line) -> tuple[bool, Fraction, int]:
    """Return what puts first the criteria on which reviewers saw other levels; where none was reviewed, last."""
    return line.reviewed == 0, -line.disagreement, -line.reviewed


def _top(line: Line) -> Fraction:
    return Fraction(line.counts[-1], line.n) if line.n else Fraction(0)


def _bottom(line: Line) -> Fraction:
    return Fraction(line.counts[0], line.n) if line.n else Fraction(0)


@dataclass(frozen=True)
class SectionLine:
    """All ratings of a section's criteria that share a scale: `line` counts ratings here, not partnerships.

    `picked_upper` of the `picked_rated` criteria that the picked partnership gave a level are in the upper levels.
    """

    line: Line
    criteria: int
    picked_upper: int
    picked_rated: int


def by_section(lines: Iterable[Line]) -> list[SectionLine]:
    """Add up lines by section, statutory and practice apart, in the order in which the sections first come."""
    gathered: dict[tuple[str, bool, tuple[str, ...]], list[Line]] = {}
    for line in lines:
        if not line.is_withheld:
            asked = line.asked
            gathered.setdefault((asked.section, asked.is_statutory, asked.levels), []).append(line)
    return [_section(members) for members in gathered.values()]


def _section(lines: Sequence[Line]) -> SectionLine:
    first = lines[0].asked
    whole = Line(
        replace(first, code=first.section, title=first.section_title, is_key=False, lineage=""),
        tuple(map(sum, zip(*(line.counts for line in lines), strict=True))),
        sum(line.does_not_apply for line in lines),
        reviewed=sum(line.reviewed for line in lines),
        differing=sum(line.differing for line in lines),
    )
    picked = [line for line in lines if line.picked is not None]
    return SectionLine(whole, len(lines), sum(line.picked_is_upper for line in picked), len(picked))
