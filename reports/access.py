"""Who may see what of partnerships' levels beside one another: `scope` decides, and everything that compares asks it.

A page, a file, a chart or a package takes the `Scope` of its reader and a round, and keeps to four questions:

* `reads_release`: then nothing of others may be read from submissions, only from `releasing.released(scope.round)`,
  which is the same for all partnerships. True for members of partnerships.
* `names(partnership, region)`: may this partnership's name stand beside its level?
* `cuts(region)`: may this region be cut in any way, by own lists and by groups together? Elsewhere a Government
  Office sees counts of one fixed group at a time (`groups.as_may_be_cut`), and no names.
* `own`: the partnerships of which the reader is a member.

`regions` says the same as `names` and `cuts` to a query: the keys of the regions that are open in full (None: all).
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.access import standing_of
from accounts.models import User
from accounts.prepared import Prepared, columns, instance, numbered
from assessments.models import Assessment, Round
from partnerships.models import Partnership

ROUND = columns("", Round)


@dataclass(frozen=True)
class Scope:
    """What one person may see in one round; the rounds besides; see the module for its questions."""

    round: Round
    rounds: tuple[Round, ...]
    regions: frozenset[int] | None
    own: tuple[Partnership, ...] = ()

    @property
    def reads_release(self) -> bool:
        """Whether all that the person may see of others is the release."""
        return self.regions is not None and not self.regions

    def names(self, partnership: int, region: int) -> bool:
        """Say whether a partnership (by its key and its region's) may be named beside its level."""
        return self.cuts(region) or any(own.pk == partnership for own in self.own)

    def cuts(self, region: int) -> bool:
        """Say whether the partnerships of a region (by its key) may be listed and grouped in any way."""
        return self.regions is None or region in self.regions


@dataclass(frozen=True)
class _Reach:
    """What a person may see in whatever round: regions in full (None: all), and their own partnerships."""

    regions: frozenset[int] | None
    own: tuple[Partnership, ...] = ()


def scope(user: User, round_slug: str) -> Scope:
    """Return what the person may see in a round; 404 to those who may compare nothing there."""
    reach = _reach(user)
    rounds = _rounds(reach)
    for round_ in rounds:
        if round_.slug == round_slug:
            return Scope(round_, tuple(rounds), reach.regions, reach.own)
    raise Http404


def remit(user: User, round_slug: str) -> Scope:
    """Return the scope for a page that reads submissions themselves; 404 to those who read the release."""
    found = scope(user, round_slug)
    if found.reads_release:
        raise Http404
    return found


def rounds_to_compare(user: User) -> list[Round]:
    """Return the rounds that have begun and in which the person's regions or partnerships take part, newest first."""
    return _rounds(_reach(user))


def _reach(user: User) -> _Reach:
    """Return administrators' reach, Government Offices', or partnerships'; 404 to everybody else.

    Somebody with a post reads as a Government Office, whatever seat they hold besides.
    """
    standing = standing_of(user)
    if standing.is_administrator:
        return _Reach(None)
    if standing.is_reviewer:
        return _Reach(frozenset(post.region_id for post in standing.posts))
    if not standing.memberships:
        raise Http404
    own = {seat.agency.partnership_id: seat.agency.partnership for seat in standing.memberships}
    return _Reach(frozenset(), tuple(sorted(own.values(), key=lambda partnership: partnership.name)))


def _rounds(reach: _Reach) -> list[Round]:
    regions = numbered("region", sorted(reach.regions or ()))
    own = numbered("own", (partnership.pk for partnership in reach.own))
    if not regions and not own and reach.regions is not None:
        return []
    rows = _opened(len(regions), len(own)).rows(today=timezone.localdate(), **regions, **own)
    return [instance(Round, ROUND, row) for row in rows]


@cache
def _opened(regions: int, own: int) -> Prepared:
    """Return the read of rounds for so many regions, or else so many partnerships (neither: everybody)."""
    return Prepared(
        _opened_query, number=[*numbered("region", range(regions)), *numbered("own", range(own))], day=["today"]
    )


def _opened_query(today: datetime.date, **keys: int) -> QuerySet[Round, Any]:
    regions, own = ([keys[name] for name in keys if name.startswith(start)] for start in ("region", "own"))
    taking_part = Assessment.objects.filter(round=OuterRef("pk"))
    if regions:
        taking_part = taking_part.filter(partnership__police_force__region__in=regions)
    elif own:
        taking_part = taking_part.filter(partnership__in=own)
    return Round.objects.opened_by(today).filter(Exists(taking_part)).values_list(*ROUND)
