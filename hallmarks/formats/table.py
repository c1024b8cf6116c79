"""Criteria as a table: a row for each part of the set, in order, under a heading that names the columns."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.checking import did_you_mean
from hallmarks.document import Document
from hallmarks.formats.lines import FIELDS, NAMES, Given, Line, Turned, Value, parts_of, plain_name
from hallmarks.problems import PROBLEMS_SOUGHT, Problem
from hallmarks.reading import Clock, Unreadable, shown

ROW = "row"
COLUMNS = (ROW, *NAMES)
# What can be taken for a code: there a spreadsheet does the most harm.
CODES = ("code", "lineage", "slug", "version", "framework")
MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE = re.compile(
    rf"\d{{1,2}}-({MONTH})[a-z]*(-\d{{2,4}})?|({MONTH})[a-z]*-\d{{1,4}}"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}( \d{1,2}:\d{2}(:\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
NUMBER = re.compile(r"\d+([.,]\d*)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Where:
    """How a kind of file names its places."""

    row: Callable[[int], str]
    cell: Callable[[int, int, str], str]


@dataclass
class _Heading:
    """Which column says what."""

    titles: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def kind(self) -> int | None:
        """The column that says what a row is."""
        return next((at for at, name in self.names.items() if name == ROW), None)


def is_turned(text: str) -> bool:
    """Say whether a spreadsheet would take a text for a date or a number, or has done so."""
    return bool(DATE.fullmatch(text) or NUMBER.fullmatch(text))


def rows_of(document: Document) -> list[list[Value | None]]:
    """Return a document as a heading and its rows; columns that nothing fills are left out."""
    parts = list(parts_of(document))
    used = [name for name in NAMES if any(name in part.values for part in parts)]
    return [[ROW, *used], *([part.kind, *(part.values.get(name) for name in used)] for part in parts)]


def lines_of(rows: Iterable[tuple[int, Sequence[Value | Turned]]], where: Where) -> tuple[list[Line], list[Problem]]:
    """Return the lines that rows say, and what is wrong with the others; empty cells are empty texts."""
    clock, heading, lines, problems = Clock(), None, list[Line](), list[Problem]()
    for number, cells in rows:
        clock.check()
        if number > settings.CRITERIA_MAX_ROWS:
            text = _("There are more than %(limit)s rows. Remove what is not criteria, empty rows too.")
            raise Unreadable(where.row(number), text % {"limit": f"{settings.CRITERIA_MAX_ROWS:,}"})
        if not any(_is_filled(cell) for cell in cells):
            continue
        if heading is None:
            heading = _heading(number, cells, where)
            problems += heading.problems
        elif len(problems) <= PROBLEMS_SOUGHT:
            line, found = _line(number, cells, heading, where)
            problems += found
            lines += [line] if line else []
        if len(lines) > settings.CRITERIA_MAX_ENTRIES:
            text = _("There are more than %(limit)s rows of criteria.")
            raise Unreadable(where.row(number), text % {"limit": f"{settings.CRITERIA_MAX_ENTRIES:,}"})
    if heading is None:
        raise Unreadable(_("the file"), _("The file is empty."))
    return lines, problems


def _is_filled(cell: Value | Turned) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _heading(number: int, cells: Sequence[Value | Turned], where: Where) -> _Heading:
    found = _Heading()
    for at, cell in enumerate(cells):
        title = str(cell).strip()
        name = plain_name(title)
        found.titles[at] = title
        place = where.cell(number, at, title)
        if name in found.names.values():
            found.problems.append(Problem(place, _("Two columns have this name. Remove one of them.")))
        elif name in COLUMNS:
            found.names[at] = name
        elif title:
            text = _("“%(name)s” is not a column here.") % {"name": shown(title)}
            found.problems.append(Problem(place, f"{text} {did_you_mean(name, COLUMNS)}".strip()))
    if found.kind is None:
        text = _(
            "There is no column “row”. The first row must name the columns, such as: row, code, title, text; under"
            " “row” each row says what it is: set, scale, level, section, criterion or indicator."
        )
        # Without it no row can be understood.
        first = found.problems[0] if len(found.names) > 1 and found.problems else None
        raise Unreadable(where.row(number), f"{text} {first.text}" if first else text)
    return found


def _line(
    number: int, cells: Sequence[Value | Turned], heading: _Heading, where: Where
) -> tuple[Line | None, list[Problem]]:
    kind_at = heading.kind or 0
    kind = str(cells[kind_at] if kind_at < len(cells) else "").strip().casefold()
    if kind not in FIELDS:
        text = _("“%(kind)s” is not one of: %(kinds)s.") % {"kind": shown(kind), "kinds": ", ".join(FIELDS)}
        place = where.cell(number, kind_at, heading.titles[kind_at])
        return None, [Problem(place, f"{text} {did_you_mean(kind, FIELDS)}".strip())]
    given, problems = {}, []
    for at, cell in enumerate(cells):
        name = heading.names.get(at, "")
        if name == ROW or (not _is_filled(cell) and name not in FIELDS[kind]):
            continue
        place = where.cell(number, at, heading.titles.get(at, ""))
        if name in FIELDS[kind]:
            if cell != "":
                given[name] = Given(cell, place)
        elif name or not heading.titles.get(at):
            problems.append(Problem(place, _of_no_use(kind, name)))
    return Line(kind, where.row(number), given, partial(_place, number, heading, where)), problems


def _place(number: int, heading: _Heading, where: Where, name: str) -> str:
    """Return where in a row something would stand that the row does not say."""
    at = next((at for at, known in heading.names.items() if known == name), None)
    return "" if at is None else where.cell(number, at, heading.titles[at])


def _of_no_use(kind: str, name: str) -> str:
    if not name:
        return _("The column has no name in the heading. Name it, or empty this cell.")
    return _("A row of the kind “%(kind)s” says nothing under “%(name)s”. Empty the cell.") % {
        "kind": kind,
        "name": name,
    }


def as_cell(value: Value | None) -> Value | None:
    """Return a value as a cell of a file that has only texts."""
    return value.isoformat() if isinstance(value, datetime.date) else value
