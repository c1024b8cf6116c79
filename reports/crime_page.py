"""Ratings beside recorded crime as the pages print them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from partnerships.models import Partnership
from reports import crime, crime_queries, drawings, queries
from reports.access import Scope
from reports.crime import Area, Beside, Figure, Gap, Rated
from reports.crime_queries import Owner, Sent
from reports.drawings import Dot, Middle
from reports.heat_map import Row
from reports.heat_pages import upper_level


@dataclass(frozen=True)
class AreaRow:
    """One area of the table."""

    area: Area
    gap: Gap | None

    @property
    def earlier(self) -> str:
        """The earlier figure with thousands commas."""
        return whole(self.area.earlier.value)

    @property
    def later(self) -> str:
        """The later figure with thousands commas."""
        return whole(self.area.later.value)

    @property
    def change(self) -> str:
        """The change as printed tables write it."""
        return signed(self.area.change)

    @property
    def percent(self) -> str:
        """The change in per cent to one place."""
        return percent(self.area.percent)

    @property
    def gap_number(self) -> str:
        """The gap to the family's median; why there is none."""
        return signed(self.gap.gap) if self.gap else _("Too few to say")

    @property
    def gap_words(self) -> str:
        """What that median is and of how many areas; blank without one."""
        if self.gap is None:
            return ""
        return _("median %(median)s of %(n)s") % {"median": whole(self.gap.median), "n": self.gap.n}


@dataclass(frozen=True)
class GroupRow:
    """One group of areas without names, in words."""

    n: int
    changes: str
    median: str
    middle_half: str


@dataclass(frozen=True)
class CrimePage:
    """Everything the page of a round prints."""

    round: Round
    beside: Beside
    upper_level: str
    is_own_only: bool
    may_load: bool = False
    rounds: Sequence[Round] = ()

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
                _("%(start)s to %(end)s") % {"start": percent(group.start), "end": percent(group.end)},
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
            "The two periods have %(n)s month in common, so the change is smaller than between two separate years.",
            "The two periods have %(n)s months in common, so the change is smaller than between two separate years.",
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
    def picture(self) -> SafeString:
        """The scatter; blank where there is nothing to draw."""
        dots = [Dot(float(a.percent or 0), float(100 * a.rated.share), a.name) for a in self.beside.dots if a.rated]
        middles = [
            Middle(float(g.start), float(g.end), float(g.low), float(g.median), float(g.high))
            for g in self.beside.groups
        ]
        changes = [0.0, *(dot.x for dot in dots), *(end for each in middles for end in (each.start, each.end))]
        if not dots and not middles:
            return SafeString()
        return drawings.scatter(dots, middles, drawings.axis_of(changes), self._picture_words)

    @property
    def _picture_words(self) -> str:
        across = _("Across: change in recorded crime. Upwards: share of criteria at %(level)s or better.")
        counts = _("Areas by name: %(dots)s. Groups without names: %(groups)s. The tables have the numbers.")
        known = {"dots": len(self.beside.dots), "groups": len(self.beside.groups)}
        return f"{across % {'level': self.upper_level}} {counts % known}"


@dataclass(frozen=True)
class Moment:
    """One line of a partnership's years: a figure, or a submission and its number in the picture."""

    figure: Figure | None = None
    change: str = ""
    sent: Sent | None = None
    number: int = 0

    @property
    def value(self) -> str:
        """The figure with thousands commas."""
        return whole(self.figure.value) if self.figure else ""


