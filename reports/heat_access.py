"""Who may see a region with every partnership's levels and names: as `access.scope` decides."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from partnerships.models import Region
from reports import access
from reports.access import Scope


def region_in_full(user: User, round_slug: str, region_slug: str) -> tuple[Scope, Region]:
    """Return a region that the person may see in full, and their scope; 404 to everybody else."""
    scope = access.remit(user, round_slug)
    region = get_object_or_404(Region, slug=region_slug)
    if not scope.cuts(region.pk):
        raise Http404
    return scope, region
