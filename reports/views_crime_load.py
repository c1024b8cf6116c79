"""Administrators load printed crime figures: checked first, shown, and loaded when sent again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import require_administrator
from accounts.http import SignedInRequest
from govuk.forms import SummaryItem
from partnerships import services
from partnerships.crime_loading import Plan, check
from partnerships.crime_parts import Area, Problem
from reports.crime_words import printed, totals_in_words
from reports.forms_crime import CrimeForm

PROBLEMS_IN_SUMMARY = 5
TEMPLATE = "reports/crime_load.html"


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: SignedInRequest) -> HttpResponse:
    """Take a table, show what is wrong with it or what it would do, and load it when it is sent again."""
    require_administrator(request.user)
    form = CrimeForm(request.POST, request.FILES) if request.method == "POST" else CrimeForm()
    if not form.is_valid():
        return render(request, TEMPLATE, {"form": form})
    if "load" in request.POST:
        return _load(request, form)
    checked = check(form.data_given, form.cleaned_data["source"])
    if checked.plan is None:
        return _problems_page(request, form, checked.problems)
    return _preview_page(request, form, checked.plan)


def _preview_page(request: SignedInRequest, form: CrimeForm, plan: Plan, *, is_moved: bool = False) -> HttpResponse:
    data = form.data_given
    context = {
        "plan": plan,
        "text": data if isinstance(data, str) else data.decode("utf-8-sig"),
        "source": form.cleaned_data["source"],
        "is_moved": is_moved,
        "totals": totals_in_words(plan.table.totals),
        "rows": _rows(plan),
        "corrected": _corrected(plan),
    }
    return render(request, "reports/crime_preview.html", context, status=409 if is_moved else 200)


def _corrected(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Return whose figure of what period changes, from what to what."""
    return [(old.partnership.name, new.period, printed(old.value), printed(new.value)) for old, new in plan.corrected]


def _rows(plan: Plan) -> list[tuple[Area, list[tuple[str, str]]]]:
    """Return each area with its cells and their labels."""
    labels = (*map(str, plan.table.periods), _("Change"), _("Per cent"))
    return [
        (area, list(zip(labels, map(printed, (*area.figures, area.change, area.percent)), strict=True)))
        for area in plan.table.areas
    ]


def _load(request: SignedInRequest, form: CrimeForm) -> HttpResponse:
    given = {"data": form.data_given, "source": form.cleaned_data["source"], "seen": request.POST.get("seen", "")}
    try:
        plan = services.load_crime_figures(**given, by=request.user)
    except services.CrimeTableRefused as refusal:
        return _problems_page(request, form, refusal.problems)
    except services.CrimeFiguresMoved as moved:
        return _preview_page(request, form, moved.plan, is_moved=True)
    words = _("Loaded: %(new)s figures are new, %(changed)s changed, %(same)s were there already.")
    counts = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.unchanged}
    messages.success(request, words % counts)
    return redirect("reports:crime_load")


def _problems_page(request: SignedInRequest, form: CrimeForm, problems: tuple[Problem, ...]) -> HttpResponse:
    named = problems[:PROBLEMS_IN_SUMMARY]
    summary = [SummaryItem(capfirst(str(problem)), f"problem-{number}") for number, problem in enumerate(named, 1)]
    if len(problems) > PROBLEMS_IN_SUMMARY:
        summary.append(SummaryItem(_("The other problems are in the table"), "problems"))
    context = {"form": form, "problems": problems, "summary": summary, "page_has_errors": True}
    return render(request, TEMPLATE, context)