@dataclass(frozen=True)
class TimePage:
    """A partnership's figures over time with its submissions marked."""

    partnership: Partnership
    figures: Sequence[Figure]
    sent: Sequence[Sent]
    gap: Gap | None

    @property
    def last(self) -> Figure:
        """The latest figure."""
        return self.figures[-1]

    @property
    def last_value(self) -> str:
        """The same with thousands commas."""
        return whole(self.last.value)

    @property
    def moments(self) -> list[Moment]:
        """Figures and submissions in order of their days."""
        found: list[tuple[object, Moment]] = []
        for at, figure in enumerate(self.figures):
            before = self.figures[at - 1] if at else None
            found.append((figure.ends_on, Moment(figure, _since(before, figure))))
        found += [(each.sent_on, Moment(sent=each, number=number)) for number, each in enumerate(self.sent, 1)]
        return [moment for _day, moment in sorted(found, key=lambda pair: str(pair[0]))]

    @property
    def picture(self) -> SafeString:
        """The figures as a line with numbered submissions; blank without figures."""
        if not self.figures:
            return SafeString()
        points = [(figure.ends_on, figure.value) for figure in self.figures]
        return drawings.timeline(points, [each.sent_on for each in self.sent], self._picture_words)

    @property
    def gap_words(self) -> str:
        """The gap to the family's median as a sentence."""
        if self.gap is None:
            return _("Too few areas of the family group have figures to say how far this one is from their median.")
        values = {"gap": whole(abs(self.gap.gap)), "n": self.gap.n, "median": whole(self.gap.median)}
        if self.gap.gap < 0:
            return _("That is %(gap)s below the median of %(n)s areas of its family group, %(median)s.") % values
        return _("That is %(gap)s above the median of %(n)s areas of its family group, %(median)s.") % values

    @property
    def sources(self) -> list[str]:
        """Where figures were printed."""
        return sorted({figure.source for figure in self.figures})

    @property
    def _picture_words(self) -> str:
        words = _(
            "Recorded crime in %(name)s over time; numbered lines are its submissions. The table has the numbers."
        )
        return words % {"name": self.partnership.name}


def crime_page(scope: Scope, rows: Sequence[Row]) -> CrimePage:
    """Return a round's page from its partnerships; two queries."""
    criteria = queries.asked(scope.round)
    figures, owners = crime_queries.figures()
    beside = Beside(list(_areas(scope, rows, figures, owners)), may_sum=not scope.reads_release)
    practice = crime_queries.practice(criteria)
    level = upper_level([column.line for column in practice])
    return CrimePage(scope.round, beside, level, scope.reads_release, scope.regions is None, scope.rounds)


def time_page(partnership: Partnership, regions: frozenset[int] | None) -> TimePage:
    """Return one partnership's page; two queries."""
    figures, owners = crime_queries.figures()
    days = crime.last_two(figures)
    areas = [
        _area(owners[key], key == partnership.pk, found) for key, each in figures.items() if (found := _two(each, days))
    ]
    own = next((area for area in areas if area.is_named), None)
    return TimePage(
        partnership,
        figures.get(partnership.pk, []),
        crime_queries.submissions_of(partnership, regions),
        Beside(areas).gap(own) if own else None,
    )


def percent(number: Fraction | None) -> str:
    """Return per cent to one place with a true minus."""
    if number is None:
        return _("Not known")
    text = f"{float(number):+.1f}%".replace("-", "\u2212")
    return text.replace("+0.0", "0.0").replace("\u22120.0", "0.0")


def whole(number: Fraction | int) -> str:
    """Return a whole number with thousands commas and a true minus."""
    return f"{round(number):,}".replace("-", "\u2212")


def number(printed: Decimal | int | None) -> str:
    """Return a number as tables write it, with a true minus; a dash where there is none."""
    return "\u2013" if printed is None else f"{printed:,}".replace("-", "\u2212")


def signed(number: Fraction | int) -> str:
    """Return a whole number with its sign."""
    return f"{round(number):+,}".replace("-", "\u2212") if round(number) else "0"


def _areas(
    scope: Scope, rows: Sequence[Row], figures: Mapping[int, Sequence[Figure]], owners: Mapping[int, Owner]
) -> Iterator[Area]:
    """Yield the areas of the round that have both figures."""
    practice, taking_part = crime_queries.practice(queries.asked(scope.round)), {row.slug: row for row in rows}
    days = crime.last_two(figures)
    for key, several in figures.items():
        row, two = taking_part.get(owners[key].slug), _two(several, days)
        if row is None or two is None:
            continue
        is_named = scope.names(key, row.region_key)
        # Of others' submissions a partnership's page reads nothing at all.
        may_read = row.has_submitted and (is_named or not scope.reads_release)
        yield _area(owners[key], is_named, two, crime_queries.rated(practice, row.levels) if may_read else None)


def _two(figures: Sequence[Figure], days: tuple[date, date] | None) -> tuple[Figure, Figure] | None:
    found = {figure.ends_on: figure for figure in figures}
    return (found[days[0]], found[days[1]]) if days and set(days) <= set(found) else None


def _area(owner: Owner, is_named: bool, two: tuple[Figure, Figure], rated: Rated | None = None) -> Area:
    return Area(owner.slug, owner.name, owner.family, is_named, *two, rated)


def _since(before: Figure | None, figure: Figure) -> str:
    return signed(figure.value - before.value) if before else ""
