"""Who may read what the Government Office asks and says, and who answers: members read, officers write."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from accounts.models import User
from assessments.access import Desk, assessment_to_rate, assessment_to_read
from reviews.models import Query, Recommendation


@dataclass(frozen=True)
class QueryDesk:
    """A question to a partnership, and the desk at which somebody replies to it."""

    desk: Desk
    query: Query


@dataclass(frozen=True)
class RecommendationDesk:
    """A recommendation to a partnership, and the desk at which somebody takes it up."""

    desk: Desk
    recommendation: Recommendation


def review_to_read(user: User, round_slug: str, partnership_slug: str) -> Desk:
    """Return the assessment whose reviews any member of the partnership may read; 404 to everybody else."""
    return assessment_to_read(user, round_slug, partnership_slug)


def query_to_answer(user: User, round_slug: str, partnership_slug: str, code: str) -> QueryDesk:
    """Return a question, withdrawn or not, for officers and coordinators; 403 to viewers, 404 to everybody else."""
    desk = assessment_to_rate(user, round_slug, partnership_slug)
    queries = Query.objects.select_related("review__submission__assessment__partnership")
    return QueryDesk(desk, get_object_or_404(queries, review__submission__assessment=desk.assessment, code=code))


def recommendation_to_take_up(user: User, round_slug: str, partnership_slug: str, code: str) -> RecommendationDesk:
    """Return a recommendation of a review that has ended, as `query_to_answer` does; until then it is not there."""
    desk = assessment_to_rate(user, round_slug, partnership_slug)
    told = Recommendation.objects.told().select_related("action")
    return RecommendationDesk(desk, get_object_or_404(told, review__submission__assessment=desk.assessment, code=code))
