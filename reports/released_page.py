"""A comparison as a partnership sees it: its own levels beside the release, for one of its own groups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.models import Round
from hallmarks.marks import Label, in_a_sentence
from partnerships.models import AreaType, FamilyGroup, Nation, Partnership, PoliceForce, Region
from reports import comparison, tables, unknown
from reports.comparison import TOP_LEVELS, Asked, Line
from reports.filters import KEYS, PUBLISHED, SORTS, SPREAD, STRENGTHS, WEAKNESSES
from reports.overview import Choice, Standing
from reports.release import AREA, FAMILY, FORCE, NATION, REGION, Group
from reports.releasing import Released

ORDERS = (PUBLISHED, STRENGTHS, WEAKNESSES, SPREAD)
KIND_NAMES = {
    REGION: gettext_lazy("Region"),
    FORCE: gettext_lazy("Police force"),
    FAMILY: gettext_lazy("Family group"),
    AREA: gettext_lazy("Kind of area"),
    NATION: gettext_lazy("Nation"),
}


class Compared(NamedTuple):
    """A group that a partnership belongs to, what it is called, and whether anything of it may be shown."""

    group: Group
    name: str
    is_shown: bool = True


@dataclass(frozen=True)
class Wanted:
    """What an address asks for: a kind of group, one section, key criteria, an order; the unknown is left out."""

    kind: str = ""
    section: str = ""
    key_only: bool = False
    sort: str = PUBLISHED

    def shows(self, asked: Asked) -> bool:
        """Say whether a criterion is to be shown."""
        return (not self.section or asked.section == self.section) and (asked.is_key or not self.key_only)


def wanted(data: Mapping[str, str], criteria: Iterable[Asked]) -> Wanted:
    """Read an address."""
    kind, section, sort = data.get("with", ""), data.get("section", ""), data.get("sort", "")
    return Wanted(
        kind if kind in KIND_NAMES else "",
        section if any(asked.section == section for asked in criteria) else "",
        data.get("key") == "1",
        sort if sort in ORDERS else PUBLISHED,
    )


def groups_of(
    own: Partnership, region: Region, force: PoliceForce, family: FamilyGroup | None, released: Released
) -> list[Compared]:
    """Return the groups to choose from, the nearest first: as they stood where the partnership is counted."""
    kept = {kind: released.group(own.pk, kind) for kind in KIND_NAMES}
    found = [
        Compared(kept[REGION] or Group(REGION, region.slug), region.name),
        Compared(kept[FORCE] or Group(FORCE, force.slug), force.name),
        *([Compared(kept[FAMILY] or Group(FAMILY, str(family.pk)), str(family))] if family else []),
        Compared(kept[AREA] or Group(AREA, own.area_type), str(AreaType(own.area_type).label)),
        Compared(kept[NATION] or Group(NATION, region.nation), str(Nation(region.nation).label)),
    ]
    return [each._replace(is_shown=any(each.group in cells for cells in released.release.cells)) for each in found]


def lines(released: Released, criteria: Iterable[Asked], own: Partnership, group: Group) -> list[Line]:
    """Return a line for each criterion: the group's counts where they are shown, and one's own level."""
    return [_line(asked, released.counts(asked.code, group), released.own(own.pk, asked.code)) for asked in criteria]


def _line(asked: Asked, counts: tuple[int, ...] | None, mark: str) -> Line:
    return Line(
        asked,
        counts or (0,) * len(asked.levels),
        does_not_apply=0,
        picked=int(mark) if mark.isdigit() else None,
        picked_does_not_apply=mark == "-",
        is_withheld=counts is None,
    )


@dataclass(frozen=True)
class ReleasedPage:
    """Everything the page prints; `every_line` holds all criteria of the round, as published."""

    round: Round
    rounds: Sequence[Round]
    own: Partnership
    every_own: Sequence[Partnership]
    groups: Sequence[Compared]
    compared: Compared
    wanted: Wanted
    every_line: Sequence[Line]
    is_counted: bool
    notices: Sequence[str] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines asked for, in the order asked for."""
        found = [line for line in self.every_line if self.wanted.shows(line.asked)]
        return sorted(found, key=KEYS[self.wanted.sort]) if self.wanted.sort else found

    @cached_property
    def practice(self) -> list[Line]:
        """The lines about practice."""
        return [line for line in self.lines if not line.asked.is_statutory]

    @cached_property
    def statutory(self) -> list[Line]:
        """The lines about statutory requirements, which are kept apart."""
        return [line for line in self.lines if line.asked.is_statutory]

    @property
    def practice_groups(self) -> list[tables.Group]:
        """The practice table."""
        return tables.grouped(self.practice, by_section=self.wanted.sort == PUBLISHED)

    @property
    def statutory_rows(self) -> list[tables.Row]:
        """The statutory table."""
        return tables.rows(self.statutory)

    @property
    def practice_sections(self) -> list[tables.SectionRow]:
        """The practice table added up by section, of what is shown: sums of that tell nothing more."""
        return tables.section_rows(comparison.by_section(self.practice), lambda section: self.query(section=section))

    @property
    def practice_key(self) -> list[Label]:
        """The key to the practice bars."""
        return tables.key(self.practice)

    @property
    def statutory_key(self) -> list[Label]:
        """The key to the statutory bars."""
        return tables.key(self.statutory)

    @property
    def number_tables(self) -> list[tuple[str, list[str], list[Line]]]:
        """The same numbers without pictures, once for each scale."""
        return tables.by_scale(self.practice, self.statutory)

    @property
    def upper_level(self) -> str:
        """The lower of the top two levels, as it stands in a sentence."""
        levels = next((line.asked.levels for line in self.practice if len(line.asked.levels) >= TOP_LEVELS), None)
        return in_a_sentence(levels[-TOP_LEVELS]) if levels else _("the upper levels")

    @property
    def standing(self) -> Standing:
        """Where the partnership stands on the practice criteria shown."""
        places = [line.standing for line in self.practice]
        return Standing(places.count(1), places.count(0), places.count(-1))

    @property
    def withheld(self) -> int:
        """How many of the lines asked for are not shown."""
        return sum(line.is_withheld for line in self.lines)

    @property
    def round_choices(self) -> list[Choice]:
        """The rounds that can be chosen."""
        return [Choice(round_.slug, round_.name, round_ == self.round) for round_ in self.rounds]

    @property
    def own_choices(self) -> list[Choice]:
        """One's own partnerships; nothing to choose for most."""
        return [Choice(own.slug, own.name, own == self.own) for own in self.every_own]

    @property
    def group_choices(self) -> list[Choice]:
        """The groups to compare with."""
        return [Choice(each.group.kind, _named(each), each == self.compared) for each in self.groups]

    @property
    def section_choices(self) -> list[Choice]:
        """The sections of the criteria."""
        names = {line.asked.section: line.asked.section_title for line in self.every_line}
        every = Choice("", _("All sections"), not self.wanted.section)
        return [every, *(Choice(code, title, code == self.wanted.section) for code, title in names.items())]

    @property
    def key_choices(self) -> list[Choice]:
        """All criteria or the key ones; nothing to choose where none is marked as key."""
        count = sum(line.asked.is_key for line in self.every_line)
        if not count:
            return []
        label = ngettext("%(count)s key criterion", "%(count)s key criteria", count) % {"count": count}
        every = _("All %(count)s") % {"count": len(self.every_line)}
        return [Choice("", every, not self.wanted.key_only), Choice("1", label, self.wanted.key_only)]

    @property
    def sort_choices(self) -> list[Choice]:
        """The orders that can be chosen."""
        return [Choice(sort, str(SORTS[sort]), sort == self.wanted.sort) for sort in ORDERS]

    def query(self, **changes: str) -> str:
        """Return the address's query for the same selection, or for one with other values of these names."""
        own = self.own.slug if len(self.every_own) > 1 else ""
        values = self.values | {"partnership": own} | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def values(self) -> dict[str, str]:
        """The same selection as an address names it; blank where nothing is chosen."""
        return {
            "partnership": self.own.slug,
            "with": self.compared.group.kind,
            "section": self.wanted.section,
            "key": "1" if self.wanted.key_only else "",
            "sort": self.wanted.sort,
        }

    def told(self, data: Mapping[str, str]) -> tuple[str, ...]:
        """Say what an address asks for and this page does not know."""
        instead = {
            "with": _("The comparison is with %(group)s.") % {"group": self.compared.name},
            "partnership": _("This is about %(name)s.") % {"name": self.own.name},
        }
        return unknown.round_told(data, self.rounds, self.round) + unknown.told(data, self.values, self.values, instead)


