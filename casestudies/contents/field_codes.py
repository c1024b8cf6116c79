"""Follow the fields of a Word part, and refuse those that start a program or fetch from elsewhere.

A field's code may be spread over many pieces of text, be partly deleted in a tracked change, or be made by another
field; so it is put together as Word does, and a name that cannot be read is refused.
"""

import re
from dataclasses import dataclass

from casestudies.contents.faults import Danger, Unsafe
from casestudies.contents.markup import Attributes, value_of

REFUSED = {
    "DATABASE",
    "DDE",
    "DDEAUTO",
    "IMPORT",
    "INCLUDE",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "LINK",
    "PRINT",
    "RD",
}
# A field that begins with one of these may hold others at once; no refused name begins with them.
MAY_HOLD_OTHERS = {"IF", "="}
NAME = re.compile(r"\W*([^\W\d_]*)")
BEFORE_NAME = re.compile(r"[^\w=]*")
# Longer than any name of a field; the rest of a code is not kept.
LONGEST = 100


@dataclass
class _Field:
    """One field whose end has not come; deleted text is kept apart, because Word may read the code without it."""

    live: str = ""
    every: str = ""
    in_code: bool = True


class FieldCodes:
    """The fields of one part, in the order of its marks."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def mark(self, attributes: Attributes) -> bool:
        """Take a mark that begins, divides or ends a field."""
        kind = value_of(attributes, "fldCharType")
        if kind == "begin":
            self._begin()
        elif self._open:
            self._judge(self._open[-1])
            self._open[-1].in_code = False
            if kind == "end":
                self._open.pop()
        return True

    def simple(self, attributes: Attributes) -> bool:
        """Take a field whose code stands in one attribute."""
        _refuse(value_of(attributes, "instr"))
        return True

    def alternative(self, attributes: Attributes) -> bool:
        """Refuse a code of which another version exists: one of them would go unread."""
        if any(each.in_code for each in self._open):
            raise Unsafe(Danger.FIELD)
        return True

    def code(self, text: str) -> None:
        """Take a piece of a code."""
        self._add(text, text)

    def deleted_code(self, text: str) -> None:
        """Take a piece of a code that a tracked change deletes."""
        self._add("", text)

    def finish(self) -> None:
        """Judge the fields that never end."""
        for each in self._open:
            self._judge(each)

    def _begin(self) -> None:
        if self._open and self._open[-1].in_code:
            code = self._open[-1].live.strip()
            if not re.search(r"\s", code) and code.upper() not in MAY_HOLD_OTHERS and not code.startswith("="):
                raise Unsafe(Danger.FIELD)
        self._open.append(_Field())

    def _add(self, live: str, every: str) -> None:
        if not self._open:
            _refuse(every)
        elif self._open[-1].in_code:
            self._open[-1].live = _begun(self._open[-1].live, live)
            self._open[-1].every = _begun(self._open[-1].every, every)

    def _judge(self, each: _Field) -> None:
        if each.in_code:
            _refuse(each.live)
            _refuse(each.every)


def _begun(code: str, more: str) -> str:
    """Return how a code begins, given what came before and what comes now."""
    if len(code) >= LONGEST:
        return code
    rest = more if code else more[_length_before_name(more) :]
    return code + rest[:LONGEST]


def _length_before_name(text: str) -> int:
    found = BEFORE_NAME.match(text)
    return found.end() if found else 0


def _refuse(code: str) -> None:
    named = NAME.match(code)
    if named and named[1].upper() in REFUSED:
        raise Unsafe(Danger.FIELD, named[1].upper())
