"""A table of crime figures as it was printed: read strictly, all that is wrong said at once, slips noted.

The file is a CSV with one row an area and, in its heading, two columns "12 months to MONTH YEAR". What was printed
beside them (change, per cent, gaps, what was expected) is compared with what the two figures give, and a row that
begins with "Total" with the sums of the rows. Nothing is corrected: a slip is noted and the row kept as printed.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

MAX_BYTES, MAX_ROWS, MAX_COLUMNS, LONGEST_CELL = 1_000_000, 1_000, 40, 200
MOST_PROBLEMS = 200
LARGEST = 2_147_483_647
TENTH = Decimal("0.1")
NAME, FORCE = "cdrp", "police force"
# Read for nothing: the region follows from the force, and the star marks that an area was a priority.
UNUSED = ("hca", "go")
CHANGE, PERCENT, LABEL = "volume change", "percentage change", "above/ below expected"
GAP, BASELINE, EXPECTED = "difference between latest", "compared to baseline", "expected progress"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PERIOD = re.compile(r"12 months to ([a-z]{3,9}) (\d{4}|\d{2})\b")
NUMBER = re.compile(r"[-\u2212]?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,6})?")
NONE = ("", "na", "n/a")


@dataclass(frozen=True)
class Problem:
    """One thing to put right, and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class Period:
    """Twelve months, by their last day."""

    ends_on: datetime.date

    def __str__(self) -> str:
        months = (
            *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
            *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
        )
        when = {"month": months[self.ends_on.month - 1], "year": self.ends_on.year}
        return _("12 months to %(month)s %(year)s") % when


@dataclass(frozen=True)
class Area:
    """One row: an area's two figures, and all numbers of the row by their column's heading."""

    line: int
    name: str
    force: str
    figures: tuple[int, int]
    printed: Mapping[str, Decimal]
    notes: tuple[str, ...] = ()

    @property
    def change(self) -> int:
        """By how much the second figure lies above the first."""
        return self.figures[1] - self.figures[0]

    @property
    def percent(self) -> Decimal | None:
        """The same in per cent of the first, to one place; none where the first is 0."""
        return _percent(*self.figures)


@dataclass(frozen=True)
class Total:
    """One column's sum: as printed (None: not printed), and as the rows give it (None: they cannot)."""

    title: str
    printed: Decimal | None
    computed: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether the printed one does not follow from the rows."""
        return None not in (self.printed, self.computed) and self.printed != self.computed


@dataclass(frozen=True)
class Table:
    """What a file says."""

    periods: tuple[Period, Period]
    areas: tuple[Area, ...]
    totals: tuple[Total, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A table, or the problems that stand in its way: never both."""

    table: Table | None
    problems: tuple[Problem, ...] = ()


@dataclass
class _Heading:
    """Where the columns are."""

    titles: Sequence[str]
    named: dict[str, int] = field(default_factory=dict)
    periods: dict[int, Period] = field(default_factory=dict)
    gaps: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """The columns that hold numbers."""
        known = [self.named[key] for key in (CHANGE, PERCENT, BASELINE, EXPECTED) if key in self.named]
        return sorted({*self.periods, *known, *self.gaps})


