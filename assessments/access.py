"""Who may read, rate and submit an assessment, and who may read a submission: the check is the fetch."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import Standing, require_role, require_strength, standing_of
from accounts.models import Role, User
from assessments.desks import Desk, desks_of
from assessments.models import Assessment, Submission

__all__ = [
    "Desk",
    "assessment_to_rate",
    "assessment_to_read",
    "assessment_to_submit",
    "assessment_to_view",
    "submission_to_read",
]


def assessment_to_read(user: User, round_slug: str, partnership_slug: str) -> Desk:
    """Return an assessment for any member of its partnership; 404 to everybody else."""
    return _desk(user, Role.VIEWER, round_slug, partnership_slug)


def assessment_to_rate(user: User, round_slug: str, partnership_slug: str) -> Desk:
    """Return an assessment for its officers and coordinators; 403 to viewers, 404 to everybody else."""
    return _quick_desk(user, Role.OFFICER, round_slug, partnership_slug)


def assessment_to_view(user: User, round_slug: str, partnership_slug: str) -> Desk:
    """Return an assessment for any member who gives a view, from the strongest of their seats; 404 to others."""
    return _quick_desk(user, Role.VIEWER, round_slug, partnership_slug)


def assessment_to_submit(user: User, round_slug: str, partnership_slug: str) -> Desk:
    """Return an assessment for its coordinators; 403 to other members, 404 to everybody else."""
    return _desk(user, Role.COORDINATOR, round_slug, partnership_slug)


def submission_to_read(user: User, round_slug: str, partnership_slug: str, number: int | None = None) -> Submission:
    """Return a submission (the current one, unless numbered) for its partnership, its region and administrators."""
    wanted = {"number": number} if number else {"is_current": True}
    submission = get_object_or_404(
        Submission.objects.with_area(),
        assessment__round__slug=round_slug,
        assessment__partnership__slug=partnership_slug,
        **wanted,
    )
    return _readable(user, submission)


def submission_by_reference(user: User, reference: str) -> Submission:
    """Return a submission by its reference, for those who may read it."""
    return _readable(user, get_object_or_404(Submission.objects.with_area(), reference=reference))


def _readable(user: User, submission: Submission) -> Submission:
    standing: Standing = standing_of(user)
    if (
        standing.is_administrator
        or standing.membership_in(submission.assessment.partnership)
        or standing.reviews(submission.region)
    ):
        return submission
    raise Http404


def _quick_desk(user: User, role: Role, round_slug: str, partnership_slug: str) -> Desk:
    """Return what a save needs in one prepared read; of equally strong seats the oldest, as `_desk` does."""
    desks = sorted(desks_of(user, round_slug, partnership_slug), key=lambda desk: desk.seat.pk)
    seat = require_strength((desk.seat for desk in desks), role)
    return next(desk for desk in desks if desk.seat == seat)


def _desk(user: User, role: Role, round_slug: str, partnership_slug: str) -> Desk:
    assessments = Assessment.objects.with_criteria().with_late_count().with_withdrawal().select_related("survey")
    assessment = get_object_or_404(assessments, round__slug=round_slug, partnership__slug=partnership_slug)
    return Desk(assessment, require_role(user, role, assessment.partnership))
