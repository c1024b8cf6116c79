"""A comparison as one page shows it: the selection, what it found in words, and the tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from hallmarks.marks import Label, in_a_sentence
from reports import tables
from reports.comparison import TOP_LEVELS, Asked, Line, weakest_first
from reports.filters import PUBLISHED, SORTS, Filters
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
    """Everything the comparison page prints; `lines` are the ones shown, in the order asked for."""

    round: Round
    rounds: Sequence[Round]
    places: Sequence[Place]
    criteria: Sequence[Asked]
    filters: Filters
    lines: Sequence[Line]

    @property
    def area(self) -> str:
        """The name of the group that is compared."""
        return self.filters.force.force_name if self.filters.force else self.filters.region.region_name

    @cached_property
    def group(self) -> list[Place]:
        """The partnerships of the group, whether or not they have submitted."""
        return [place for place in self.places if self.filters.covers(place)]

    @property
    def submitted(self) -> int:
        """How many of the group have submitted: the most that any bar can show."""
        return sum(place.has_submitted for place in self.group)

    @property
    def picked_is_outside(self) -> bool:
        """Whether the picked partnership is not counted in the bars."""
        return self.filters.picked is not None and not self.filters.covers(self.filters.picked)

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
        titled = ((_("Good practice"), self.practice), (_("Statutory requirements"), self.statutory))
        scales: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
        for title, lines in titled:
            for line in lines:
                scales.setdefault((title, line.asked.levels), []).append(line)
        return [(title, list(levels), lines) for (title, levels), lines in scales.items()]

    @property
    def upper_level(self) -> str:
        """The lower of the top two levels, as it stands in a sentence."""
        levels = next((line.asked.levels for line in self.practice if len(line.asked.levels) >= TOP_LEVELS), None)
        return in_a_sentence(levels[-TOP_LEVELS]) if levels else _("the upper levels")

    @property
    def placed_high(self) -> int:
        """On how many practice criteria the median is in the top two levels."""
        return sum(
            line.median is not None and line.median[0] >= len(line.asked.levels) - TOP_LEVELS for line in self.practice
        )

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
        """The regions that can be chosen."""
        names = {place.region: place.region_name for place in self.places}
        return _choices(names, self.filters.region.region)

    @property
    def force_choices(self) -> list[Choice]:
        """The police forces of the region."""
        near = [place for place in self.places if place.region == self.filters.region.region]
        names = {place.force: place.force_name for place in near}
        whole = Choice("", _("All police forces"), self.filters.force is None)
        return [whole, *_choices(names, self.filters.force.force if self.filters.force else "")]

    @property
    def criteria_choices(self) -> list[Choice]:
        """The sections of the criteria."""
        names = {asked.section: asked.section_title for asked in self.criteria}
        every = Choice("", _("All sections"), not self.filters.section)
        return [every, *(Choice(code, title, code == self.filters.section) for code, title in names.items())]

    @property
    def key_choices(self) -> list[Choice]:
        """All criteria or the key ones; nothing to choose where none is marked as key."""
        count = sum(asked.is_key for asked in self.criteria)
        if not count:
            return []
        label = ngettext("%(count)s key criterion", "%(count)s key criteria", count) % {"count": count}
        every = _("All %(count)s") % {"count": len(self.criteria)}
        return [Choice("", every, not self.filters.key_only), Choice("1", label, self.filters.key_only)]

    @property
    def partnership_choices(self) -> list[Choice]:
        """The region's partnerships that have submitted."""
        near = [p for p in self.places if p.region == self.filters.region.region and p.has_submitted]
        chosen = self.filters.picked.slug if self.filters.picked else ""
        return [Choice("", _("All alike"), not chosen), *(Choice(p.slug, p.name, p.slug == chosen) for p in near)]

    @property
    def sort_choices(self) -> list[Choice]:
        """The orders that can be chosen."""
        return [Choice(sort, str(label), sort == self.filters.sort) for sort, label in SORTS.items()]


def _choices(names: dict[str, str], chosen: str) -> list[Choice]:
    pairs: Iterable[tuple[str, str]] = sorted(names.items(), key=lambda pair: pair[1])
    return [Choice(value, label, value == chosen) for value, label in pairs]
