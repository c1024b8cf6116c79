"""Pages on which administrators see the rounds, open one and change its calendar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import require_administrator
from accounts.http import SignedInRequest
from assessments import round_queries, round_services
from assessments.forms_rounds import DeadlineForm, ExtensionForm, MissingPartnershipForm, RoundForm
from assessments.models import Extension, Round
from assessments.round_access import round_to_manage
from assessments.round_progress import Tally, days_left
from govuk.forms import GovukForm
from partnerships.models import Region

Made = TypeVar("Made")
require_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Line:
    """A row of a list: a round or a region, with how far its partnerships are."""

    of: Round | Region
    tally: Tally


@require_safe
def round_list(request: SignedInRequest) -> HttpResponse:
    """Show every round, newest first, with how far its partnerships are."""
    require_administrator(request.user)
    rounds = Round.objects.select_related("version").prefetch_related("regions")
    lines = _lines(rounds, round_queries.tally_by_round())
    return render(request, "assessments/rounds/list.html", {"lines": lines, "today": timezone.localdate()})


@require_form
def round_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a round's name, criteria, dates and regions, and open it."""
    require_administrator(request.user)
    form = RoundForm(request.POST or None)
    if made := _tried(form, round_services.open_round, by=request.user):
        messages.success(request, _("%(round)s is set up") % {"round": made})
        return redirect("assessments:round", made.slug)
    return render(request, "assessments/rounds/new.html", {"form": form})


@require_form
def round_(request: SignedInRequest, round: str) -> HttpResponse:
    """Show one round: its facts, each region's counts, the extensions; and move its closing day."""
    found = round_to_manage(request.user, round)
    form = DeadlineForm(request.POST or None, initial={"closes_on": found.closes_on})
    if moved := _tried(form, round_services.move_deadline, round_=found, by=request.user):
        day = date_format(moved.closes_on, "j F Y")
        messages.success(request, _("%(round)s closes on %(day)s") % {"round": moved, "day": day})
        return redirect("assessments:round", moved.slug)
    tallies = round_queries.tally_by_region(found)
    context = {
        "round": found,
        "form": form,
        "days_left": days_left(found.closes_on, timezone.localdate()),
        "lines": _lines(Region.objects.filter(pk__in=tallies), tallies),
        "total": sum(tally.total for tally in tallies.values()),
        "extensions": found.extensions.select_related("partnership__police_force__region"),
    }
    return render(request, "assessments/rounds/round.html", context)


@require_form
def round_extension(request: SignedInRequest, round: str) -> HttpResponse:
    """Give one partnership of the round more time; `?partnership=` fills in what it was given before."""
    found = round_to_manage(request.user, round)
    form = ExtensionForm(request.POST or None, round_=found, initial=_given(found, request.GET))
    if given := _tried(form, round_services.extend, round_=found, by=request.user):
        day = date_format(given.until, "j F Y")
        messages.success(request, _("%(name)s has until %(day)s") % {"name": given.partnership, "day": day})
        return redirect("assessments:round", found.slug)
    return _ask(request, form, found, _("Give a partnership more time"))


@require_form
def round_partnership(request: SignedInRequest, round: str) -> HttpResponse:
    """Add a partnership that the round left out."""
    found = round_to_manage(request.user, round)
    form = MissingPartnershipForm(request.POST or None, round_=found)
    if added := _tried(form, round_services.add_partnership, round_=found, by=request.user):
        messages.success(request, _("%(name)s is in the round") % {"name": added.partnership})
        return redirect("assessments:round", found.slug)
    return _ask(request, form, found, _("Add a partnership"))


def _tried(form: GovukForm, act: Callable[..., Made], **given: Any) -> Made | None:
    """Do what the form asks and return the outcome, or None with the reason beside the field it is about."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **given)
    except round_services.RoundRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None


def _lines(rows: Any, tallies: Mapping[int, Tally]) -> list[Line]:
    return [Line(row, tallies.get(row.pk, Tally())) for row in rows]


def _given(found: Round, asked: Mapping[str, str]) -> dict[str, Any]:
    slug = asked.get("partnership", "").replace("\0", "")
    extension = Extension.objects.filter(round=found, partnership__slug=slug).first()
    before = {"until": extension.until, "reason": extension.reason} if extension else {}
    return {"partnership": slug, **before}


def _ask(request: SignedInRequest, form: GovukForm, found: Round, title: str) -> HttpResponse:
    back = reverse("assessments:round", args=[found.slug])
    return render(request, "assessments/rounds/ask.html", {"form": form, "round": found, "title": title, "back": back})
