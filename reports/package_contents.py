"""What one person's package of a round holds: as `access.scope` decides, and for partnerships the release alone."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Round
from assessments.queries import asked_in
from hallmarks.marks import does_not_apply
from hallmarks.outline import Question
from partnerships.models import Partnership
from reports import (
    assessment_contents,
    elsewhere,
    filters,
    heat_map,
    heat_queries,
    package_tables,
    queries,
    releasing,
    review_rows,
    submitted_rows,
)
from reports.access import Scope
from reports.comparison import Asked
from reports.groups import BOTH, Cut, Named, both_nations
from reports.heat_map import Row
from reports.package import About, Package, Table
from reports.package_released import own_of, released_tables
from reports.package_tables import AREA, FAMILY, NATION, NATIONS, REGION, Counted, Member
from reports.queries import Place
from reports.spooled import apart


def package_of(scope: Scope, now: datetime.datetime) -> Package:
    """Return the package of a round; 404 to a partnership before there is a release."""
    questions, asked = asked_in(scope.round).questions, queries.asked(scope.round)
    round_ = assessment_contents.whole(scope.round)
    if scope.reads_release:
        released = releasing.released(scope.round, now)
        if released is None:
            raise Http404
        own = own_of(scope, released)
        questions, asked = _asked_of([known for known, _sent in own], scope.round, questions, asked)
        members, ratings, counts = released_tables(scope, released, own, asked)
        holds = [_("Your own levels, and what is released of others: how many of a group chose each level.")]
        more, persons = [], _("It holds no free text and nothing about persons.")
    else:
        members, ratings, counts = _tables(scope, asked)
        holds = [_("Levels by name for the regions that you may read in full, and counts for other groups.")]
        more, persons = _by_name(scope), _("Of those regions it holds what was written. It names no people.")
    holds += [_("Counts that are not listed are withheld, because they could tell of single partnerships."), persons]
    tables = [
        assessment_contents.round_table(round_),
        package_tables.partnerships(members),
        *assessment_contents.published(questions),
        package_tables.ratings(ratings),
        package_tables.counts(counts),
        *more,
    ]
    return Package(_about(round_, holds), tables)


def _asked_of(
    own: Sequence[Partnership], round_: Round, questions: Iterable[Question], asked: Iterable[Asked]
) -> tuple[tuple[Question, ...], tuple[Asked, ...]]:
    """Leave only what is asked of one of these partnerships."""
    mine = tuple(q for q in questions if any(q.is_asked_of(place, round_.opens_on) for place in own))
    codes = {question.criterion.code for question in mine}
    return mine, tuple(criterion for criterion in asked if criterion.code in codes)


def _by_name(scope: Scope) -> list[Table]:
    """Return what was sent in the regions that are open in full, and what their offices say of it; three queries."""
    which: dict[str, object] = {"assessment__round": scope.round}
    if scope.regions is not None:
        which["region__in"] = sorted(scope.regions)
    said_of = Q(**{f"review__submission__{name}": value for name, value in which.items()})
    sent = submitted_rows.sent(Q(**which), Q(is_current=True), as_office=True)
    rows = apart(chain(sent, review_rows.said(said_of, as_office=True)))
    return [*assessment_contents.submitted(rows), *assessment_contents.reviewed(rows)]


def _about(round_: Round, holds: Sequence[str]) -> About:
    version = round_.version
    return About(
        slug=round_.slug,
        title=round_.name,
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        taken_on=timezone.localdate(),
        criteria_title=version.title,
        criteria_publisher=version.framework.publisher,
        criteria_source=version.source,
        is_demonstration=round_.is_demonstration,
        holds=holds,
        terms=assessment_contents.terms(),
    )


def _tables(
    scope: Scope, asked: Sequence[Asked]
) -> tuple[list[Member], Iterator[package_tables.Rating], Iterator[Counted]]:
    """Return who is open by name and their levels, and counts of the groups that the comparison shows; two queries."""
    places = queries.places(scope.round, None)
    rows = heat_map.submitted(heat_queries.rows([scope.round])[scope.round.slug])
    named = [place for place in places if scope.cuts(place.region_key)]
    open_rows = [row for row in rows if scope.cuts(row.region_key)]
    counts = _counts(scope, asked, places, rows)
    return [_member(place) for place in named], _ratings(open_rows, asked), counts


def _member(place: Place) -> Member:
    return Member(
        slug=place.slug,
        name=place.name,
        region=Named(place.region, place.region_name),
        force=Named(place.force, place.force_name),
        family=place.family_group,
        kind=Named(place.kind, place.kind_name),
        nation=place.nation,
        has_submitted=place.has_submitted,
    )


def _ratings(rows: Iterable[Row], asked: Sequence[Asked]) -> Iterator[package_tables.Rating]:
    for row in rows:
        for at, criterion in enumerate(asked):
            yield package_tables.Rating(row.slug, criterion, row.at(at))


def _counts(scope: Scope, asked: Sequence[Asked], places: Sequence[Place], rows: Sequence[Row]) -> Iterator[Counted]:
    """Yield what the comparison would show of each group, whichever the reader may have there."""
    known, outside = {place.slug: place for place in places}, elsewhere.of(rows, scope.regions)
    for kind, group, cut in _groups(scope, places):
        members = [row for row in rows if cut.covers(known[row.slug])]
        hidden = outside.codes(asked, cut) if cut.is_beyond else ()
        for line in heat_map.lines(asked, members, scope.regions, hidden):
            if not line.is_withheld and line.n + line.does_not_apply:
                for level, count in zip(line.asked.levels, line.counts, strict=True):
                    yield Counted(kind, group, line.asked, level, count)
                yield Counted(kind, group, line.asked, does_not_apply().name, line.does_not_apply, is_level=False)


def _groups(scope: Scope, places: Sequence[Place]) -> Iterator[tuple[str, Named, Cut]]:
    """Yield the groups that anybody may see counts of: the regions that are open, nations, families, kinds of area.

    None of them is two groupings at once, which beyond the reader's regions must not be cut (`groups.as_may_be_cut`).
    """
    whole = Named(BOTH, both_nations())
    for area in filters.areas([place for place in places if scope.cuts(place.region_key)]):
        yield _kind_of(area), area, Cut(area)
    for family in filters.families(places):
        yield FAMILY, family, Cut(whole, family=family)
    for kind in filters.kinds(places):
        yield AREA, kind, Cut(whole, kind=kind)


def _kind_of(area: Named) -> str:
    cut = Cut(area)
    if cut.region:
        return REGION
    return NATION if cut.nation else NATIONS
