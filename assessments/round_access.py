"""Who may change the calendar: administrators; to everybody else the pages on rounds are not there."""

from django.shortcuts import get_object_or_404

from accounts.access import require_administrator
from accounts.models import User
from assessments.models import Round
from hallmarks.models import Version


def version_to_look_at(user: User, framework: str, slug: str) -> Version:
    """Return a version, a draft too, for an administrator who asks what it would do to a round; 404 to others."""
    require_administrator(user)
    return get_object_or_404(Version.objects.select_related("framework"), framework__slug=framework, slug=slug)


def round_to_manage(user: User, slug: str) -> Round:
    """Return a round for an administrator; 404 to everybody else."""
    require_administrator(user)
    return get_object_or_404(Round.objects.select_related("version__framework", "previous"), slug=slug)
