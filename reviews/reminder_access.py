"""Who sees a region's reminders (its Government Office and administrators), and who sends them (its reviewers)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import standing_of
from accounts.models import RegionalPost, User
from assessments.models import Round
from partnerships.models import Region
from reviews.access import region_to_read
from reviews.queries import rounds_of


@dataclass(frozen=True)
class Reminding:
    """A region in a round, and the post from which the person sends reminders; None for those who only read."""

    region: Region
    round: Round
    post: RegionalPost | None


def reviewing_post(user: User, region: Region) -> RegionalPost | None:
    """Return the person's post in a region's Government Office if it is one that reviews, or None."""
    posts = standing_of(user).posts
    return next((post for post in posts if post.region_id == region.pk and post.can_review), None)


def reminders_to_read(user: User, region_slug: str, round_slug: str) -> Reminding:
    """Return a region in a round for its Government Office and administrators; 404 to everybody else."""
    region = region_to_read(user, region_slug)
    round_ = next((each for each in rounds_of(region) if each.slug == round_slug), None)
    if round_ is None:
        raise Http404
    return Reminding(region, round_, reviewing_post(user, region))


def reminders_to_send(user: User, region_slug: str, round_slug: str) -> tuple[Reminding, RegionalPost]:
    """Return what `reminders_to_read` does with the post that sends; 403 to those who only read."""
    found = reminders_to_read(user, region_slug, round_slug)
    if found.post is None:
        raise PermissionDenied
    return found, found.post
