"""Who may compare: Government Offices their own regions, administrators every region, partnerships nobody yet."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone

from accounts.access import standing_of
from accounts.models import User
from assessments.models import Assessment, Round


@dataclass(frozen=True)
class Remit:
    """One round that a person may compare, the others they may, and their regions (None: every region)."""

    round: Round
    rounds: list[Round]
    regions: frozenset[int] | None


def remit(user: User, round_slug: str) -> Remit:
    """Return what the person may compare in a round; 404 to everybody but reviewers and administrators."""
    rounds = rounds_to_compare(user)
    for round_ in rounds:
        if round_.slug == round_slug:
            return Remit(round_, rounds, regions_to_compare(user))
    raise Http404


def regions_to_compare(user: User) -> frozenset[int] | None:
    """Return the keys of the regions whose submissions the person may compare; None means every region.

    Raises 404 for everybody but reviewers and administrators: comparison for partnerships needs rules of
    disclosure that are not made yet, so they are shown none.
    """
    standing = standing_of(user)
    if standing.is_administrator:
        return None
    if not standing.is_reviewer:
        raise Http404
    return frozenset(post.region_id for post in standing.posts)


def rounds_to_compare(user: User) -> list[Round]:
    """Return the rounds that have begun and in which the person's regions take part, newest first."""
    regions = regions_to_compare(user)
    taking_part = Assessment.objects.filter(round=OuterRef("pk"))
    if regions is not None:
        taking_part = taking_part.filter(partnership__police_force__region__in=regions)
    return list(Round.objects.opened_by(timezone.localdate()).filter(Exists(taking_part)))
