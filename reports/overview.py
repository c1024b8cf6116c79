"""A comparison as one page shows it: the selection, what it found in words, and the tables."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from hallmarks.marks import Label, in_a_sentence
from reports import filters as choosing
from reports import offered_groups, tables
from reports.comparison import (
    TOP_LEVELS,
    Count,
    Line,
    SectionLine,
    by_section,
    tabulate,
    weakest_first,
    withhold_few,
)
from reports.filters import DISAGREEMENT, PUBLISHED, SORTS, Filters, Offer
from reports.groups import BOTH, Cut, Named, OwnList
from reports.offered_groups import Known, Sizes
from reports.queries import Place

WEAKEST_NAMED = 3


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    is_selected: bool


@dataclass(frozen=True)
class Standing:
    """On how many criteria the picked partnership is above, level with and below the median; `of` of them count."""

    above: int
    level: int
    below: int

    @property
    def of(self) -> int:
        """How many criteria it can be placed on."""
        return self.above + self.level + self.below


@dataclass(frozen=True)
class Overview:
    """Everything the comparison page prints, worked out of what was read: `counts`, and criteria that are `hidden`."""

    round: Round
    rounds: Sequence[Round]
    offer: Offer
    filters: Filters
    counts: Sequence[Count]
    hidden: Collection[str] = ()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that are shown, in the order asked for."""
        criteria = [asked for asked in self.offer.criteria if self.filters.shows(asked)]
        return self.filters.in_order(withhold_few(tabulate(criteria, self.counts), self.hidden))

    @property
    def area(self) -> str:
        """The name of the group that is compared."""
        return self.filters.cut.name

    @cached_property
    def named(self) -> list[Place]:
        """The partnerships of the group that may be named, whether or not they have submitted."""
        return [place for place in self.offer.places if self.filters.covers(place)]

    @property
    def members(self) -> int:
        """How many partnerships belong to the group, whether or not they have submitted."""
        if self.offer.alike:
            return sum(each.members for each in self.offer.alike if self.filters.cut.covers(each))
        return len(self.named)

    @property
    def submitted(self) -> int:
        """How many of the group have submitted: the most that any bar can show."""
        if self.offer.alike:
            return sum(each.submitted for each in self.offer.alike if self.filters.cut.covers(each))
        return sum(place.has_submitted for place in self.named)

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of the group may be told, because so few of it lie outside the reader's regions."""
        return self.withheld > 0 and not any(line.n or line.does_not_apply for line in self.lines)

    @property
    def withheld(self) -> int:
        """How many criteria are not shown for that reason."""
        return sum(line.is_withheld for line in self.lines)

    @property
    def picked_is_outside(self) -> bool:
        """Whether the picked partnership is not counted in the bars."""
        return self.filters.picked is not None and not self.filters.covers(self.filters.picked)

    @property
    def shows_reviews(self) -> bool:
        """Whether the tables tell in how many closed reviews another level was seen."""
        return self.filters.with_reviews

    @cached_property
    def sections(self) -> list[SectionLine]:
        """All ratings of each section's criteria, in the order asked for, practice and statutory apart."""
        return self.filters.sections_in_order(by_section(self.lines))

    @property
    def practice_sections(self) -> list[tables.SectionRow]:
        """The table of sections, of their practice criteria."""
        return self._section_rows(is_statutory=False)

    @property
    def statutory_sections(self) -> list[tables.SectionRow]:
        """The table of sections, of their statutory requirements."""
        return self._section_rows(is_statutory=True)

    def _section_rows(self, *, is_statutory: bool) -> list[tables.SectionRow]:
        found = [section for section in self.sections if section.line.asked.is_statutory == is_statutory]
        return tables.section_rows(found, lambda code: self.filters.query(section=code))

    @cached_property
    def practice(self) -> list[Line]:
        """The lines about practice."""
        return [line for line in self.lines if not line.asked.is_statutory]

    @cached_property
    def statutory(self) -> list[Line]:
        """The lines about statutory requirements, which are kept apart."""
        return [line for line in self.lines if line.asked.is_statutory]

    @property
    def is_published_order(self) -> bool:
        """Whether the rows are under their sections."""
        return self.filters.sort == PUBLISHED

    @property
    def practice_groups(self) -> list[tables.Group]:
        """The practice table."""
        return tables.grouped(self.practice, by_section=self.is_published_order)

    @property
    def statutory_rows(self) -> list[tables.Row]:
        """The statutory table."""
        return tables.rows(self.statutory)

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
        """The same numbers without pictures: a title, the levels and the lines, once for each scale."""
        return tables.by_scale(self.practice, self.statutory)

    @property
    def upper_level(self) -> str:
        """The lower of the top two levels, as it stands in a sentence."""
        levels = next((line.asked.levels for line in self.practice if len(line.asked.levels) >= TOP_LEVELS), None)
        return in_a_sentence(levels[-TOP_LEVELS]) if levels else _("the upper levels")

    @property
    def placed_high(self) -> int:
        """On how many practice criteria at least half of those who gave a level are in the top two."""
        return sum(line.median is not None and 2 * line.upper >= line.n for line in self.practice)

    @property
    def whole_family_query(self) -> str:
        """The query for the whole family group, where the page shows only those of it in one region; else blank."""
        cut = self.filters.cut
        if not cut.family or cut.is_beyond:
            return ""
        return self.filters.query(**dict.fromkeys(("force", "kind", "list"), ""), region=BOTH)

    @property
    def rated(self) -> int:
        """How many practice criteria anybody gave a level."""
        return sum(line.n > 0 for line in self.practice)

    @property
    def weakest(self) -> list[Line]:
        """The practice criteria with the smallest share in the top two levels; none while nothing is rated."""
        return [line for line in weakest_first(self.practice) if line.n][:WEAKEST_NAMED]

    @property
    def standing(self) -> Standing:
        """Where the picked partnership stands on the practice criteria shown."""
        places = [line.standing for line in self.practice]
        return Standing(places.count(1), places.count(0), places.count(-1))

    @property
    def round_choices(self) -> list[Choice]:
        """The rounds that can be chosen."""
        return [Choice(round_.slug, round_.name, round_ == self.round) for round_ in self.rounds]

    @property
    def region_choices(self) -> list[Choice]:
        """The areas that can be chosen."""
        return _choices(choosing.areas(self.offer.places), self.filters.cut.area)

    @property
    def force_choices(self) -> list[Choice]:
        """The police forces of the region, if it has several; beyond it only administrators have any."""
        forces = choosing.forces(self._near) if self._is_own else []
        if len(forces) < 2:
            return []
        sizes = Sizes(self._known, lambda each: each.force)
        return _parts(_("All police forces"), forces, sizes, self.filters.cut.force)

    @property
    def family_choices(self) -> list[Choice]:
        """The family groups of the area."""
        families, sizes = choosing.families(self._known.everybody), Sizes(self._known, lambda each: each.family)
        return _parts(_("All family groups"), families, sizes, self.filters.cut.family)

    @property
    def kind_choices(self) -> list[Choice]:
        """The kinds of area."""
        kinds, sizes = choosing.kinds(self._known.everybody), Sizes(self._known, lambda each: each.kind)
        return _parts(_("All kinds of area"), kinds, sizes, self.filters.cut.kind)

    @property
    def list_choices(self) -> list[Choice]:
        """The lists of one's own and those shared in the region."""
        chosen = self.filters.cut.own_list
        lists = offered_groups.lists_offered(self.offer.lists, self._near)
        return [Choice("", _("No list"), chosen is None), *_choices(lists, chosen)]

    @property
    def _known(self) -> Known:
        """Everybody of the area; where others are only counted, those beside them that may be named."""
        if self.offer.alike:
            return Known(self.offer.alike, self.offer.places)
        area = Cut(self.filters.cut.area)
        return Known([place for place in self.offer.places if area.covers(place)])

    @property
    def _is_own(self) -> bool:
        """Whether the group may be cut in any way."""
        return self.offer.regions is None or not self.filters.cut.is_beyond

    @property
    def _near(self) -> list[Place]:
        """The partnerships of the area that may be named."""
        return choosing.near(self.offer.places, self.filters.cut)

    @property
    def criteria_choices(self) -> list[Choice]:
        """The sections of the criteria."""
        names = {asked.section: asked.section_title for asked in self.offer.criteria}
        every = Choice("", _("All sections"), not self.filters.section)
        return [every, *(Choice(code, title, code == self.filters.section) for code, title in names.items())]

    @property
    def key_choices(self) -> list[Choice]:
        """All criteria or the key ones; nothing to choose where none is marked as key."""
        count = sum(asked.is_key for asked in self.offer.criteria)
        if not count:
            return []
        label = ngettext("%(count)s key criterion", "%(count)s key criteria", count) % {"count": count}
        every = _("All %(count)s") % {"count": len(self.offer.criteria)}
        return [Choice("", every, not self.filters.key_only), Choice("1", label, self.filters.key_only)]

    @property
    def partnership_choices(self) -> list[Choice]:
        """The partnerships of the area that may be named and have submitted."""
        near = [place for place in self._near if place.has_submitted]
        chosen = self.filters.picked.slug if self.filters.picked else ""
        return [Choice("", _("All alike"), not chosen), *(Choice(p.slug, p.name, p.slug == chosen) for p in near)]

    @property
    def sort_choices(self) -> list[Choice]:
        """The orders that can be chosen."""
        offered = {sort: label for sort, label in SORTS.items() if sort != DISAGREEMENT or self.filters.may_see_reviews}
        return [Choice(sort, str(label), sort == self.filters.sort) for sort, label in offered.items()]


def _parts(whole: str, named: Iterable[Named], sizes: Sizes, chosen: Named | None) -> list[Choice]:
    """Return what the area can be narrowed to."""
    return [Choice("", whole, chosen is None), *_choices(offered_groups.offered(named, sizes, chosen), chosen)]


def _choices(named: Iterable[Named | OwnList], chosen: Named | OwnList | None) -> list[Choice]:
    value = chosen.value if chosen else ""
    return [Choice(each.value, each.name, each.value == value) for each in named]
