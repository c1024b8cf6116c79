"""Heat maps as their pages print them: of a region with names, and of the country without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Round
from hallmarks.marks import Label, in_a_sentence
from partnerships.models import Nation, Region
from reports import comparison, heat_map, heat_picture, tables, unknown
from reports.access import Scope
from reports.comparison import TOP_LEVELS, Asked, Line
from reports.elsewhere import Elsewhere
from reports.groups import Cut, Named
from reports.heat_cells import Grid
from reports.heat_map import Column, Row
from reports.heat_picture import Block
from reports.overview import Choice

MOST, NAME, FORCE = "", "name", "force"
PUBLISHED, WEAKEST = "", "weakest"
ROWS = {
    MOST: gettext_lazy("Most at the upper levels first"),
    NAME: gettext_lazy("Name"),
    FORCE: gettext_lazy("Police force"),
}
COLUMNS = {PUBLISHED: gettext_lazy("As published"), WEAKEST: gettext_lazy("Weakest criterion first")}
# More than this many partnerships without a submission are counted, not named.
NAMED_MISSING = 6
WEAKEST_SHOWN = 3

Blocks = list[tuple[str, list[Row]]]


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; what is unknown is left out, and said to be."""

    rows: str = MOST
    cols: str = PUBLISHED
    section: str = ""
    notices: tuple[str, ...] = ()


def wanted(data: Mapping[str, str], criteria: Sequence[Asked]) -> Wanted:
    """Read an address."""
    rows, cols, section = data.get("rows", ""), data.get("cols", ""), data.get("section", "")
    kept = {
        "rows": rows if rows in ROWS else MOST,
        "cols": cols if cols in COLUMNS else PUBLISHED,
        "section": section if any(asked.section == section for asked in criteria) else "",
    }
    return Wanted(**kept, notices=unknown.told(data, kept, kept))


def upper_level(lines: Sequence[Line]) -> str:
    """Return the lower of the upper levels of practice, as it stands in a sentence."""
    levels = [line.asked.levels for line in lines if not line.asked.is_statutory]
    found = next((names for names in levels if len(names) >= TOP_LEVELS), None)
    return in_a_sentence(found[-TOP_LEVELS]) if found else _("the upper levels")


def weakest(lines: Sequence[Line]) -> list[Line]:
    """Return the practice criteria with the smallest shares in the upper levels; none where all have all of them."""
    rated = [line for line in lines if not line.asked.is_statutory and line.n and line.upper < line.n]
    return comparison.weakest_first(rated)[:WEAKEST_SHOWN]


def fewest_met(lines: Sequence[Line]) -> list[Line]:
    """Return the statutory requirements that are met by the smallest shares; none where everybody meets all."""
    rated = [line for line in lines if line.asked.is_statutory and line.n and line.upper < line.n]
    return comparison.weakest_first(rated)[:WEAKEST_SHOWN]


def sections(lines: Sequence[Line], query_of: Callable[[str], str], *, is_statutory: bool) -> list[tables.SectionRow]:
    """Return the lines of one kind added up by section."""
    same = comparison.by_section(line for line in lines if line.asked.is_statutory == is_statutory)
    return tables.section_rows(same, query_of)


