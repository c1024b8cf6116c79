"""Many assessments at once: how far each is, and how many are where; never what anybody answered."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from assessments.models import Assessment, AssessmentQuerySet, Rating, RatingQuerySet, Round
from assessments.round_progress import Tally
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership, Region

REGION = "partnership__police_force__region"


def with_progress(assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    """Add `rated` (criteria answered) and `changed_at` (None before the first answer was saved)."""
    mine = Rating.objects.filter(assessment=OuterRef("pk")).order_by()
    rated = mine.answered().values("assessment").annotate(n=Count("pk")).values("n")
    changed = _begun(mine).values("assessment").annotate(last=Max("updated_at")).values("last")
    return assessments.annotate(rated=Coalesce(Subquery(rated), 0), changed_at=Subquery(changed))


def tally_by_round() -> Mapping[int, Tally]:
    """Return every round's tally by the round's key, in one query."""
    return {round_: tally for (round_,), tally in _tally(Assessment.objects.all(), "round")}


def tally_by_region(round_: Round) -> Mapping[int, Tally]:
    """Return one round's tally by the region's key, in one query."""
    return {region: tally for (region,), tally in _tally(Assessment.objects.filter(round=round_), REGION)}


def tally_by_region_and_round(regions: Iterable[Region]) -> Mapping[tuple[int, int], Tally]:
    """Return these regions' tallies in every round by both keys, in one query."""
    mine = Assessment.objects.filter(**{f"{REGION}__in": list(regions)})
    return {(region, round_): tally for (region, round_), tally in _tally(mine, REGION, "round")}


def criteria_asked(version: Version) -> Callable[[Partnership], int]:
    """Return a function that says how many criteria a partnership is asked; one query for all of them."""
    rows = list(
        Criterion.objects.filter(version=version).order_by().values_list("nation", "tier").annotate(Count("pk"))
    )

    def asked(partnership: Partnership) -> int:
        nations, tiers = {"", partnership.nation}, {"", partnership.tier}
        return sum(number for nation, tier, number in rows if nation in nations and tier in tiers)

    return asked


def _begun(ratings: RatingQuerySet) -> RatingQuerySet:
    # What is carried over from an earlier round is unconfirmed until somebody saves it.
    return ratings.filter(is_confirmed=True)


def _tally(assessments: AssessmentQuerySet, *by: str) -> Iterator[tuple[tuple[int, ...], Tally]]:
    begun = Exists(_begun(Rating.objects.filter(assessment=OuterRef("pk"))))
    draft = Q(status=Assessment.Status.DRAFT)
    rows = (
        assessments.order_by()
        .annotate(begun=begun)
        .values_list(*by)
        .annotate(
            not_started=Count("pk", filter=draft & Q(begun=False)),
            in_progress=Count("pk", filter=draft & Q(begun=True)),
            submitted=Count("pk", filter=Q(status=Assessment.Status.SUBMITTED)),
        )
    )
    for *key, not_started, in_progress, submitted in rows:
        yield tuple(key), Tally(not_started, in_progress, submitted)