def table(page: ReleasedPage) -> list[list[object]]:
    """Return the page's lines for a file, under their headings; a withheld one says so and holds no number."""
    levels = list(dict.fromkeys(name for line in page.lines for name in line.asked.levels))
    made_up = [_("Demonstration data")] if page.round.is_demonstration else []
    start = [page.round.name, page.compared.name, *made_up]
    heading: list[object] = [
        *(_("Round"), _("Group"), *([_("Data")] if made_up else [])),
        *(_("Section"), _("Code"), _("Criterion"), _("Kind"), *levels),
        *(
            _("Gave a level"),
            _("Median"),
            _("Middle half"),
            _("Level of %(name)s") % {"name": page.own.name},
            _("Note"),
        ),
    ]
    return [heading, *([*start, *_cells(line, levels)] for line in page.lines)]


def _cells(line: Line, levels: Sequence[str]) -> list[object]:
    asked, own = line.asked, tables.picked_label(line)
    counts: Mapping[str, object] = {} if line.is_withheld else dict(zip(asked.levels, line.counts, strict=True))
    return [
        *(asked.section_title, asked.code, asked.title),
        _("Statutory requirement") if asked.is_statutory else _("Good practice"),
        *(counts.get(level, "") for level in levels),
        "" if line.is_withheld else line.n,
        *(tables.median_words(line), tables.middle_half_words(line)),
        own.name if own else "",
        not_shown() if line.is_withheld else "",
    ]


def _named(each: Compared) -> str:
    """Return a group with its kind, and that nothing of it can be shown, where that is so."""
    name = f"{KIND_NAMES[each.group.kind]}: {each.name}"
    return name if each.is_shown else _("%(group)s (nothing can be shown)") % {"group": name}


def not_shown() -> str:
    """Return what stands in a withheld cell, whatever the reason, so that the words give nothing away."""
    return _("Not shown")
