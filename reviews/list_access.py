"""Who may use and who may change a list to compare with."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from partnerships.models import Region
from reviews.access import region_to_read
from reviews.models import ComparisonList


def lists_to_use(user: User, region_slug: str) -> tuple[Region, list[ComparisonList]]:
    """Return a region and the lists that a person may compare with there, one's own first; 404 to strangers."""
    region = region_to_read(user, region_slug)
    found = ComparisonList.objects.of(region, user).select_related("owner").prefetch_related("partnerships")
    return region, sorted(found, key=lambda one: one.owner_id != user.pk)


def list_to_change(user: User, region_slug: str, code: str) -> ComparisonList:
    """Return a list for its owner; 403 to those with whom it is shared, 404 to everybody else."""
    region = region_to_read(user, region_slug)
    found = get_object_or_404(ComparisonList.objects.of(region, user).select_related("region"), code=code)
    if found.owner_id != user.pk:
        raise PermissionDenied
    return found
