"""What a Government Office may read: its own region's progress and submissions, never a draft."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_post, standing_of
from accounts.models import User
from assessments.access import submission_to_read
from assessments.models import Submission
from partnerships.models import Region


def regions_to_read(user: User) -> Sequence[Region]:
    """Return the regions of the person's posts, every region for administrators; 404 to everybody else."""
    standing = standing_of(user)
    if standing.is_administrator:
        return list(Region.objects.all())
    if not standing.posts:
        raise Http404
    return sorted((post.region for post in standing.posts), key=lambda region: region.name)


def region_to_read(user: User, slug: str) -> Region:
    """Return a region for its Government Office and administrators; 404 to everybody else."""
    region = get_object_or_404(Region, slug=slug)
    require_post(user, region)
    return region


def submission_to_review(
    user: User, region_slug: str, round_slug: str, partnership_slug: str, number: int | None = None
) -> Submission:
    """Return what a partnership submitted in this region (the current submission, unless numbered).

    404 to everybody but the region's Government Office and administrators, and for what is still a draft.
    """
    region = region_to_read(user, region_slug)
    submission = submission_to_read(user, round_slug, partnership_slug, number)
    if submission.region_id != region.pk:
        raise Http404
    return submission
