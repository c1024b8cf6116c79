"""What a meeting has before it: the agenda with its ratings, and who was there."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from accounts.prepared import Prepared, columns, instance
from assessments import view_queries
from assessments.agenda import Agenda, Item, Standing, agenda_of
from assessments.decided_queries import in_order, names_present
from assessments.models import Assessment, Decision, IndicatorAnswer, Rating
from assessments.prompts import Prompt, Rated, prompts_about
from partnerships.models import Agency

RATING, DECISION, AGENCY = columns("", Rating), columns("decision__", Decision), columns("", Agency)
# A key that no decision has.
NO_DECISION = 0


@dataclass(frozen=True)
class Seen:
    """An agency of the partnership, and whether it was at the meeting as far as the last decision says."""

    agency: Agency
    was_present: bool


def meeting_agenda(assessment: Assessment, at: datetime.datetime) -> Agenda:
    """Return the agenda with each criterion's rating and decision, in two queries; without views before the reveal."""
    views = view_queries.seen(assessment, at)
    found = [_standing(row) for row in _RATINGS.rows(assessment=assessment.pk)]
    standing = {one.rating.criterion_id: one for one in found}
    return agenda_of(views, standing, is_revealed=assessment.views_are_revealed(at))


def agreed_among(ratings: Iterable[Rating]) -> int:
    """Return how many ratings stand where a meeting put them; they were read with their decisions."""
    return sum(hasattr(rating, "decision") and rating.decision.is_kept_by(rating) for rating in ratings)


def agencies_at(assessment: Assessment, agenda: Agenda, item: Item, day: datetime.date) -> list[Seen]:
    """Return the partnership's agencies: present at this decision, or else at the last one of that day; one query."""
    decision = item.decision or _last_of(agenda, day)
    rows = _AGENCIES.rows(partnership=assessment.partnership_id, decision=decision.pk if decision else NO_DECISION)
    return [Seen(instance(Agency, AGENCY, row), bool(row[-1])) for row in rows]


def prompts_of(item: Item) -> tuple[Prompt, ...]:
    """Return what the standing rating of a criterion on the agenda makes one ask."""
    standing = item.standing
    if standing is None or not standing.rating.is_answered:
        return ()
    agencies = item.views.spread.agencies
    return prompts_about(Rated(item.question, item.level, standing.answered, standing.in_place, agencies))


def _query(assessment: int) -> QuerySet[Rating, Any]:
    """Ratings with who saved them last, their decisions, how many signs were answered, and how many are in place."""
    answers = IndicatorAnswer.objects.filter(rating=OuterRef("pk")).order_by().values("rating")
    number = answers.annotate(n=Count("pk")).values("n")
    in_place = number.filter(answer=IndicatorAnswer.Answer.YES)
    ratings = Rating.objects.filter(assessment=assessment).order_by()
    sums = names_present(), Subquery(number), Subquery(in_place)
    return ratings.values_list(*RATING, *DECISION, "updated_by__name", *sums)


_RATINGS = Prepared(_query, number=["assessment"])


def _agencies(partnership: int, decision: int) -> QuerySet[Agency, Any]:
    there = Decision.present.through.objects.filter(decision=decision, agency=OuterRef("pk"))
    return Agency.objects.filter(partnership=partnership).values_list(*AGENCY, Exists(there))


_AGENCIES = Prepared(_agencies, number=["partnership", "decision"])


def _standing(row: Sequence[Any]) -> Standing:
    rating: Rating = instance(Rating, RATING, row[: len(RATING)])
    *decided, writer, present, answered, in_place = row[len(RATING) :]
    decision: Decision | None = instance(Decision, DECISION, decided) if decided[0] else None
    return Standing(rating, decision, answered or 0, in_place or 0, in_order(present), writer or "")


def _last_of(agenda: Agenda, day: datetime.date) -> Decision | None:
    """Return the decision of a day that was written last."""
    standing = [item.standing for item in agenda.items if item.standing]
    decided = [one for one in standing if one.decision and one.decision.decided_on == day]
    last = max(decided, key=lambda one: one.rating.updated_at, default=None)
    return last.decision if last else None
