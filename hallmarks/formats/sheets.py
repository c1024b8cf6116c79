"""Read the cells of a workbook as texts, numbers, yes or no and dates: no formulas, no errors, no guesses."""

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from govuk.spreadsheets import FIRST_DAY, ONE_DAY
from hallmarks.formats.lines import Value
from hallmarks.formats.package import Package
from hallmarks.problems import PROBLEMS_SOUGHT, Problem
from hallmarks.reading import Unreadable, shown

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Numbers of the formats that every program knows for dates and times.
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# What in a format of one's own is no letter of a date: texts in quotes, colours and conditions, escaped letters.
NOT_OF_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|general', re.IGNORECASE)
OF_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
# Days between the two days from which workbooks count.
LATER_START = 1462
LAST_DAY = 2_958_465


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name, and the part that holds it."""

    name: str
    part: str


@dataclass
class _Names:
    """Takes the sheets of a workbook, and from which day it counts."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    starts_later: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.starts_later = attributes.get("date1904") in {"1", "true"}

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


@dataclass
class _Relations:
    """Takes which part each relation leads to."""

    targets: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            self.targets[attributes.get("Id", "")] = part

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Texts:
    """Takes the texts that cells share, without the hints how to read them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text, self._is_hint, self._length = False, False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._is_hint = self._is_hint or name == "rPh"
        self._is_text = name == "t" and not self._is_hint

    def end(self, name: str) -> None:
        self._is_text = False
        self._is_hint = self._is_hint and name != "rPh"
        if name == "si":
            self.texts.append(_unescaped("".join(self._pieces)))
            self._pieces.clear()
            if len(self.texts) > settings.CRITERIA_MAX_CELLS:
                raise _too_many_cells()

    def data(self, text: str) -> None:
        if self._is_text:
            self._length += len(text)
            if self._length > settings.CRITERIA_MAX_CHARACTERS:
                raise too_many_characters()
            self._pieces.append(text)


class _Styles:
    """Takes which styles of cells show dates."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._own: set[int] = set()
        self._number, self._is_cells = 0, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and OF_DATE.search(NOT_OF_DATE.sub("", attributes.get("formatCode", ""))):
            self._own.add(_whole(attributes.get("numFmtId", "")))
        elif name == "cellXfs":
            self._is_cells = True
        elif name == "xf" and self._is_cells:
            if _whole(attributes.get("numFmtId", "")) in DATE_FORMATS | self._own:
                self.dates.add(self._number)
            self._number += 1

    def end(self, name: str) -> None:
        self._is_cells = self._is_cells and name != "cellXfs"

    def data(self, text: str) -> None:
        pass


