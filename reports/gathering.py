"""What a person asked to compare, gathered from the database as far as they may have it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.http import Http404
from django.utils import timezone

from accounts.models import User
from assessments.models import Round
from reports import elsewhere, filters, heat_queries, queries, trends, unknown
from reports.access import Scope
from reports.comparison import Asked
from reports.criterion_sheet import CriterionSheet, Picked
from reports.filters import Filters, Offer
from reports.groups import Cut
from reports.overview import Overview


def choice(scope: Scope, user: User, data: Mapping[str, str], lineage: str = "") -> tuple[Offer, Filters]:
    """Return what there is to choose from and what an address chooses; two queries.

    With a criterion's lineage each partnership that may be named comes with its level on it.
    """
    places = queries.places(scope.round, scope.regions, lineage)
    area = filters.area_wanted(data, places)
    is_beyond = Cut(area).is_beyond
    regions = None if scope.regions is None else frozenset(place.region for place in places)
    offer = Offer(
        places=tuple(places),
        criteria=queries.asked(scope.round),
        regions=regions,
        alike=tuple(queries.alike(scope.round)) if is_beyond and regions is not None else (),
        lists=() if is_beyond else tuple(queries.lists(area.key, user)),
    )
    chosen = filters.read(data, area, offer)
    return offer, replace(chosen, notices=unknown.round_told(data, scope.rounds, scope.round) + chosen.notices)


def overview(scope: Scope, user: User, data: Mapping[str, str]) -> Overview:
    """Return the comparison that an address asks for; three queries, four beyond the reader's regions."""
    offer, chosen = choice(scope, user, data)
    counts = queries.counts(
        scope.round, chosen.cut, picked=chosen.picked, own=scope.regions, with_reviews=chosen.with_reviews
    )
    hidden = _hidden(scope, [scope.round], chosen.cut).get(scope.round.slug, ())
    return Overview(scope.round, scope.rounds, offer, chosen, tuple(counts), frozenset(hidden))


def criterion(scope: Scope, user: User, code: str, data: Mapping[str, str]) -> CriterionSheet:
    """Return one criterion of the group that an address asks for; 404 if it was not asked; four queries, or five."""
    criteria = queries.asked(scope.round)
    asked, place = place_of(criteria, code)
    offer, chosen = choice(scope, user, data, asked.lineage)
    cut, picked = chosen.cut, chosen.picked
    shown = trends.Edition(scope.round.slug, scope.round.name, criteria)
    counts = queries.counts_by_round(scope.rounds, cut, asked.lineage, picked=picked, own=scope.regions)
    editions = queries.editions(_told(scope, counts))
    lines = trends.lines_by_round(asked, editions, counts, _hidden(scope, scope.rounds, cut))
    may_name = offer.regions is None or not cut.is_beyond
    return CriterionSheet(
        round=scope.round,
        asked=asked,
        place=place,
        area=cut.name,
        trend=trends.trend(asked, shown, editions, lines),
        studies=list(queries.studies_of_the_best(scope.round, asked.lineage)),
        query=chosen.query(),
        named=[each for each in offer.places if may_name and each.has_answered and cut.covers(each)],
        picked=Picked(picked.name) if picked else None,
        notices=chosen.notices,
    )


def _told(scope: Scope, counts: Mapping[str, object]) -> list[Round]:
    """Return the rounds that have something to say of a criterion, and those that are over.

    What an open round asks may still change, so it says nothing of earlier ones before anybody has submitted in it.
    """
    today = timezone.localdate()
    return [each for each in scope.rounds if each.slug in counts or each.closes_on < today or each == scope.round]


def _hidden(scope: Scope, rounds: Collection[Round], cut: Cut) -> dict[str, frozenset[str]]:
    """Return the criteria on which a group is not told, by round; one query, and none where all is open."""
    if scope.regions is None or not cut.is_beyond or elsewhere.group_of(cut) == elsewhere.EVERYBODY:
        return {}
    found = heat_queries.rows(rounds)
    return {
        round_.slug: elsewhere.of(found[round_.slug], scope.regions).codes(queries.asked(round_), cut)
        for round_ in rounds
    }


def place_of(criteria: Sequence[Asked], code: str) -> tuple[Asked, tuple[int, int]]:
    """Return a criterion, and the how manieth of how many of its section it is; 404 if it was not asked."""
    asked = next((each for each in criteria if each.code == code), None)
    if asked is None:
        raise Http404
    section = [each for each in criteria if each.section == asked.section]
    return asked, (section.index(asked) + 1, len(section))
