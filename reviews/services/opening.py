"""Lock a review to write to it, and begin it where nobody has: the next one starts from what still holds."""

import datetime
import uuid

from accounts.models import RegionalPost
from assessments import documents
from assessments.models import Assessment, Submission
from audit.services import record
from reviews.carry_over import unchanged
from reviews.models import Review, ReviewerRating
from reviews.services.states import closing_refusal_of, refusal_of, role_of


def lock(submission: Submission) -> tuple[Submission, Review | None]:
    """Lock the submission's row until the transaction ends, so that everything about its review happens in turn."""
    locked = Submission.objects.select_for_update(of=("self",)).defer("document").get(pk=submission.pk)
    return locked, Review.objects.select_for_update().filter(submission=locked).first()


def lock_open(submission: Submission, by: RegionalPost) -> Review:
    """Lock and return a submission's review, beginning it where nobody has, or refuse unless it may be written to."""
    locked, review = lock(submission)
    if refusal := refusal_of(locked, review):
        raise refusal
    return review or _begin(locked, by)


def lock_to_close(submission: Submission, by: RegionalPost, at: datetime.datetime) -> Review:
    """Lock and return a review that may be closed: an open one, or a returned one that nobody can answer any more.

    The assessment is locked first, as by whoever replies, withdraws or submits again, and read once it is: until when
    the partnership has time can change while one waits.
    """
    Assessment.objects.select_for_update().get(pk=submission.assessment_id)
    locked, review = lock(submission)
    if refusal := closing_refusal_of(locked, review, Assessment.objects.with_round().get(pk=locked.assessment_id), at):
        raise refusal
    return review or _begin(locked, by)


def _begin(submission: Submission, by: RegionalPost) -> Review:
    """Begin a review, with what was said before of those answers that the partnership left as they were."""
    review = Review.objects.create(submission=submission)
    carried = carried_ratings(submission)
    ReviewerRating.objects.bulk_create(_moved(rating, review) for rating in carried)
    record(
        kind="review.begun",
        target=review,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        after={"reference": submission.reference, "carried": sorted(rating.criterion.code for rating in carried)},
    )
    return review


def carried_ratings(submission: Submission) -> list[ReviewerRating]:
    """Return what the review before said of answers that this submission repeats word for word; two queries."""
    before = (
        Submission.objects.filter(assessment=submission.assessment_id, number__lt=submission.number)
        .exclude(review=None)
        .select_related("review")
        .order_by("-number")
        .first()
    )
    if before is None:
        return []
    same = unchanged(documents.read(before.document), documents.read(submission.document))
    ratings = ReviewerRating.objects.filter(review=before.review).select_related("criterion", "updated_by")
    return [rating for rating in ratings if rating.criterion.code in same]


def _moved(rating: ReviewerRating, review: Review) -> ReviewerRating:
    return ReviewerRating(
        review=review,
        criterion=rating.criterion,
        level_id=rating.level_id,
        does_not_apply=rating.does_not_apply,
        reason=rating.reason,
        save_id=uuid.uuid4(),
        updated_by=rating.updated_by,
    )
