"""The page of one criterion: where partnerships stand on it, how it went, whom to learn from."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reports import access, gathering, released_criterion, releasing, views_release
from reports.criterion_sheet import CriterionSheet


@require_safe
def criterion(request: SignedInRequest, round: str, code: str) -> HttpResponse:
    """Show one criterion for the group that the address names, as the comparison does."""
    sheet = sheet_of(request, round, code)
    if sheet is None:
        # That page says when there will be something to see.
        return redirect("reports:compare", round)
    return render(request, "reports/criterion.html", {"sheet": sheet})


def sheet_of(request: SignedInRequest, round_slug: str, code: str) -> CriterionSheet | None:
    """Return what may be shown of a criterion; None to a partnership before there is a release."""
    scope = access.scope(request.user, round_slug)
    if not scope.reads_release:
        return gathering.criterion(scope, request.user, code, request.GET)
    releases = releasing.released_rounds(scope.rounds, timezone.now())
    if scope.round.slug not in releases:
        return None
    page = views_release.page_of(request, scope, releases[scope.round.slug])
    return released_criterion.sheet_of(page, releases, code)
