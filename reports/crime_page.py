"""Ratings beside recorded crime as the pages print them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from partnerships.crime_parts import Total
from reports import crime, crime_drawings, crime_queries, crime_words, drawings, queries
from reports.access import Scope
from reports.crime import Area, Beside, Figure, Gap, Rated
from reports.crime_drawings import Middle, Picture, Size, Words
from reports.crime_labels import Dot
from reports.crime_queries import Owner, PrintedTotals
from reports.heat_map import Row
from reports.heat_pages import upper_level
from reports.overview import Choice


@dataclass(frozen=True)
class AreaRow:
    """One area of the table."""

    area: Area
    gap: Gap | None

    @property
    def earlier(self) -> str:
        """The earlier figure with thousands commas."""
        return crime_words.whole(self.area.earlier.value)

    @property
    def later(self) -> str:
        """The later figure with thousands commas."""
        return crime_words.whole(self.area.later.value)

    @property
    def change(self) -> str:
        """The change as printed tables write it."""
        return crime_words.signed(self.area.change)

    @property
    def percent(self) -> str:
        """The change in per cent to one place."""
        return crime_words.percent(self.area.percent)

    @property
    def gap_number(self) -> str:
        """The gap to the family's median; why there is none."""
        return crime_words.signed(self.gap.gap) if self.gap else _("Too few to say")

    @property
    def gap_words(self) -> str:
        """What that median is and of how many areas; blank without one."""
        if self.gap is None:
            return ""
        words = _("median of %(n)s partnerships: %(median)s")
        return words % {"median": crime_words.whole(self.gap.median), "n": self.gap.n}


@dataclass(frozen=True)
class GroupRow:
    """One group of areas without names, in words."""

    n: int
    changes: str
    median: str
    middle_half: str


@dataclass(frozen=True)
class Picked:
    """The area that an address asks to mark, and the one that is: blank where nobody asked, or it has no dot."""

    asked: str = ""
    slug: str = ""


