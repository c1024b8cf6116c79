"""Check the entries of a criteria file one by one: only criteria, known fields, values of their kind."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from hallmarks import texts
from hallmarks.problems import PROBLEMS_SOUGHT, Problem
from hallmarks.reading import Entry, shown
from hallmarks.schema import MODELS, OWN_KEY, RANGES, WORDS, Field, fields_of

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
CODE = re.compile(r"\w[\w.\-]*")
# A criterion's page and the pages about its set stand beside each other.
RESERVED_CODES = {"changes", "edit", "hints", "lineage", "publish", "withdraw"}
# So do the pages of a line of sets, and those for all of them.
RESERVED_FRAMEWORKS = {"crosswalk", "load"}


@dataclass(frozen=True)
class Record:
    """One entry whose values are of the right kind; a reference is the tuple that names the other entry."""

    model: str
    place: str
    values: dict[str, Any]
    places: Mapping[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()

    def at(self, name: str) -> str:
        """Where one of its fields stands."""
        return self.places.get(name, f"{self.place}, {name}")

    @property
    def key(self) -> tuple[Any, ...]:
        """How other entries name this one."""
        belongs_to, own = OWN_KEY[self.model]
        return (*(self.values[belongs_to] if belongs_to else ()), self.values[own])


class _Fault(Exception):
    """Raised with what is wrong with one value."""


def check(entries: Iterable[Entry]) -> tuple[list[Record], list[Problem]]:
    """Return the sound entries as records, and the problems of the others."""
    records: list[Record] = []
    problems: list[Problem] = []
    for entry in entries:
        if len(problems) > PROBLEMS_SOUGHT:
            break
        found = _shape_faults(entry)
        problems += found
        if not found:
            record, found = _record(entry)
            problems += found
            records += [] if found else [record]
    return records, problems


def _shape_faults(entry: Entry) -> list[Problem]:
    place, value = entry.place, entry.value
    if not isinstance(value, dict):
        return [Problem(place, _("Each entry must be an object: { “model”: …, “fields”: … }."))]
    faults = [_unknown(name, ("model", "fields")) for name in value if name not in {"model", "fields", "pk"}]
    if value.get("pk") is not None:
        faults.append(_("Remove “pk”: criteria are known by their codes, not by numbers."))
    faults += _model_faults(value.get("model"))
    if not isinstance(value.get("fields"), dict):
        faults.append(_("“fields” must be an object: { “name”: value, … }."))
    return [Problem(place, fault) for fault in faults]


def _model_faults(model: object) -> list[str]:
    if not isinstance(model, str):
        return [_("“model” is missing, or is not text.")]
    app, _dot, name = model.partition(".")
    if app == "hallmarks" and name in MODELS:
        return []
    return [_("Only criteria are allowed. This entry is a “%(model)s”. Remove it.") % {"model": shown(model)}]


def _record(entry: Entry) -> tuple[Record, list[Problem]]:
    model = entry.value["model"].partition(".")[2]
    fields, given = fields_of(model), entry.value["fields"]
    label = _label(model, given)
    places = {name: f"{place}, {label}" for name, place in entry.places.items()}
    record = Record(model, f"{entry.place}, {label}", {}, places, entry.made)
    problems = [Problem(record.place, _unknown(name, fields)) for name in given if name not in fields]
    for own in fields.values():
        try:
            record.values[own.name] = _understood(own, entry)
        except _Fault as fault:
            problems.append(Problem(record.at(own.name), str(fault)))
    return record, problems


def _understood(own: Field, entry: Entry) -> Any:
    if fault := entry.faults.get(own.name):
        raise _Fault(fault)
    value = _value(own, entry.value["fields"].get(own.name))
    if value in RESERVED_FRAMEWORKS and entry.value["model"] == "hallmarks.framework" and own.name == "slug":
        raise _Fault(_("“%(code)s” is kept for the portal itself. Choose another.") % {"code": value})
    return value


def _label(model: str, given: dict[str, Any]) -> str:
    belongs_to, own = OWN_KEY[model]
    name = f"{WORDS[model]} {shown(given[own], 40)}" if own in given else str(WORDS[model])
    above = given.get(belongs_to)
    if model not in {"level", "indicator"} or not isinstance(above, list) or not above:
        return name
    return _("%(part)s of %(whole)s") % {"part": name, "whole": shown(above[-1], 40)}


def _unknown(name: str, known: Iterable[str]) -> str:
    text = _("“%(name)s” is not a field here.") % {"name": shown(name)}
    return f"{text} {did_you_mean(name, known)}".strip()


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?" with the nearest known name, or nothing where none is near."""
    nearest = get_close_matches(name[:100], list(known), n=1)
    return _("Did you mean “%(name)s”?") % {"name": shown(nearest[0])} if nearest else ""


