"""Who may take an assessment away: members as it stands, and everybody who reads a submission what was submitted."""

from dataclasses import dataclass

from django.http import Http404

from accounts.access import standing_of
from accounts.models import User
from assessments.access import submission_to_read
from assessments.models import ReviewedSubmission, Submission
from partnerships.models import Region


@dataclass(frozen=True)
class Taken:
    """A submission, and whether its reader may read the reviews as a Government Office does, open ones included.

    Then `region` is the one of which they may read what else this partnership sent; None: whatever it sent.
    """

    submission: Submission
    as_office: bool
    region: Region | None


def submission_to_take(user: User, round_slug: str, partnership_slug: str, number: int | None) -> Taken:
    """Return a submission for its partnership, its region's Government Office and administrators; 404 to others."""
    submission = submission_to_read(user, round_slug, partnership_slug, number)
    standing = standing_of(user)
    if standing.is_administrator:
        return Taken(submission, as_office=True, region=None)
    as_office = standing.reviews(submission.region)
    return Taken(submission, as_office=as_office, region=submission.region if as_office else None)


def review_to_take(user: User, round_slug: str, partnership_slug: str, number: int | None) -> ReviewedSubmission:
    """Return a submission's closed review for those who may read the submission; 404 where there is none."""
    submission = submission_to_read(user, round_slug, partnership_slug, number)
    found = ReviewedSubmission.objects.filter(submission=submission).first()
    if found is None:
        raise Http404
    return found
