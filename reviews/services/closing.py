"""Close a review: freeze it into a document of its own, chained to the submission's."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from accounts.models import RegionalPost, Role
from assessments.models import Submission
from assessments.review_services import ReviewedLine, keep_review
from audit.services import record
from reviews import documents
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from reviews.services.opening import lock_to_close
from reviews.services.states import Refused, role_of


class NothingSaid(Refused):
    """The review holds no level and no summary, so there is nothing to close."""

    why = "nothing"


@transaction.atomic
def close_review(*, submission: Submission, by: RegionalPost, arrived_at: datetime.datetime) -> Review:
    """Freeze what the review says; nothing in it can change afterwards, and the partnership reads it.

    One that was returned and never answered is closed as returned: the document keeps why and when that was.
    Raises NothingSaid or what `closing_refusal_of` says; then nothing is written.
    """
    review = lock_to_close(submission, by, arrived_at)
    ratings, before = _ratings(review), {"status": review.status, "reason": review.return_reason}
    if not (ratings or review.summary or review.return_reason):
        raise NothingSaid
    keep_review(
        submission=submission,
        text=documents.canonical(document_of(submission, review, ratings, by, arrived_at)),
        lines=[ReviewedLine(rating.criterion, rating.level, rating.reason) for rating in ratings],
        closed_at=arrived_at,
        by=by.user,
        role=role_of(by),
        is_as_returned=not review.is_open,
    )
    review.status, review.return_reason = Review.Status.CLOSED, ""
    review.ended_at, review.ended_by = arrived_at, by.user
    review.save(update_fields=["status", "return_reason", "ended_at", "ended_by"])
    record(
        kind="review.ended",
        target=review,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        before={name: fact for name, fact in before.items() if fact},
        after={"status": Review.Status.CLOSED.value},
    )
    return review


def _ratings(review: Review) -> list[ReviewerRating]:
    ratings = ReviewerRating.objects.filter(review=review).select_related("criterion", "level")
    return list(ratings.order_by("criterion__section__number", "criterion__number"))


def document_of(
    submission: Submission,
    review: Review,
    ratings: Sequence[ReviewerRating],
    by: RegionalPost,
    arrived_at: datetime.datetime,
) -> documents.ReviewDocument:
    """Return what a review says as the document that closing it keeps; `ratings` in published order; three queries."""
    return documents.ReviewDocument(
        reference=submission.reference,
        closed_at=_moment(arrived_at),
        closed_by=role_of(by),
        region=submission.region.slug,
        government_office=submission.region.government_office,
        is_demonstration=submission.assessment.round.is_demonstration,
        submission_sha256=submission.sha256,
        summary=review.summary,
        criteria=tuple(_criterion(rating) for rating in ratings),
        questions=_questions(submission),
        recommendations=_recommendations(submission),
        sample=_sample(submission),
        returned_at=_moment(review.ended_at) if review.ended_at else "",
        return_reason=review.return_reason,
    )


def _criterion(rating: ReviewerRating) -> documents.ReviewedEntry:
    slug = rating.level.slug if rating.level else ""
    return documents.ReviewedEntry(rating.criterion.code, slug, rating.does_not_apply, rating.reason)


def _questions(submission: Submission) -> tuple[documents.QuestionEntry, ...]:
    asked = Query.objects.filter(review__submission__assessment=submission.assessment_id, withdrawn_at=None)
    return tuple(
        documents.QuestionEntry(
            submission=query.review.submission.number,
            criterion=query.criterion.code if query.criterion else "",
            asked_at=_moment(query.asked_at),
            question=query.question,
            reply=query.reply,
            replied_at=_moment(query.replied_at) if query.replied_at else "",
            replied_by=f"{Role(query.replied_by.role).label}, {query.replied_by.agency}" if query.replied_by else "",
        )
        for query in asked.select_related("criterion", "replied_by__agency", "review__submission")
    )


def _recommendations(submission: Submission) -> tuple[documents.RecommendationEntry, ...]:
    made = Recommendation.objects.filter(review__submission__assessment=submission.assessment_id, withdrawn_at=None)
    return tuple(
        documents.RecommendationEntry(
            submission=each.review.submission.number,
            criterion=each.criterion.code if each.criterion else "",
            made_at=_moment(each.made_at),
            text=each.text,
        )
        for each in made.select_related("criterion", "review__submission")
    )


def _sample(submission: Submission) -> tuple[str, ...]:
    drawn = SampledCriterion.objects.filter(review__submission__assessment=submission.assessment_id)
    return tuple(sorted(drawn.values_list("criterion__code", flat=True)))


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")
