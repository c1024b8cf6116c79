"""Who may run a front-line check, and who may answer it: whoever holds its link."""

from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.services import hash_of
from assessments.access import Desk, assessment_to_submit
from assessments.models import Survey


def survey_to_run(user: User, round_slug: str, partnership_slug: str) -> tuple[Desk, Survey]:
    """Return a partnership's check for its coordinators; 403 to other members, 404 to everybody else."""
    desk = assessment_to_submit(user, round_slug, partnership_slug)
    return desk, get_object_or_404(Survey, assessment=desk.assessment)


def survey_to_answer(token: str) -> Survey:
    """Return the check that a link leads to, open or not; 404 for a link that was never given out, or was renewed."""
    return get_object_or_404(Survey.objects.with_place(), token_hash=hash_of(token))
