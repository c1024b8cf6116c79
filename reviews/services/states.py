"""When a review may be written to, and the names of the refusals that are a review's own."""

import datetime

from accounts.models import RegionalPost
from assessments.history import REVIEWER
from assessments.models import Assessment, Submission
from assessments.services.states import Refused, WrongLevel
from reviews.models import Review, ReviewerRating

__all__ = [
    "NotSubmittedCriterion",
    "Refused",
    "ReviewClosed",
    "ReviewReturned",
    "Stale",
    "SubmittedAgain",
    "Withdrawn",
    "WrongLevel",
    "closing_refusal_of",
    "refusal_of",
    "role_of",
]


class ReviewClosed(Refused):
    """The review was closed, so it never changes."""

    why = "closed"


class ReviewReturned(Refused):
    """The submission was returned, so the partnership is at work on the next one."""

    why = "returned"


class SubmittedAgain(Refused):
    """The partnership submitted again, so another review is the one that counts."""

    why = "again"


class Withdrawn(Refused):
    """The partnership took its submission back."""

    why = "withdrawn"


class Stale(Refused):
    """Somebody saved this after the writer read it; `current` is what they saved."""

    why = "stale"

    def __init__(self, current: Review | ReviewerRating) -> None:
        super().__init__("It changed since it was read.")
        self.current = current


class NotSubmittedCriterion(Refused):
    """The submission has no answer to this criterion."""


def role_of(post: RegionalPost) -> str:
    """Return for whom somebody acts, as the audit trail keeps it and documents say it: never a name."""
    return f"{REVIEWER}{post.region.government_office}"


def refusal_of(submission: Submission, review: Review | None) -> Refused | None:
    """Return what a write would be refused with, or None: a page asks before anybody types."""
    if review and review.status == Review.Status.CLOSED:
        return ReviewClosed()
    if submission.withdrawn_at:
        return Withdrawn()
    if not submission.is_current:
        return SubmittedAgain()
    return ReviewReturned() if review and review.status == Review.Status.RETURNED else None


def closing_refusal_of(
    submission: Submission, review: Review | None, assessment: Assessment, at: datetime.datetime
) -> Refused | None:
    """Return what closing would be refused with, or None: what was returned is closed once the time to answer is over.

    `assessment` comes from with_round().
    """
    refusal = refusal_of(submission, review)
    is_left = isinstance(refusal, ReviewReturned) and at > assessment.closes_at
    return None if is_left else refusal
