"""Save what a reviewer sees, so that no colleague's work is lost: a level and why, a summary."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import RegionalPost
from assessments.models import Submission, SubmittedRating
from audit.services import record
from hallmarks.models import Level
from hallmarks.outline import Question
from reviews.models import Review, ReviewerRating
from reviews.services.opening import lock_open
from reviews.services.states import NotSubmittedCriterion, Stale, WrongLevel, role_of


@dataclass(frozen=True)
class Verdict:
    """The level that a reviewer sees, or that the criterion does not apply, and why."""

    level: Level | None = None
    does_not_apply: bool = False
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as the audit trail keeps it."""
        slug = self.level.slug if self.level else ""
        return {"level": slug, "does_not_apply": self.does_not_apply, "reason": self.reason}


@transaction.atomic
def save_reviewer_rating(
    *,
    submission: Submission,
    question: Question,
    verdict: Verdict,
    revision: int,
    save_id: uuid.UUID,
    by: RegionalPost,
) -> ReviewerRating:
    """Write a verdict, if nobody wrote since the writer read `revision`; the same save again changes nothing.

    Raises WrongLevel, NotSubmittedCriterion, Stale or what `refusal_of` says; then nothing is written.
    """
    check_asked(submission, question)
    if verdict.level not in ((None,) if verdict.does_not_apply else question.levels):
        raise WrongLevel
    review = lock_open(submission, by)
    rating = _rating(review, question)
    if rating.revision != revision and rating.save_id != save_id:
        raise Stale(rating)
    before = verdict_of(rating) if rating.pk else None
    if before == verdict:
        return rating
    rating.level, rating.does_not_apply, rating.reason = verdict.level, verdict.does_not_apply, verdict.reason
    rating.revision, rating.save_id, rating.updated_by = rating.revision + 1, save_id, by.user
    rating.save()
    record(
        kind="review.rated",
        target=rating,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        before=before.as_json() if before else None,
        after={**verdict.as_json(), "criterion": question.criterion.code, "revision": rating.revision},
        request_id=str(save_id),
    )
    return rating


@transaction.atomic
def save_summary(*, submission: Submission, text: str, revision: int, save_id: uuid.UUID, by: RegionalPost) -> Review:
    """Write what a reviewer says of the whole, by the same rule as a verdict; Stale holds the review as it is."""
    review = lock_open(submission, by)
    if review.revision != revision and review.save_id != save_id:
        raise Stale(review)
    if review.summary == text:
        return review
    before, review.summary = review.summary, text
    review.revision, review.save_id, review.updated_by = review.revision + 1, save_id, by.user
    review.save(update_fields=["summary", "revision", "save_id", "updated_by"])
    record(
        kind="review.summary_saved",
        target=review,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        before={"summary": before},
        after={"summary": text, "revision": review.revision},
        request_id=str(save_id),
    )
    return review


def verdict_of(rating: ReviewerRating) -> Verdict:
    """Return what a saved rating says."""
    return Verdict(rating.level, rating.does_not_apply, rating.reason)


def check_asked(submission: Submission, question: Question | None) -> None:
    """Refuse a criterion that the submission does not answer; None stands for the whole."""
    if question and not SubmittedRating.objects.filter(submission=submission, criterion=question.criterion).exists():
        raise NotSubmittedCriterion


def _rating(review: Review, question: Question) -> ReviewerRating:
    ratings = ReviewerRating.objects.select_related("level", "updated_by")
    found = ratings.filter(review=review, criterion=question.criterion).first()
    return found or ReviewerRating(review=review, criterion=question.criterion)
