"""What may be shown of views: to their giver always, to the other members only once they are revealed.

No other module reads views, so that there is one door to keep shut.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from accounts.models import Membership
from accounts.prepared import Prepared
from assessments.agency_views import CriterionViews, differing_by_section, of_each
from assessments.agreement import Given
from assessments.desks import Desk
from assessments.models import Assessment, View
from assessments.queries import questions_for
from assessments.view_walk import Walk, Way, walks
from hallmarks.models import Criterion
from hallmarks.outline import Outline, Question

# By agency and by what was said, so that the order does not tell who gave a view first.
ORDER = ("agency__name", "standpoint", "level__position", "comment")
# What with_own_given() adds to an assessment.
OWN, OWN_KEY = "own_views_given", "own_key_views_given"
# Partnerships whose revealed views one process keeps as drawn; 49 criteria with 2,940 views are about 3 MB.
KEPT = 32


def _rows(frozen_at: datetime.datetime, **which: int) -> QuerySet[View, tuple[Any, ...]]:
    views = View.objects.filter(**which).voices().seated_at(frozen_at)
    return views.order_by(*ORDER).values_list("criterion_id", *ORDER)


_OF_ALL = Prepared(_rows, number=["assessment"], moment=["frozen_at"])
_OF_ONE = Prepared(_rows, number=["assessment", "criterion"], moment=["frozen_at"])


@dataclass(frozen=True)
class TaskViews:
    """What the task list says of views: before the reveal the person's own way (`walk`), then where agencies differ."""

    walk: Walk | None = None
    differing: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_revealed(self) -> bool:
        """Whether everybody sees the views."""
        return self.walk is None

    @property
    def differing_in_all(self) -> int:
        """On how many criteria the agencies differ."""
        return sum(self.differing.values())


def own_views(desk: Desk) -> dict[int, View]:
    """Return the views that the person at the desk gave, by the criterion's key; one query."""
    return {view.criterion_id: view for view in desk.assessment.views.by_seat(desk.seat)}


def with_own_given(assessments: QuerySet[Assessment], seats: Collection[Membership]) -> QuerySet[Assessment]:
    """Read with assessments how many views a person gave of all criteria and of the key ones, from these seats."""
    mine = View.objects.filter(assessment=OuterRef("pk"), member__in=seats).order_by().values("assessment")
    number = mine.annotate(n=Count("pk")).values("n")
    return assessments.annotate(
        **{OWN: Coalesce(Subquery(number), 0), OWN_KEY: Coalesce(Subquery(number.filter(criterion__is_key=True)), 0)}
    )


def own_way(assessment: Assessment) -> Way:
    """Return how far the person is with the short form, or with all where a set has none; read `with_own_given`."""
    short, every = walks(questions_for(assessment).questions)
    return Way(short.total, getattr(assessment, OWN_KEY)) if short else Way(every.total, getattr(assessment, OWN))


def revealed(
    assessment: Assessment, at: datetime.datetime, criterion: Criterion | None = None
) -> dict[int, list[Given]]:
    """Return all members' views by the criterion's key, or of one criterion; empty before the reveal; one query.

    Who had left before has no voice any more; who leaves afterwards keeps it, as what was shown stays.
    Before the reveal not even the database is asked, so that the answer takes as long whoever gave a view.
    """
    if not assessment.views_are_revealed(at):
        return {}
    which = {"assessment": assessment.pk, "frozen_at": assessment.views_frozen_at}
    return _by_criterion(_OF_ONE.rows(**which, criterion=criterion.pk) if criterion else _OF_ALL.rows(**which))


def seen(assessment: Assessment, at: datetime.datetime) -> Sequence[CriterionViews]:
    """Return what agencies think of each criterion asked, in published order; all empty before the reveal; one query.

    What was worked out of the same rows for the same criteria in the same language is kept: whoever reads other rows
    gets other objects, so nothing that is kept can be stale or somebody else's.
    """
    outline = questions_for(assessment)
    if not assessment.views_are_revealed(at):
        return of_each(outline.questions, {})
    rows = _OF_ALL.rows(assessment=assessment.pk, frozen_at=assessment.views_frozen_at)
    return _seen(outline, tuple(rows), get_language())


@lru_cache(maxsize=KEPT)
def _seen(outline: Outline, rows: tuple[tuple[Any, ...], ...], _language: str) -> Sequence[CriterionViews]:
    return of_each(outline.questions, _by_criterion(rows))


def _by_criterion(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for key, *given in rows:
        found[key].append(Given(*given))
    return dict(found)


def revealed_of(assessment: Assessment, question: Question, at: datetime.datetime) -> CriterionViews | None:
    """Return what the agencies think of one criterion, or None before the reveal."""
    if not assessment.views_are_revealed(at):
        return None
    found = revealed(assessment, at, question.criterion)
    return CriterionViews(question, found.get(question.criterion.pk, ()))


def beside_tasks(desk: Desk, at: datetime.datetime) -> TaskViews:
    """Return what the task list says of views, in one query: the person's own state, or where the agencies differ."""
    if desk.assessment.views_are_revealed(at):
        return TaskViews(differing=differing_by_section(seen(desk.assessment, at)))
    short, every = walks(questions_for(desk.assessment).questions, own_views(desk).keys())
    return TaskViews(walk=short or every)
