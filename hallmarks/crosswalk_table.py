"""A table of links between two sets: read strictly, all that is wrong said at once; written so that it loads again.

One row a link: the code in the first set, the code in the second, "same" or "partial", and a note. What the first two
columns are called is free; which two sets they are of is said beside the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from govuk.spreadsheets import csv_bytes
from hallmarks.checking import did_you_mean
from hallmarks.formats.csv_table import Rows, guarded, refuse_other_separators
from hallmarks.formats.lines import Turned, Value, plain_name
from hallmarks.formats.table import DATE
from hallmarks.problems import PROBLEMS_SOUGHT, Problem, shortened
from hallmarks.reading import Unreadable, shown, text_of
from hallmarks.texts import composed, fault_of, is_blank

SAME, PARTIAL = "same", "partial"
STRENGTHS = (SAME, PARTIAL)
STRENGTH, NOTE = "strength", "note"
NOTE_LENGTH = 500
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# To find a code that is like another takes a millisecond each.
MOST_GUESSES = 100


@dataclass(frozen=True)
class Side:
    """One of the two sets: what it is called, the name of its column, and the lineage of each of its codes."""

    title: str
    slug: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Link:
    """That two criteria, by lineage, ask for much the same, how far, and what to know of it."""

    left: str
    right: str
    strength: str
    note: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """What it links, whatever is said of it."""
        return self.left, self.right

    @property
    def turned(self) -> "Link":
        """The same, told from the other side."""
        return Link(self.right, self.left, self.strength, self.note)


@dataclass(frozen=True)
class Reading:
    """The links that a table holds, or everything that is wrong with it: never both."""

    links: tuple[Link, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What a table would do to the links that are there."""

    added: tuple[Link, ...]
    changed: tuple[tuple[Link, Link], ...]
    removed: tuple[Link, ...]
    unchanged: tuple[Link, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def read(data: bytes | str, left: Side, right: Side) -> Reading:
    """Return the links of a table, or everything that is wrong with it; any bytes will do."""
    rows, reader = Rows(), _Reader(left, right)
    try:
        text = _text(data)
        refuse_other_separators(text)
        for number, cells in rows.of(text):
            reader.take(number, cells)
        if not rows.problems:
            reader.end()
    except Unreadable as stop:
        reader.problems.append(stop.problem)
    problems = [*rows.problems, *reader.problems]
    return Reading((), shortened(problems)) if problems else Reading(tuple(reader.links.values()))


def write(links: Iterable[Link], left: Side, right: Side) -> bytes:
    """Return links as a table in the order of the first set; one whose criteria have no code there is left out."""
    codes = tuple({lineage: code for code, lineage in side.codes.items()} for side in (left, right))
    order = tuple({lineage: place for place, lineage in enumerate(side.codes.values())} for side in (left, right))
    known = [link for link in links if link.left in codes[0] and link.right in codes[1]]
    known.sort(key=lambda link: (order[0][link.left], order[1][link.right]))
    rows = [(codes[0][link.left], codes[1][link.right], link.strength, link.note) for link in known]
    heading = (f"{left.slug}_code", f"{right.slug}_code", STRENGTH, NOTE)
    return csv_bytes([[guarded(cell) for cell in row] for row in [heading, *rows]])


def compare(before: Iterable[Link], after: Iterable[Link]) -> Comparison:
    """Return what is new, what is said otherwise, and what goes."""
    there, wanted = ({link.pair: link for link in links} for links in (before, after))
    both = [(there[pair], link) for pair, link in wanted.items() if pair in there]
    return Comparison(
        tuple(link for pair, link in wanted.items() if pair not in there),
        tuple((old, new) for old, new in both if old != new),
        tuple(link for pair, link in there.items() if pair not in wanted),
        tuple(new for old, new in both if old == new),
    )


def _text(data: bytes | str) -> str:
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > settings.CROSSWALK_MAX_BYTES:
        text = _("It is larger than %(limit)s MB. Take out what is not the table.")
        raise Unreadable(_("the file"), text % {"limit": f"{settings.CROSSWALK_MAX_BYTES / 1e6:g}"})
    remedy = _("In Excel, save it as “CSV UTF-8 (Comma delimited)”.")
    if isinstance(data, bytes) and data.startswith(PACKED):
        raise Unreadable(_("the file"), f"{_('This is a workbook.')} {remedy}")
    return text_of(data, remedy)


@dataclass
class _Reader:
    """Takes the rows one by one."""

    left: Side
    right: Side
    problems: list[Problem] = field(default_factory=list)
    links: dict[tuple[str, str], Link] = field(default_factory=dict)
    _titles: list[str] = field(default_factory=list)
    _named: dict[str, int] = field(default_factory=dict)
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)
    _count: int = 0
    _guesses: int = 0

    def take(self, number: int, cells: Sequence[Value | Turned]) -> None:
        """Read the heading, then a link; a row that is empty, or of another width, says nothing."""
        if len(self.problems) > PROBLEMS_SOUGHT or not cells:
            return
        texts = [str(cell).strip() for cell in cells]
        if not self._titles:
            self._heading(number, texts)
            return
        self._count += 1
        if self._count > settings.CROSSWALK_MAX_ROWS:
            text = _("There are more than %(limit)s links. Take out what is not a link.")
            raise Unreadable(_row(number), text % {"limit": f"{settings.CROSSWALK_MAX_ROWS:,}"})
        self._link(number, texts)

    def end(self) -> None:
        """Say where there was nothing to load."""
        if not self._count and not self.problems:
            text = _("There is no link under the heading. Add a row for each link, or remove links one by one.")
            self.problems.append(Problem(_("the file"), text))

    def _heading(self, number: int, titles: list[str]) -> None:
        self._titles = titles
        for at, title in enumerate(titles[2:], start=2):
            name = plain_name(title)
            if name in self._named:
                self._wrong(number, at, _("Two columns have this name. Remove one of them."))
            elif name in {STRENGTH, NOTE}:
                self._named[name] = at
            else:
                text = _("“%(name)s” is not a column here.") % {"name": shown(title)}
                self._wrong(number, at, f"{text} {did_you_mean(name, (STRENGTH, NOTE))}".strip())
        if STRENGTH not in self._named:
            text = _(
                "There is no column “strength”. The first row must name the columns: the code in “%(left)s”, the code"
                " in “%(right)s”, strength, note."
            )
            raise Unreadable(_row(number), text % {"left": self.left.title, "right": self.right.title})

    def _link(self, number: int, cells: list[str]) -> None:
        before = len(self.problems)
        strength, note = self._strength(number, cells), self._note(number, cells)
        pair = str(composed(cells[0])), str(composed(cells[1]))
        lineages = self._lineages(number, *pair)
        if lineages is None:
            return
        if pair in self._rows:
            self._wrong(number, 0, _there_already(self._rows[pair]))
            return
        self._rows[pair] = number
        if len(self.problems) == before:
            self.links[lineages] = Link(*lineages, strength, note)

    def _strength(self, number: int, cells: list[str]) -> str:
        at = self._named[STRENGTH]
        given = cells[at].casefold()
        if not given:
            self._wrong(number, at, _("It is missing. Write “same” or “partial”."))
        elif given not in STRENGTHS:
            text = _("“%(given)s” is neither “same” nor “partial”.") % {"given": shown(cells[at])}
            self._wrong(number, at, f"{text} {did_you_mean(given, STRENGTHS)}".strip())
        return given

    def _note(self, number: int, cells: list[str]) -> str:
        if NOTE not in self._named:
            return ""
        note = cells[self._named[NOTE]]
        if fault := fault_of(note, limit=NOTE_LENGTH, is_one_line=True):
            self._wrong(number, self._named[NOTE], fault)
        return "" if is_blank(note) else note

    def _lineages(self, number: int, left: str, right: str) -> tuple[str, str] | None:
        if left in self.left.codes and right in self.right.codes:
            return self.left.codes[left], self.right.codes[right]
        if left in self.right.codes and right in self.left.codes:
            self._turned_round(number, left, right)
            return None
        for at, (code, side, other) in enumerate(((left, self.left, self.right), (right, self.right, self.left))):
            if code not in side.codes:
                self._wrong(number, at, self._unknown(code, side, other))
        return None

    def _turned_round(self, number: int, left: str, right: str) -> None:
        if (right, left) in self._rows:
            self._wrong(number, 0, _there_already(self._rows[right, left]))
            return
        self._rows[right, left] = number
        text = _("The two codes are the other way round: “%(left)s” is of the second set, “%(right)s” of the first.")
        remedy = _("Change them over; if all rows are so, choose the two sets the other way round.")
        self._wrong(number, 0, f"{text % {'left': left, 'right': right}} {remedy}")

    def _unknown(self, code: str, side: Side, other: Side) -> str:
        if not code:
            return _("The code is missing. Write a code of “%(set)s”.") % {"set": side.title}
        if code in other.codes:
            text = _("“%(code)s” is a code of “%(other)s”. Write one of “%(set)s” here.")
            return text % {"code": code, "other": other.title, "set": side.title}
        if DATE.fullmatch(code):
            text = _("“%(code)s” is a date: a spreadsheet has changed the code. Write it again, as text.")
            return text % {"code": shown(code)}
        text = _("“%(set)s” has no criterion “%(code)s”.") % {"set": side.title, "code": shown(code)}
        self._guesses += 1
        return f"{text} {did_you_mean(code, side.codes) if self._guesses <= MOST_GUESSES else ''}".strip()

    def _wrong(self, number: int, at: int, text: str) -> None:
        title = self._titles[at] or str(at + 1)
        place = _("row %(number)s, column %(column)s") % {"number": number, "column": shown(title)}
        self.problems.append(Problem(place, text))


def _row(number: int) -> str:
    return _("row %(number)s") % {"number": number}


def _there_already(number: int) -> str:
    return _("This pair stands in row %(row)s already. Leave one of them.") % {"row": number}
