"""Criteria as a Django fixture: JSON as everybody writes it, read strictly, refused with its place where it is not."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.document import CriterionEntry, Document
from hallmarks.problems import Problem, at_line
from hallmarks.reading import Clock, Entry, Reading, Unreadable, shown, text_of
from hallmarks.schema import OWN_KEY, fields_of

MAX_DIGITS = 9

SPACE = re.compile(r"[ \t\r\n]*")
# A text that is never closed still counts as one, and nothing is tried twice: time and memory stay linear.
TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
ALL_BUT_BRACKETS = re.compile(rf"{TEXT}|[^\"\[\]{{}}]++", re.DOTALL)
TEXT_OR_BRACKET = re.compile(rf"{TEXT}|[\[\]{{}}]", re.DOTALL)


def read(data: bytes | str) -> Reading:
    """Return the entries of a criteria file, or every problem found up to the place where reading stopped."""
    reader = _Reader()
    try:
        entries = tuple(reader.entries(text_of(data)))
    except Unreadable as stop:
        return Reading((), (*reader.problems, stop.problem))
    return Reading(entries, tuple(reader.problems))


def write(document: Document) -> bytes:
    """Return a document as a fixture; what is as it would be anyway is left out."""
    return (json.dumps(list(entries_of(document)), ensure_ascii=False, indent=1, default=str) + "\n").encode()


def entries_of(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the entries of a fixture that says what a document says."""
    framework = document.framework.slug
    version = [framework, document.slug]
    own = {name: getattr(document, name) for name in ("slug", "title", "source", "in_force_from", "in_force_to")}
    yield _entry("framework", asdict(document.framework))
    yield _entry("version", {"framework": [framework], **own})
    for scale in document.scales:
        yield _entry("scale", {"version": version, "slug": scale.slug, "is_ordered": scale.is_ordered})
        yield from (_entry("level", {"scale": [*version, scale.slug], **asdict(level)}) for level in scale.levels)
    for section in document.sections:
        yield _entry("section", {"version": version, **_without(vars(section), "criteria")})
        for criterion in section.criteria:
            yield from _of_criterion(version, section.code, criterion)


def _of_criterion(version: list[str], section: str, criterion: CriterionEntry) -> Iterator[dict[str, Any]]:
    own = _without(vars(criterion), "indicators") | {"scale": [*version, criterion.scale]}
    yield _entry("criterion", {"version": version, "section": [*version, section], **own})
    for indicator in criterion.indicators:
        yield _entry("indicator", {"criterion": [*version, criterion.code], **asdict(indicator)})


def _without(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != name}


def _entry(model: str, values: Mapping[str, Any]) -> dict[str, Any]:
    known = fields_of(model)
    kept = {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        # `kind` stays although it has a default, because people look for it.
        if name in {"kind", *OWN_KEY[model]} or known[name].is_required or value != known[name].default
    }
    return {"model": f"hallmarks.{model}", "fields": kept}


class _Reader:
    """Reads one file; keeps the problems that do not stop it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._faults: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._whole
        )

    def entries(self, text: str) -> Iterator[Entry]:
        """Yield the sound entries of the one list that the file must be."""
        _refuse_depth(text)
        at = _skip_space(text, 0)
        if text[at] != "[":
            raise _stop(text, at, _("A criteria file is a list: begin it with [ and end it with ]."))
        at = _skip_space(text, at + 1)
        line, counted_to = _line(text, at), at
        clock = Clock()
        for _number in range(settings.CRITERIA_MAX_ENTRIES):
            clock.check()
            if text[at : at + 1] == "]":
                self._end(text, at + 1)
                return
            value, end = self._value(text, at)
            line, counted_to = line + text.count("\n", counted_to, at), at
            if not self._noted(line):
                yield Entry(at_line(line), value)
            at = _next_entry(text, end)
        limit = f"{settings.CRITERIA_MAX_ENTRIES:,}"
        raise _stop(text, at, _("The list has more than %(limit)s entries.") % {"limit": limit})

    def _end(self, text: str, at: int) -> None:
        rest = _skip_space(text, at)
        if rest < len(text):
            raise _stop(text, rest, _("Something follows the end of the list. Remove it."))

    def _value(self, text: str, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _stop(text, error.pos, _explained(error.msg)) from None

    def _noted(self, line: int) -> bool:
        """Keep what was wrong with the entry just read, and say whether anything was."""
        found = [Problem(at_line(line), fault) for fault in self._faults]
        self.problems += found
        self._faults.clear()
        return bool(found)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(name for name, _value in pairs)
            twice = [shown(name) for name, count in times.items() if count > 1]
            self._faults += [_("“%(name)s” is given twice. Keep one.") % {"name": name} for name in twice]
        return found

    def _constant(self, name: str) -> None:
        self._faults.append(_("%(name)s is not a number that can be used. Remove it.") % {"name": name})

    def _whole(self, digits: str) -> int:
        length = len(digits.removeprefix("-"))
        if length <= MAX_DIGITS:
            return int(digits)
        self._faults.append(
            _("A number has %(digits)s digits. The limit is %(limit)s.") % {"digits": length, "limit": MAX_DIGITS}
        )
        return 0


def _next_entry(text: str, end: int) -> int:
    at = _skip_space(text, end)
    if text[at : at + 1] == "]":
        return at
    if text[at : at + 1] != ",":
        raise _stop(text, at, _explained("Expecting ',' delimiter"))
    following = _skip_space(text, at + 1)
    if text[following : following + 1] == "]":
        raise _stop(text, at, _("A comma stands before the closing bracket. Remove it."))
    return following


def _refuse_depth(text: str) -> None:
    depth, limit = 0, settings.CRITERIA_MAX_DEPTH
    for number, bracket in enumerate(ALL_BUT_BRACKETS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > limit:
            message = _("Brackets are nested more than %(limit)s deep.") % {"limit": limit}
            raise _stop(text, _bracket(text, number), message)


def _bracket(text: str, number: int) -> int:
    """Return where the bracket with this number stands, not counting brackets inside texts."""
    places = (found.start() for found in TEXT_OR_BRACKET.finditer(text) if found.group()[0] != '"')
    return next(islice(places, number, None), 0)


def _skip_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _stop(text: str, at: int, message: str) -> Unreadable:
    column = at - text.rfind("\n", 0, at)
    return Unreadable(_("line %(line)s, column %(column)s") % {"line": _line(text, at), "column": column}, message)


def _explained(message: str) -> str:
    """Say in our words what Python's JSON reader found; words it may come to use later get a general one."""
    comma = _("A comma stands before the closing bracket. Remove it.")
    explained = {
        "Expecting value": _("A value is missing here. There may be a comma too many before it."),
        "Expecting property name enclosed in double quotes": _(
            "A name in double quotation marks is missing here. There may be a comma too many before it."
        ),
        "Expecting ',' delimiter": _("A comma or a closing bracket is missing before this place."),
        "Expecting ':' delimiter": _("A colon is missing before this place."),
        "Unterminated string starting at": _("The quotation mark opened here is never closed."),
        "Invalid control character at": _(
            "A line break or tab stands inside quotation marks. Write \\n or \\t instead."
        ),
        "Illegal trailing comma before end of object": comma,
        "Illegal trailing comma before end of array": comma,
    }
    return explained.get(message, _("This is not valid JSON. Check quotation marks, commas and backslashes."))
