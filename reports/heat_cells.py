"""Rows and columns of a heat map as table cells: each holds its level in words, and a class that draws the mark.

Cells are joined from ready-made strings: a region has two thousand, and a template would take longer than the query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hallmarks.marks import NO_LEVEL, Label, does_not_apply, in_a_sentence
from reports import heat_map, tables
from reports.comparison import Line
from reports.heat_map import DOES_NOT_APPLY, NOT_ASKED, Column, Row

# The width of a cell with a mark and of one with a number, and what a letter of a section's title takes, in pixels.
MARK_WIDTH, NUMBER_WIDTH, LETTER = 19, 34, 7


@dataclass(frozen=True)
class GridRow:
    """One partnership: its cells, and how many of them are in the upper levels."""

    row: Row
    cells: SafeString
    upper: int


@dataclass(frozen=True)
class Span:
    """Neighbouring columns of one section, each as wide as a cell."""

    code: str
    title: str
    columns: tuple[Column, ...]
    cell: int = MARK_WIDTH

    @property
    def is_narrow(self) -> bool:
        """Whether the title is longer than the columns are wide, so that the code stands for it."""
        return len(self.title) * LETTER > len(self.columns) * self.cell


@dataclass(frozen=True)
class Grid:
    """One table: criteria of one kind, and the rows in bands, which have a title if there are several."""

    columns: Sequence[Column]
    bands: Sequence[tuple[str, Sequence[Row]]]
    is_published_order: bool = True
    cell: int = MARK_WIDTH

    @cached_property
    def groups(self) -> list[tuple[str, list[GridRow]]]:
        """The rows with their cells, in their bands."""
        made = [cells_of(column, starts) for column, starts in zip(self.columns, self._starts, strict=True)]
        return [(title, [self._row(row, made) for row in rows]) for title, rows in self.bands]

    @property
    def spans(self) -> list[Span]:
        """The sections over the columns."""
        found = groupby(self.columns, key=lambda column: column.asked.section)
        members = ((code, tuple(columns)) for code, columns in found)
        return [Span(code, columns[0].asked.section_title, columns, self.cell) for code, columns in members]

    @property
    def codes(self) -> list[Span]:
        """The sections of which only the code has room."""
        return [span for span in self.spans if span.is_narrow] if self.is_published_order else []

    @property
    def heads(self) -> list[tuple[Column, bool]]:
        """The columns, and whether a section starts with them."""
        return list(zip(self.columns, self._starts, strict=True))

    @property
    def width(self) -> int:
        """How many columns the table has, with the names and the sums."""
        return len(self.columns) + 2

    @property
    def key(self) -> list[Label]:
        """The levels of the cells."""
        return tables.key(self.lines)

    @property
    def lines(self) -> list[Line]:
        """The counts of the columns."""
        return [column.line for column in self.columns]

    @property
    def _starts(self) -> list[bool]:
        before = [None, *(column.asked.section for column in self.columns)]
        return [
            self.is_published_order and column.asked.section != section
            for column, section in zip(self.columns, before, strict=False)
        ]

    def _row(self, row: Row, made: Sequence[Mapping[str, SafeString]]) -> GridRow:
        found = (
            cells.get(row.at(column.place), cells[NOT_ASKED]) for column, cells in zip(self.columns, made, strict=True)
        )
        # Every part was escaped when it was made.
        return GridRow(row, SafeString("".join(found)), heat_map.upper(row, self.columns))


def cells_of(column: Column, starts_section: bool) -> dict[str, SafeString]:
    """Return the cell for each answer that a criterion can have."""
    first = " app-heat__first" if starts_section else ""
    levels = {str(at): (label.mark, label.name) for at, label in enumerate(tables.labels(column.line))}
    answers = {
        **levels,
        DOES_NOT_APPLY: (NO_LEVEL, does_not_apply().name),
        NOT_ASKED: ("none", _("Not asked")),
    }
    return {
        mark: format_html('<td class="app-{}{}">{}</td>', css, first, in_a_sentence(words))
        for mark, (css, words) in answers.items()
    }


def share_cells(found: Iterable[tuple[Line, bool]], *, is_wide: bool = False) -> SafeString:
    """Return a group's cells: the share in the upper levels in per cent, tinted by quarter; withheld ones say so.

    Wide ones have room for the counts as well, which are read aloud in any case.
    """
    return SafeString("".join(_share_cell(line, " app-heat__first" if first else "", is_wide) for line, first in found))


def _share_cell(line: Line, first: str, is_wide: bool) -> SafeString:
    hidden = SafeString("<span>{}</span>" if is_wide else '<span class="govuk-visually-hidden">{}</span>')
    if line.is_withheld or not line.n:
        words = format_html(hidden, _("not shown"))
        dash = SafeString("" if is_wide else '<span aria-hidden="true">-</span>')
        return format_html('<td class="app-none{}">{}{}</td>', first, dash, words)
    share = round(100 * line.share)
    words = format_html(hidden, _("% ({upper} of {n})").format(upper=line.upper, n=line.n))
    return format_html('<td class="app-q{}{}">{}{}</td>', min(share // 25, 3), first, share, words)
