"""What a group's ratings add up to: counts, median and middle half of ordered levels; never a mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

TOP_LEVELS = 2


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


@dataclass(frozen=True)
class Count:
    """How many partnerships of the group gave a criterion this level; None stands for "does not apply".

    `picked` is how many of these rows are the partnership that was picked out: 0 or 1.
    """

    code: str
    position: int | None
    partnerships: int
    picked: int = 0


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
    return Line(asked, tuple(steps), absent, picked, picked_absent)


def strongest_first(lines: Iterable[Line]) -> list[Line]:
    """Order by the share in the upper levels, then at the top; criteria nobody rated come last."""
    return sorted(lines, key=lambda line: (line.n == 0, -line.share, -_top(line)))


def weakest_first(lines: Iterable[Line]) -> list[Line]:
    """Order by the smallest share in the upper levels, then most at the bottom; criteria nobody rated come last."""
    return sorted(lines, key=lambda line: (line.n == 0, line.share, -_bottom(line)))


def _top(line: Line) -> Fraction:
    return Fraction(line.counts[-1], line.n) if line.n else Fraction(0)


def _bottom(line: Line) -> Fraction:
    return Fraction(line.counts[0], line.n) if line.n else Fraction(0)
