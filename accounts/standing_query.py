"""The read behind every page's frame, prepared: a person's current seats and posts, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from accounts.models import Membership, RegionalPost, User
from accounts.prepared import Prepared, columns, instance
from partnerships.models import Agency, Partnership, Region

SEAT = [(Membership, "seat__"), (Agency, "seat__agency__"), (Partnership, "seat__agency__partnership__")]
POST = [(RegionalPost, "post__"), (Region, "post__region__")]
PARTS: list[tuple[type[Any], list[str]]] = [(model, columns(path, model)) for model, path in [*SEAT, *POST]]


@dataclass(frozen=True)
class Places:
    """Where one person sits today: seats with agency and partnership, posts with region, the oldest first."""

    memberships: tuple[Membership, ...]
    posts: tuple[RegionalPost, ...]


def places_of(user: User) -> Places:
    """Return a person's current seats and posts; one query."""
    seats: dict[int, Membership] = {}
    posts: dict[int, RegionalPost] = {}
    for row in _PLACES.rows(user=user.pk):
        seat, agency, partnership, post, region = _made(row)
        if seat is not None and seat.pk not in seats:
            seat.user, seat.agency, agency.partnership = user, agency, partnership
            seats[seat.pk] = seat
        if post is not None and post.pk not in posts:
            post.user, post.region = user, region
            posts[post.pk] = post
    return Places(*(tuple(found[key] for key in sorted(found)) for found in (seats, posts)))  # type: ignore[arg-type]


def _query(user: int) -> QuerySet[User, Any]:
    """One row for each pair of a seat and a post; a person has one or two in all."""
    places = User.objects.filter(pk=user).annotate(
        seat=FilteredRelation("memberships", condition=Q(memberships__ended_at=None)),
        post=FilteredRelation("posts", condition=Q(posts__ended_at=None)),
    )
    return places.order_by().values_list(*(name for _model, names in PARTS for name in names))


_PLACES = Prepared(_query, number=["user"])


def _made(row: Sequence[Any]) -> list[Any]:
    """Return each part of a row as its model, or None where the person has no such place."""
    made, start = [], 0
    for model, names in PARTS:
        part = row[start : start + len(names)]
        made.append(instance(model, names, part) if part[0] is not None else None)
        start += len(names)
    return made
