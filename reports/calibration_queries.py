"""What calibration reads: the partnership's level and the reviewer's, counted, of closed reviews."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from assessments.models import ReviewedRating, Round
from hallmarks.outline import outline_by_id
from partnerships.models import Region
from reports.calibration import Agreement, Scale

OWN, THEIRS = "submitted__level__position", "level__position"


@dataclass
class _Gathered:
    """Pairs on their way: those of each review, and how many have a level on one side only."""

    reviews: dict[object, Counter[tuple[int, int]]] = field(default_factory=lambda: defaultdict(Counter))
    left_out: int = 0

    def add(self, review: object, own: int | None, theirs: int | None, count: int) -> None:
        """Take so many pairs of one review."""
        if own is not None and theirs is not None:
            self.reviews[review][own, theirs] += count
        else:
            self.left_out += count


def scales(round_: Round) -> dict[tuple[str, int], Scale]:
    """Return the round's scales by kind of criterion and key, from memory."""
    return {
        (question.criterion.kind, question.criterion.scale_id): Scale(
            tuple(level.name for level in question.levels), question.is_statutory, question.criterion.scale.is_ordered
        )
        for question in outline_by_id(round_.version_id).questions
    }


def by_region(round_: Round) -> dict[tuple[int, Scale], Agreement]:
    """Return what each region's closed reviews say on each scale; one query."""
    known, found = scales(round_), defaultdict[tuple[int, Scale], _Gathered](_Gathered)
    columns = ("reviewed__submission__region_id", "criterion__kind", "criterion__scale_id", "reviewed_id")
    for region, kind, scale, review, own, theirs, count in _counted(_closed(round_), *columns):
        found[region, known[kind, scale]].add(review, own, theirs, count)
    return {
        (region, scale): Agreement(scale, list(gathered.reviews.values()), gathered.left_out)
        for (region, scale), gathered in found.items()
    }


def by_criterion(round_: Round, regions: Collection[int] | None) -> dict[str, Agreement]:
    """Return what the closed reviews of these regions (None: all) say of each criterion, by its code; one query."""
    rows = _closed(round_)
    if regions is not None:
        rows = rows.filter(reviewed__submission__region__in=regions)
    known, found, on = scales(round_), defaultdict[str, _Gathered](_Gathered), dict[str, Scale]()
    columns = ("criterion__code", "criterion__kind", "criterion__scale_id")
    for code, kind, scale, own, theirs, count in _counted(rows, *columns):
        on[code] = known[kind, scale]
        # Each review has one pair: which review it is of makes no difference.
        for number in range(count):
            found[code].add((own, theirs, number), own, theirs, 1)
    return {code: Agreement(on[code], list(each.reviews.values()), each.left_out) for code, each in found.items()}


def regions() -> list[Region]:
    """Return all regions by name; one query."""
    return list(Region.objects.order_by("name"))


def _closed(round_: Round) -> QuerySet[ReviewedRating]:
    here = Q(reviewed__submission__ratings__criterion=F("criterion"))
    return (
        ReviewedRating.objects.filter(
            reviewed__submission__assessment__round=round_, reviewed__submission__is_current=True
        )
        .annotate(submitted=FilteredRelation("reviewed__submission__ratings", condition=here))
        .order_by()
    )


def _counted(rows: QuerySet[ReviewedRating], *columns: str) -> Any:
    return rows.values_list(*columns, OWN, THEIRS).annotate(count=Count("pk"))