@dataclass(frozen=True)
class CrimePage:
    """Everything the page of a round prints."""

    round: Round
    beside: Beside
    upper_level: str
    is_own_only: bool
    may_load: bool = False
    rounds: Sequence[Round] = ()
    picked: Picked = Picked()
    totals: PrintedTotals | None = None
    has_made_up_families: bool = False

    @property
    def rows(self) -> list[AreaRow]:
        """The areas that may be named, largest rise first."""
        ordered = sorted(self.beside.named, key=lambda area: (-(area.percent or 0), area.name))
        return [AreaRow(area, self.beside.gap(area)) for area in ordered]

    @property
    def own(self) -> str:
        """How addresses name the partnership to which its own alone is shown; blank to everybody else."""
        return next((area.slug for area in self.beside.named), "") if self.is_own_only else ""

    @property
    def groups(self) -> list[GroupRow]:
        """The groups without names."""
        return [
            GroupRow(
                group.n,
                crime_words.from_to(group.start, group.end),
                f"{round(group.median)}%",
                _("%(low)s%% to %(high)s%%") % {"low": round(group.low), "high": round(group.high)},
            )
            for group in self.beside.groups
        ]

    @property
    def periods(self) -> tuple[Figure, Figure] | None:
        """The two periods, by anybody's figures."""
        area = next(iter(self.beside.areas), None)
        return (area.earlier, area.later) if area else None

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What was noted of printed figures, with the name."""
        rows = [(area.name, figure.note) for area in self.beside.named for figure in (area.earlier, area.later)]
        return [(name, note) for name, note in rows if note]

    @property
    def sources(self) -> list[str]:
        """Where figures were printed."""
        return sorted({figure.source for area in self.beside.areas for figure in (area.earlier, area.later)})

    @property
    def has_real_figures(self) -> bool:
        """Whether any figure is a printed one."""
        return any(not area.later.is_demonstration for area in self.beside.areas)

    @property
    def overlap(self) -> str:
        """A warning that the two periods share months; blank where they do not."""
        shared = crime.overlap((self.periods[0].ends_on, self.periods[1].ends_on)) if self.periods else 0
        words = ngettext(
            "The periods have %(n)s month in common, so the change tends to be smaller than between separate years.",
            "The periods have %(n)s months in common, so the change tends to be smaller than between separate years.",
            shared,
        )
        return words % {"n": shared} if shared else ""

    @property
    def years_between(self) -> str:
        """A warning that ratings came long after the figures; blank where they did not."""
        years = crime.years_between(self.periods[1].ends_on, self.round.opens_on) if self.periods else 0
        words = ngettext(
            "The ratings were given %(n)s year after the figures: they cannot have led to them.",
            "The ratings were given %(n)s years after the figures: they cannot have led to them.",
            years,
        )
        return words % {"n": years} if years > 0 else ""

    @cached_property
    def rho(self) -> str:
        """Spearman's rho, its interval and n as a sentence; blank where it may not be shown."""
        found = self.beside.correlation
        if found is None:
            return ""
        if found.rho is None:
            return _("%(n)s areas have both: too few, or too much alike, to say whether the two go together.") % {
                "n": found.n
            }
        ends = (found.low, found.high)
        low, high = (drawings.places(end) if end is not None else _("not known") for end in ends)
        values = {"rho": drawings.places(found.rho), "low": low, "high": high, "n": found.n}
        return _("Spearman’s rho is %(rho)s (95%% interval %(low)s to %(high)s), over %(n)s areas.") % values

    @property
    def meaning(self) -> str:
        """What rho says in plain words."""
        found = self.beside.correlation
        if found is None or found.rho is None:
            return ""
        if found.includes_none:
            return _("The interval holds 0: these areas do not show that ratings and change in crime go together.")
        if found.rho > 0:
            return _("Areas with more criteria at the upper levels tended to have larger rises or smaller falls.")
        return _("Areas with more criteria at the upper levels tended to have larger falls or smaller rises.")

    @property
    def totals_in_words(self) -> list[tuple[Total, str, str]]:
        """Printed totals with both numbers as tables write them."""
        return crime_words.totals_in_words(self.totals.totals) if self.totals else []

    @property
    def not_shown(self) -> str:
        """The two things that are most often read into it, and are not there."""
        return _(
            "It does not show that one leads to the other, nor how good a partnership is: "
            "the ratings are its own view of itself."
        )

    @property
    def source_words(self) -> str:
        """Where the figures were printed, as a sentence."""
        return _("Source of the figures: %(sources)s.") % {"sources": "; ".join(self.sources)}

    @property
    def pictures(self) -> list[SafeString]:
        """The scatter for a wide page and for a phone; none where there is nothing to draw."""
        sizes = (crime_drawings.WIDE, crime_drawings.NARROW) if self.has_picture else ()
        return [self.drawn(size).svg for size in sizes]

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to draw, and it tells more than the table."""
        return not self.is_own_only and bool(self.beside.dots or self.beside.groups)

    def drawn(self, size: Size) -> Picture:
        """Draw the scatter for pages of a size."""
        dots = [
            Dot(float(a.percent or 0), float(100 * a.rated.share), a.name, a.slug == self.picked.slug)
            for a in self.beside.dots
            if a.rated
        ]
        middles = [
            Middle(float(g.start), float(g.end), float(g.low), float(g.median), float(g.high))
            for g in self.beside.groups
        ]
        changes = [0.0, *(dot.x for dot in dots), *(end for each in middles for end in (each.start, each.end))]
        return crime_drawings.scatter(dots, middles, drawings.axis_of(changes), self._picture_words, size)

    @property
    def choices(self) -> list[Choice]:
        """The areas that can be marked in the picture."""
        slugs = sorted((area.name, area.slug) for area in self.beside.dots)
        none = Choice("", _("None"), not self.picked.slug)
        return [none, *(Choice(slug, name, slug == self.picked.slug) for name, slug in slugs)]

    @property
    def query(self) -> str:
        """What an address must carry to mark the same area."""
        return f"partnership={self.picked.slug}" if self.picked.slug else ""

    @property
    def picked_words(self) -> str:
        """Where the marked area lies, as a sentence; why none is marked; blank where nobody asked."""
        area = next((area for area in self.beside.dots if area.slug == self.picked.slug), None)
        if area is None or area.rated is None:
            return _("No area by that name has a dot here, so none is marked.") if self.picked.asked else ""
        words = _("%(name)s is marked: %(upper)s of %(n)s criteria at %(level)s or better, recorded crime %(percent)s.")
        values = {"upper": area.rated.upper, "n": area.rated.n, "percent": crime_words.percent(area.percent)}
        return words % {"name": area.name, "level": self.upper_level, **values}

    @property
    def _picture_words(self) -> Words:
        across = _("Change in recorded crime, from the %(earlier)s to the %(later)s")
        upwards = _("Share of good practice criteria at %(level)s or better") % {"level": self.upper_level}
        counts = _("Areas by name: %(dots)s. Groups without names: %(groups)s. The tables have the numbers.")
        known = {"dots": len(self.beside.dots), "groups": len(self.beside.groups)}
        earlier, later = (figure.period for figure in self.periods or ())
        titles = (across % {"earlier": earlier, "later": later}, upwards)
        whole = _("%(upwards)s, beside: %(across)s.") % {"upwards": upwards, "across": titles[0]}
        return Words(f"{whole} {counts % known}", *titles, _("fell"), _("rose"))


def crime_page(scope: Scope, rows: Sequence[Row], asked: str = "") -> CrimePage:
    """Return a round's page from its partnerships, one of them marked if it may be named; three queries."""
    criteria = queries.asked(scope.round)
    figures, owners = crime_queries.figures()
    beside = Beside(list(_areas(scope, rows, figures, owners)), may_sum=not scope.reads_release)
    practice = crime_queries.practice(criteria)
    level = upper_level([column.line for column in practice])
    return CrimePage(
        scope.round,
        beside,
        level,
        scope.reads_release,
        scope.regions is None,
        scope.rounds,
        Picked(asked, next((area.slug for area in beside.dots if area.slug == asked), "")),
        crime_queries.printed_totals() if beside.areas and not scope.reads_release else None,
        any(owner.is_made_up for owner in owners.values()),
    )