class _Stop(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, place: str, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(place, text)


def read(data: bytes | str) -> Reading:
    """Return the table that a file holds, or everything that is wrong with it; any bytes will do."""
    problems: list[Problem] = []
    try:
        rows = list(_rows(_text(data)))
        if not rows:
            raise _Stop(_("the file"), _("The file is empty. It needs a heading and a row for each area."))
        heading = _heading(rows[0][1], problems)
        areas, totals = _body(heading, rows[1:], problems)
    except _Stop as stop:
        return Reading(None, (*problems, stop.problem))
    if problems:
        return Reading(None, shortened(problems))
    first, second = heading.periods.values()
    return Reading(Table((first, second), areas, _totals(heading, areas, totals), tuple(heading.unread)))


def shortened(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems to show: all of them, or the first 200 and how many more there are."""
    left = len(problems) - MOST_PROBLEMS
    if left <= 0:
        return tuple(problems)
    more = _("There are %(count)s more problems. Put these right first.") % {"count": left}
    return (*problems[:MOST_PROBLEMS], Problem(_("the file"), more))


def at_line(line: int) -> str:
    """Return a place in words, such as "line 12"."""
    return _("line %(line)s") % {"line": line}


def _text(data: bytes | str) -> str:
    whole = _("the file")
    if len(data) > MAX_BYTES:
        raise _Stop(whole, _("It is larger than 1 MB. Take out what is not the table."))
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _("byte %(position)s") % {"position": error.start + 1}
        raise _Stop(place, _("This is not UTF-8. Save the file as “CSV UTF-8”.")) from None
    if "\x00" in text:
        raise _Stop(whole, _("It holds characters that no text has. Save the table as CSV, not as a workbook."))
    return text.removeprefix("\ufeff")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each row begins on, and its cells; rows without any word are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number, begins = 0, 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            number += 1
            if number > MAX_ROWS + 1:
                limit = _("There are more than %(limit)s rows. Load the table in parts.") % {"limit": MAX_ROWS}
                raise _Stop(at_line(line), limit)
            yield line, [" ".join(cell.split()) for cell in cells]
    except csv.Error:
        remedy = _('The quotation marks do not fit. Put " at both ends of a cell, and write "" inside it.')
        raise _Stop(at_line(begins), remedy) from None


def _heading(cells: Sequence[str], problems: list[Problem]) -> _Heading:
    found = _Heading([cell[:LONGEST_CELL] for cell in cells])
    if len(cells) > MAX_COLUMNS:
        raise _Stop(_("the heading"), _("There are more than %(limit)s columns.") % {"limit": MAX_COLUMNS})
    for at, title in enumerate(found.titles):
        _place(found, at, title, problems)
    if NAME not in found.named:
        problems.append(Problem(_("the heading"), _("There is no column “CDRP”. Name the column of areas so.")))
    if len(set(found.periods.values())) != 2:
        text = _("There must be two columns such as “12 months to Oct 06”, of two different months.")
        problems.append(Problem(_("the heading"), text))
    elif next(iter(found.periods.values())).ends_on > list(found.periods.values())[1].ends_on:
        problems.append(Problem(_("the heading"), _("Put the earlier 12 months before the later ones.")))
    if problems:
        # Without its heading no row can be understood.
        last = problems.pop()
        raise _Stop(last.place, last.text)
    return found


def _place(found: _Heading, at: int, title: str, problems: list[Problem]) -> None:
    """Note what a column is, by its title."""
    plain = title.lower()
    key = plain if plain in (NAME, FORCE) else next((each for each in _PARTS if each in plain), "")
    period = _period(plain)
    if period:
        found.periods[at] = period
    elif GAP in plain:
        found.gaps.append(at)
    elif key in found.named:
        text = _("There are two columns “%(title)s”. Take one of them out.") % {"title": title}
        problems.append(Problem(_("the heading"), text))
    elif key:
        found.named[key] = at
    elif plain not in UNUSED and title:
        found.unread.append(title)


_PARTS = (CHANGE, PERCENT, LABEL, BASELINE, EXPECTED)


def _period(title: str) -> Period | None:
    match = PERIOD.search(title)
    if match is None or match[1][:3] not in MONTHS:
        return None
    year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
    month = MONTHS.index(match[1][:3]) + 1
    if not 1900 <= year <= 2100:
        return None
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return Period(after - datetime.timedelta(days=1))


def _body(
    heading: _Heading, rows: Sequence[tuple[int, list[str]]], problems: list[Problem]
) -> tuple[tuple[Area, ...], dict[int, Decimal] | None]:
    areas: list[Area] = []
    totals: list[dict[int, Decimal]] = []
    for line, cells in rows:
        before = len(problems)
        if not _fits(heading, line, cells, problems):
            continue
        numbers = _numbers(heading, line, cells, problems)
        name = cells[heading.named[NAME]]
        if (name or cells[0]).lower().startswith("total"):
            totals.append(numbers)
            if len(totals) > 1:
                problems.append(Problem(at_line(line), _("There is a row of totals above already. Leave one of them.")))
        elif (area := _area(heading, line, cells, numbers, problems)) and len(problems) == before:
            areas.append(area)
    if not areas and not problems:
        raise _Stop(_("the file"), _("There is no row for an area under the heading."))
    return tuple(areas), totals[0] if totals else None


def _fits(heading: _Heading, line: int, cells: Sequence[str], problems: list[Problem]) -> bool:
    wanted, found = len(heading.titles), len(cells)
    if found != wanted:
        text = _("There are %(found)s cells; the heading has %(wanted)s. Put quotation marks round 1,234.")
        problems.append(Problem(at_line(line), text % {"found": found, "wanted": wanted}))
    elif any(len(cell) > LONGEST_CELL for cell in cells):
        text = _("A cell is longer than %(limit)s characters. Shorten it.") % {"limit": LONGEST_CELL}
        problems.append(Problem(at_line(line), text))
    return found == wanted and all(len(cell) <= LONGEST_CELL for cell in cells)


def _numbers(heading: _Heading, line: int, cells: Sequence[str], problems: list[Problem]) -> dict[int, Decimal]:
    found = {}
    for at in heading.numbers:
        text = cells[at]
        if text.lower() in NONE:
            continue
        if NUMBER.fullmatch(text):
            found[at] = Decimal(text.replace(",", "").replace("\u2212", "-"))
        else:
            words = _("“%(text)s” in “%(title)s” is not a number. Write it like 1,234, -56 or 7.8.")
            problems.append(Problem(at_line(line), words % {"text": text, "title": heading.titles[at]}))
    return found


def _area(
    heading: _Heading, line: int, cells: Sequence[str], numbers: dict[int, Decimal], problems: list[Problem]
) -> Area | None:
    name = cells[heading.named[NAME]]
    if not name:
        problems.append(Problem(at_line(line), _("The area has no name. Write it under “CDRP”.")))
    for at in heading.periods:
        if (wrong := _wrong_figure(numbers.get(at), cells[at])) and (at in numbers or cells[at].lower() in NONE):
            problems.append(Problem(at_line(line), f"“{heading.titles[at]}”: {wrong}"))
    if not all(at in numbers and not _wrong_figure(numbers[at], "") for at in heading.periods):
        return None
    first, second = (int(numbers[at]) for at in heading.periods)
    force = cells[heading.named[FORCE]] if FORCE in heading.named else ""
    printed = {heading.titles[at]: number for at, number in numbers.items()}
    return Area(line, name, force, (first, second), printed, tuple(_slips(heading, (first, second), numbers, cells)))


def _wrong_figure(number: Decimal | None, text: str) -> str:
    if number is None:
        return _("The figure is missing. Both are needed.")
    if number != int(number) or number < 0:
        return _("A count of crimes is a whole number, not below 0.")
    return _("The figure is too large to be a count of crimes in one area.") if number > LARGEST else ""


def _slips(
    heading: _Heading, figures: tuple[int, int], numbers: Mapping[int, Decimal], cells: Sequence[str]
) -> Iterator[str]:
    """Yield what does not follow from the two figures, or contradicts itself, as it stands in the row."""
    printed = {key: numbers[at] for key, at in heading.named.items() if at in numbers}
    change, percent = figures[1] - figures[0], _percent(*figures)
    if CHANGE in printed and printed[CHANGE] != change:
        words = _("Printed change %(printed)s; the two figures give %(computed)s.")
        yield words % {"printed": signed(printed[CHANGE]), "computed": signed(change)}
    if PERCENT in printed and percent is not None and not _rounds_to(figures, printed[PERCENT]):
        words = _("Printed change %(printed)s per cent; the two figures give %(computed)s.")
        yield words % {"printed": signed(printed[PERCENT]), "computed": signed(percent)}
    label = cells[heading.named[LABEL]] if LABEL in heading.named else ""
    if BASELINE in printed and EXPECTED in printed and _contradicts(label, printed[BASELINE], printed[EXPECTED]):
        words = _("Printed %(change)s against %(expected)s expected, yet labelled “%(label)s”.")
        yield words % {"change": signed(printed[BASELINE]), "expected": signed(printed[EXPECTED]), "label": label}


def _contradicts(label: str, change: Decimal, expected: Decimal) -> bool:
    plain = label.lower()
    return ("above" in plain and change <= expected) or ("below" in plain and change >= expected)


def _totals(heading: _Heading, areas: Sequence[Area], printed: Mapping[int, Decimal] | None) -> tuple[Total, ...]:
    """Return every column that has a sum; per cent follow from sums and are never added up."""
    sums = {
        at: sum((area.printed.get(heading.titles[at], Decimal(0)) for area in areas), Decimal(0))
        for at in (*heading.periods, *heading.gaps)
    }
    first, second = (sums[at] for at in heading.periods)
    computed: dict[int, Decimal | None] = {**sums}
    if CHANGE in heading.named:
        computed[heading.named[CHANGE]] = second - first
    if PERCENT in heading.named:
        computed[heading.named[PERCENT]] = _percent(int(first), int(second))
    return tuple(
        Total(heading.titles[at], (printed or {}).get(at), computed.get(at))
        for at in heading.numbers
        if at in computed or at in (printed or {})
    )


def signed(number: Decimal | int) -> str:
    """Return a number with thousands commas and a minus where it falls."""
    return f"{number:,}"


def _percent(first: int, second: int) -> Decimal | None:
    if not first:
        return None
    return (Decimal(100 * (second - first)) / first).quantize(TENTH, ROUND_HALF_UP)


def _rounds_to(figures: tuple[int, int], printed: Decimal) -> bool:
    """Say whether a printed per cent is a fair rounding, to as many places as it was printed with."""
    places = max(-int(printed.as_tuple().exponent), 0)
    exact = Decimal(100 * (figures[1] - figures[0])) / figures[0]
    return abs(exact - printed) <= Decimal(1).scaleb(-places) / 2
