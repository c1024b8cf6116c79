"""The heat map of partnerships: their own levels, and the share of each fixed group as far as it is released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnerships.models import AreaType, Nation
from reports import heat_map, released_page
from reports.comparison import Line
from reports.heat_cells import Grid, cells_of, share_cells
from reports.heat_map import DOES_NOT_APPLY, NOT_ASKED
from reports.heat_pages import upper_level
from reports.release import AREA, NATION, REGION, Group
from reports.released_page import Compared, ReleasedPage
from reports.releasing import Released


@dataclass(frozen=True)
class SharesRow:
    """One group: its name, whether the partnership belongs to it, and its cells."""

    name: str
    is_own: bool
    cells: SafeString


@dataclass(frozen=True)
class SharesTable:
    """Criteria of one kind: the partnership's own levels over the groups' shares."""

    grid: Grid
    own: SafeString
    rows: Sequence[SharesRow]


@dataclass(frozen=True)
class ReleasedHeat:
    """Everything the page prints; `page` is what the comparison would show, `groups` are those of the whole map."""

    page: ReleasedPage
    released: Released
    groups: Sequence[Compared]

    @cached_property
    def tables(self) -> list[SharesTable]:
        """Practice, and what the law asks for."""
        kinds = ([line for line in self.page.every_line if line.asked.is_statutory == kind] for kind in (False, True))
        return [self._table(lines) for lines in kinds if lines]

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels, as it stands in a sentence."""
        return upper_level(self.page.every_line)

    def _table(self, lines: Sequence[Line]) -> SharesTable:
        grid = Grid(heat_map.columns(lines), [])
        return SharesTable(grid, self._own_cells(grid), [self._row(each, grid) for each in self.groups])

    def _row(self, each: Compared, grid: Grid) -> SharesRow:
        found = [(self.line(column.line, each.group), starts) for column, starts in grid.heads]
        is_own = any(each.group == own.group for own in self.page.groups)
        return SharesRow(each.name, is_own, share_cells(found))

    def line(self, line: Line, group: Group) -> Line:
        """Return what is shown of a group on a criterion."""
        counts = self.released.counts(line.asked.code, group)
        return replace(line, counts=counts or (0,) * len(line.counts), is_withheld=counts is None)

    def _own_cells(self, grid: Grid) -> SafeString:
        found = []
        for column, starts in grid.heads:
            cells = cells_of(column, starts)
            found.append(cells.get(self._mark(column.line), cells[NOT_ASKED]))
        # Every part was escaped when it was made.
        return SafeString("".join(found))

    def _mark(self, line: Line) -> str:
        if line.picked_does_not_apply:
            return DOES_NOT_APPLY
        return NOT_ASKED if line.picked is None else str(line.picked)


def groups_of(page: ReleasedPage, released: Released, regions: Mapping[str, str]) -> list[Compared]:
    """Return one's own groups, and every nation, kind of area and region that has anything to show.

    `regions` are their names by slug. Forces and families of others are left out: there are too many for one page.
    """
    shown = {group for cells in released.release.cells for group in cells}
    names = {
        NATION: {nation.value: str(nation.label) for nation in Nation},
        AREA: {kind.value: str(kind.label) for kind in AreaType},
        REGION: regions,
    }
    others = (
        Compared(Group(kind, slug), name)
        for kind, known in names.items()
        for slug, name in known.items()
        if Group(kind, slug) in shown
    )
    # Wales is a nation and a region: one row is enough.
    found: dict[str, Compared] = {}
    for each in [*page.groups, *others]:
        found.setdefault(each.name, each)
    return list(found.values())


def table(heat: ReleasedHeat) -> list[list[object]]:
    """Return a line for each group and criterion for a file: how many are at the upper levels, of how many."""
    lines = [line for each in heat.tables for line in each.grid.lines]
    made_up = [_("Demonstration data")] if heat.page.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Group"), _("Section"), _("Code"), _("Criterion")),
        *(_("At the upper levels"), _("Gave a level"), _("Note")),
    ]
    start = [heat.page.round.name, *made_up]
    cells = (_cells(each.name, heat.line(line, each.group)) for each in heat.groups for line in lines)
    return [heading, *([*start, *found] for found in cells)]


def _cells(group: str, line: Line) -> list[object]:
    numbers: list[object] = ["", "", released_page.not_shown()] if line.is_withheld else [line.upper, line.n, ""]
    return [group, line.asked.section_title, line.asked.code, line.asked.title, *numbers]
