"""Who may ask, be asked and read what was asked: members of the two partnerships, and nobody besides."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_role
from accounts.models import Membership, Role, User
from assessments.access import Desk
from assessments.helper_queries import helpers_on
from assessments.helpers import Helper
from casestudies.models import HelpOffer
from hallmarks.models import Criterion
from partnerships.models import Partnership


@dataclass(frozen=True)
class HelpDesk:
    """A partnership as helper and asker, and the seat from which somebody reads or acts."""

    partnership: Partnership
    seat: Membership

    @property
    def may_offer(self) -> bool:
        """Whether the seat's role may let the partnership be named."""
        return self.seat.role == Role.COORDINATOR


def questions_to_read(user: User, partnership: str) -> HelpDesk:
    """Return a partnership's questions for its members; 404 to everybody else."""
    return _desk(user, Role.VIEWER, partnership)


def help_to_offer(user: User, partnership: str) -> HelpDesk:
    """Return a partnership for its coordinators; 403 to other members, 404 to everybody else."""
    return _desk(user, Role.COORDINATOR, partnership)


def helper_to_ask(desk: Desk, criterion: Criterion, slug: str) -> tuple[Partnership, Helper | None]:
    """Return a partnership that is named on a criterion to this desk, or was named as a helper once (then None).

    404 to those who ask for any other.
    """
    partnership = get_object_or_404(Partnership, slug=slug)
    named = helpers_on(criterion, desk.assessment.partnership, most=None)
    shown = {helper.candidate.place.slug: helper for helper in named}
    if slug not in shown and not HelpOffer.objects.filter(partnership=partnership).exists():
        raise Http404
    return partnership, shown.get(slug)


def _desk(user: User, role: Role, slug: str) -> HelpDesk:
    partnership = get_object_or_404(Partnership, slug=slug)
    return HelpDesk(partnership, require_role(user, role, partnership))
