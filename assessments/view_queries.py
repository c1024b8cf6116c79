"""What may be shown of views: to their giver always, to the other members only once they are revealed.

No other module reads views, so that there is one door to keep shut.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.prepared import Prepared
from assessments.agency_views import CriterionViews, differing_by_section, of_each
from assessments.agreement import Given
from assessments.desks import Desk
from assessments.models import Assessment, View
from assessments.queries import questions_for
from assessments.view_walk import Walk, walks
from hallmarks.models import Criterion
from hallmarks.outline import Question

# By agency and by what was said, so that the order does not tell who gave a view first.
ORDER = ("agency__name", "standpoint", "level__position", "comment")


def _rows(**which: int) -> QuerySet[View, tuple[Any, ...]]:
    return View.objects.filter(**which).order_by(*ORDER).values_list("criterion_id", *ORDER)


_OF_ALL = Prepared(lambda assessment: _rows(assessment=assessment), number=["assessment"])
_OF_ONE = Prepared(
    lambda assessment, criterion: _rows(assessment=assessment, criterion=criterion), number=["assessment", "criterion"]
)


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


def revealed(
    assessment: Assessment, at: datetime.datetime, criterion: Criterion | None = None
) -> dict[int, list[Given]]:
    """Return all members' views by the criterion's key, or of one criterion; empty before the reveal; one query.

    Before the reveal not even the database is asked, so that the answer takes as long whoever gave a view.
    """
    found: dict[int, list[Given]] = defaultdict(list)
    if assessment.views_are_revealed(at):
        rows = (
            _OF_ONE.rows(assessment=assessment.pk, criterion=criterion.pk)
            if criterion
            else _OF_ALL.rows(assessment=assessment.pk)
        )
        for row in rows:
            found[row[0]].append(Given._make(row[1:]))
    return dict(found)


def revealed_of(assessment: Assessment, question: Question, at: datetime.datetime) -> CriterionViews | None:
    """Return what the agencies think of one criterion, or None before the reveal."""
    if not assessment.views_are_revealed(at):
        return None
    found = revealed(assessment, at, question.criterion)
    return CriterionViews(question, found.get(question.criterion.pk, ()))


def beside_tasks(desk: Desk, at: datetime.datetime) -> TaskViews:
    """Return what the task list says of views, in one query: the person's own state, or where the agencies differ."""
    questions = questions_for(desk.assessment).questions
    if desk.assessment.views_are_revealed(at):
        views = of_each(questions, revealed(desk.assessment, at))
        return TaskViews(differing=differing_by_section(views))
    short, every = walks(questions, own_views(desk).keys())
    return TaskViews(walk=short or every)
