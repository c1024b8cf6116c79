"""What partnerships are shown when they compare: their own levels beside the release."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from assessments.models import Round, Submission
from hallmarks.outline import outline_by_id
from partnerships.models import Partnership
from reports import queries, released_page, releasing
from reports.access import Scope
from reports.comparison import Asked
from reports.heat_map import NOT_ASKED
from reports.released_page import ReleasedPage
from reports.releasing import Released


def compare(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show one's own levels beside the release, or say when there will be one."""
    wanted = request.GET.get("round", scope.round.slug)
    if wanted != scope.round.slug and any(round_.slug == wanted for round_ in scope.rounds):
        return redirect(f"{reverse('reports:compare', args=[wanted])}?{_kept(request)}")
    released = releasing.released(scope.round, timezone.now())
    if released is None:
        return later(request, scope)
    return render(request, "reports/released.html", {"page": page_of(request, scope, released)})


def later(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Say when there will be a release, and what can be looked at until then."""
    closed = [round_ for round_ in scope.rounds if round_.closes_at < timezone.now()]
    context = {"round": scope.round, "closed": closed, "own": scope.own}
    return render(request, "reports/released_later.html", context)


def page_of(request: HttpRequest, scope: Scope, released: Released) -> ReleasedPage:
    """Return the page that an address asks for: of one's own partnerships the first, its region, unless it says so."""
    chosen = next((own for own in scope.own if own.slug == request.GET.get("partnership")), scope.own[0])
    own, submission = as_it_stood(chosen, released)
    place = submission or own
    groups = released_page.groups_of(own, place.region, place.police_force, place.family_group, released)
    criteria = _criteria(scope.round, own, released)
    wanted = released_page.wanted(request.GET, criteria)
    compared = next((each for each in groups if each.group.kind == wanted.kind), groups[0])
    lines = released_page.lines(released, criteria, own, compared.group)
    is_counted = submission is not None
    page = ReleasedPage(scope.round, scope.rounds, own, scope.own, groups, compared, wanted, lines, is_counted)
    return replace(page, notices=page.told(request.GET))


def _criteria(round_: Round, own: Partnership, released: Released) -> list[Asked]:
    """Return what a partnership is asked, and what else it was asked on the day it submitted."""
    outline = outline_by_id(round_.version_id).applying_to(own, round_.opens_on)
    here = {question.criterion.code for question in outline.questions}
    return [
        asked
        for asked in queries.asked(round_)
        if asked.code in here or released.own(own.pk, asked.code) not in {"", NOT_ASKED}
    ]


def as_it_stood(own: Partnership, released: Released) -> tuple[Partnership, Submission | None]:
    """Return a partnership with its area, and what it had submitted at the close, where it had; one query."""
    counted = released.submissions.get(own.pk)
    if counted is None:
        return get_object_or_404(Partnership.objects.with_area(), pk=own.pk), None
    submission = Submission.objects.with_area().defer("document").get(pk=counted)
    return submission.assessment.partnership, submission


def _kept(request: HttpRequest) -> str:
    # A form sends what is blank as well, and a link need not repeat it.
    return urlencode({name: value for name, value in request.GET.items() if value and name != "round"})
