"""Who may read what came from other portals: the region's Government Office and administrators; its reviewers add."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.access import standing_of
from accounts.models import RegionalPost, User
from partnerships.models import Region
from reports.models import ReceivedSubmission
from reviews.access import region_to_read


def received_to_read(user: User, region_slug: str, sha256: str) -> ReceivedSubmission:
    """Return one submission that a region took in; 404 to everybody but its Government Office and administrators."""
    region = region_to_read(user, region_slug)
    found = ReceivedSubmission.objects.select_related("region", "received_by")
    return get_object_or_404(found, region=region, sha256=sha256)


def post_that_takes_in(user: User, region: Region) -> RegionalPost | None:
    """Return the post from which a person takes in submissions for this region, or None."""
    posts = (post for post in standing_of(user).posts if post.region_id == region.pk and post.can_review)
    return next(posts, None)


def post_to_take_in(user: User, region_slug: str) -> RegionalPost:
    """Return that post; 403 to those who only read there, 404 to everybody else."""
    post = post_that_takes_in(user, region_to_read(user, region_slug))
    if post is None:
        raise PermissionDenied
    return post
