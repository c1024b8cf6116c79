"""The yearly plan: seventeen steps with owners and days, and one page to plan each."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from govuk.forms import require_stamp
from sharing import access, queries, services
from sharing.access import Desk
from sharing.forms import PlannedForm
from sharing.models import CycleStep, PlanLine
from sharing.periods import FIRST


def index(request: SignedInRequest, partnership: str) -> HttpResponseRedirect:
    """Lead to the plan of the year that is under way."""
    desk = access.desk_to_read(request.user, partnership)
    return redirect("sharing:plan", desk.partnership.slug, timezone.localdate(request.arrived_at).year)


def plan(request: SignedInRequest, partnership: str, year: int) -> HttpResponse:
    """Show a year's steps, what is overdue first."""
    desk = access.desk_to_read(request.user, partnership)
    today = timezone.localdate(request.arrived_at)
    found = queries.plan_of(desk.partnership, year_or_404(year, today))
    version, codes = queries.hallmarks_to_link(found)
    context = {
        "desk": desk,
        "plan": found,
        "overdue": found.overdue(today),
        "coming": found.coming(today),
        "can_copy": desk.may_edit
        and found.is_blank
        and PlanLine.objects.of(desk.partnership, year - 1).planned().exists(),
        "years": [one for one in (year - 1, year + 1) if _is_planned(one, today)],
        "version": version,
        "codes": codes,
    }
    return render(request, "sharing/plan.html", context)


@require_POST
def copy(request: SignedInRequest, partnership: str, year: int) -> HttpResponse:
    """Begin a year's plan with the owners and days of the year before."""
    desk = access.desk_to_write(request.user, partnership)
    year_or_404(year, timezone.localdate(request.arrived_at))
    try:
        copied = services.copy_plan(partnership=desk.partnership, year=year, by=desk.seat)
    except services.Stale:
        messages.info(request, _("A colleague was planning this year just now. Nothing was copied: look again."))
    else:
        words = ngettext("%(n)s step was taken over.", "%(n)s steps were taken over.", copied) % {"n": copied}
        messages.success(request, _("%(what)s Look at each day: it is a year later.") % {"what": words})
    return redirect("sharing:plan", desk.partnership.slug, year)


def line(request: SignedInRequest, partnership: str, year: int, number: int) -> HttpResponse:
    """Show one step, and save what is planned for it."""
    desk = access.desk_to_write(request.user, partnership)
    today = timezone.localdate(request.arrived_at)
    year, step = year_or_404(year, today), get_object_or_404(CycleStep, number=number)
    form = _form(request, desk, year, step, today)
    context: dict[str, Any] = {"desk": desk, "year": year, "step": step, "form": form}
    if request.method != "POST":
        return render(request, "sharing/plan_line.html", context)
    require_stamp(form)
    if not form.is_valid():
        return render(request, "sharing/plan_line.html", context)
    try:
        _save(desk, year, step, form)
    except services.Stale as stale:
        form.stamp_anew(stale.current.revision)
        return render(request, "sharing/plan_line.html", {**context, "theirs": stale.current}, status=409)
    return _onward(request, desk, year, step)


def year_or_404(year: int, today: datetime.date) -> int:
    """Return a year that may be planned: since sharing began, and no later than the next; 404 for any other."""
    if not _is_planned(year, today):
        raise Http404
    return year


def _is_there(desk: Desk, year: int) -> bool:
    return PlanLine.objects.of(desk.partnership, year).planned().exists()


def _is_planned(year: int, today: datetime.date) -> bool:
    return FIRST.year <= year <= today.year + 1


def _form(request: SignedInRequest, desk: Desk, year: int, step: CycleStep, today: datetime.date) -> PlannedForm:
    there = PlanLine.objects.of(desk.partnership, year).listed().filter(step=step).first()
    sent = [request.POST] if request.method == "POST" else []
    return PlannedForm(year, today, desk.partnership, *sent, initial=PlannedForm.initial_of(there))


def _save(desk: Desk, year: int, step: CycleStep, form: PlannedForm) -> PlanLine:
    return services.save_plan_line(
        partnership=desk.partnership, year=year, step=step, planned=form.planned, **form.stamp, by=desk.seat
    )


def _onward(request: SignedInRequest, desk: Desk, year: int, step: CycleStep) -> HttpResponseRedirect:
    """Go to the next step, or back to the plan."""
    messages.success(request, _("Step %(number)s saved.") % {"number": step.number})
    here = [desk.partnership.slug, year]
    following = CycleStep.objects.filter(number__gt=step.number).first()
    if request.POST.get("then") == "back" or following is None:
        return redirect("sharing:plan", *here)
    return redirect("sharing:plan_line", *here, following.number)