def _value(field: Field, value: Any) -> Any:
    if value is None:
        if field.is_required:
            raise _Fault(_("It is missing."))
        return field.default
    return CHECKS[field.kind](field, value)


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise _Fault(_("Write it as text, in quotation marks."))
    if fault := texts.fault_of(value, limit=field.limit, is_one_line=field.kind != "text"):
        raise _Fault(fault)
    if texts.is_blank(value):
        if field.is_required:
            raise _Fault(_("It is blank."))
        return str(field.default or "")
    return _chosen(field, value)


def _chosen(field: Field, value: str) -> str:
    if field.choices and value not in field.choices:
        raise _Fault(
            _("“%(value)s” is not one of: %(choices)s.") % {"value": shown(value), "choices": ", ".join(field.choices)}
        )
    return value


def _slug(field: Field, value: Any) -> str:
    text = _text(field, value)
    if not SLUG.fullmatch(text):
        raise _Fault(_("Use letters from a to z, digits, hyphens and underscores only, without spaces."))
    return text


def _code(field: Field, value: Any) -> str:
    text = str(texts.composed(_text(field, value)))
    if not CODE.fullmatch(text):
        raise _Fault(_("Use letters, digits, full stops and hyphens only, and begin with a letter or digit."))
    if text.casefold() in RESERVED_CODES:
        raise _Fault(_("“%(code)s” is kept for the portal itself. Choose another code.") % {"code": text})
    return text


def _whole(field: Field, value: Any) -> int:
    low, high = RANGES[field.name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _Fault(
            _("Give a whole number from %(low)s to %(high)s, without quotation marks.") % {"low": low, "high": high}
        )
    return value


def _flag(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Fault(_("Write true or false, without quotation marks."))
    return value


def _date(field: Field, value: Any) -> datetime.date:
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except (TypeError, ValueError):
        raise _Fault(_("Write a real date as year, month and day, such as “2007-10-01”.")) from None


def _key(field: Field, value: Any) -> tuple[Any, ...]:
    parts = value if isinstance(value, list) else []
    if len(parts) != _key_length(field.refers_to) or not all(type(part) in {str, int} for part in parts):
        shape = ", ".join(f"“{word}”" for word in key_shape(field.refers_to))
        raise _Fault(_("Name the %(model)s as [%(shape)s].") % {"model": WORDS[field.refers_to], "shape": shape})
    return tuple(texts.composed(part) for part in parts)


@cache
def _key_length(model: str) -> int:
    belongs_to, _name = OWN_KEY[model]
    return 1 + (_key_length(belongs_to) if belongs_to else 0)


def key_shape(model: str) -> tuple[str, ...]:
    """Return in words what names an entry of this model, such as framework, version, code."""
    belongs_to, _name = OWN_KEY[model]
    return (*key_shape(belongs_to), str(WORDS[model])) if belongs_to else (str(WORDS[model]),)


CHECKS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "line": _text,
    "slug": _slug,
    "code": _code,
    "whole": _whole,
    "flag": _flag,
    "date": _date,
    "key": _key,
}
