"""The heat map of a regional report: tables as wide as a page lying on its side, each rating in words on its colour."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from hallmarks.marks import NO_LEVEL, does_not_apply, in_a_sentence
from reports import heat_map, tables
from reports.heat_map import DOES_NOT_APPLY, NOT_ASKED, Column, Row
from reports.regional_parts import HeatCell, HeatHead, HeatRow, HeatTable

# So many columns hold a level in words at 8 points; so many letters of a section's title fit over each of them.
WIDEST, LETTERS = 18, 14


def heat_tables(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[HeatTable, ...]:
    """Return criteria of one kind in tables that fit across a page, which part between sections where they can."""
    return tuple(_table(part, rows) for part in _parts(columns)) if rows else ()


def _parts(columns: Sequence[Column]) -> list[list[Column]]:
    """Fill tables section by section; only a section that is wider than a page goes on in the next."""
    made: list[list[Column]] = []
    for section in _sections(columns):
        for start in range(0, len(section), WIDEST):
            piece = section[start : start + WIDEST]
            if not made or len(made[-1]) + len(piece) > WIDEST:
                made.append([])
            made[-1] += piece
    return made


def _sections(columns: Sequence[Column]) -> list[list[Column]]:
    return [list(members) for _section, members in groupby(columns, key=lambda column: column.asked.section)]


def _table(columns: Sequence[Column], rows: Sequence[Row]) -> HeatTable:
    known = [_cells(column) for column in columns]
    heads = tuple(_head(members) for members in _sections(columns))
    return HeatTable(
        caption=_("%(first)s to %(last)s") % {"first": columns[0].asked.code, "last": columns[-1].asked.code},
        heads=heads,
        rows=tuple(HeatRow(row.name, tuple(_row(row, columns, known))) for row in rows),
    )


def _head(columns: Sequence[Column]) -> HeatHead:
    asked = columns[0].asked
    title = asked.section_title if len(asked.section_title) <= len(columns) * LETTERS else asked.section
    return HeatHead(title, tuple(_number(column) for column in columns))


def _number(column: Column) -> str:
    """Return a code without its section's, which stands above it."""
    asked = column.asked
    return asked.code.removeprefix(f"{asked.section}.")


def _row(row: Row, columns: Sequence[Column], known: Sequence[Mapping[str, HeatCell]]) -> Iterable[HeatCell]:
    for column, cells in zip(columns, known, strict=True):
        yield cells.get(row.at(column.place), cells[NOT_ASKED])


def _cells(column: Column) -> dict[str, HeatCell]:
    levels = tables.labels(column.line)
    return {
        **{str(at): HeatCell(label.mark, in_a_sentence(label.name)) for at, label in enumerate(levels)},
        DOES_NOT_APPLY: HeatCell(NO_LEVEL, in_a_sentence(does_not_apply().name)),
        NOT_ASKED: HeatCell("none", _("not asked")),
    }


def columns_of(columns: Iterable[Column], *, is_statutory: bool) -> list[Column]:
    """Return the columns of one kind."""
    return [column for column in columns if column.asked.is_statutory == is_statutory]


def submitted(rows: Iterable[Row]) -> list[Row]:
    """Return who has submitted, by name: a list to look things up in, and no order of merit."""
    return sorted(heat_map.submitted(rows), key=lambda row: row.name)
