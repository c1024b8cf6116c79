"""Who may have which report: whoever may read the submission; with the review, once that is closed."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from assessments.access import submission_to_read
from assessments.models import ReviewedSubmission, Round
from partnerships.models import Region
from reports.kinds import Kind
from reports.stored import Report
from reviews import access as review_access
from reviews.queries import rounds_of


def report_to_read(user: User, round: str, partnership: str, kind: Kind, number: int | None = None) -> Report:
    """Return a report of the current submission, unless numbered; 404 to those who may not read that.

    A review is frozen at the moment from which the partnership reads it as well; before, there is no such report.
    """
    submission = submission_to_read(user, round, partnership, number)
    reviewed = get_object_or_404(ReviewedSubmission, submission=submission) if kind.is_reviewed else None
    return Report(submission, reviewed, kind.form)


def region_to_take_away(user: User, region: str, round: str) -> tuple[Region, Round]:
    """Return a region and a round of it for its Government Office and administrators; 404 to everybody else."""
    place = review_access.region_to_read(user, region)
    for each in rounds_of(place):
        if each.slug == round:
            return place, each
    raise Http404