def _areas(
    scope: Scope, rows: Sequence[Row], figures: Mapping[int, Sequence[Figure]], owners: Mapping[int, Owner]
) -> Iterator[Area]:
    """Yield the areas of the round that have both figures."""
    practice, taking_part = crime_queries.practice(queries.asked(scope.round)), {row.slug: row for row in rows}
    days = crime.last_two(figures)
    for key, several in figures.items():
        row, two = taking_part.get(owners[key].slug), two_of(several, days)
        if row is None or two is None:
            continue
        is_named = scope.names(key, row.region_key)
        # Of others' submissions a partnership's page reads nothing at all.
        may_read = row.has_submitted and (is_named or not scope.reads_release)
        yield area_of(owners[key], is_named, two, crime_queries.rated(practice, row.levels) if may_read else None)


def two_of(figures: Sequence[Figure], days: tuple[date, date] | None) -> tuple[Figure, Figure] | None:
    """Return the figures of the two days; None where one is missing."""
    found = {figure.ends_on: figure for figure in figures}
    return (found[days[0]], found[days[1]]) if days and set(days) <= set(found) else None


def area_of(owner: Owner, is_named: bool, two: tuple[Figure, Figure], rated: Rated | None = None) -> Area:
    """Return an area from its two figures."""
    return Area(owner.slug, owner.name, owner.family, is_named, *two, rated)
