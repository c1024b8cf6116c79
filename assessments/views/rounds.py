"""Pages on which administrators see the rounds, open one and change its calendar."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

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
from assessments.forms_rounds import DeadlineForm, ExtensionForm, MissingPartnershipForm, RoundForm, ViewsDayForm
from assessments.models import Extension, Round
from assessments.round_access import round_to_manage
from assessments.round_progress import USUAL, DeadlineChange, State, Tally, together
from govuk.forms import GovukForm
from partnerships.models import Partnership, Region

Made = TypeVar("Made")
require_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Line:
    """A row of a list: a round or a region, with how many of its partnerships are in each state (None: not told)."""

    of: Round | Region
    tally: Tally
    cells: tuple[tuple[State, int | None], ...]


@require_safe
def round_list(request: SignedInRequest) -> HttpResponse:
    """Show every round, newest first, with how far its partnerships are."""
    require_administrator(request.user)
    today = timezone.localdate()
    rounds = Round.objects.select_related("version").prefetch_related("regions")
    tallies = round_queries.tally_by_round(today)
    counted = [(each, tallies.get(each.pk, Tally()), each.closes_on < today) for each in rounds]
    told = {count.state for _round, tally, is_over in counted for count in tally.counts(is_over=is_over)}
    states = [state for state in State if state in USUAL | told]
    lines = [_line(each, tally, states, is_over=is_over) for each, tally, is_over in counted]
    return render(request, "assessments/rounds/list.html", {"lines": lines, "states": states, "today": today})


@require_form
def round_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a round's name, criteria, dates and regions, and open it."""
    require_administrator(request.user)
    form = RoundForm(request.POST or None)
    if made := _tried(form, round_services.open_round, by=request.user):
        messages.success(request, _("%(round)s is set up") % {"round": made})
        return redirect("assessments:round", made.slug)
    return render(request, "assessments/rounds/new.html", {"form": form})


@require_safe
def round_(request: SignedInRequest, round: str) -> HttpResponse:
    """Show one round: its facts, each region's counts, the extensions."""
    found = round_to_manage(request.user, round)
    today = timezone.localdate()
    tallies = round_queries.tally_by_region(found, today)
    whole, is_over = together(tallies.values()), found.closes_on < today
    states = [count.state for count in whole.counts(is_over=is_over)]
    regions = Region.objects.filter(pk__in=tallies)
    context = {
        "round": found,
        "is_over": is_over,
        "may_move_views_day": found.views_day_may_move(today),
        "states": states,
        "lines": [Line(each, tallies[each.pk], _cells(tallies[each.pk], states, states)) for each in regions],
        "total": whole.total,
        "previous_is_open": found.previous is not None and found.previous.closes_on >= today,
        "extensions": found.extensions.select_related("partnership__police_force__region"),
    }
    return render(request, "assessments/rounds/round.html", context)


@require_form
def round_deadline(request: SignedInRequest, round: str) -> HttpResponse:
    """Ask for another closing day, say what it changes for whom, and change it when that is confirmed."""
    found = round_to_manage(request.user, round)
    form = DeadlineForm(request.POST or None, round_=found)
    if "confirm" not in request.POST:
        change = _tried(form, round_services.rehearse_deadline, round_=found)
        return _deadline_page(request, form, found, change)
    if moved := _tried(form, round_services.move_deadline, round_=found, by=request.user):
        day = date_format(moved.closes_on, "j F Y")
        messages.success(request, _("%(round)s closes at the end of %(day)s") % {"round": moved, "day": day})
        return redirect("assessments:round", moved.slug)
    return _deadline_page(request, form, found, None)


@require_form
def round_views_day(request: SignedInRequest, round: str) -> HttpResponse:
    """Ask for another day on which views close, and say what that day does."""
    found = round_to_manage(request.user, round)
    form = ViewsDayForm(request.POST or None, round_=found)
    if moved := _tried(form, round_services.move_views_day, round_=found, by=request.user):
        day = date_format(form.cleaned_data["views_close_on"], "j F Y")
        messages.success(request, _("Views of %(round)s close at the end of %(day)s") % {"round": moved, "day": day})
        return redirect("assessments:round", moved.slug)
    context = {"form": form, "round": found, "may_move": found.views_day_may_move(timezone.localdate())}
    return render(request, "assessments/rounds/views_day.html", context)


@require_form
def round_extension(request: SignedInRequest, round: str) -> HttpResponse:
    """Give one partnership of the round more time; `?partnership=` fills in what it was given before."""
    found = round_to_manage(request.user, round)
    form = ExtensionForm(request.POST or None, round_=found, initial=_given(found, request.GET))
    if given := _tried(form, round_services.extend, round_=found, by=request.user):
        day = date_format(given.until, "j F Y")
        messages.success(request, _("%(name)s has until the end of %(day)s") % {"name": given.partnership, "day": day})
        return redirect("assessments:round", found.slug)
    return _ask(request, form, found, _("Give a partnership more time"))


@require_form
def round_partnership(request: SignedInRequest, round: str) -> HttpResponse:
    """Add a partnership that the round left out."""
    found = round_to_manage(request.user, round)
    form = MissingPartnershipForm(request.POST or None, round_=found)
    if added := _tried(form, round_services.add_partnership, round_=found, by=request.user):
        messages.success(request, _("%(name)s is in the round") % {"name": added.partnership})
        return _after_adding(found, added.partnership)
    return _ask(request, form, found, _("Add a partnership"))


def _after_adding(found: Round, partnership: Partnership) -> HttpResponse:
    if found.closes_on >= timezone.localdate():
        return redirect("assessments:round", found.slug)
    # Nobody may write in a round that is over, so more time is the reason for adding anybody.
    more_time = reverse("assessments:round_extension", args=[found.slug])
    return redirect(f"{more_time}?{urlencode({'partnership': partnership.slug})}")


def _tried(form: GovukForm, act: Callable[..., Made], **given: Any) -> Made | None:
    """Do what the form asks and return the outcome, or None with the reason beside the field it is about."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data, **given)
    except round_services.RoundRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None


def _line(round_: Round, tally: Tally, states: Iterable[State], *, is_over: bool) -> Line:
    told = [count.state for count in tally.counts(is_over=is_over)]
    return Line(round_, tally, _cells(tally, states, told))


def _cells(tally: Tally, columns: Iterable[State], told: Sequence[State]) -> tuple[tuple[State, int | None], ...]:
    return tuple((state, tally.of(state) if state in told else None) for state in columns)


def _given(found: Round, asked: Mapping[str, str]) -> dict[str, Any]:
    slug = asked.get("partnership", "").replace("\0", "")
    extension = Extension.objects.filter(round=found, partnership__slug=slug).first()
    before = {"until": extension.until, "reason": extension.reason} if extension else {}
    return {"partnership": slug, **before}


def _deadline_page(
    request: SignedInRequest, form: DeadlineForm, found: Round, change: DeadlineChange | None
) -> HttpResponse:
    context = {"form": form, "round": found, "change": change}
    if change is None:
        return render(request, "assessments/rounds/deadline.html", context)
    return render(request, "assessments/rounds/deadline_confirm.html", context)


def _ask(request: SignedInRequest, form: GovukForm, found: Round, title: str) -> HttpResponse:
    back = reverse("assessments:round", args=[found.slug])
    is_over = found.closes_on < timezone.localdate()
    context = {"form": form, "round": found, "is_over": is_over, "title": title, "back": back}
    return render(request, "assessments/rounds/ask.html", context)
