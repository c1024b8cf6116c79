"""Read a criteria file strictly: JSON as everybody writes it, refused with its place where it is not."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from hallmarks.problems import Problem, at_line

CRITERIA_MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_DIGITS = 9
# 500 criteria with 50 indicators each, and room for the rest.
MAX_ENTRIES = 30_000

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
SPACE = re.compile(r"[ \t\r\n]*")
# A text that is never closed still counts as one, and nothing is tried twice: time and memory stay linear.
TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
ALL_BUT_BRACKETS = re.compile(rf"{TEXT}|[^\"\[\]{{}}]++", re.DOTALL)
TEXT_OR_BRACKET = re.compile(rf"{TEXT}|[\[\]{{}}]", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One entry of the file's list, and the line it begins on."""

    line: int
    value: Any


@dataclass(frozen=True)
class Reading:
    """What was read: the entries, or the problems that kept them from being read."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


class _Unreadable(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def read(data: bytes | str) -> Reading:
    """Return the entries of a criteria file, or every problem found up to the place where reading stopped."""
    reader = _Reader()
    entries: list[Entry] = []
    try:
        entries.extend(reader.entries(_text(data)))
    except _Unreadable as stop:
        reader.problems.append(stop.problem)
    return Reading(tuple(entries), tuple(reader.problems))


def _text(data: bytes | str) -> str:
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > CRITERIA_MAX_BYTES:
        raise _Unreadable(
            Problem(
                _("the file"),
                _("It is %(size)s MB. The limit is %(limit)s MB.")
                % {"size": round(size / 1e6, 1), "limit": CRITERIA_MAX_BYTES // 1_000_000},
            )
        )
    text = _decoded(data).removeprefix("\ufeff")
    if not text.strip():
        raise _Unreadable(Problem(_("the file"), _("The file is empty.")))
    return text


def _decoded(data: bytes | str) -> str:
    if isinstance(data, str):
        return data
    if data.startswith(WIDE_MARKS) or b"\x00" in data[:4]:
        raise _not_utf8(0)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(error.start) from None


def _not_utf8(position: int) -> _Unreadable:
    place = _("byte %(position)s") % {"position": position + 1}
    return _Unreadable(Problem(place, _("This is not UTF-8. Save the file as UTF-8.")))


class _Reader:
    """Reads one file; keeps the problems that do not stop it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._faults: list[str] = []
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._whole
        )

    def entries(self, text: str) -> Iterator[Entry]:
        """Yield the entries of the one list that the file must be."""
        _refuse_depth(text)
        at = _skip_space(text, 0)
        if text[at] != "[":
            raise _stop(text, at, _("A criteria file is a list: begin it with [ and end it with ]."))
        at = _skip_space(text, at + 1)
        line, counted_to = _line(text, at), at
        for _number in range(MAX_ENTRIES):
            if text[at : at + 1] == "]":
                self._end(text, at + 1)
                return
            value, end = self._value(text, at)
            line, counted_to = line + text.count("\n", counted_to, at), at
            self._note(line)
            yield Entry(line, value)
            at = _next_entry(text, end)
        raise _stop(text, at, _("The list has more than %(limit)s entries.") % {"limit": f"{MAX_ENTRIES:,}"})

    def _end(self, text: str, at: int) -> None:
        rest = _skip_space(text, at)
        if rest < len(text):
            raise _stop(text, rest, _("Something follows the end of the list. Remove it."))

    def _value(self, text: str, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _stop(text, error.pos, _explained(error.msg)) from None

    def _note(self, line: int) -> None:
        self.problems += [Problem(at_line(line), fault) for fault in self._faults]
        self._faults.clear()

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


def shown(value: object, limit: int = 60) -> str:
    """Return a value as it can safely be printed in a message: on one line, short, nothing invisible."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    printable = "".join(c if c.isprintable() else "\ufffd" for c in text[: limit + 1])
    return printable if len(text) <= limit else f"{printable[:limit]}…"


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
    depth = 0
    for number, bracket in enumerate(ALL_BUT_BRACKETS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise _stop(
                text, _bracket(text, number), _("Brackets are nested more than %(limit)s deep.") % {"limit": MAX_DEPTH}
            )


def _bracket(text: str, number: int) -> int:
    """Return where the bracket with this number stands, not counting brackets inside texts."""
    places = (found.start() for found in TEXT_OR_BRACKET.finditer(text) if found.group()[0] != '"')
    return next(islice(places, number, None), 0)


def _skip_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _stop(text: str, at: int, message: str) -> _Unreadable:
    column = at - text.rfind("\n", 0, at)
    place = _("line %(line)s, column %(column)s") % {"line": _line(text, at), "column": column}
    return _Unreadable(Problem(place, message))


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
