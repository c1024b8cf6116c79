"""The page of one criterion: where partnerships stand on it, how it went, whom to learn from."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reports import access, gathering, released_criterion, releasing, views_release


@require_safe
def criterion(request: SignedInRequest, round: str, code: str) -> HttpResponse:
    """Show one criterion for the group that the address names, as the comparison does."""
    scope = access.scope(request.user, round)
    if not scope.reads_release:
        sheet = gathering.criterion(scope, request.user, code, request.GET)
        return render(request, "reports/criterion.html", {"sheet": sheet})
    releases = releasing.released_rounds(scope.rounds, timezone.now())
    if scope.round.slug not in releases:
        # That page says when there will be something to see.
        return redirect("reports:compare", round)
    page = views_release.page_of(request, scope, releases[scope.round.slug])
    sheet = released_criterion.sheet_of(page, releases, code)
    return render(request, "reports/criterion.html", {"sheet": sheet})
