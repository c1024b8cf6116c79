"""Criteria as a workbook: the same table as CSV, but a text stays a text, and a date a date."""

from django.utils.translation import gettext as _

from govuk.spreadsheets import Sheet, xlsx_bytes
from hallmarks.document import Document
from hallmarks.formats.building import build
from hallmarks.formats.known import Known
from hallmarks.formats.sheets import Book, cell_place, filled
from hallmarks.formats.table import Where, lines_of, rows_of
from hallmarks.problems import Problem
from hallmarks.reading import Reading, Unreadable, shown

# Not gettext: the name by which the sheet is found again, whoever saved it.
NAME = "Criteria"


def read(data: bytes | str, known: Known) -> Reading:
    """Return the entries of a workbook, or every problem found up to the place where reading stopped."""
    problems: list[Problem] = []
    try:
        book = Book(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))
        sheet = next((each for each in book.sheets if each.name.casefold() == NAME.casefold()), None)
        sheet = sheet or (book.sheets[0] if book.sheets else None)
        if sheet is None:
            raise Unreadable(_("the file"), _("There is no sheet in it."))
        rows, found = book.cells_of(sheet)
        problems += found
        lines, found = lines_of(filled(rows), _where(sheet.name))
        problems += found
    except Unreadable as stop:
        return Reading((), (*problems, stop.problem))
    place = _("sheet “%(sheet)s”") % {"sheet": shown(sheet.name)}
    missing = _("There is no row of the kind “set”. Add one with title, publisher and scale.")
    return build(lines, known, head_place=place, head_missing=missing, problems=problems)


def write(document: Document) -> bytes:
    """Return a document as a workbook with one sheet."""
    return xlsx_bytes([Sheet.of(NAME, rows_of(document))])


def _where(sheet: str) -> Where:
    words = {"sheet": shown(sheet)}
    return Where(
        row=lambda number: _("sheet “%(sheet)s”, row %(row)s") % {**words, "row": number},
        cell=lambda number, at, _title: cell_place(sheet, number, at),
    )
