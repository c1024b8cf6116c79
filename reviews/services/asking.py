"""Ask a partnership, recommend something to it, and take either back."""

import datetime
from typing import Any

from django.db import transaction

from accounts.models import RegionalPost
from assessments.models import Assessment, Submission
from audit.services import record
from hallmarks.outline import Question
from reviews.models import Query, Recommendation, Review
from reviews.services.opening import lock, lock_open
from reviews.services.rating import check_asked
from reviews.services.states import Refused, ReviewClosed, role_of


class AlreadyReplied(Refused):
    """The partnership replied, so the question stays on record."""

    why = "replied"


class AlreadyTakenUp(Refused):
    """The partnership made an improvement action of the recommendation, so it stays on record."""

    why = "taken-up"


@transaction.atomic
def ask(
    *, submission: Submission, question: Question | None, text: str, by: RegionalPost, arrived_at: datetime.datetime
) -> Query:
    """Ask the partnership about one criterion, or about the whole; what waits for its reply is not asked twice."""
    check_asked(submission, question)
    review = lock_open(submission, by)
    criterion = question.criterion if question else None
    same = Query.objects.unanswered().filter(review=review, criterion=criterion, question=text).first()
    if same:
        return same
    made = Query.objects.create(
        review=review, criterion=criterion, question=text, asked_by=by.user, asked_at=arrived_at
    )
    # The partnership sees questions at once, so they are told in the history of its assessment.
    code = criterion.code if criterion else ""
    record(
        kind="review.asked",
        target=submission.assessment,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        after={"code": made.code, "criterion": code, "question": text},
    )
    return made


@transaction.atomic
def withdraw_query(*, query: Query, by: RegionalPost, arrived_at: datetime.datetime) -> Query:
    """Take a question back that waits for its reply, once. Raises AlreadyReplied or ReviewClosed."""
    submission = _lock_unclosed(query.review)
    locked = Query.objects.select_for_update().get(pk=query.pk)
    if locked.replied_at:
        raise AlreadyReplied
    if locked.withdrawn_at:
        return locked
    locked.withdrawn_at = arrived_at
    locked.save(update_fields=["withdrawn_at"])
    record(
        kind="review.question_withdrawn",
        target=submission.assessment,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        before={"code": locked.code, "question": locked.question},
    )
    return locked


@transaction.atomic
def recommend(
    *, submission: Submission, question: Question | None, text: str, by: RegionalPost, arrived_at: datetime.datetime
) -> Recommendation:
    """Recommend something about one criterion, or about the whole; the same words twice are one recommendation."""
    check_asked(submission, question)
    review = lock_open(submission, by)
    criterion = question.criterion if question else None
    facts: dict[str, Any] = {"review": review, "criterion": criterion, "text": text, "withdrawn_at": None}
    same = Recommendation.objects.filter(**facts).first()
    if same:
        return same
    made = Recommendation.objects.create(**facts, made_by=by.user, made_at=arrived_at)
    record(
        kind="review.recommended",
        target=made,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        after={"criterion": criterion.code if criterion else "", "text": text},
    )
    return made


@transaction.atomic
def withdraw_recommendation(
    *, recommendation: Recommendation, by: RegionalPost, arrived_at: datetime.datetime
) -> Recommendation:
    """Take a recommendation back that nobody made an action of. Raises AlreadyTakenUp or ReviewClosed."""
    submission = _lock_unclosed(recommendation.review)
    locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if locked.action_id:
        raise AlreadyTakenUp
    if locked.withdrawn_at:
        return locked
    locked.withdrawn_at = arrived_at
    locked.save(update_fields=["withdrawn_at"])
    record(
        kind="review.recommendation_withdrawn",
        target=locked,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        before={"text": locked.text},
    )
    return locked


def _lock_unclosed(review: Review) -> Submission:
    """Lock what was said of a submission unless a closed review holds it; one that was returned still counts.

    The assessment is locked first, as by whoever closes the review of a later submission.
    """
    Assessment.objects.select_for_update().get(submissions__review=review.pk)
    submission, _current = lock(review.submission)
    if Review.objects.closed_over(review.pk).exists():
        raise ReviewClosed
    return submission
