"""Take a submission back before the deadline, to mend it: it stays on record and no longer counts."""

import datetime

from django.db import transaction

from accounts.models import Membership
from assessments.models import Assessment, Submission
from assessments.services.states import DeadlinePassed, Refused
from audit.services import record


class NothingToWithdraw(Refused):
    """This submission is not, or no longer, the one that counts."""

    why = "gone"


class ReviewWasClosed(Refused):
    """The Government Office closed its review, so both documents stand."""

    why = "reviewed"


@transaction.atomic
def withdraw_submission(
    *, assessment: Assessment, number: int, by: Membership, arrived_at: datetime.datetime
) -> Submission:
    """Let the partnership edit again; what it sent is kept as it was, and the next one gets the next number.

    Raises NothingToWithdraw, ReviewWasClosed or DeadlinePassed; then nothing is written.
    """
    # Whoever closes or returns the review locks the assessment first too.
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    submission = assessment.submissions.current().filter(number=number).first()
    if submission is None or not locked.is_submitted:
        raise NothingToWithdraw
    if refusal := withdrawal_refusal_of(assessment, submission, arrived_at):
        raise refusal
    submission.is_current, submission.withdrawn_at = False, arrived_at
    submission.save(update_fields=["is_current", "withdrawn_at"])
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.DRAFT)
    assessment.status = Assessment.Status.DRAFT
    record(
        kind="submission.withdrawn",
        target=assessment,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        after={"reference": submission.reference},
    )
    return submission


def withdrawal_refusal_of(
    assessment: Assessment, submission: Submission, arrived_at: datetime.datetime
) -> Refused | None:
    """Return what withdrawing would be refused with, or None: a page asks before it offers the button."""
    if not (assessment.is_submitted and submission.is_current):
        return NothingToWithdraw()
    if arrived_at > assessment.closes_at:
        return DeadlinePassed()
    return ReviewWasClosed() if hasattr(submission, "reviewed") else None
