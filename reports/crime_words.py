"""How the pages about recorded crime write numbers: thousands commas, and a true minus where something fell."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from partnerships.crime_parts import Total


def percent(number: Fraction | None) -> str:
    """Return a change in per cent to one place, with its sign."""
    if number is None:
        return _("Not known")
    text = f"{float(number):+.1f}%".replace("-", "\u2212")
    return text.replace("+0.0", "0.0").replace("\u22120.0", "0.0")


def from_to(start: Fraction, end: Fraction) -> str:
    """Return two changes in per cent as a stretch."""
    return _("%(start)s to %(end)s") % {"start": percent(start), "end": percent(end)}


def whole(number: Fraction | int) -> str:
    """Return a count, or the middle of two: whole, or a half."""
    return _halves(number, "")


def printed(number: Decimal | int | None) -> str:
    """Return a number as tables write it; a dash where there is none."""
    return "\u2013" if number is None else f"{number:,}".replace("-", "\u2212")


def signed(number: Fraction | int) -> str:
    """Return the same with its sign."""
    return _halves(number, "+") if number else "0"


def totals_in_words(totals: Sequence[Total]) -> list[tuple[Total, str, str]]:
    """Return totals with both numbers as tables write them."""
    return [(total, printed(total.computed), printed(total.printed)) for total in totals]


def _halves(number: Fraction | int, sign: str) -> str:
    text = f"{int(number):{sign},}" if number == int(number) else f"{float(number):{sign},.1f}"
    return text.replace("-", "\u2212")
