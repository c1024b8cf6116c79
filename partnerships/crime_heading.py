"""Which column of a printed table of crime figures is what, by its heading; all that is wrong with it said at once."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partnerships.crime_parts import Period, Problem, Unreadable, month_words, of_the_heading

MAX_COLUMNS, LONGEST_CELL = 40, 200
OLDEST_YEAR = 1900
NAME, FORCE = "cdrp", "police force"
# Read for nothing: the region follows from the force, and the star marks that an area was a priority.
UNUSED = ("hca", "go")
CHANGE, PERCENT, LABEL = "volume change", "percentage change", "above/ below expected"
GAP, BASELINE, EXPECTED = "difference between latest", "compared to baseline", "expected progress"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PERIOD = re.compile(r"12 months to (\S+) (\S+)")
YEAR = re.compile(r"(\d{4}|\d{2})\b", re.ASCII)
_PARTS = (CHANGE, PERCENT, LABEL, BASELINE, EXPECTED)


@dataclass
class Heading:
    """Where the columns are."""

    titles: Sequence[str]
    named: dict[str, int] = field(default_factory=dict)
    periods: dict[int, Period] = field(default_factory=dict)
    gaps: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    has_wrong_period: bool = False

    @property
    def numbers(self) -> list[int]:
        """The columns that hold numbers."""
        known = [self.named[key] for key in (CHANGE, PERCENT, BASELINE, EXPECTED) if key in self.named]
        return sorted({*self.periods, *known, *self.gaps})


def read(cells: Sequence[str], today: datetime.date, problems: list[Problem]) -> Heading:
    """Return the columns; where some are missing or wrong, what is left serves to check the rows."""
    if len(cells) > MAX_COLUMNS:
        limit = _("The heading has more than %(limit)s columns. Take out what is not the table.")
        raise Unreadable(limit % {"limit": MAX_COLUMNS})
    found = Heading([cell[:LONGEST_CELL] for cell in cells])
    for at, title in enumerate(found.titles):
        _place(found, at, title, today, problems)
    if NAME not in found.named:
        problems.append(of_the_heading(_("There is no column “CDRP”. Name the column of areas so.")))
    if not found.has_wrong_period:
        problems.extend(_of_periods(list(found.periods.values())))
    return found


def _of_periods(periods: Sequence[Period]) -> list[Problem]:
    """Say what is wrong with the two periods taken together."""
    if len(periods) != 2:
        text = _("Two columns of 12 months are needed, not %(n)s. Name them such as “12 months to Oct 06”.")
        return [of_the_heading(text % {"n": len(periods)})]
    if periods[0] == periods[1]:
        return [of_the_heading(_("Both columns are of the same 12 months. Correct the month or year of one."))]
    if periods[0].ends_on > periods[1].ends_on:
        text = _("The columns are in the wrong order. Put the earlier 12 months before the later ones.")
        return [of_the_heading(text)]
    return []


def _place(found: Heading, at: int, title: str, today: datetime.date, problems: list[Problem]) -> None:
    """Note what a column is, by its title."""
    plain = title.lower()
    key = plain if plain in (NAME, FORCE) else next((each for each in _PARTS if each in plain), "")
    if match := PERIOD.search(plain):
        period, wrong = _period(match[1], match[2], title, today)
        if period:
            found.periods[at] = period
        else:
            found.has_wrong_period = True
            problems.append(of_the_heading(wrong))
    elif GAP in plain and title not in [found.titles[gap] for gap in found.gaps]:
        found.gaps.append(at)
    elif GAP in plain or key in found.named:
        text = _("There are two columns “%(title)s”. Take one of them out.") % {"title": title}
        problems.append(of_the_heading(text))
    elif key:
        found.named[key] = at
    elif plain not in UNUSED and title:
        found.unread.append(title)


def _period(month: str, year: str, title: str, today: datetime.date) -> tuple[Period | None, str]:
    """Return the period that a title names, or what is wrong with it."""
    digits = YEAR.match(year)
    if digits is None or not month.isalpha() or month[:3] not in MONTHS:
        text = _("“%(title)s” names no month and year. Write it like “12 months to Oct 06”.")
        return None, text % {"title": title}
    number = int(digits[1]) + (2000 if len(digits[1]) == 2 else 0)
    ends_on = _last_day(number, MONTHS.index(month[:3]) + 1) if number >= OLDEST_YEAR else None
    if ends_on is None:
        text = _("“%(title)s” is of a year before %(year)s. Correct the year of the 12 months to be loaded.")
        return None, text % {"title": title, "year": OLDEST_YEAR}
    if ends_on >= today:
        text = _(
            "“%(title)s” is read as %(month)s, which is not over yet. Correct the month, or write the year in full."
        )
        return None, text % {"title": title, "month": month_words(ends_on)}
    return Period(ends_on), ""


def _last_day(year: int, month: int) -> datetime.date:
    if (year, month) == (datetime.MAXYEAR, 12):
        return datetime.date.max
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
