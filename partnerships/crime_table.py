"""A table of crime figures as it was printed: read strictly, all that is wrong said at once, slips noted.

The file is a CSV with one row an area and, in its heading, two columns "12 months to MONTH YEAR". What was printed
beside them (change, per cent, gaps, what was expected) is compared with what the two figures give, and a row that
begins with "Total" with the sums of the rows. Nothing is corrected: a slip is noted and the row kept as printed.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from partnerships import crime_heading, crime_slips
from partnerships.crime_heading import FORCE, LONGEST_CELL, NAME, Heading
from partnerships.crime_parts import (
    Area,
    Named,
    Problem,
    Reading,
    Table,
    Total,
    Unreadable,
    at_cell,
    at_line,
    of_the_file,
    signed,
)

MAX_BYTES, MAX_ROWS = 1_000_000, 1_000
# The most of an area in 2007 was 58,000; all areas together had fewer than four millions.
MOST_IN_AN_AREA = 500_000
NUMBER = re.compile(r"[-\u2212]?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,6})?", re.ASCII)
NONE = ("", "na", "n/a")
UNKNOWN = "\ufffd"


@dataclass
class _Body:
    """What the rows hold, as far as they could be read."""

    heading: Heading
    problems: list[Problem]
    areas: list[Area] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    totals: list[dict[int, Decimal]] = field(default_factory=list)


def read(data: bytes | str, *, today: datetime.date) -> Reading:
    """Return the table that a file holds, or everything that is wrong with it; any bytes will do."""
    problems: list[Problem] = []
    try:
        rows = list(_rows(_text(data, problems), problems))
        if not rows:
            raise Unreadable(_("The file is empty. It needs a heading and a row for each area."))
        if any(0 < problem.line < rows[0][0] for problem in problems):
            # What broke above the first row that could be read was the heading.
            return Reading(None, tuple(problems))
        heading = crime_heading.read(rows[0][1], today, problems)
    except Unreadable as stop:
        return Reading(None, (*problems, stop.problem))
    body = _body(heading, rows[1:], problems)
    if problems:
        return Reading(None, tuple(problems), tuple(body.named))
    return Reading(_table(heading, body), named=tuple(body.named))


def _table(heading: Heading, body: _Body) -> Table:
    first, second = heading.periods.values()
    totals: tuple[Total, ...] = crime_slips.totals(heading, body.areas, body.totals[0] if body.totals else None)
    return Table((first, second), tuple(body.areas), totals, tuple(heading.unread))


def _text(data: bytes | str, problems: list[Problem]) -> str:
    if len(data) > MAX_BYTES:
        raise Unreadable(_("It is larger than 1 MB. Take out what is not the table."))
    if b"\x00" in data if isinstance(data, bytes) else "\x00" in data:
        raise Unreadable(_("It holds characters that no text has. Save the table as “CSV UTF-8”, not as a workbook."))
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = _("Byte %(position)s is not UTF-8. Save the file as “CSV UTF-8”.") % {"position": error.start + 1}
        problems.append(at_line(line, text))
        return data.decode("utf-8-sig", "replace")


def _rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each row begins on, and its cells; rows without any word, or broken, are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number, begins = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            remedy = _('The quotation marks do not fit. Put " at both ends of a cell, and write "" inside it.')
            problems.append(at_line(begins, remedy))
            cells = []
        line, begins = begins, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > MAX_ROWS + 1:
            limit = _("There are more than %(limit)s rows. Load the table in parts.") % {"limit": signed(MAX_ROWS)}
            problems.append(at_line(line, limit))
            return
        yield line, [" ".join(cell.split()) for cell in cells]


def _body(heading: Heading, rows: Sequence[tuple[int, list[str]]], problems: list[Problem]) -> _Body:
    body = _Body(heading, problems)
    for line, cells in rows:
        if _fits(heading, line, cells, problems):
            _row(body, line, cells)
    if not body.areas and not problems:
        problems.append(of_the_file(_("There is no row for an area under the heading. Add one for each area.")))
    return body


def _row(body: _Body, line: int, cells: Sequence[str]) -> None:
    numbers = _numbers(body.heading, line, cells, body.problems)
    name = cells[body.heading.named[NAME]] if NAME in body.heading.named else ""
    if (name or cells[0]).lower().startswith("total"):
        body.totals.append(numbers)
        if len(body.totals) > 1:
            body.problems.append(at_line(line, _("There is a row of totals above already. Leave one of them.")))
        return
    force = cells[body.heading.named[FORCE]] if FORCE in body.heading.named else ""
    if name and UNKNOWN not in name:
        body.named.append(Named(line, name, force))
    elif not name and NAME in body.heading.named:
        text = _("The area has no name. Write it there, or begin the row with “Total” if it is one.")
        body.problems.append(at_cell(line, body.heading.titles[body.heading.named[NAME]], text))
    body.problems.extend(_wrong_figures(body.heading, line, cells, numbers))
    # Beside any problem no area is wanted, and a heading that is wrong has no place for it.
    if not body.problems:
        body.areas.append(_area(body.heading, line, cells, numbers))


def _fits(heading: Heading, line: int, cells: Sequence[str], problems: list[Problem]) -> bool:
    wanted, found = len(heading.titles), len(cells)
    if found != wanted:
        text = _("There are %(found)s cells; the heading has %(wanted)s. Put quotation marks round 1,234.")
        problems.append(at_line(line, text % {"found": found, "wanted": wanted}))
        return False
    long = [title for title, cell in zip(heading.titles, cells, strict=True) if len(cell) > LONGEST_CELL]
    text = _("The cell is longer than %(limit)s characters. Shorten it.") % {"limit": LONGEST_CELL}
    problems.extend(at_cell(line, title, text) for title in long)
    return not long


def _numbers(heading: Heading, line: int, cells: Sequence[str], problems: list[Problem]) -> dict[int, Decimal]:
    found = {}
    for at in heading.numbers:
        text = cells[at]
        if text.lower() in NONE:
            continue
        if NUMBER.fullmatch(text):
            found[at] = Decimal(text.replace(",", "").replace("\u2212", "-"))
        else:
            words = _("“%(text)s” is not a number. Write it like 1,234 or 7.8, with a minus where it falls.")
            problems.append(at_cell(line, heading.titles[at], words % {"text": text}))
    return found


def _wrong_figures(heading: Heading, line: int, cells: Sequence[str], numbers: dict[int, Decimal]) -> Iterator[Problem]:
    """Yield what is wrong with counts of crimes; what is no number at all was said before."""
    for at in heading.periods:
        if at in numbers or cells[at].lower() in NONE:
            wrong = _wrong_figure(numbers.get(at))
            if wrong:
                yield at_cell(line, heading.titles[at], wrong)


def _wrong_figure(number: Decimal | None) -> str:
    if number is None:
        return _("The figure is missing. Write it as printed; where only one of the two is known, leave the row out.")
    known = {"number": signed(number), "most": signed(MOST_IN_AN_AREA)}
    if number < 0:
        return _("%(number)s is below 0. Write how many crimes were recorded, like 1,234.") % known
    if number == 0:
        return _("No area is without crime for 12 months. Write the count; where it is not known, leave the row out.")
    if number != int(number):
        return _("%(number)s is no whole number. Write how many crimes were recorded, like 1,234.") % known
    if number > MOST_IN_AN_AREA:
        text = _(
            "%(number)s is more than one area can have (%(most)s). Correct it; begin a row of totals with “Total”."
        )
        return text % known
    return ""


def _area(heading: Heading, line: int, cells: Sequence[str], numbers: dict[int, Decimal]) -> Area:
    first, second = (int(numbers[at]) for at in heading.periods)
    figures = (first, second)
    force = cells[heading.named[FORCE]] if FORCE in heading.named else ""
    return Area(
        line,
        cells[heading.named[NAME]],
        force,
        figures,
        {heading.titles[at]: number for at, number in numbers.items()},
        tuple(crime_slips.slips(heading, figures, numbers, cells)),
        tuple(crime_slips.doubts(heading, figures, numbers)),
    )
