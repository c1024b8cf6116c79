"""The parts of a printed table of crime figures, and how its places and numbers are written."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

MOST_PROBLEMS = 200
TENTH = Decimal("0.1")
# What a total is the total of; the last two figures of the page are found by these.
FIRST, SECOND, CHANGE, PERCENT, OTHER = "first", "second", "change", "percent", "other"


@dataclass(frozen=True)
class Problem:
    """One thing to put right, and where it stands; line 0 is the file as a whole."""

    place: str
    text: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class Period:
    """Twelve months, by their last day."""

    ends_on: datetime.date

    def __str__(self) -> str:
        return _("12 months to %(month)s") % {"month": month_words(self.ends_on)}


@dataclass(frozen=True)
class Named:
    """A row by the names in it, whatever else is wrong with it."""

    line: int
    name: str
    force: str


@dataclass(frozen=True)
class Area:
    """One row: an area's two figures, and all numbers of the row by their column's heading.

    Notes are what does not follow from the figures, and stay with them; doubts are for whoever loads the table.
    """

    line: int
    name: str
    force: str
    figures: tuple[int, int]
    printed: Mapping[str, Decimal]
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def change(self) -> int:
        """By how much the second figure lies above the first."""
        return self.figures[1] - self.figures[0]

    @property
    def percent(self) -> Decimal | None:
        """The same in per cent of the first, to one place; none where the first is 0."""
        return per_cent(*self.figures)


@dataclass(frozen=True)
class Total:
    """One column's sum: as printed (None: not printed), and as the rows give it (None: they cannot)."""

    title: str
    printed: Decimal | None
    computed: Decimal | None
    what: str = OTHER

    @property
    def differs(self) -> bool:
        """Whether the printed one does not follow from the rows."""
        return None not in (self.printed, self.computed) and self.printed != self.computed


@dataclass(frozen=True)
class Table:
    """What a file says."""

    periods: tuple[Period, Period]
    areas: tuple[Area, ...]
    totals: tuple[Total, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A table, or the problems that stand in its way: never both; and every row that has a name."""

    table: Table | None
    problems: tuple[Problem, ...] = ()
    named: tuple[Named, ...] = ()


class Unreadable(Exception):
    """Raised where reading cannot go on at all."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.problem = of_the_file(text)


def of_the_file(text: str) -> Problem:
    """Return a problem that stands at no line."""
    return Problem(_("the file"), text)


def of_the_heading(text: str) -> Problem:
    """Return a problem of the row that names the columns."""
    return Problem(_("the heading"), text)


def at_line(line: int, text: str) -> Problem:
    """Return a problem of a whole row."""
    return Problem(_("line %(line)s") % {"line": line}, text, line)


def at_cell(line: int, title: str, text: str) -> Problem:
    """Return a problem of one cell, by its line and the heading of its column."""
    return Problem(_("line %(line)s, “%(title)s”") % {"line": line, "title": title}, text, line)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems to show, by line: all of them, or the first 200 and how many more there are."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    left = len(ordered) - MOST_PROBLEMS
    if left <= 0:
        return tuple(ordered)
    more = _("There are %(count)s more problems. Put these right first.") % {"count": left}
    return (*ordered[:MOST_PROBLEMS], of_the_file(more))


def month_words(day: datetime.date) -> str:
    """Return a day's month, such as "March 2007"."""
    months = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )
    return _("%(month)s %(year)s") % {"month": months[day.month - 1], "year": day.year}


def signed(number: Decimal | int) -> str:
    """Return a number with thousands commas, and a true minus where it falls."""
    return f"{number:,}".replace("-", "\u2212")


def per_cent(first: int, second: int) -> Decimal | None:
    """Return the change in per cent of the first figure, to one place; None where that is 0."""
    if not first:
        return None
    return (Decimal(100 * (second - first)) / first).quantize(TENTH, ROUND_HALF_UP)
