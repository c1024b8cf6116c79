"""From what people write in a cell or behind a colon to the value of a field, or the reason why not."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from hallmarks.formats.lines import Turned, Value
from hallmarks.reading import shown
from hallmarks.schema import RANGES, Field
from partnerships.models import Nation, Tier

MAX_DIGITS = 9
YES, NO = {"yes", "y", "true", "x", "1"}, {"no", "n", "false", "0"}
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAY = re.compile(r"(\d{1,2}) ([a-z]{3,9}) (\d{4})", re.ASCII)
# Everywhere: said in so many words.
EVERYWHERE = {"england and wales", "everywhere", "all"}


class Misread(Exception):
    """Raised with what is wrong with a value, and what to do."""


def understood(field: Field, value: Value | Turned) -> Any:
    """Return a value as a fixture would write it."""
    if isinstance(value, Turned):
        raise Misread(_turned(value.text))
    reader = READERS.get(field.kind, _text)
    found = reader(field, value)
    if not field.choices:
        return found
    # A choice is known by its letters, however they were written.
    return next((choice for choice in field.choices if choice.casefold() == found.strip().casefold()), found)


def places_of(value: Value | Turned) -> tuple[str, str]:
    """Return the nation and the tier that "Wales" or "England, two-tier areas" names; blank is everywhere."""
    words = str(value).casefold().replace(" only", "").replace(" areas", "")
    found = {Nation: "", Tier: ""}
    for word in (part.strip() for part in words.split(",")):
        kind = next((kind for kind in found if word in kind.values), None)
        if kind is not None and not found[kind]:
            found[kind] = word
        elif word not in EVERYWHERE:
            text = _("“%(word)s” is no place. Write England or Wales, two-tier or unitary, or leave it out.")
            raise Misread(text % {"word": shown(word or str(value))})
    return found[Nation], found[Tier]


def _turned(text: str) -> str:
    return _(
        "A spreadsheet seems to have made a date or a number of this code: it reads “%(text)s” now. Give the cells the"
        " format Text, type the code again, and in CSV put an apostrophe before it."
    ) % {"text": shown(text)}


def _text(field: Field, value: Value) -> str:
    if isinstance(value, datetime.date):
        raise Misread(_("The cell holds a date. Give it the format Text and write it again."))
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).upper() if isinstance(value, bool) else str(value)


def _code(field: Field, value: Value) -> str:
    # A number may have been 1.10 or 0012 before a spreadsheet took it for one.
    if not isinstance(value, str):
        raise Misread(_turned(value.isoformat() if isinstance(value, datetime.date) else f"{value:g}"))
    return value.strip()


def _slug(field: Field, value: Value) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _code(field, value)


def _whole(field: Field, value: Value) -> int:
    text = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS):
        low, high = RANGES[field.name]
        raise Misread(_("Write a whole number from %(low)s to %(high)s.") % {"low": low, "high": high})
    return int(text)


def _flag(field: Field, value: Value) -> bool:
    word = _text(field, value).strip().casefold()
    if word not in YES | NO:
        raise Misread(_("Write yes or no."))
    return word in YES


def _date(field: Field, value: Value) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    words = " ".join(str(value).casefold().split())
    found = DAY.fullmatch(words)
    month = next((at for at, name in enumerate(MONTHS, 1) if found and name.startswith(found[2])), 0)
    if found and month:
        return f"{found[3]}-{month:02}-{int(found[1]):02}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        raise Misread(_("Write the date as 2027-04-01 or 1 April 2027."))
    return words


READERS: dict[str, Callable[[Field, Value], Any]] = {
    "code": _code,
    "slug": _slug,
    "whole": _whole,
    "flag": _flag,
    "date": _date,
}
