"""What every reader of a criteria file has in common: entries with their places, plain text, and when to stop."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.problems import Problem

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Entry:
    """One entry of a criteria file, in the form of a fixture, and where it stands, such as "line 7"."""

    place: str
    value: Any
    # Where single fields stand, what was not understood of them, and which were made because none were given.
    places: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    made: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """What was read: the entries, the problems that kept others from being read, and what was filled in."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Unreadable(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, place: str, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(place, text)


class Clock:
    """Stops the reading of a file that takes too long, however it was made to."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def check(self) -> None:
        """Go on, or stop."""
        if time.monotonic() - self._began > settings.CRITERIA_MAX_SECONDS:
            text = _("Reading it takes longer than %(limit)s seconds. Make the file smaller.")
            raise Unreadable(_("the file"), text % {"limit": settings.CRITERIA_MAX_SECONDS})


def refuse_size(data: bytes | str) -> None:
    """Stop at a file that is larger than any set of criteria."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > settings.CRITERIA_MAX_BYTES:
        text = _("It is %(size)s MB. The limit is %(limit)s MB.")
        limit = f"{settings.CRITERIA_MAX_BYTES / 1e6:g}"
        raise Unreadable(_("the file"), text % {"size": round(size / 1e6, 1), "limit": limit})


def text_of(data: bytes | str, remedy: str = "") -> str:
    """Return the text of a file; pasted text has the line ends of the browser, which are nobody's choice."""
    refuse_size(data)
    text = _decoded(data, remedy).removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(_("the file"), _("The file is empty."))
    return text


def _decoded(data: bytes | str, remedy: str) -> str:
    if isinstance(data, str):
        return data.replace("\r\n", "\n")
    if data.startswith(WIDE_MARKS) or b"\x00" in data[:4]:
        raise _not_utf8(0, remedy)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(error.start, remedy) from None


def _not_utf8(position: int, remedy: str) -> Unreadable:
    place = _("byte %(position)s") % {"position": position + 1}
    return Unreadable(place, f"{_('This is not UTF-8.')} {remedy or _('Save the file as UTF-8.')}")


def shown(value: object, limit: int = 60) -> str:
    """Return a value as it can safely be printed in a message: on one line, short, nothing invisible."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    printable = "".join(c if c.isprintable() else "\ufffd" for c in text[: limit + 1])
    return printable if len(text) <= limit else f"{printable[:limit]}…"
