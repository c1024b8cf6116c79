"""Heat maps as files for spreadsheets: one row a partnership where it may be named, one row a level elsewhere."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from hallmarks.marks import does_not_apply
from reports import elsewhere, heat_map, heat_pages
from reports.comparison import Line
from reports.heat_map import DOES_NOT_APPLY, NOT_ASKED, Column, Row
from reports.heat_pages import NationHeat, RegionHeat


def region_table(page: RegionHeat) -> list[list[object]]:
    """Return the partnerships of a region with their levels in words, in the page's order of rows."""
    columns, made_up = page.columns, _made_up(page.round.is_demonstration)
    rows = [row for _title, band in page.grids[0].bands for row in band] if page.grids else []
    start = [_("Round"), *(_("Data") for _one in made_up), _("Region"), _("Police force"), _("Partnership")]
    return [
        [*start, *_titles(columns)],
        *([page.round.name, *made_up, *_place(row), *_levels(row, columns)] for row in rows),
    ]


def nation_table(page: NationHeat) -> list[list[object]]:
    """Return everybody in the regions that are open, and how many chose each level in what is left of a nation."""
    columns, made_up = page.columns, _made_up(page.round.is_demonstration)
    start = [_("Round"), *(_("Data") for _one in made_up), _("Region"), _("Police force"), _("Partnership")]
    head = [page.round.name, *made_up]
    named = (row for _name, rows in page.regions for row in heat_map.submitted(rows))
    counted = ([*head, name, "", "", *cells] for name, rows in page.elsewhere for cells in _counts(page, rows))
    return [
        [*start, _("What is in the cells"), *_titles(columns)],
        *([*head, *_place(row), _("Level"), *_levels(row, columns)] for row in named),
        *counted,
    ]


def _counts(page: NationHeat, rows: Sequence[Row]) -> Iterable[list[object]]:
    """Yield a row for each level: how many chose it, blank where a criterion has no such level or is not shown."""
    outside = elsewhere.of(page.rows, page.scope.regions)
    found = heat_pages.rest_lines(page.criteria, rows, outside)
    lines = [found[column.place] for column in page.columns]
    for level in dict.fromkeys(name for line in lines for name in line.asked.levels):
        yield [_how_many(level), *(_of_level(line, level) for line in lines)]
    yield [_how_many(does_not_apply().name), *("" if line.is_withheld else line.does_not_apply for line in lines)]


def _how_many(level: str) -> str:
    return _("How many: %(level)s") % {"level": level}


def _of_level(line: Line, level: str) -> object:
    if line.is_withheld or level not in line.asked.levels:
        return ""
    return line.counts[line.asked.levels.index(level)]


def _made_up(is_demonstration: bool) -> list[object]:
    return [_("Demonstration data")] if is_demonstration else []


def _titles(columns: Iterable[Column]) -> list[object]:
    return [f"{column.asked.code} {column.asked.title}" for column in columns]


def _place(row: Row) -> list[object]:
    return [row.region_name, row.force_name, row.name]


def _levels(row: Row, columns: Iterable[Column]) -> list[object]:
    return [_word(row.at(column.place), column) for column in columns]


def _word(mark: str, column: Column) -> str:
    if mark == DOES_NOT_APPLY:
        return does_not_apply().name
    known = mark != NOT_ASKED and mark.isdigit() and int(mark) < len(column.asked.levels)
    return column.asked.levels[int(mark)] if known else _("Not asked")
