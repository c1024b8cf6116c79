"""All reports of a region's round as one archive, and how many of them are made."""

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk.downloads import headers
from reports import making, report_access
from reports.progress import RegionProgress
from reports.region_reports import Filed, archive_of, filed_in

AS_IT_IS = "as-it-is"


@require_safe
def progress(request: SignedInRequest, round: str, region: str) -> HttpResponse:
    """Show how many reports are made, have the others made first, and offer the archive, or what there is of it."""
    place, current = report_access.region_to_take_away(request.user, region, round)
    filed = filed_in(place, current)
    for each in filed:
        each.want()
    context = {"region": place, "round": current, "progress": _progress(filed), "part": AS_IT_IS}
    return render(request, "reports/region_reports.html", context)


@require_safe
def progress_state(request: SignedInRequest, round: str, region: str) -> JsonResponse:
    """Tell the page's script the same."""
    found = _progress(filed_in(*report_access.region_to_take_away(request.user, region, round)))
    state = "ready" if found.is_whole else "waiting" if found.is_worked_on else "idle"
    return JsonResponse({"state": state, "words": found.words})


@require_safe
def every_report(request: SignedInRequest, round: str, region: str) -> HttpResponseBase:
    """Stream the archive; where reports are missing say so first, and give what there is to whoever asks again."""
    place, current = report_access.region_to_take_away(request.user, region, round)
    filed = filed_in(place, current)
    if AS_IT_IS not in request.GET and not _progress(filed).is_whole:
        return redirect("reports:region_progress", round, region)
    archive = archive_of(filed, is_demonstration=current.is_demonstration)
    named = headers("zip", "reports", place.slug, current.slug)
    return StreamingHttpResponse(archive, content_type="application/zip", headers=named)


def _progress(filed: list[Filed]) -> RegionProgress:
    return RegionProgress(sum(each.is_made for each in filed), len(filed), making.is_anybody_working())
