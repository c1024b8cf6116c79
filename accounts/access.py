"""Who may see and do what: every other app's access.py asks here, and nowhere else."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Membership, RegionalPost, Role, User
from partnerships.models import Partnership, Region

RANK = {Role.VIEWER.value: 1, Role.OFFICER.value: 2, Role.COORDINATOR.value: 3}


@dataclass(frozen=True)
class Standing:
    """What one person is today: their seats, their posts, and whether they administer the portal."""

    memberships: tuple[Membership, ...]
    posts: tuple[RegionalPost, ...]
    is_administrator: bool

    def membership_in(self, partnership: Partnership) -> Membership | None:
        """Return the person's strongest seat in a partnership, or None."""
        seats = [seat for seat in self.memberships if seat.agency.partnership_id == partnership.pk]
        return max(seats, key=lambda seat: RANK[seat.role], default=None)

    def is_at_least(self, role: Role, partnership: Partnership) -> bool:
        """Say whether the person holds this role or a stronger one in the partnership."""
        seat = self.membership_in(partnership)
        return seat is not None and RANK[seat.role] >= RANK[role]

    def reviews(self, region: Region) -> bool:
        """Say whether the person holds a post in this region's Government Office."""
        return any(post.region_id == region.pk for post in self.posts)

    @property
    def is_reviewer(self) -> bool:
        """Whether the person holds a post in any Government Office."""
        return bool(self.posts)


def standing_of(user: User) -> Standing:
    """Return what the person is today, in two queries, remembered on the user for the rest of the request."""
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        seats = user.memberships.filter(ended_at=None).select_related(
            "agency__kind", "agency__partnership__police_force__region"
        )
        posts = user.posts.filter(ended_at=None).select_related("region")
        known = Standing(tuple(seats), tuple(posts), user.is_active and user.is_staff)
        user._standing = known  # type: ignore[attr-defined]
    return known


def require_role(user: User, role: Role, partnership: Partnership) -> Membership:
    """Return the person's seat, or refuse: 404 to strangers, 403 to members who may look but not do this."""
    standing = standing_of(user)
    seat = standing.membership_in(partnership)
    if seat is None:
        raise Http404
    if not standing.is_at_least(role, partnership):
        raise PermissionDenied
    return seat


def require_administrator(user: User) -> None:
    """Refuse everybody but administrators, as if the page were not there."""
    if not standing_of(user).is_administrator:
        raise Http404


def require_post(user: User, region: Region) -> None:
    """Refuse everybody but this region's Government Office and administrators, as if the page were not there."""
    standing = standing_of(user)
    if not (standing.reviews(region) or standing.is_administrator):
        raise Http404
