"""Judge a document by the rules for files, and say of each problem to which part of a page it belongs."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hallmarks.agreeing import disagreements
from hallmarks.checking import check
from hallmarks.document import Document
from hallmarks.formats.fixture import entries_of
from hallmarks.problems import Problem
from hallmarks.reading import Entry, shown
from hallmarks.schema import fields_of

# A part of a document that one page shows, by its model and what names it there: nothing for the version, a section's
# number, a criterion's lineage, a scale's slug.
Part = tuple[str, str]
# What marks the places of fields that a page shows; no text that passes the checks can hold it.
MARK = "\x00"
MARKED = re.compile(f"{MARK}[^{MARK}]*{MARK}[^{MARK}]*{MARK}[^{MARK}]*{MARK}")


@dataclass(frozen=True)
class Fault:
    """One problem: of a field that the page shows, or of the rest, and then its place is in words."""

    text: str
    model: str = ""
    name: str = ""
    number: int = 0
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


def faults(document: Document, *, shown_parts: Collection[Part], before: Document | None = None) -> list[Fault]:
    """Return what is wrong with a document; what was wrong `before` elsewhere stands in nobody's way here."""
    found = [_fault(problem) for problem in _problems(document, shown_parts)]
    if before is not None and any(not fault.model for fault in found):
        known = {str(fault) for fault in faults(before, shown_parts=())}
        found = [fault for fault in found if fault.model or str(fault) not in known]
    # Numbers follow the order: they clash only where the codes above them do, and that is told of the codes.
    return [fault for fault in found if (fault.model, fault.name) != ("indicator", "number")]


def _problems(document: Document, shown_parts: Collection[Part]) -> list[Problem]:
    # Of two that clash the later one is told of, so what the page shows comes last.
    entries = sorted(_entries(document, shown_parts), key=lambda entry: bool(entry.places))
    records, problems = check(entries)
    return [*problems, *disagreements(records, are_all=not problems)]


def _entries(document: Document, shown_parts: Collection[Part]) -> Iterator[Entry]:
    where = _Where()
    for value in entries_of(document):
        if where.part(value) in shown_parts:
            yield Entry(_mark(value), value, {name: _mark(value, name) for name in fields_of(_model(value))})
        else:
            yield Entry(where.place, value)


class _Where:
    """Follows the entries of a document, and knows in which part each stands."""

    def __init__(self) -> None:
        self.place = _("this draft")
        self._above: Part = ("", "")

    def part(self, value: dict[str, Any]) -> Part:
        model, own = _model(value), value["fields"]
        if model == "section":
            self.place = _("section “%(title)s”") % {"title": shown(own["title"], 40)}
        if model not in {"level", "indicator"}:
            key = {"section": "number", "criterion": "lineage", "scale": "slug"}.get(model, "")
            self._above = (model, str(own.get(key, "")))
        return self._above


def _model(value: dict[str, Any]) -> str:
    return str(value["model"]).partition(".")[2]


def _mark(value: dict[str, Any], name: str = "") -> str:
    own = value["fields"]
    return MARK.join(["", _model(value), name, str(own.get("number", own.get("position", 0))), ""])


def _fault(problem: Problem) -> Fault:
    text = MARKED.sub(_("this page"), problem.text)
    if problem.place.startswith(MARK):
        _none, model, name, number, _label = problem.place.split(MARK, 4)
        return Fault(text, model, name, int(number))
    return Fault(text, place=problem.place)
