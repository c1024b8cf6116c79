"""What a partnership does with a review: it replies once to each question, and takes recommendations up."""

import datetime

from django.db import transaction

from accounts.models import Membership
from assessments.models import Assessment, ImprovementAction
from assessments.services import ActionPlan, raise_recommended
from audit.services import record
from hallmarks.outline import Question
from reviews.models import Query, Recommendation, Review
from reviews.services.states import Refused, ReviewClosed


class RepliedFirst(Refused):
    """Somebody replied first, and a reply is given once; `current` is the question with that reply."""

    why = "replied"

    def __init__(self, current: Query) -> None:
        super().__init__("The question has its reply.")
        self.current = current


class QueryWithdrawn(Refused):
    """The Government Office took the question back."""

    why = "taken-back"


class TakenUpFirst(Refused):
    """Somebody made an action of the recommendation first; `current` is that action."""

    why = "taken-up"

    def __init__(self, current: ImprovementAction) -> None:
        super().__init__("The recommendation has its action.")
        self.current = current


class NotForTakingUp(Refused):
    """The recommendation was withdrawn, or no review that tells it has ended."""

    why = "not-now"


@transaction.atomic
def reply_to_query(*, query: Query, text: str, by: Membership, arrived_at: datetime.datetime) -> Query:
    """Give the one reply to a question; the same reply of the same person again (a double click) changes nothing.

    What was asked of a submission that was returned or withdrawn may be answered until the review is closed.
    Raises RepliedFirst, QueryWithdrawn or ReviewClosed; then nothing is written.
    """
    # Whoever closes the review locks the assessment too, so that a reply is in the closed document or refused.
    locked = Assessment.objects.select_for_update(of=("self",)).select_related("partnership")
    assessment = locked.get(submissions__review=query.review_id)
    current = Query.objects.select_for_update().get(pk=query.pk)
    if current.replied_by and (current.reply, current.replied_by.user_id) == (text, by.user_id):
        return current
    if refusal := reply_refusal_of(current):
        raise refusal
    current.reply, current.replied_by, current.replied_at = text, by, arrived_at
    current.save(update_fields=["reply", "replied_by", "replied_at"])
    _record("review.replied", assessment, assessment, by, {"code": current.code, "reply": text})
    return current


def reply_refusal_of(query: Query) -> Refused | None:
    """Return what a reply would be refused with, or None."""
    if query.replied_at:
        return RepliedFirst(query)
    if query.withdrawn_at:
        return QueryWithdrawn()
    return ReviewClosed() if Review.objects.closed_over(query.review_id).exists() else None


@transaction.atomic
def take_up(
    *,
    recommendation: Recommendation,
    question: Question,
    plan: ActionPlan,
    by: Membership,
    arrived_at: datetime.datetime,
) -> ImprovementAction:
    """Make one improvement action of a recommendation; the same plan again (a double click) changes nothing.

    `question` is what the action is about, where the recommendation is about the whole.
    Raises TakenUpFirst, NotForTakingUp or what `raise_recommended` raises; then nothing is written.
    """
    locked = Recommendation.objects.select_for_update(of=("self",)).select_related("review__submission__assessment")
    current = locked.get(pk=recommendation.pk)
    if current.action_id:
        return _same_plan(current.action_id, plan)
    if current.withdrawn_at or not Recommendation.objects.told().filter(pk=current.pk).exists():
        raise NotForTakingUp
    assessment = Assessment.objects.with_criteria().get(pk=current.review.submission.assessment_id)
    action = raise_recommended(assessment=assessment, question=question, plan=plan, by=by, arrived_at=arrived_at)
    current.action = action
    current.save(update_fields=["action"])
    _record("review.taken_up", current, assessment, by, {"action": action.code})
    return action


def _same_plan(action_key: int, plan: ActionPlan) -> ImprovementAction:
    action = ImprovementAction.objects.listed().select_related("partnership").get(pk=action_key)
    if ActionPlan.of(action) != plan:
        raise TakenUpFirst(action)
    return action


def _record(
    kind: str, target: Assessment | Recommendation, assessment: Assessment, by: Membership, after: dict[str, str]
) -> None:
    record(
        kind=kind,
        target=target,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        after=after,
    )
