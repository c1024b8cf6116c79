"""What ratings beside crime read: printed figures by partnership, and what one partnership submitted over the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import Submission
from audit.models import Event
from partnerships.crime_parts import Total
from partnerships.models import CrimeFigure, Partnership
from partnerships.services import LOADED
from reports import queries
from reports.comparison import Asked, Line
from reports.crime import Figure, Rated
from reports.heat_map import Column, columns

LOADS_LOOKED_AT = 20


@dataclass(frozen=True)
class Owner:
    """A partnership as its figures name it."""

    slug: str
    name: str
    family: str
    is_made_up: bool = False


@dataclass(frozen=True)
class PrintedTotals:
    """The totals of the last table that had some: its source, how many areas, and each total printed and computed."""

    source: str
    areas: int
    totals: Sequence[Total]

    @property
    def differ(self) -> bool:
        """Whether any printed one does not follow from the rows."""
        return any(total.differs for total in self.totals)


@dataclass(frozen=True)
class Sent:
    """One submission on the way of a partnership."""

    round_slug: str
    round_name: str
    reference: str
    sent_on: date
    rated: Rated | None
    is_demonstration: bool = False


def figures() -> tuple[dict[int, list[Figure]], dict[int, Owner]]:
    """Return every partnership's figures, oldest first, and whose they are, by its key; one query."""
    found: dict[int, list[Figure]] = {}
    owners: dict[int, Owner] = {}
    for figure in _figures().select_related("partnership__family_group"):
        place = figure.partnership
        family = str(place.family_group) if place.family_group else ""
        found.setdefault(place.pk, []).append(_figure(figure))
        is_made_up = place.family_group is not None and place.family_group.is_demonstration
        owners[place.pk] = Owner(place.slug, place.name, family, is_made_up)
    return found, owners


def printed_totals() -> PrintedTotals | None:
    """Return what the trail keeps of the last table that was loaded with a row of totals; one query.

    Totals belong to a table and not to areas, so they stand with the record of its loading and nowhere else.
    """
    loads = Event.objects.filter(target_type=CrimeFigure._meta.label_lower, kind=LOADED)
    for after in loads.values_list("after", flat=True)[:LOADS_LOOKED_AT]:
        kept = after or {}
        totals = [_total(*entry[:3]) for entry in kept.get("totals", [])]
        if any(total.printed is not None for total in totals):
            return PrintedTotals(kept["source"], len({figure[0] for figure in kept["figures"]}), totals)
    return None


def submissions_of(partnership: Partnership, regions: frozenset[int] | None) -> list[Sent]:
    """Return a partnership's current submissions, oldest first, that were made in these regions (None: any)."""
    rows = Submission.objects.current().filter(assessment__partnership=partnership)
    if regions is not None:
        rows = rows.filter(region__in=regions)
    rows = rows.select_related("assessment__round").order_by("submitted_at")
    return [_sent(submission) for submission in rows.defer("document")]


def rated(criteria: list[Column], levels: str) -> Rated | None:
    """Count packed levels of practice criteria; None where nothing was rated."""
    marks = [(column, levels[column.place : column.place + 1]) for column in criteria]
    given = [(column, mark) for column, mark in marks if mark.isdigit()]
    return Rated(sum(column.is_upper(mark) for column, mark in given), len(given)) if given else None


def practice(criteria: tuple[Asked, ...]) -> list[Column]:
    """Return the practice criteria with their places in packed levels; levels without order have no upper ones."""
    every = columns([Line(asked, (0,) * len(asked.levels), 0) for asked in criteria])
    return [column for column in every if not column.asked.is_statutory and column.asked.is_ordered]


def _figures() -> QuerySet[CrimeFigure]:
    return CrimeFigure.objects.filter(measure=CrimeFigure.Measure.BCS_COMPARATOR).order_by("ends_on", "pk")


def _figure(row: CrimeFigure) -> Figure:
    return Figure(row.ends_on, row.value, row.period, row.note, row.source, row.is_demonstration)


def _total(title: str, printed: str | None, computed: str | None) -> Total:
    known, found = (None if number is None else Decimal(number) for number in (printed, computed))
    return Total(title, known, found)


def _sent(submission: Submission) -> Sent:
    round_ = submission.assessment.round
    found = rated(practice(queries.asked(round_)), submission.levels)
    day = timezone.localdate(submission.submitted_at)
    return Sent(round_.slug, round_.name, submission.reference, day, found, round_.is_demonstration)
