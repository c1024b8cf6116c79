"""Who may see and do what: every other app's access.py asks here, and nowhere else."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.models import Invitation, Membership, RegionalPost, Role, User
from accounts.standing_query import Places, places_of
from partnerships.models import Partnership, Region

RANK = {Role.VIEWER.value: 1, Role.OFFICER.value: 2, Role.COORDINATOR.value: 3}


class Standing:
    """What one person is today: their seats, their posts, and whether they administer the portal."""

    def __init__(self, user: User) -> None:
        self._user = user
        self.is_administrator = user.is_active and user.is_staff

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The person's current seats, with agency and partnership."""
        return self._places.memberships

    @property
    def posts(self) -> tuple[RegionalPost, ...]:
        """The person's current posts in Government Offices."""
        return self._places.posts

    @cached_property
    def _places(self) -> Places:
        """Seats and posts; one query, when first asked."""
        return places_of(self._user)

    def membership_in(self, partnership: Partnership) -> Membership | None:
        """Return the person's strongest seat in a partnership, or None."""
        return strongest(seat for seat in self.memberships if seat.agency.partnership_id == partnership.pk)

    def is_at_least(self, role: Role, partnership: Partnership) -> bool:
        """Say whether the person holds this role or a stronger one in the partnership."""
        seat = self.membership_in(partnership)
        return seat is not None and RANK[seat.role] >= RANK[role]

    def reviews(self, region: Region) -> bool:
        """Say whether the person holds a post in this region's Government Office."""
        return any(post.region_id == region.pk for post in self.posts)

    @property
    def is_coordinator(self) -> bool:
        """Whether the person coordinates any partnership."""
        return any(seat.role == Role.COORDINATOR for seat in self.memberships)

    @property
    def is_reviewer(self) -> bool:
        """Whether the person holds a post in any Government Office."""
        return bool(self.posts)


def standing_of(user: User) -> Standing:
    """Return what the person is today, remembered on the user for the rest of the request."""
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        known = user._standing = Standing(user)  # type: ignore[attr-defined]
    return known


def strongest(seats: Iterable[Membership]) -> Membership | None:
    """Return the seat with the strongest role, or None where there is none."""
    return max(seats, key=lambda seat: RANK[seat.role], default=None)


def require_strength(seats: Iterable[Membership], role: Role) -> Membership:
    """Return the strongest of a person's seats, or refuse: 404 without any, 403 if its role is weaker than `role`."""
    seat = strongest(seats)
    if seat is None:
        raise Http404
    if RANK[seat.role] < RANK[role]:
        raise PermissionDenied
    return seat


def require_role(user: User, role: Role, partnership: Partnership) -> Membership:
    """Return the person's seat, or refuse: 404 to strangers, 403 to members who may look but not do this."""
    seats = standing_of(user).memberships
    return require_strength((seat for seat in seats if seat.agency.partnership_id == partnership.pk), role)


def require_administrator(user: User) -> None:
    """Refuse everybody but administrators, as if the page were not there."""
    if not standing_of(user).is_administrator:
        raise Http404


def require_post(user: User, region: Region) -> None:
    """Refuse everybody but this region's Government Office and administrators, as if the page were not there."""
    standing = standing_of(user)
    if not (standing.reviews(region) or standing.is_administrator):
        raise Http404


def partnership_to_manage(user: User, slug: str) -> Partnership:
    """Return the partnership whose people the person looks after: its coordinators and all administrators."""
    partnership = get_object_or_404(Partnership.objects.with_area(), slug=slug)
    if not standing_of(user).is_administrator:
        require_role(user, Role.COORDINATOR, partnership)
    return partnership


def region_to_manage(user: User, slug: str) -> Region:
    """Return the region whose Government Office posts the person looks after: administrators only."""
    require_administrator(user)
    return get_object_or_404(Region, slug=slug)


def membership_to_manage(user: User, partnership_slug: str, code: str) -> Membership:
    """Return a current membership that the person may change or end."""
    partnership = partnership_to_manage(user, partnership_slug)
    seats = Membership.objects.current().of(partnership).listed().select_related("agency__partnership")
    return get_object_or_404(seats, code=code)


def post_to_manage(user: User, region_slug: str, code: str) -> RegionalPost:
    """Return a current post that the person may end."""
    region = region_to_manage(user, region_slug)
    return get_object_or_404(region.posts.current().select_related("user", "region"), code=code)


def invitation_to_manage(user: User, code: str) -> Invitation:
    """Return an invitation that nobody has used, if it is to a place whose people the person looks after."""
    unused = Invitation.objects.with_place().filter(accepted_at=None, withdrawn_at=None)
    invitation = get_object_or_404(unused, code=code)
    if invitation.partnership is not None:
        partnership_to_manage(user, invitation.partnership.slug)
    else:
        require_administrator(user)
    return invitation


def people_home(user: User) -> Partnership | None:
    """Return the partnership whose people a coordinator looks after, or None for administrators, who have them all."""
    standing = standing_of(user)
    if standing.is_administrator:
        return None
    for seat in standing.memberships:
        if seat.role == Role.COORDINATOR:
            return seat.agency.partnership
    if standing.memberships:
        raise PermissionDenied
    raise Http404
