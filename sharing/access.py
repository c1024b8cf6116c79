"""Who may read and keep what a partnership shares and plans: its members; the check is the fetch."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_role
from accounts.models import Membership, Role, User
from accounts.services import hash_of
from partnerships.models import Partnership
from sharing.models import CalendarFeed


@dataclass(frozen=True)
class Desk:
    """A partnership together with the seat from which a person reads or writes."""

    partnership: Partnership
    seat: Membership

    @property
    def may_edit(self) -> bool:
        """Whether the seat's role may change check sheets and plans."""
        return self.seat.role in {Role.OFFICER, Role.COORDINATOR}


def desk_to_read(user: User, slug: str) -> Desk:
    """Return a partnership for any of its members; 404 to everybody else, Government Offices included."""
    return _desk(user, Role.VIEWER, slug)


def desk_to_write(user: User, slug: str) -> Desk:
    """Return a partnership for its officers and coordinators; 403 to viewers, 404 to everybody else."""
    return _desk(user, Role.OFFICER, slug)


def feed_of_token(token: str) -> CalendarFeed:
    """Return the feed that a calendar's link opens; 404 once the link was replaced or its member left."""
    feeds = CalendarFeed.objects.alive().select_related("membership__agency__partnership", "membership__user")
    feed = feeds.filter(token_hash=hash_of(token)).first()
    if feed is None:
        raise Http404
    return feed


def _desk(user: User, role: Role, slug: str) -> Desk:
    partnership = get_object_or_404(Partnership, slug=slug)
    return Desk(partnership, require_role(user, role, partnership))