@dataclass(frozen=True)
class RegionHeat:
    """Everything the page of a region prints, worked out of the criteria of the round and the rows of the region."""

    round: Round
    region: Region
    wanted: Wanted
    criteria: Sequence[Asked]
    rows: Sequence[Row]

    @cached_property
    def every_line(self) -> Sequence[Line]:
        """The counts of all criteria of the round, as published."""
        return heat_map.lines(self.criteria, self.submitted)

    @cached_property
    def columns(self) -> list[Column]:
        """The criteria asked for, as published."""
        every = heat_map.columns(self.every_line)
        return [column for column in every if self.wanted.section in ("", column.asked.section)]

    @property
    def lines(self) -> list[Line]:
        """The counts of the criteria asked for."""
        return [column.line for column in self.columns]

    @cached_property
    def submitted(self) -> list[Row]:
        """Who has submitted."""
        return heat_map.submitted(self.rows)

    @property
    def grids(self) -> list[Grid]:
        """A table of practice, and one of what the law asks for."""
        kinds = ([c for c in self.columns if c.asked.is_statutory == kind] for kind in (False, True))
        return [self._grid(columns) for columns in kinds if columns]

    @property
    def is_wide(self) -> bool:
        """Whether columns have room for their titles."""
        return bool(self.wanted.section)

    @property
    def missing(self) -> str:
        """Who has not submitted, as a sentence; blank where everybody has."""
        names = [row.name for row in self.rows if not row.has_submitted]
        if len(names) > NAMED_MISSING:
            return _("%(count)s partnerships have not submitted.") % {"count": len(names)}
        words = ngettext("%(names)s has not submitted.", "%(names)s have not submitted.", len(names))
        return words % {"names": get_text_list(names, _("and"))} if names else ""

    @property
    def weakest(self) -> list[Line]:
        """The three criteria to look at first."""
        return weakest(self.lines)

    @property
    def fewest_met(self) -> list[Line]:
        """The three requirements to look at first."""
        return fewest_met(self.lines)

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels, as it stands in a sentence."""
        return upper_level(self.every_line)

    @property
    def practice_sections(self) -> list[tables.SectionRow]:
        """Practice by section, for those for whom the table is too wide."""
        return sections(self.lines, self._compare_query, is_statutory=False)

    @property
    def statutory_sections(self) -> list[tables.SectionRow]:
        """What the law asks for by section."""
        return sections(self.lines, self._compare_query, is_statutory=True)

    @property
    def row_choices(self) -> list[Choice]:
        """The orders of rows."""
        most = _("Most at %(level)s or better first") % {"level": self.upper_level}
        words = {key: str(words) for key, words in ROWS.items()} | {MOST: most}
        return [Choice(key, label, key == self.wanted.rows) for key, label in words.items()]

    @property
    def column_choices(self) -> list[Choice]:
        """The orders of columns."""
        return [Choice(key, str(words), key == self.wanted.cols) for key, words in COLUMNS.items()]

    @property
    def section_choices(self) -> list[Choice]:
        """All criteria, or a section."""
        names = {line.asked.section: line.asked.section_title for line in self.every_line}
        every = Choice("", _("All %(count)s") % {"count": len(self.every_line)}, not self.wanted.section)
        return [every, *(Choice(code, title, code == self.wanted.section) for code, title in names.items())]

    def query(self, **changes: str) -> str:
        """Return the query of the same page, or of one with other values of these names."""
        values = {"rows": self.wanted.rows, "cols": self.wanted.cols, "section": self.wanted.section} | changes
        return urlencode({name: value for name, value in values.items() if value})

    def _compare_query(self, section: str) -> str:
        return urlencode({"region": self.region.slug, "section": section})

    def _grid(self, columns: Sequence[Column]) -> Grid:
        is_published = self.wanted.cols == PUBLISHED
        bands = {
            MOST: lambda: [("", heat_map.most_first(self.submitted, columns))],
            NAME: lambda: [("", self.submitted)],
            FORCE: lambda: heat_map.by_force(self.submitted),
        }[self.wanted.rows]()
        return Grid(columns if is_published else heat_map.weakest_first(columns), bands, is_published)


@dataclass(frozen=True)
class Part:
    """A region or what is left of a nation, as a line of the table under the picture."""

    title: str
    members: int
    submitted: int
    region: str = ""


@dataclass(frozen=True)
class NationHeat:
    """Everything the page of the country prints for a Government Office and administrators."""

    scope: Scope
    criteria: Sequence[Asked]
    rows: Sequence[Row]

    @cached_property
    def every_line(self) -> Sequence[Line]:
        """The counts of all criteria of the round, as published."""
        return heat_map.lines(self.criteria, heat_map.submitted(self.rows), self.scope.regions)

    @property
    def round(self) -> Round:
        """The round shown."""
        return self.scope.round

    @cached_property
    def columns(self) -> list[Column]:
        """All criteria: practice first, and what the law asks for after it."""
        every = heat_map.columns(self.every_line)
        return sorted(every, key=lambda column: column.asked.is_statutory)

    @property
    def submitted(self) -> int:
        """How many have submitted."""
        return len(heat_map.submitted(self.rows))

    @cached_property
    def regions(self) -> list[tuple[str, list[Row]]]:
        """The regions that are open in full, by name, with everybody in them."""
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows, key=lambda row: row.region_name):
            if self.scope.cuts(row.region_key):
                found.setdefault(row.region_name, []).append(row)
        return list(found.items())

    @cached_property
    def elsewhere(self) -> list[tuple[str, list[Row]]]:
        """What is left of each nation: it may be counted as one and not cut."""
        kept = [row for row in self.rows if not self.scope.cuts(row.region_key)]
        named = ((nation.label, [row for row in kept if row.nation == nation]) for nation in Nation)
        return [(self._rest(str(label), rows), rows) for label, rows in named if rows]

    @property
    def parts(self) -> list[Part]:
        """The blocks of the picture in words."""
        own = [Part(name, len(rows), len(heat_map.submitted(rows)), rows[0].region) for name, rows in self.regions]
        return own + [Part(name, len(rows), len(heat_map.submitted(rows))) for name, rows in self.elsewhere]

    @property
    def picture(self) -> SafeString:
        """The ratings of everybody."""
        return _picture(_sent(self.regions), _sent(self.elsewhere), self.columns, self._words)

    @property
    def weakest(self) -> list[Line]:
        """The three criteria to look at first."""
        return weakest(self.every_line)

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels, as it stands in a sentence."""
        return upper_level(self.every_line)

    @property
    def practice_sections(self) -> list[tables.SectionRow]:
        """Practice by section."""
        return sections(self.every_line, _everywhere, is_statutory=False)

    @property
    def statutory_sections(self) -> list[tables.SectionRow]:
        """What the law asks for by section."""
        return sections(self.every_line, _everywhere, is_statutory=True)

    @property
    def keys(self) -> list[list[Label]]:
        """The levels of practice, and those of what the law asks for."""
        kinds = ([line for line in self.every_line if line.asked.is_statutory == kind] for kind in (False, True))
        return [tables.key(lines) for lines in kinds if lines]

    @property
    def section_codes(self) -> list[tuple[str, str]]:
        """The codes over the picture, and what they stand for."""
        return list({column.asked.section: column.asked.section_title for column in self.columns}.items())

    def _rest(self, nation: str, rows: Sequence[Row]) -> str:
        is_rest = any(self.scope.cuts(row.region_key) and row.nation == rows[0].nation for row in self.rows)
        return _("Rest of %(nation)s") % {"nation": nation} if is_rest else nation

    @property
    def _words(self) -> str:
        return _("Every rating of %(n)s partnerships on %(criteria)s criteria; the tables hold the numbers.") % {
            "n": self.submitted,
            "criteria": len(self.every_line),
        }


