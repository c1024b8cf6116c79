"""Improvement actions as other pages read them: beside a rating and beside a round."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from assessments.models import Assessment, ImprovementAction, Rating
from hallmarks.models import Criterion
from partnerships.models import Partnership


@dataclass(frozen=True)
class ActionsBeside:
    """What a round's pages tell of a partnership's actions: which lineages have one, and what earlier rounds left."""

    taken_up: frozenset[str]
    open_from_earlier: int


def actions_beside(assessment: Assessment) -> ActionsBeside:
    """Return the actions that count for a round: open ones, whoever raised them, and what this round got done."""
    rows = ImprovementAction.objects.of(assessment.partnership).exclude(status=ImprovementAction.Status.DROPPED)
    open_, own = ImprovementAction.Status.OPEN, assessment.round.opens_on
    columns = ("criterion__lineage", "status", "raised_in__round__opens_on")
    found = list(rows.order_by().values_list(*columns))
    return ActionsBeside(
        taken_up=frozenset(lineage for lineage, status, began in found if status == open_ or began == own),
        open_from_earlier=sum(status == open_ and began < own for _lineage, status, began in found),
    )


def actions_for(partnership: Partnership, criterion: Criterion) -> list[ImprovementAction]:
    """Return the actions that a criterion or its forerunners gave rise to: open ones, then done, then dropped."""
    actions = ImprovementAction.objects.of(partnership).for_criterion(criterion).listed()
    order = ImprovementAction.Status.values
    return sorted(actions, key=lambda action: order.index(action.status))


def with_levels(partnership: Partnership) -> list[ImprovementAction]:
    """Return a partnership's actions, each with the level at which its criterion stands where it was raised."""
    rating = Rating.objects.filter(assessment=OuterRef("raised_in"), criterion=OuterRef("criterion"))
    rows = ImprovementAction.objects.of(partnership).listed()
    return list(rows.annotate(level_name=Subquery(rating.values("level__name")[:1])))


def assessment_named(partnership: Partnership, round_slug: str) -> Assessment | None:
    """Return the assessment from which a reader says to come, or None."""
    if not round_slug or "\0" in round_slug:
        return None
    rows = Assessment.objects.filter(partnership=partnership, round__slug=round_slug)
    return rows.select_related("round", "partnership").first()
