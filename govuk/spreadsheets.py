"""Tables as files for spreadsheets, CSV and XLSX, in which no cell can start a formula."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from html import escape
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

# A spreadsheet may run a cell that begins with one of these; the last four are the full-width forms.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"
# What the format allows: characters in a sheet's name, in a cell, and none of these at all.
LONGEST_NAME, LONGEST_CELL = 31, 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WITH_ESCAPES = re.compile(r"[\x00-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
# Days are counted from this one.
FIRST_DAY, ONE_DAY = datetime.date(1899, 12, 30), datetime.timedelta(days=1)
NARROWEST, WIDEST, LOOKED_AT = 8, 60, 200
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


@dataclass(frozen=True)
class Sheet:
    """One table: what it is called, its headings, and rows of texts, numbers and dates; None is an empty cell."""

    title: str
    header: Sequence[object]
    rows: Iterable[Sequence[object]] = field(default=())

    @classmethod
    def of(cls, title: str, table: Sequence[Sequence[object]]) -> "Sheet":
        """Return a table whose first row is its headings."""
        return cls(title, table[0], table[1:])


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could run.

    Cells that already have apostrophes there get one more, so that taking one away always gives the text back.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(DANGEROUS) else cell


def csv_bytes(rows: Iterable[Sequence[object]], mark: str = BYTE_ORDER_MARK) -> bytes:
    """Return rows as CSV: every cell quoted and guarded, UTF-8 with the mark by which Excel knows it."""
    return mark.encode() + b"".join(csv_lines(rows))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the same row by row, without the mark, so that a long table is never in memory."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
        yield line.getvalue().encode("utf-8", "replace")
        line.seek(0)
        line.truncate()


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return tables as a workbook: numbers are numbers, dates dates, and the headings stay while one scrolls."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as workbook:
        # Without the time of day, the same rows are the same file all day.
        workbook.set_properties({"created": datetime.datetime.combine(timezone.localdate(), datetime.time())})
        styles = _Styles(workbook)
        taken: set[str] = set()
        for sheet in sheets:
            name = sheet_name(sheet.title, taken)
            taken.add(name.casefold())
            _fill(workbook.add_worksheet(name, worksheet_class=_QuickSheet), sheet, styles)
    return content.getvalue()


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    """Return a title as the format allows sheets to be called, unlike those taken (in small letters)."""
    plain = _NOT_IN_NAMES.sub(" ", _NOT_IN_XML.sub(" ", title)).strip(" '")[:LONGEST_NAME].strip(" '")
    # The program keeps this name for itself.
    plain = plain if plain and plain.casefold() != "history" else "Table"
    name, number = plain, 1
    while name.casefold() in set(taken):
        number += 1
        name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    return name


class _Styles:
    """The few formats of our workbooks, as the numbers by which cells name them."""

    def __init__(self, workbook: Any) -> None:
        # Any: the library has no hints. The order of the lines is that of the numbers.
        self.heading = _style(workbook, bold=True, text_wrap=True, valign="top", bottom=1)
        self.day = _style(workbook, num_format="d mmm yyyy", align="left")
        self.moment = _style(workbook, num_format="d mmm yyyy hh:mm", align="left")
        # With it a text stays a text even after somebody has edited the cell.
        self.quoted = _style(workbook, quote_prefix=True)


def _style(workbook: Any, **properties: object) -> int:
    return int(workbook.add_format(properties)._get_xf_index())


class _QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes whole rows of finished cells: the library's way, cell by cell, takes three times as long.

    Texts never pass the library's own writer, which would take "<r>...</r>" for markup.
    """

    def put(self, row: int, cells: Sequence[str]) -> None:
        """Write a row, counted from 0, after those above it."""
        self._check_dimensions(row, len(cells) - 1)
        number = row + 1
        inside = "".join([f'<c r="{_column(at)}{number}"{cell}' for at, cell in enumerate(cells) if cell])
        self.fh.write(f'<row r="{number}">{inside}</row>')


@lru_cache(maxsize=256)
def _column(number: int) -> str:
    return str(xl_col_to_name(number))


def _fill(worksheet: Any, sheet: Sheet, styles: _Styles) -> None:
    worksheet.put(0, [_text(str(heading), styles.heading) for heading in sheet.header])
    widths = [min(len(str(heading)), WIDEST // 3) for heading in sheet.header]
    for at, row in enumerate(sheet.rows, start=1):
        worksheet.put(at, [_cell(cell, styles) for cell in row])
        if at <= LOOKED_AT:
            widths = [max(known, len(str(cell))) for known, cell in zip(widths, row, strict=False)]
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_landscape()
    for column, width in enumerate(widths):
        # As wide as the longest cell near the top, as far as that is readable.
        worksheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))


def _cell(value: object, styles: _Styles) -> str:
    """Return a cell after its place, closed; blank for an empty one."""
    if value is None or value == "":
        return ""
    if type(value) is str:
        # First because most are.
        return _text(value, styles.quoted if value.startswith(DANGEROUS) else 0)
    if isinstance(value, int | float | Fraction):
        return f"><v>{_number(value)}</v></c>"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        days = (local.replace(tzinfo=None) - datetime.datetime.combine(FIRST_DAY, datetime.time())) / ONE_DAY
        return f' s="{styles.moment}"><v>{days}</v></c>'
    if isinstance(value, datetime.date):
        return f' s="{styles.day}"><v>{(value - FIRST_DAY).days}</v></c>'
    text = str(value)
    return _text(text, styles.quoted if text.startswith(DANGEROUS) else 0)


def _number(value: int | float | Fraction) -> int | float:
    return int(value) if isinstance(value, int) else float(value)


@lru_cache(maxsize=4096)
def _text(text: str, style: int) -> str:
    """Return a cell that holds a text as it stands; levels and names come again and again."""
    kept = _NOT_IN_XML.sub("\ufffd", _cut(text))
    escaped = _WITH_ESCAPES.sub(_escape, escape(kept, quote=False))
    styled = f' s="{style}"' if style else ""
    return f'{styled} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def _cut(text: str) -> str:
    """Cut a text that is longer than a cell can hold, which is counted in units of two bytes."""
    if len(text) <= LONGEST_CELL // 2:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_CELL].decode("utf-16-le", "replace")


def _escape(found: re.Match[str]) -> str:
    """Return a control character as the format writes it; what looks so already is kept apart from that."""
    text = found.group()
    return text if text in "\t\n" else f"_x{ord(text):04X}_"


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, int | float) else guarded(_day(cell))


def _day(cell: object) -> str:
    if isinstance(cell, datetime.datetime):
        return timezone.localtime(cell).isoformat(timespec="minutes")
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)
