"""Who may see a partnership's figures with its submissions: itself, its Government Office, administrators."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import standing_of
from accounts.models import User
from partnerships.models import Partnership


def partnership_over_time(user: User, slug: str) -> tuple[Partnership, frozenset[int] | None]:
    """Return the partnership and the regions whose submissions may be shown (None: any); 404 to everybody else."""
    standing = standing_of(user)
    partnership = get_object_or_404(Partnership.objects.with_area(), slug=slug)
    if standing.is_administrator or standing.membership_in(partnership):
        return partnership, None
    if standing.reviews(partnership.region):
        return partnership, frozenset(post.region_id for post in standing.posts)
    raise Http404
