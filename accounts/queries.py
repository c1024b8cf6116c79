"""Rows of the people pages, each list in a fixed number of queries."""

from django.db.models import Count, Q, QuerySet

from accounts.models import Role
from partnerships.models import Partnership, Region

SEATS = "agencies__memberships"
CURRENT = Q(**{f"{SEATS}__ended_at": None})


def partnerships_with_people(*, name: str = "", region: Region | None = None) -> QuerySet[Partnership]:
    """Return partnerships with the number of their members and coordinators, as `members` and `coordinators`."""
    coordinating = CURRENT & Q(**{f"{SEATS}__role": Role.COORDINATOR, f"{SEATS}__user__is_active": True})
    rows = Partnership.objects.with_area().annotate(
        members=Count(SEATS, filter=CURRENT), coordinators=Count(SEATS, filter=coordinating)
    )
    if region is not None:
        rows = rows.in_region(region)
    # Said again, because a query that groups forgets the model's order.
    return rows.filter(name__icontains=name).order_by("name")


def regions_with_people() -> QuerySet[Region]:
    """Return regions with the number of people at their Government Office, as `people`."""
    return Region.objects.annotate(people=Count("posts", filter=Q(posts__ended_at=None))).order_by("name")
