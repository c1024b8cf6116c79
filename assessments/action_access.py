"""Who may read and write improvement actions: the partnership's members, and its officers; rounds play no part."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_role
from accounts.models import Membership, Role, User
from assessments.models import Assessment, ImprovementAction
from partnerships.models import Partnership

WRITERS = {Role.OFFICER, Role.COORDINATOR}


@dataclass(frozen=True)
class ActionsDesk:
    """A partnership's improvement actions, and the seat from which a person reads or writes them."""

    partnership: Partnership
    seat: Membership

    @property
    def may_write(self) -> bool:
        """Whether the seat's role may raise and change actions."""
        return self.seat.role in WRITERS


@dataclass(frozen=True)
class ActionDesk(ActionsDesk):
    """One action of them."""

    action: ImprovementAction


def actions_to_read(user: User, partnership_slug: str) -> ActionsDesk:
    """Return the actions' desk for any member of the partnership; 404 to everybody else."""
    return _desk(user, Role.VIEWER, partnership_slug)


def actions_to_write(user: User, partnership_slug: str) -> ActionsDesk:
    """Return the actions' desk for officers and coordinators; 403 to viewers, 404 to everybody else."""
    return _desk(user, Role.OFFICER, partnership_slug)


def action_to_read(user: User, partnership_slug: str, code: str) -> ActionDesk:
    """Return one action for any member of its partnership."""
    return _action_desk(actions_to_read(user, partnership_slug), code)


def action_to_write(user: User, partnership_slug: str, code: str) -> ActionDesk:
    """Return one action for its partnership's officers and coordinators."""
    return _action_desk(actions_to_write(user, partnership_slug), code)


def assessment_to_act_on(desk: ActionsDesk, round_slug: str) -> Assessment:
    """Return the partnership's assessment in a round (none named: its newest), open or long closed; or 404."""
    assessments = Assessment.objects.with_criteria().filter(partnership=desk.partnership).order_by("-round__opens_on")
    found = assessments.filter(round__slug=round_slug).first() if round_slug else assessments.first()
    if found is None:
        raise Http404
    return found


def _desk(user: User, role: Role, partnership_slug: str) -> ActionsDesk:
    partnership = get_object_or_404(Partnership, slug=partnership_slug)
    return ActionsDesk(partnership, require_role(user, role, partnership))


def _action_desk(desk: ActionsDesk, code: str) -> ActionDesk:
    actions = ImprovementAction.objects.of(desk.partnership).listed()
    return ActionDesk(desk.partnership, desk.seat, get_object_or_404(actions, code=code))