def rest_lines(criteria: Sequence[Asked], rows: Sequence[Row], outside: Elsewhere) -> Sequence[Line]:
    """Return what is told of those who submitted in what is left of a nation; `outside` are all beyond the regions."""
    hidden = outside.codes(criteria, Cut(Named(f"nation-{rows[0].nation}", ""))) if rows else ()
    return heat_map.lines(criteria, heat_map.submitted(rows), own=(), hidden=hidden)


def _sent(blocks: Blocks) -> Blocks:
    found = ((name, heat_map.submitted(rows)) for name, rows in blocks)
    return [(name, rows) for name, rows in found if rows]


def _picture(own: Blocks, elsewhere: Blocks, columns: Sequence[Column], words: str) -> SafeString:
    practice = [column for column in columns if not column.asked.is_statutory]
    rows = (heat_picture.of_rows(name, heat_map.most_first(rows, practice), columns) for name, rows in own)
    outside = Elsewhere([row for _name, rest in elsewhere for row in rest])
    piles = (_piled(name, rest, columns, outside) for name, rest in elsewhere)
    return heat_picture.picture([*rows, *piles], columns, words)


def _piled(name: str, rows: Sequence[Row], columns: Sequence[Column], outside: Elsewhere) -> Block:
    published = sorted(columns, key=lambda column: column.place)
    lines = rest_lines([column.asked for column in published], rows, outside)
    return heat_picture.of_counts(name, len(rows), sorted(lines, key=lambda line: line.asked.is_statutory))


def _everywhere(section: str) -> str:
    return urlencode({"region": "both-nations", "section": section})
