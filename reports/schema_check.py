"""Does a value fit its schema? Knows just what our schemas say, and names every fault with its place in words."""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from hallmarks.problems import Problem
from hallmarks.reading import shown

Schema = Mapping[str, Any]
Place = tuple[str, ...]
FAULTS_NAMED = 50
# Clocks and calendars fail at the ends of time, where no partnership submits.
YEARS = range(1900, 3000)


def faults(schema: Schema, value: Any) -> tuple[Problem, ...]:
    """Return what does not fit, in the order of the schema; the first 50."""
    return tuple(islice(_faults(schema, schema, value, ()), FAULTS_NAMED))


def in_words(place: Place) -> str:
    """Return a place such as “sections 2, criteria 1, level”."""
    return ", ".join(place) or _("the file")


def _faults(root: Schema, schema: Schema, value: Any, place: Place) -> Iterator[Problem]:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    kind = schema["type"]
    if not IS_OF[kind](value):
        yield Problem(
            in_words(place), _("This is %(what)s, not %(kind)s.") % {"what": _what(value), "kind": _kind(kind)}
        )
    elif kind == "object":
        yield from _of_object(root, schema, value, place)
    elif kind == "array":
        for number, item in enumerate(value, start=1):
            yield from _faults(root, schema["items"], item, _numbered(place, number))
    else:
        yield from (Problem(in_words(place), text) for text in _of_simple(schema, value))


def _of_object(root: Schema, schema: Schema, value: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    known = schema["properties"]
    for name in schema["required"]:
        if name not in value:
            yield Problem(in_words(place), _("“%(name)s” is missing.") % {"name": name})
    for name in value:
        if name in known:
            yield from _faults(root, known[name], value[name], (*place, name))
        else:
            yield Problem(in_words(place), _("“%(name)s” is not a field of this schema.") % {"name": shown(name)})


def _of_simple(schema: Schema, value: Any) -> Iterator[str]:
    for word, limit in schema.items():
        if word in RULES and not RULES[word](value, limit):
            yield _refusal(word, value, limit)
            return


def _refusal(word: str, value: Any, limit: Any) -> str:
    said = {"value": shown(value), "limit": ", ".join(map(str, limit)) if isinstance(limit, list) else limit}
    return {
        "const": _("This is “%(value)s”, not “%(limit)s”."),
        "enum": _("“%(value)s” is none of: %(limit)s."),
        "pattern": _("“%(value)s” does not have the form that it must have (%(limit)s)."),
        "format": _("“%(value)s” is not a day or a time as the schema has them (%(limit)s)."),
        "maxLength": _("The text is longer than %(limit)s characters."),
        "minimum": _("%(value)s is less than %(limit)s."),
        "maximum": _("%(value)s is more than %(limit)s."),
    }[word] % said


def _numbered(place: Place, number: int) -> Place:
    return (*place[:-1], f"{place[-1]} {number}") if place else (str(number),)


def _is_moment(value: str) -> bool:
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.utcoffset() is not None and moment.year in YEARS


def _is_day(value: str) -> bool:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and day.year in YEARS


def _kind(name: str) -> str:
    return {
        "object": _("an object"),
        "array": _("a list"),
        "string": _("a text"),
        "integer": _("a whole number"),
        "boolean": _("true or false"),
    }[name]


def _what(value: Any) -> str:
    named = next((name for name, is_of in IS_OF.items() if is_of(value)), "")
    return _kind(named) if named else shown(value)


IS_OF: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
}
FORMATS: Mapping[str, Callable[[str], bool]] = {"date-time": _is_moment, "date": _is_day}
RULES: Mapping[str, Callable[[Any, Any], bool]] = {
    "const": lambda value, limit: bool(value == limit),
    "enum": lambda value, limit: value in limit,
    "pattern": lambda value, limit: re.search(limit.replace("$", r"\Z"), value) is not None,
    "format": lambda value, limit: FORMATS[limit](value),
    "maxLength": lambda value, limit: len(value) <= limit,
    "minimum": lambda value, limit: bool(value >= limit),
    "maximum": lambda value, limit: bool(value <= limit),
}
