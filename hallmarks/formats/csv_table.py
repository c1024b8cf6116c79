"""Criteria as CSV, as Excel saves it: one row a part, read strictly, because a slip can swallow rows in silence."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from govuk.spreadsheets import DANGEROUS, csv_bytes
from hallmarks.document import Document
from hallmarks.formats.building import build
from hallmarks.formats.known import Known
from hallmarks.formats.lines import Turned, Value, plain_name
from hallmarks.formats.table import CODES, NUMBER, Where, as_cell, is_turned, lines_of, rows_of
from hallmarks.problems import PROBLEMS_SOUGHT, Problem
from hallmarks.reading import Reading, Unreadable, text_of

WHOLE = re.compile(r"0|[1-9]\d*", re.ASCII)


def read(data: bytes | str, known: Known) -> Reading:
    """Return the entries of a table, or every problem found up to the place where reading stopped."""
    rows = Rows()
    try:
        text = text_of(data, _("In Excel, save it as “CSV UTF-8 (Comma delimited)”."))
        refuse_other_separators(text)
        lines, problems = lines_of(rows.of(text), Where(_row, _cell))
    except Unreadable as stop:
        return Reading((), (*rows.problems, stop.problem))
    missing = _("There is no row of the kind “set”. Add one with title, publisher and scale.")
    return build(lines, known, head_place=_("the file"), head_missing=missing, problems=[*rows.problems, *problems])


def write(document: Document) -> bytes:
    """Return a document as CSV; an apostrophe keeps spreadsheets from making dates, numbers or formulas of texts."""
    return csv_bytes([guarded(as_cell(value)) for value in row] for row in rows_of(document))


def guarded(value: Value | None) -> Value | None:
    """Return a cell with an apostrophe before a text that a spreadsheet would take for a number or a date."""
    return f"'{value}" if isinstance(value, str) and is_turned(value.lstrip("'")) else value


def _freed(cell: str) -> str:
    """Take away the apostrophe that was put before a text for the sake of spreadsheets."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and (is_turned(bare) or bare.startswith(DANGEROUS)) else cell


def _row(number: int) -> str:
    return _("row %(number)s") % {"number": number}


def _cell(number: int, at: int, title: str) -> str:
    column = title or str(at + 1)
    return _("row %(number)s, column %(column)s") % {"number": number, "column": column}


def refuse_other_separators(text: str) -> None:
    """Stop at a table as Excel saves it where the comma stands in numbers: all of a row would be one cell."""
    first = text.lstrip("\n").partition("\n")[0]
    for separator, name in ((";", _("semicolons")), ("\t", _("tabs"))):
        if separator in first and "," not in first:
            message = _(
                "The cells are separated by %(separator)s. In Excel, save it as “CSV UTF-8 (Comma delimited)”, or save"
                " the workbook as .xlsx and load that."
            )
            raise Unreadable(_row(1), message % {"separator": name})


class Rows:
    """Reads rows one by one; keeps the problems of those with too few or too many cells."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._codes: set[int] = set()

    def of(self, text: str) -> Iterator[tuple[int, list[Value | Turned]]]:
        """Yield each row with its number, as a spreadsheet counts them."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        number, width = 0, 0
        try:
            for number, cells in enumerate(reader, 1):
                filled = any(cell.strip() for cell in cells)
                if filled and not width:
                    width = self._heading(number, cells)
                    yield number, list(cells)
                elif filled and len(cells) != width:
                    if len(self.problems) <= PROBLEMS_SOUGHT:
                        self.problems.append(Problem(_row(number), _too_many_or_few(len(cells), width)))
                    yield number, []
                else:
                    yield number, [self._value(at, cell) for at, cell in enumerate(cells)] if filled else []
        except csv.Error as error:
            raise Unreadable(_row(number + 1), _explained(str(error))) from None

    def _heading(self, number: int, cells: Sequence[str]) -> int:
        if len(cells) > settings.CRITERIA_MAX_COLUMNS:
            text = _("There are %(count)s columns. The limit is %(limit)s.")
            words = {"count": f"{len(cells):,}", "limit": settings.CRITERIA_MAX_COLUMNS}
            raise Unreadable(_row(number), text % words)
        self._codes = {at for at, title in enumerate(cells) if plain_name(title) in CODES}
        return len(cells)

    def _value(self, at: int, cell: str) -> Value | Turned:
        text = cell.strip()
        if at in self._codes and is_turned(text):
            # A whole number may be meant, as in the version "2007": what it is for decides.
            return int(text) if WHOLE.fullmatch(text) and len(text) < 10 else _maybe_turned(text)
        return _freed(cell)


def _maybe_turned(text: str) -> str | Turned:
    # A number with a zero before it has never been through a spreadsheet.
    return text if NUMBER.fullmatch(text) and text.isdigit() and text[0] == "0" else Turned(text)


def _too_many_or_few(found: int, wanted: int) -> str:
    text = _("It has %(found)s cells, the heading %(wanted)s.") % {"found": found, "wanted": wanted}
    if found > wanted:
        return f"{text} {_('Put quotation marks round a text that has commas in it.')}"
    return f"{text} {_('Add the missing commas, or save the table again from the spreadsheet.')}"


def _explained(message: str) -> str:
    if "unexpected end" in message or "field larger" in message:
        return _("A quotation mark that begins in this row is never closed, so the rows after it were swallowed.")
    if "expected after" in message:
        return _('A quotation mark is not closed before the next comma. Close it, and write two ("") inside a text.')
    return _("The row cannot be read. Check its quotation marks and line breaks.")
