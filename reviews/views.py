"""Pages of the Government Office: its regions, a region's progress in a round, and a submission to read."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments import documents
from assessments.models import Round
from assessments.round_progress import tally_of
from reviews import access, queries, reading, worklist


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
    """Show how far each of the region's partnerships is; `?state=` shows those in one state."""
    place = access.region_to_read(request.user, region)
    rounds = queries.rounds_of(place)
    current = _named(rounds, round)
    today = timezone.localdate()
    lines = worklist.in_order(queries.lines_of(place, current, today))
    counts = tally_of(line.state for line in lines).counts(is_over=current.closes_on < today)
    asked = request.GET.get("state", "")
    context = {
        "region": place,
        "round": current,
        "other_rounds": [each for each in rounds if each != current],
        "has_begun": current.opens_on <= today,
        "total": len(lines),
        "counts": counts,
        "bar": worklist.status_bar(counts),
        "asked": asked,
        "lines": worklist.in_state(lines, asked),
    }
    return render(request, "reviews/region.html", context)


@require_safe
def submission(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Show what a partnership submitted, from the frozen document; `?number=` shows an earlier submission."""
    found = access.submission_to_review(request.user, region, round, partnership, _number(request))
    document = documents.read(found.document)
    parts = reading.parts_of(document)
    context = {
        "submission": found,
        "document": document,
        "region": found.region,
        "parts": parts,
        "profiles": reading.profiles_of(document, parts),
        "others": queries.others_of(found),
        "published": queries.published_case_studies(document),
    }
    return render(request, "reviews/submission.html", context)


def _named(rounds: Sequence[Round], slug: str) -> Round:
    found = next((each for each in rounds if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _number(request: HttpRequest) -> int | None:
    text = request.GET.get("number", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4 or int(text) == 0:
        raise Http404
    return int(text)