class Book:
    """A workbook, ready to read its sheets."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        names, relations, texts, styles = _Names(), _Relations(), _Texts(), _Styles()
        for part, handler in ((WORKBOOK, names), (RELATIONS, relations), (TEXTS, texts), (STYLES, styles)):
            # Only the first two are in every workbook.
            if part in self._package.names or part in (WORKBOOK, RELATIONS):
                self._package.read(part, handler)
        self.sheets = [
            Sheet(name, relations.targets[relation]) for name, relation in names.sheets if relation in relations.targets
        ]
        self._texts, self._dates, self._starts_later = texts.texts, styles.dates, names.starts_later

    def cells_of(self, sheet: Sheet) -> tuple[dict[int, dict[int, Value]], list[Problem]]:
        """Return the filled cells of a sheet by row and column, both as counted from 1 and 0, and what is wrong."""
        cells = _Cells(sheet.name, self._texts, self._dates, self._starts_later)
        self._package.read(sheet.part, cells)
        return cells.rows, cells.problems


class _Cells:
    """Takes the cells of a sheet."""

    def __init__(self, sheet: str, texts: list[str], dates: set[int], starts_later: bool) -> None:
        self.rows: dict[int, dict[int, Value]] = {}
        self.problems: list[Problem] = []
        self._sheet, self._texts, self._dates = sheet, texts, dates
        self._shift = LATER_START if starts_later else 0
        self._row, self._column = 0, -1
        self._kind, self._style, self._has_formula = "n", 0, False
        self._inside, self._pieces = "", list[str]()
        self._is_hint = False
        self._count, self._length = 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._row, self._column = _whole(attributes.get("r", "")) or self._row + 1, -1
            if self._row > settings.CRITERIA_MAX_ROWS:
                text = _("There are more than %(limit)s rows. Remove what is not criteria, empty rows too.")
                raise Unreadable(self._place(0), text % {"limit": f"{settings.CRITERIA_MAX_ROWS:,}"})
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_hint = True
        self._inside = name if name in {"v", "t"} and not self._is_hint else ""

    def end(self, name: str) -> None:
        self._inside = ""
        if name == "rPh":
            self._is_hint = False
        elif name == "c":
            self._finish("".join(self._pieces))

    def data(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _begin(self, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > settings.CRITERIA_MAX_CELLS:
            raise _too_many_cells()
        found = PLACE.fullmatch(attributes.get("r", ""))
        self._column = column_number(found[1]) if found else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), _whole(attributes.get("s", ""))
        self._has_formula = False
        self._pieces.clear()

    def _finish(self, raw: str) -> None:
        if not raw and not self._has_formula:
            return
        try:
            value = self._value(raw)
        except _Refused as refused:
            if len(self.problems) <= PROBLEMS_SOUGHT:
                self.problems.append(Problem(self._place(self._column), str(refused)))
            # Something stands there, and it must not seem missing.
            value = ""
        self._length += len(value) if isinstance(value, str) else 0
        if self._length > settings.CRITERIA_MAX_CHARACTERS:
            raise too_many_characters()
        if value != "":
            self.rows.setdefault(self._row, {})[self._column] = value

    def _value(self, raw: str) -> Value:
        if self._has_formula:
            raise _Refused(_("The cell holds a formula. Copy it and paste its value instead."))
        if self._column >= settings.CRITERIA_MAX_COLUMNS:
            raise _Refused(_("It stands beyond column %(limit)s.") % {"limit": settings.CRITERIA_MAX_COLUMNS})
        if self._kind == "s":
            at = _whole(raw)
            if not raw.isdigit() or at >= len(self._texts):
                raise _Refused(_("The cell refers to a text that is not there. Save the workbook again."))
            return self._texts[at]
        if self._kind in {"inlineStr", "str"}:
            return _unescaped(raw)
        if self._kind == "b":
            return raw == "1"
        if self._kind == "e":
            raise _Refused(_("The cell holds the error %(error)s. Correct it.") % {"error": shown(raw, 20)})
        return _day_named(raw) if self._kind == "d" else self._number(raw)

    def _number(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError:
            number = float("nan")
        if not abs(number) < 1e15:
            raise _Refused(_("The cell holds a number that cannot be used. Correct it."))
        if self._style in self._dates:
            days = int(number) + self._shift
            if not 0 < days <= LAST_DAY:
                raise _Refused(_("The cell holds a date that cannot be used. Correct it."))
            return FIRST_DAY + days * ONE_DAY
        return int(number) if number.is_integer() else number

    def _place(self, column: int) -> str:
        return cell_place(self._sheet, self._row, column)


class _Refused(Exception):
    """Raised with what is wrong with one cell."""


def cell_place(sheet: str, row: int, column: int) -> str:
    """Return a place in words, such as "sheet “Criteria”, cell C12"."""
    return _("sheet “%(sheet)s”, cell %(cell)s") % {"sheet": shown(sheet), "cell": f"{column_letters(column)}{row}"}


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def filled(rows: dict[int, dict[int, Value]]) -> Iterator[tuple[int, list[Value]]]:
    """Yield each row with its number, its empty cells as empty texts."""
    width = max((column for cells in rows.values() for column in cells), default=-1) + 1
    for number in sorted(rows):
        cells = rows[number]
        yield number, [cells.get(column, "") for column in range(width)]


def _day_named(raw: str) -> Value:
    try:
        return datetime.date.fromisoformat(raw[:10])
    except ValueError:
        raise _Refused(_("The cell holds a date that cannot be used. Correct it.")) from None


def _unescaped(text: str) -> str:
    """Return a text with what the format writes as _x000D_ as it is."""
    found = ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if found != text else text


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _too_many_cells() -> Unreadable:
    text = _("It has more than %(limit)s cells. Remove what is not criteria, empty cells that have a format too.")
    return Unreadable(_("the file"), text % {"limit": f"{settings.CRITERIA_MAX_CELLS:,}"})


def too_many_characters() -> Unreadable:
    """Return the refusal of a file whose texts are more than could be kept in memory."""
    text = _("Its texts have more than %(limit)s characters together.")
    return Unreadable(_("the file"), text % {"limit": f"{settings.CRITERIA_MAX_CHARACTERS:,}"})
