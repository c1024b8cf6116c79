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
from partnerships import crime_table, services
from partnerships.crime_loading import Plan, plan_of
from partnerships.crime_table import Area, Problem, Table, Total
from reports.crime_page import number
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
    reading = crime_table.read(form.data_given)
    if reading.table is None:
        return _problems_page(request, form, reading.problems)
    if "load" in request.POST:
        return _load(request, form, reading.table)
    return _preview_page(request, form, reading.table)


def _preview_page(request: SignedInRequest, form: CrimeForm, table: Table) -> HttpResponse:
    plan = plan_of(table, form.cleaned_data["source"])
    if plan.problems:
        return _problems_page(request, form, plan.problems)
    data = form.data_given
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    source = form.cleaned_data["source"]
    context = {"plan": plan, "text": text, "source": source, "totals": _totals(plan), "rows": _rows(plan)}
    return render(request, "reports/crime_preview.html", context)


def _totals(plan: Plan) -> list[tuple[Total, str, str]]:
    """Return totals with both numbers as tables write them."""
    return [(total, number(total.computed), number(total.printed)) for total in plan.table.totals]


def _rows(plan: Plan) -> list[tuple[Area, list[tuple[str, str]]]]:
    """Return each area with its cells and their labels."""
    labels = (*map(str, plan.table.periods), _("Change"), _("Per cent"))
    return [
        (area, list(zip(labels, map(number, (*area.figures, area.change, area.percent)), strict=True)))
        for area in plan.table.areas
    ]


def _load(request: SignedInRequest, form: CrimeForm, table: Table) -> HttpResponse:
    try:
        plan = services.load_crime_figures(table=table, source=form.cleaned_data["source"], by=request.user)
    except services.CrimeTableRefused as refusal:
        return _problems_page(request, form, refusal.problems)
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
