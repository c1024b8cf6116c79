"""Read the JSON of a submission that comes from elsewhere: nothing is believed before it was looked at."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from assessments import documents
from assessments.documents import Document
from hallmarks.problems import Problem
from hallmarks.reading import shown
from reports.refusing import NotTakenIn
from reports.schema_check import faults
from reports.schemas import SUBMISSION, schema_of

TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
LONGEST_NUMBER = 16
# Halves of characters, and what steers machines instead of being read; a line's end and a tab may stand in a text.
UNREADABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(data: bytes) -> tuple[Document, str]:
    """Return the document and its text, whose SHA-256 is the fingerprint; raises NotTakenIn with all that is wrong."""
    text = _decoded(data)
    value = _parsed(text)
    if value.get("schema") != documents.SCHEMA:
        _refuse_schema(value)
    if found := faults(schema_of(SUBMISSION), value):
        raise NotTakenIn(found)
    if any(map(UNREADABLE.search, _texts(value))):
        _refuse(_("It holds characters that no text has, such as half a character or a control character."))
    document = documents.read(text)
    if documents.canonical(document) != text:
        _refuse(
            _("It is not written as portals write it: spaces, order or signs differ, so it has another fingerprint."),
            _("Take the file out of the report again, and do not save it with another program."),
        )
    return document, text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _decoded(data: bytes) -> str:
    if len(data) > settings.RECEIVED_MAX_BYTES:
        limit = {"size": f"{len(data) / 1e6:.1f}", "limit": f"{settings.RECEIVED_MAX_BYTES / 1e6:g}"}
        _refuse(_("It is %(size)s MB. The limit is %(limit)s MB.") % limit)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _("byte %(position)s") % {"position": error.start + 1}
        raise NotTakenIn(
            [Problem(place, _("This is not UTF-8. Choose the PDF, or the JSON as it was inside."))]
        ) from None
    if not text.strip():
        _refuse(_("It is empty."))
    return text


def _parsed(text: str) -> dict[str, Any]:
    _refuse_depth(text)
    reader = _Reader()
    try:
        value = json.loads(text, object_pairs_hook=reader.pairs, parse_int=reader.whole, parse_constant=reader.constant)
    except json.JSONDecodeError as error:
        place = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        raise NotTakenIn(
            [Problem(place, _("This is neither a PDF nor JSON. Choose the report as the portal gives it."))]
        ) from None
    if reader.said:
        raise NotTakenIn([Problem(_("the file"), text) for text in reader.said])
    if not isinstance(value, dict):
        _refuse(_("It is JSON, but no submission: a submission is an object."))
    return value


class _Reader:
    """Notes what is JSON and still means nothing certain: names given twice, numbers that are none."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(name for name, _value in pairs)
            twice = (shown(name) for name, count in times.items() if count > 1)
            self._say(*(_("“%(name)s” is given twice in one object.") % {"name": name} for name in twice))
        return found

    def whole(self, digits: str) -> int:
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        self._say(_("A number has %(digits)s digits. No number of a submission is so long.") % {"digits": len(digits)})
        return 0

    def constant(self, name: str) -> None:
        self._say(_("%(name)s is not a number.") % {"name": name})

    def _say(self, *texts: str) -> None:
        self.said = [*self.said, *texts][:10]


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in TEXT_OR_BRACKET.finditer(text):
        mark = found.group()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark, 0)
        if depth > settings.RECEIVED_MAX_DEPTH:
            _refuse(_("Brackets are nested more than %(limit)s deep.") % {"limit": settings.RECEIVED_MAX_DEPTH})


def _refuse_schema(value: dict[str, Any]) -> NoReturn:
    named = value.get("schema")
    if not isinstance(named, str):
        _refuse(_("It is JSON, but no submission: it does not say which schema it has."))
    said = {"found": shown(named), "known": documents.SCHEMA}
    _refuse(
        _("Its schema is “%(found)s”; this portal reads “%(known)s”.") % said,
        _("It may be another file, or come from a newer portal: ask those who run this one for an upgrade."),
    )


def _refuse(*texts: str) -> NoReturn:
    raise NotTakenIn([Problem(_("the file"), " ".join(texts))])
