"""Pages of the Government Office: its regions, and a region's progress in a round."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments.models import Round
from assessments.round_progress import tally_of
from govuk import downloads
from partnerships.models import Region
from reviews import access, queries, region_table, worklist
from reviews.region_queries import lines_of
from reviews.reminder_access import reviewing_post
from reviews.worklist import Line


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show the person's regions and their rounds; whoever has one region goes to its current round."""
    today = timezone.localdate()
    found = queries.regions_with_rounds(access.regions_to_read(request.user), today)
    begun = [round_ for round_, _tally in found[0].rounds if round_.opens_on <= today]
    if len(found) == 1 and begun:
        return redirect("reviews:region", found[0].region.slug, begun[0].slug)
    return render(request, "reviews/index.html", {"regions": found})


@require_safe
def region(request: SignedInRequest, region: str, round: str) -> HttpResponse:
    """Show how far each partnership is; `?state=`, `?force=` and `?sort=` choose which are shown and in which order."""
    place, rounds, current, lines = _region(request, region, round)
    today = timezone.localdate()
    counts = tally_of(line.state for line in lines).counts(is_over=current.closes_on < today)
    choice = region_table.read(request.GET, lines)
    context = {
        "region": place,
        "round": current,
        "other_rounds": [each for each in rounds if each != current],
        "has_begun": current.opens_on <= today,
        "total": len(lines),
        "counts": counts,
        "bar": worklist.status_bar(counts),
        "choice": choice,
        "forces": region_table.forces(lines),
        "orders": region_table.ORDERS,
        "headings": region_table.headings(choice),
        "lines": choice.lines(lines),
        "to_remind": sum(line.is_to_remind for line in lines) if reviewing_post(request.user, place) else 0,
        "next": worklist.next_to_review(lines),
    }
    return render(request, "reviews/region.html", context)


@require_safe
def region_file(request: SignedInRequest, region: str, round: str, form: str) -> HttpResponse:
    """Give the same list, as it was chosen, as a file for spreadsheets."""
    place, _rounds, current, lines = _region(request, region, round)
    about: list[tuple[str, object]] = [(_("Round"), current.name), (_("Region"), place.name)]
    if current.is_demonstration:
        about.append((_("Data"), _("Demonstration data")))
    rows = region_table.rows(region_table.read(request.GET, lines).lines(lines), about)
    return downloads.table_file(form, _("Partnerships"), rows, "partnerships", place.slug, current.slug)


def _region(request: SignedInRequest, region: str, round: str) -> tuple[Region, Sequence[Round], Round, list[Line]]:
    place = access.region_to_read(request.user, region)
    rounds = queries.rounds_of(place)
    current = _named(rounds, round)
    return place, rounds, current, lines_of(place, current, timezone.localdate())


def _named(rounds: Sequence[Round], slug: str) -> Round:
    found = next((each for each in rounds if each.slug == slug), None)
    if found is None:
        raise Http404
    return found
