"""What a meeting has before it: the agenda with its ratings, and who was there."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from assessments import agency_views, view_queries
from assessments.agenda import Agenda, Item, agenda_of
from assessments.models import Assessment, Decision, IndicatorAnswer, Rating
from assessments.prompts import Prompt, Rated, prompts_about
from assessments.queries import questions_for
from partnerships.models import Agency


@dataclass(frozen=True)
class Seen:
    """An agency of the partnership, and whether it was at the meeting as far as the last decision says."""

    agency: Agency
    was_present: bool


def meeting_agenda(assessment: Assessment, at: datetime.datetime) -> Agenda:
    """Return the agenda with each criterion's rating and decision, in two queries; without views before the reveal."""
    asked = questions_for(assessment).questions
    views = agency_views.of_each(asked, view_queries.revealed(assessment, at))
    ratings = {rating.criterion_id: rating for rating in _ratings(assessment)}
    return agenda_of(views, ratings, is_revealed=assessment.views_are_revealed(at))


def agreed_among(ratings: Iterable[Rating]) -> int:
    """Return how many ratings a meeting has decided; they were read with their decisions."""
    return sum(hasattr(rating, "decision") for rating in ratings)


def agencies_at(assessment: Assessment, agenda: Agenda, item: Item, day: datetime.date) -> list[Seen]:
    """Return the partnership's agencies: present at this decision, or else at the last one of that day; one query."""
    decision = item.decision or _last_of(agenda, day)
    there = Decision.present.through.objects.filter(decision=decision, agency=OuterRef("pk"))
    agencies = Agency.objects.filter(partnership=assessment.partnership_id)
    if decision is None:
        return [Seen(agency, False) for agency in agencies]
    found = agencies.annotate(was_present=Exists(there))
    return [Seen(agency, agency.was_present) for agency in found]


def prompts_of(item: Item) -> tuple[Prompt, ...]:
    """Return what the standing rating of a criterion on the agenda makes one ask."""
    if item.rating is None or not item.rating.is_answered:
        return ()
    signs = {name: getattr(item.rating, name) or 0 for name in ("answered", "in_place")}
    return prompts_about(Rated(item.question, item.level, **signs, agencies=item.views.spread.agencies))


def _ratings(assessment: Assessment) -> QuerySet[Rating]:
    answers = IndicatorAnswer.objects.filter(rating=OuterRef("pk")).order_by().values("rating")
    number = answers.annotate(n=Count("pk")).values("n")
    in_place = number.filter(answer=IndicatorAnswer.Answer.YES)
    ratings = assessment.ratings.select_related("decision", "updated_by")
    return ratings.annotate(answered=Subquery(number), in_place=Subquery(in_place))


def _last_of(agenda: Agenda, day: datetime.date) -> Decision | None:
    """Return the decision of a day that was written last."""
    decided = [item for item in agenda.items if item.decision and item.decision.decided_on == day]
    last = max(decided, key=lambda item: item.rating.updated_at if item.rating else day, default=None)
    return last.decision if last else None
