"""Many assessments at once: how far each is, and how many are where; never what anybody answered."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, Exists, FilteredRelation, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from assessments.models import (
    Assessment,
    AssessmentQuerySet,
    Extension,
    Rating,
    RatingQuerySet,
    ReviewedSubmission,
    Round,
)
from assessments.round_progress import DeadlineChange, Tally
from hallmarks.models import Criterion
from partnerships.models import Partnership, Region

# Where a submission counts: the region on the day it was sent; a draft, where the partnership is now.
REGION = "placed_in"
NOBODY = Value(False)


def with_progress(assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    """Add `rated` (criteria answered) and `changed_at` (None before the first answer was saved)."""
    mine = Rating.objects.filter(assessment=OuterRef("pk")).order_by()
    # An answer to a criterion that the round asked before its set was changed is kept, and counts nowhere.
    asked = mine.filter(criterion__version=OuterRef("round__version"))
    rated = asked.answered().values("assessment").annotate(n=Count("pk")).values("n")
    changed = _begun(mine).values("assessment").annotate(last=Max("updated_at")).values("last")
    return assessments.annotate(rated=Coalesce(Subquery(rated), 0), changed_at=Subquery(changed))


def tally_by_round(today: datetime.date) -> Mapping[int, Tally]:
    """Return every round's tally on a day by the round's key, in one query."""
    return {round_: tally for (round_,), tally in _tally(Assessment.objects.all(), today, "round")}


def tally_by_region(round_: Round, today: datetime.date) -> Mapping[int, Tally]:
    """Return one round's tally on a day by the region's key, in one query."""
    mine = _placed().filter(round=round_)
    return {region: tally for (region,), tally in _tally(mine, today, REGION)}


def tally_by_region_and_round(
    regions: Iterable[Region], today: datetime.date, has_questions: Exists | Value = NOBODY
) -> Mapping[tuple[int, int], Tally]:
    """Return these regions' tallies in every round on a day by both keys, in one query.

    `has_questions` says of an assessment whether its submission waits for replies; without it none does.
    """
    mine = _placed().filter(**{f"{REGION}__in": [region.pk for region in regions]})
    found = _tally(mine, today, REGION, "round", has_questions=has_questions)
    return {(region, round_): tally for (region, round_), tally in found}


def deadline_change(round_: Round, closes_on: datetime.date) -> DeadlineChange:
    """Return what another closing day would mean for the partnerships of a round, in one query."""
    longer = Extension.objects.filter(round=round_, partnership=OuterRef("partnership"), until__gt=closes_on)
    waiting = Assessment.objects.filter(round=round_).exclude(status=Assessment.Status.SUBMITTED)
    counts = waiting.annotate(keeps=Exists(longer)).aggregate(
        waiting=Count("pk"), with_longer=Count("pk", filter=Q(keeps=True))
    )
    return DeadlineChange(before=round_.closes_on, after=closes_on, **counts)


def criteria_asked(round_: Round) -> Callable[[Partnership], int]:
    """Return a function that says how many criteria a round asks of a partnership; one query for all of them."""
    criteria = Criterion.objects.filter(version=round_.version_id).in_force_on(round_.opens_on)
    rows = list(criteria.order_by().values_list("nation", "tier").annotate(Count("pk")))

    def asked(partnership: Partnership) -> int:
        nations, tiers = {"", partnership.nation}, {"", partnership.tier}
        return sum(number for nation, tier, number in rows if nation in nations and tier in tiers)

    return asked


def _begun(ratings: RatingQuerySet) -> RatingQuerySet:
    # What is carried over from an earlier round is unconfirmed until somebody saves it.
    return ratings.filter(is_confirmed=True)


def _placed() -> AssessmentQuerySet:
    sent = FilteredRelation("submissions", condition=Q(submissions__is_current=True))
    here = Coalesce("sent__region", "partnership__police_force__region")
    return Assessment.objects.annotate(sent=sent, **{REGION: here})


def _tally(
    assessments: AssessmentQuerySet, today: datetime.date, *by: str, has_questions: Exists | Value = NOBODY
) -> Iterator[tuple[tuple[int, ...], Tally]]:
    begun = Exists(_begun(Rating.objects.filter(assessment=OuterRef("pk"))))
    mine = Extension.objects.filter(round=OuterRef("round"), partnership=OuterRef("partnership"), until__gte=today)
    closed = ReviewedSubmission.objects.filter(submission__assessment=OuterRef("pk"), submission__is_current=True)
    is_open = Q(round__closes_on__gte=today) | Q(has_longer=True)
    draft, sent = Q(status=Assessment.Status.DRAFT), Q(status=Assessment.Status.SUBMITTED)
    states = {
        "not_started": draft & is_open & Q(begun=False),
        "in_progress": draft & is_open & Q(begun=True),
        "returned": Q(status=Assessment.Status.RETURNED, is_closed=False),
        "not_submitted": draft & ~is_open,
        "submitted": sent & Q(is_closed=False, waits=False),
        "questions_open": sent & Q(is_closed=False, waits=True),
        # What was closed as returned is closed.
        "closed": Q(is_closed=True),
    }
    rows = (
        assessments.order_by()
        .annotate(begun=begun, has_longer=Exists(mine), is_closed=Exists(closed), waits=has_questions)
        .values_list(*by)
        .annotate(**{state: Count("pk", filter=where) for state, where in states.items()})
    )
    for row in rows:
        yield tuple(row[: len(by)]), Tally(*row[len(by) :])
