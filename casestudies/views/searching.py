"""The page that finds case studies: every search is an address, and without one it lists what is there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from accounts.access import Standing, standing_of
from accounts.http import SignedInRequest
from accounts.models import Role
from casestudies.models import CaseStudy
from casestudies.search import wanted
from casestudies.search.choices import choices
from casestudies.search.finding import find
from casestudies.search.panel import panel, sorts
from casestudies.search.wanted import Search
from partnerships.models import Partnership


def index(request: SignedInRequest) -> HttpResponse:
    """Find case studies, or list them: what is published, and the drafts of the person's own partnerships."""
    said = [(name, str(value)) for name, value in request.GET.items() if value]
    if len(said) < len(request.GET):
        # A form sends every field, and an address that people pass on says what was looked for.
        return redirect(f"{request.path}?{urlencode(said)}" if said else request.path)
    standing = standing_of(request.user)
    own = _own(standing)
    offered = choices()
    search = wanted.read(request.GET, offered, has_place=bool(own))
    place = next((one for one in own if one.slug == search.place), own[0] if own else None)
    results = find(search, request.GET.get("page"), place)
    context = {
        "search": search,
        "results": results,
        "page": results.page,
        "place": place,
        "sorts": sorts(search, place),
        "panel": panel(search, offered),
        "queries": _queries(search, results.meant),
        "whose": Partnership.objects.filter(slug=search.partnership).first() if search.partnership else None,
        **_beginning(standing, own, search, results.page.number),
    }
    return render(request, "casestudies/index.html", context)


def _queries(search: Search, meant: str) -> dict[str, str]:
    """Return the addresses of searches that are nearly this one."""
    return {
        "feed": search.address(sort="", mine=""),
        "meant": search.address(words=meant),
        "retired": search.address(retired="1"),
        "wider": urlencode({"words": search.words}),
    }


def _own(standing: Standing) -> list[Partnership]:
    """Return the partnerships of a person's seats, each once."""
    return list({seat.agency.partnership.pk: seat.agency.partnership for seat in standing.memberships}.values())


def _beginning(standing: Standing, own: list[Partnership], search: Search, page: int) -> dict[str, Any]:
    """Return what stands above the list where nothing is looked for yet: drafts, and where to write another."""
    if search.words or search.is_narrowed or page > 1:
        return {}
    return {
        "drafts": CaseStudy.objects.drafts_of(own) if own else [],
        "own": own,
        "may_write_for": sorted((one for one in own if standing.is_at_least(Role.OFFICER, one)), key=str),
    }
