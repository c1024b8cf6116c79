"""Calendar quarters: January to March is the first; the regulations of 2007 share information by them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

QUARTERS = (1, 2, 3, 4)
MONTHS = 3


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of one year; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def starts_on(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def ends_on(self) -> datetime.date:
        """Its last day."""
        return self.following.starts_on - datetime.timedelta(days=1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, QUARTERS[-1])

    @property
    def following(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year, self.number + 1) if self.number < QUARTERS[-1] else Quarter(self.year + 1, 1)

    @property
    def name(self) -> str:
        """What people call it, such as “July to September 2026”."""
        names = {
            1: _("January to March %(year)s"),
            2: _("April to June %(year)s"),
            3: _("July to September %(year)s"),
            4: _("October to December %(year)s"),
        }
        return names[self.number] % {"year": self.year}

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


# The first sharing period (Hallmarks criterion H3.S3).
FIRST = Quarter(2007, 4)


def quarter_of(day: datetime.date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarters_back(last: Quarter, how_many: int) -> list[Quarter]:
    """Return a quarter and those before it, newest first, as far as sharing goes back."""
    found: list[Quarter] = []
    quarter = last
    while len(found) < how_many and quarter >= FIRST:
        found.append(quarter)
        quarter = quarter.previous
    return found


def time_of(quarters: Sequence[Quarter]) -> str:
    """Return the time that quarters, newest first, cover, such as “October 2025 to September 2026”."""
    newest, oldest = quarters[0], quarters[-1]
    if newest == oldest:
        return newest.name
    words = {"start": date_format(oldest.starts_on, "F Y"), "end": date_format(newest.ends_on, "F Y")}
    return _("%(start)s to %(end)s") % words
