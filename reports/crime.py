"""Ratings beside recorded crime: who has both, how they go together, and how far an area lies from its family.

Ratings are the share of practice criteria in the upper levels, of those that a partnership gave a level; what the law
asks for is left out. Crime is the change between the last two printed figures, in per cent of the earlier.

Printed figures are public, so a dot without a name would say whose ratings it shows by its change alone. Of areas that
the reader may not name there are therefore no dots: they are put in order of their change and cut into groups of five
or more, and of each group the page shows the middle half of the ratings.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from statistics import median

from reports import correlation
from reports.comparison import FEWEST_ELSEWHERE
from reports.correlation import Correlation

MOST_GROUPS = 5
# The smallest family group had three areas.
FEWEST_IN_FAMILY = 3
YEAR = datetime.timedelta(days=364)


@dataclass(frozen=True)
class Figure:
    """One printed count of crimes in the twelve months that end on a day."""

    ends_on: datetime.date
    value: int
    period: str = ""
    note: str = ""
    source: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class Rated:
    """How many practice criteria a partnership rated, and how many of them in the upper levels."""

    upper: int
    n: int

    @property
    def share(self) -> Fraction:
        """The share in the upper levels."""
        return Fraction(self.upper, self.n)


@dataclass(frozen=True)
class Area:
    """A partnership with its two figures; `rated` is None where it has submitted nothing to compare."""

    slug: str
    name: str
    family: str
    is_named: bool
    earlier: Figure
    later: Figure
    rated: Rated | None = None

    @property
    def change(self) -> int:
        """By how much recorded crime rose."""
        return self.later.value - self.earlier.value

    @property
    def percent(self) -> Fraction | None:
        """The same in per cent of the earlier figure; none where that is 0."""
        return Fraction(100 * self.change, self.earlier.value) if self.earlier.value else None


@dataclass(frozen=True)
class Group:
    """Areas without names between two changes in per cent: the median and middle half of their ratings."""

    n: int
    start: Fraction
    end: Fraction
    low: Fraction
    median: Fraction
    high: Fraction


@dataclass(frozen=True)
class Gap:
    """How an area's figure lies to the median of its family's areas, itself among them."""

    n: int
    median: Fraction
    gap: Fraction


@dataclass(frozen=True)
class Beside:
    """Everything the page is made of; `may_sum` says whether sums over all areas may be shown at all."""

    areas: Sequence[Area]
    may_sum: bool = True

    @cached_property
    def both(self) -> list[Area]:
        """The areas that have ratings and a change."""
        return [area for area in self.areas if area.rated and area.percent is not None]

    @property
    def named(self) -> list[Area]:
        """The areas that the reader may see by name."""
        return [area for area in self.areas if area.is_named]

    @property
    def dots(self) -> list[Area]:
        """Those of them that have both."""
        return [area for area in self.both if area.is_named]

    @property
    def elsewhere(self) -> list[Area]:
        """The areas that have both and may not be named."""
        return [area for area in self.both if not area.is_named]

    @cached_property
    def groups(self) -> list[Group]:
        """What may be shown of areas without a name."""
        return groups(self.elsewhere) if self.may_sum else []

    @cached_property
    def correlation(self) -> Correlation | None:
        """Over all areas; none where so few are elsewhere that it would tell of each one."""
        if not self.may_sum or 0 < len(self.elsewhere) < FEWEST_ELSEWHERE:
            return None
        pairs = [(float(area.rated.share), float(area.percent or 0)) for area in self.both if area.rated]
        return correlation.spearman([share for share, _change in pairs], [change for _share, change in pairs])

    def gap(self, area: Area) -> Gap | None:
        """Return an area's gap to its family's median; None in a family of which too few have figures."""
        family = [other.later.value for other in self.areas if area.family and other.family == area.family]
        if len(family) < FEWEST_IN_FAMILY:
            return None
        middle = Fraction(median(map(Fraction, family)))
        return Gap(len(family), middle, area.later.value - middle)


def groups(areas: Iterable[Area]) -> list[Group]:
    """Cut areas in order of change into up to five groups, none of them below five; none at all of fewer."""
    ordered = sorted(areas, key=lambda area: (area.percent or 0, area.slug))
    number = min(MOST_GROUPS, len(ordered) // FEWEST_ELSEWHERE)
    ends = [round(at * len(ordered) / number) for at in range(number + 1)] if number else []
    return [_group(ordered[start:end]) for start, end in pairwise(ends)]


def last_two(figures: Mapping[int, Sequence[Figure]]) -> tuple[datetime.date, datetime.date] | None:
    """Return the last two days for which anybody has figures; None where there are not two."""
    days = sorted({figure.ends_on for several in figures.values() for figure in several})
    return (days[-2], days[-1]) if len(days) > 1 else None


def overlap(days: tuple[datetime.date, datetime.date]) -> int:
    """Return how many months two periods of twelve months have in common."""
    apart = 12 * (days[1].year - days[0].year) + days[1].month - days[0].month
    return max(12 - apart, 0)


def inside(ends_on: datetime.date, days: Sequence[datetime.date]) -> tuple[int, ...]:
    """Return which days, counted from 1, fall into the twelve months that end on a day."""
    return tuple(number for number, day in enumerate(days, 1) if _begins(ends_on) <= day <= ends_on)


def has_after(ends: Iterable[datetime.date], days: Sequence[datetime.date]) -> bool:
    """Say whether any twelve months begin after the first of some days."""
    return any(_begins(end) > min(days) for end in ends)


def years_between(later: datetime.date, begins: datetime.date) -> int:
    """Return how many whole years after the figures the ratings began; 0 or less where they began before."""
    return (begins - later) // YEAR


def _begins(ends_on: datetime.date) -> datetime.date:
    """Return the first of the twelve months that end on a day."""
    return datetime.date(ends_on.year - (ends_on.month < 12), ends_on.month % 12 + 1, 1)


def _group(areas: Sequence[Area]) -> Group:
    changes = [area.percent or Fraction(0) for area in areas]
    shares = sorted(100 * area.rated.share for area in areas if area.rated)
    n = len(shares)
    # The ends of the middle half by nearest rank, as everywhere else in the comparison.
    low, high = shares[-(-n // 4) - 1], shares[-(-3 * n // 4) - 1]
    return Group(n, changes[0], changes[-1], low, Fraction(median(shares)), high)
