"""Heat maps of a region and of the country, and what they share: strengths and weaknesses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from partnerships.models import Region
from reports import (
    access,
    heat_access,
    heat_files,
    heat_pages,
    heat_queries,
    heat_released,
    kept,
    queries,
    releasing,
    strengths_files,
    strengths_page,
    views_release,
)
from reports.access import Scope
from reports.heat_pages import NationHeat, RegionHeat
from reports.heat_released import ReleasedHeat
from reports.releasing import Released
from reports.strengths_page import StrengthsPage


@require_safe
def region(request: SignedInRequest, round: str, region: str) -> HttpResponse:
    """Show every rating in a region, by name."""
    page = _region_page(request, round, region)
    drawn = kept.drawn("reports/_heat_map.html", page, [page.round, page.region])
    return render(request, "reports/heat_map.html", {"page": page, "drawn": drawn})


@require_safe
def region_file(request: SignedInRequest, round: str, region: str, form: str) -> HttpResponse:
    """Give the same as a file."""
    page = _region_page(request, round, region)
    return downloads.table_file(form, page.region.name, heat_files.region_table(page), "heat-map", round, region)


@require_safe
def nation(request: SignedInRequest, round: str) -> HttpResponse:
    """Show every rating in the country without names; to a partnership, what is released of groups."""
    scope = access.scope(request.user, round)
    if not scope.reads_release:
        page = _nation_page(scope)
        drawn = kept.drawn("reports/_nation.html", page, [scope.round])
        return render(request, "reports/nation.html", {"page": page, "drawn": drawn})
    released = releasing.released(scope.round, timezone.now())
    if released is None:
        return views_release.later(request, scope)
    return render(request, "reports/nation_released.html", {"heat": _released_heat(request, scope, released)})


@require_safe
def nation_file(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give the same as a file; 404 to a partnership before there is a release."""
    scope = access.scope(request.user, round)
    if not scope.reads_release:
        table = heat_files.nation_table(_nation_page(scope))
        return downloads.table_file(form, _("Heat map"), table, "heat-map", round)
    released = releasing.released(scope.round, timezone.now())
    if released is None:
        raise Http404
    table = heat_released.table(_released_heat(request, scope, released))
    return downloads.table_file(form, _("Heat map"), table, "heat-map", round, "groups")


@require_safe
def strengths(request: SignedInRequest, round: str) -> HttpResponse:
    """Show what a region and the nation share, what moved since the round before, and where partnerships split."""
    scope = access.scope(request.user, round)
    page = _strengths(request, scope)
    return render(request, "reports/strengths.html", {"page": page}) if page else views_release.later(request, scope)


@require_safe
def strengths_file(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give the same as a file; 404 to a partnership before there is a release."""
    page = _strengths(request, access.scope(request.user, round))
    if page is None:
        raise Http404
    area = next(choice.value for choice in page.choices if choice.is_selected)
    return downloads.table_file(form, _("Strengths"), strengths_files.table(page), "strengths", round, area)


def _region_page(request: SignedInRequest, round_slug: str, region_slug: str) -> RegionHeat:
    scope, place = heat_access.region_in_full(request.user, round_slug, region_slug)
    criteria = queries.asked(scope.round)
    rows = heat_queries.rows([scope.round], frozenset({place.pk}))[round_slug]
    return RegionHeat(scope.round, place, heat_pages.wanted(request.GET, criteria), criteria, tuple(rows))


def _nation_page(scope: Scope) -> NationHeat:
    rows = heat_queries.rows([scope.round])[scope.round.slug]
    return NationHeat(scope, queries.asked(scope.round), tuple(rows))


def _released_heat(request: HttpRequest, scope: Scope, released: Released) -> ReleasedHeat:
    page = views_release.page_of(request, scope, released)
    regions = dict(Region.objects.values_list("slug", "name"))
    groups = heat_released.groups_of(page, released, regions)
    return ReleasedHeat(page, released, groups, heat_released.orders_wanted(request.GET))


def _strengths(request: HttpRequest, scope: Scope) -> StrengthsPage | None:
    """Return the page that an address asks for; None to a partnership before there is a release."""
    if not scope.reads_release:
        return _submitted_strengths(request, scope)
    releases = releasing.released_rounds(scope.rounds, timezone.now())
    return _released_strengths(request, scope, releases) if scope.round.slug in releases else None


def _submitted_strengths(request: HttpRequest, scope: Scope) -> StrengthsPage:
    before = strengths_page.previous(scope.round, scope.rounds)
    rounds = [scope.round, *([before] if before else [])]
    regions = list(Region.objects.order_by("name"))
    cut, choices = strengths_page.area_wanted(request.GET.get("region", ""), scope, regions)
    home = next((region.nation for region in regions if region.slug == cut.region), "")
    found = heat_queries.rows(rounds)
    criteria = [queries.asked(round_) for round_ in rounds]
    parts = strengths_page.parts_of(cut, scope, home, criteria, [found[round_.slug] for round_ in rounds])
    return StrengthsPage(scope.round, before, parts, "region", choices, rounds=scope.rounds)


def _released_strengths(request: HttpRequest, scope: Scope, releases: dict[str, Released]) -> StrengthsPage:
    page = views_release.page_of(request, scope, releases[scope.round.slug])
    before = strengths_page.previous(scope.round, [round_ for round_ in scope.rounds if round_.slug in releases])
    rounds = [scope.round, *([before] if before else [])]
    kept = [releases[round_.slug] for round_ in rounds]
    # What the partnership is not asked is no strength or weakness of its group to it.
    criteria = [[line.asked for line in page.every_line], *(queries.asked(round_) for round_ in rounds[1:])]
    parts = strengths_page.released_parts(page, kept, criteria)
    choices = (page.group_choices, page.own_choices)
    return StrengthsPage(scope.round, before, parts, "with", *choices, scope.rounds, page.notices)
