"""What a Government Office may read: its own region's progress and submissions, never a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_post, standing_of
from accounts.models import RegionalPost, User
from assessments.access import submission_to_read
from assessments.models import Submission
from partnerships.models import Region
from reviews.models import Query, Recommendation
from reviews.review_queries import to_review


@dataclass(frozen=True)
class Desk:
    """A submission together with the post from which a person reviews it; without one, the person only reads."""

    submission: Submission
    post: RegionalPost | None

    @property
    def may_review(self) -> bool:
        """Whether the person may write (the review may be over all the same)."""
        return self.post is not None


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


def review_to_read(
    user: User, region_slug: str, round_slug: str, partnership_slug: str, number: int | None = None
) -> Desk:
    """Return a submission with its review for the region's Government Office and administrators; 404 to others.

    Unless numbered it is the current one; where that was withdrawn, the last, so that what was typed meanwhile is not
    lost. Whoever holds a post with which they can review gets it with the submission.
    """
    submission = (
        to_review()
        .filter(
            region__slug=region_slug,
            assessment__round__slug=round_slug,
            assessment__partnership__slug=partnership_slug,
            **({"number": number} if number else {}),
        )
        .order_by("-is_current", "-number")
        .first()
    )
    if submission is None:
        raise Http404
    require_post(user, submission.region)
    posts = (post for post in standing_of(user).posts if post.region_id == submission.region_id and post.can_review)
    return Desk(submission, next(posts, None))


def review_to_write(
    user: User, region_slug: str, round_slug: str, partnership_slug: str
) -> tuple[Submission, RegionalPost]:
    """Return the current submission and the person's post; 403 to those who only read, 404 to everybody else."""
    desk = review_to_read(user, region_slug, round_slug, partnership_slug)
    if desk.post is None:
        raise PermissionDenied
    return desk.submission, desk.post


def query_to_withdraw(submission: Submission, code: str) -> Query:
    """Return a question that was asked of this partnership in this round."""
    asked = Query.objects.filter(review__submission__assessment=submission.assessment_id)
    return get_object_or_404(asked.select_related("review__submission"), code=code)


def recommendation_to_withdraw(submission: Submission, code: str) -> Recommendation:
    """Return a recommendation that was made to this partnership in this round."""
    made = Recommendation.objects.filter(review__submission__assessment=submission.assessment_id)
    return get_object_or_404(made.select_related("review__submission"), code=code)
