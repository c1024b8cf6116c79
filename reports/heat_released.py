"""The heat map of partnerships: their own levels, and the share of each fixed group as far as it is released."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Round
from partnerships.models import AreaType, Nation
from reports import heat_map, heat_pages, released_page, unknown
from reports.comparison import Line
from reports.heat_cells import NUMBER_WIDTH, Grid, cells_of, share_cells
from reports.heat_map import DOES_NOT_APPLY, NOT_ASKED, Column
from reports.overview import Choice
from reports.release import AREA, NATION, REGION, Group
from reports.released_page import Compared, ReleasedPage
from reports.releasing import Released

OWN, NAME, MOST = "", "name", "most"
PUBLISHED, WEAKEST, BEHIND = "", "weakest", "behind"
ROWS = {
    OWN: gettext_lazy("Your own groups first"),
    NAME: gettext_lazy("Name"),
    MOST: gettext_lazy("At least half on most criteria first"),
}
COLUMNS = {
    PUBLISHED: gettext_lazy("As published"),
    WEAKEST: gettext_lazy("Weakest criterion of the group first"),
    BEHIND: gettext_lazy("Where you are furthest below the group first"),
}
NAMED_AHEAD = 3


@dataclass(frozen=True)
class Orders:
    """In which order an address asks for groups and criteria; what is unknown is left out, and said to be."""

    rows: str = OWN
    cols: str = PUBLISHED
    notices: tuple[str, ...] = ()


def orders_wanted(data: Mapping[str, str]) -> Orders:
    """Read an address."""
    rows, cols = data.get("rows", ""), data.get("cols", "")
    kept = {"rows": rows if rows in ROWS else OWN, "cols": cols if cols in COLUMNS else PUBLISHED}
    return Orders(kept["rows"], kept["cols"], unknown.told(data, kept, kept))


@dataclass(frozen=True)
class SharesRow:
    """One group: whether the partnership belongs to it, its cells, and on how many of them at least half are there."""

    each: Compared
    is_own: bool
    cells: SafeString
    half: int
    shown: int

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.each.name


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
    orders: Orders = Orders()

    @property
    def round(self) -> Round:
        """The round that is shown."""
        return self.page.round

    @property
    def notices(self) -> tuple[str, ...]:
        """What the address asks for and the page does not know."""
        return (*self.page.notices, *self.orders.notices)

    @property
    def is_wide(self) -> bool:
        """Whether columns have room for their titles."""
        return bool(self.page.wanted.section)

    @property
    def section(self) -> str:
        """The one section that is shown; blank where all are."""
        return self.page.wanted.section

    @cached_property
    def tables(self) -> list[SharesTable]:
        """Practice, and what the law asks for."""
        kinds = ([c for c in self.columns if c.asked.is_statutory == kind] for kind in (False, True))
        return [self._table(columns) for columns in kinds if columns]

    @property
    def columns(self) -> list[Column]:
        """The criteria asked for, as published, with one's own level and what is shown of the compared group."""
        every = heat_map.columns(self.page.every_line)
        return [column for column in every if self.page.wanted.shows(column.asked)]

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels, as it stands in a sentence."""
        return heat_pages.upper_level(self.page.every_line)

    @property
    def weakest(self) -> list[Line]:
        """The criteria on which the smallest share of the compared group is at the upper levels."""
        return heat_pages.weakest(self.page.lines)

    @property
    def fewest_met(self) -> list[Line]:
        """The requirements that the smallest share of the compared group meets."""
        return heat_pages.fewest_met(self.page.lines)

    @cached_property
    def ahead(self) -> list[Line]:
        """The practice criteria on which at least half of the compared group is there and one is not oneself."""
        found = [line for line in self.page.practice if line.picked is not None and not line.picked_is_upper]
        return sorted((line for line in found if _is_half(line)), key=lambda line: -line.share)

    @property
    def ahead_named(self) -> list[Line]:
        """Those of them to name, the largest shares first."""
        return self.ahead[:NAMED_AHEAD]

    @property
    def ahead_more(self) -> int:
        """How many of them are not named."""
        return len(self.ahead) - len(self.ahead_named)

    @property
    def row_choices(self) -> list[Choice]:
        """The orders of rows."""
        return [Choice(key, str(words), key == self.orders.rows) for key, words in ROWS.items()]

    @property
    def column_choices(self) -> list[Choice]:
        """The orders of columns."""
        return [Choice(key, str(words), key == self.orders.cols) for key, words in COLUMNS.items()]

    def query(self, **changes: str) -> str:
        """Return the query of the same page, or of one with other values of these names."""
        return self.page.query(**({"rows": self.orders.rows, "cols": self.orders.cols} | changes))

    def _table(self, columns: Sequence[Column]) -> SharesTable:
        orders: Mapping[str, Callable[[Sequence[Column]], list[Column]]]
        orders = {PUBLISHED: list, WEAKEST: heat_map.weakest_first, BEHIND: _behind_first}
        grid = Grid(orders[self.orders.cols](columns), [], self.orders.cols == PUBLISHED, NUMBER_WIDTH)
        return SharesTable(grid, self._own_cells(grid), self._in_order(self._row(each, grid) for each in self.groups))

    def _in_order(self, rows: Iterable[SharesRow]) -> list[SharesRow]:
        if self.orders.rows == NAME:
            return sorted(rows, key=lambda row: row.name)
        if self.orders.rows == MOST:
            # Of groups different criteria are shown, so counts alone cannot be compared.
            return sorted(rows, key=lambda row: -Fraction(row.half, max(row.shown, 1)))
        return list(rows)

    def _row(self, each: Compared, grid: Grid) -> SharesRow:
        found = [(self.line(column.line, each.group), starts) for column, starts in grid.heads]
        is_own = any(each.group == own.group for own in self.page.groups)
        shown = [line for line, _starts in found if line.n]
        cells = share_cells(found, is_wide=self.is_wide)
        return SharesRow(each, is_own, cells, sum(map(_is_half, shown)), len(shown))

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


def _is_half(line: Line) -> bool:
    return line.n > 0 and 2 * line.upper >= line.n


def _behind_first(columns: Sequence[Column]) -> list[Column]:
    """Put first where one's own level is most levels below the group's median; where there is no saying, last."""
    return sorted(columns, key=lambda column: _behind(column.line))


def _behind(line: Line) -> tuple[bool, int, Fraction]:
    if line.picked is None or line.median is None:
        return True, 0, Fraction(0)
    return False, line.picked - line.median[0], -line.share


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
    """Return a line for each group and criterion for a file, in the page's order: how many are at the upper levels."""
    lines = [line for each in heat.tables for line in each.grid.lines]
    groups = [row.each for row in heat.tables[0].rows] if heat.tables else []
    made_up = [_("Demonstration data")] if heat.page.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Group"), _("Section"), _("Code"), _("Criterion")),
        *(_("At the upper levels"), _("Gave a level"), _("Note")),
    ]
    start = [heat.page.round.name, *made_up]
    cells = (_cells(each.name, heat.line(line, each.group)) for each in groups for line in lines)
    return [heading, *([*start, *found] for found in cells)]


def _cells(group: str, line: Line) -> list[object]:
    numbers: list[object] = ["", "", released_page.not_shown()] if line.is_withheld else [line.upper, line.n, ""]
    return [group, line.asked.section_title, line.asked.code, line.asked.title, *numbers]
