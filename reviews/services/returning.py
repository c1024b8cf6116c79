"""Return a submission with reasons, so that the partnership edits it and submits again."""

import datetime

from django.db import transaction

from accounts.models import RegionalPost
from assessments.models import Submission
from assessments.review_services import return_assessment
from audit.services import record
from reviews.models import Review
from reviews.services.opening import lock_open
from reviews.services.states import role_of


@transaction.atomic
def return_submission(
    *, submission: Submission, reason: str, until: datetime.date, by: RegionalPost, arrived_at: datetime.datetime
) -> Review:
    """Let the partnership edit until the end of a day; what it submitted stays the current submission until the next.

    Raises what `return_assessment` raises, or what `refusal_of` says; then nothing is written.
    """
    role = role_of(by)
    return_assessment(assessment=submission.assessment, until=until, reason=reason, by=by.user, role=role)
    review = lock_open(submission, by)
    review.status, review.return_reason = Review.Status.RETURNED, reason
    review.ended_at, review.ended_by = arrived_at, by.user
    review.save(update_fields=["status", "return_reason", "ended_at", "ended_by"])
    record(
        kind="review.ended",
        target=review,
        by=by.user,
        role=role,
        partnership=submission.assessment.partnership.slug,
        before={"status": Review.Status.OPEN.value},
        after={"status": Review.Status.RETURNED.value, "reason": reason, "until": until},
    )
    return review
