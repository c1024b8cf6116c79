"""The meeting on one shared screen: the widest differences first, one criterion at a time, and what was decided."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from assessments import access, meeting_queries, services, survey_queries, survey_results
from assessments.access import Desk
from assessments.agenda import Agenda, Item, Standing
from assessments.forms import Stamp
from assessments.forms_meeting import DecisionForm, initial_of
from assessments.last_round import last_answer
from assessments.meeting_queries import Seen
from assessments.models import Rating
from assessments.views.asking import ask_quietly


@dataclass(frozen=True)
class Table:
    """The meeting's table: who sits at it, the agenda, the criterion that is open, and the agencies."""

    desk: Desk
    agenda: Agenda
    item: Item
    agencies: list[Seen]

    @property
    def here(self) -> list[str]:
        """What the meeting's addresses are made of."""
        return [self.desk.assessment.round.slug, self.desk.assessment.partnership.slug]


@require_safe
def meeting(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Open the first criterion of the agenda that is not decided."""
    return _open(request, access.assessment_to_view(request.user, round, partnership))


@require_safe
def agenda(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show the whole agenda, to print."""
    desk = access.assessment_to_view(request.user, round, partnership)
    found = meeting_queries.meeting_agenda(desk.assessment, request.arrived_at)
    context = {"desk": desk, "assessment": desk.assessment, "agenda": found}
    return render(request, "assessments/meeting/agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show one criterion to the meeting, and record what is sent."""
    if request.method == "POST":
        desk = access.assessment_to_rate(request.user, round, partnership)
        return _record(request, _table(request, desk, code))
    return _open(request, access.assessment_to_view(request.user, round, partnership), code)


def _table(request: SignedInRequest, desk: Desk, code: str = "") -> Table:
    """Lay the table for one criterion, or for the first that is open; 404 for any other code."""
    found = meeting_queries.meeting_agenda(desk.assessment, request.arrived_at)
    item = found.at(code) if code else found.opening
    if item is None:
        raise Http404
    today = timezone.localdate(request.arrived_at)
    return Table(desk, found, item, meeting_queries.agencies_at(desk.assessment, found, item, today))


def _open(request: SignedInRequest, desk: Desk, code: str = "") -> HttpResponse:
    table = _table(request, desk, code)
    form = None
    if desk.may_rate and desk.assessment.is_open(request.arrived_at):
        form = _form(table, initial=initial_of(table.item, table.agencies))
    rating = table.item.rating
    return _page(request, table, form, Stamp.fresh(rating.revision if rating else 0))


def _record(request: SignedInRequest, table: Table) -> HttpResponse:
    stamp, form = Stamp.read(request.POST), _form(table, request.POST)
    is_valid = form.is_valid()
    if not is_valid and table.desk.assessment.is_open(request.arrived_at):
        return _page(request, table, form, stamp)
    try:
        services.record_decision(
            assessment=table.desk.assessment,
            question=table.item.question,
            outcome=form.outcome,
            revision=stamp.revision,
            save_id=stamp.save_id,
            by=table.desk.seat,
            arrived_at=request.arrived_at,
        )
    except services.Stale as conflict:
        return _conflict(request, table, form, conflict.current)
    except services.Refused as refusal:
        return _refused(request, table, form, stamp, refusal)
    return _onward(request, table)


def _onward(request: SignedInRequest, before: Table) -> HttpResponse:
    """Go to the next criterion that is not decided, with what the one just decided makes one ask."""
    table = _table(request, before.desk, before.item.code)
    here = reverse("assessments:meeting_criterion", args=[*table.here, table.item.code])
    ask_quietly(request, table.item.question, meeting_queries.prompts_of(table.item), here)
    following = table.agenda.after(table.item.code)
    if following:
        return redirect("assessments:meeting_criterion", *table.here, following.code)
    messages.success(request, _("All criteria are agreed."))
    return redirect("assessments:meeting_agenda", *table.here)


def _conflict(request: SignedInRequest, table: Table, form: DecisionForm, current: Rating) -> HttpResponse:
    """Show both texts; the writer's own is still in the form, and recording again is a decision."""
    decision = getattr(current, "decision", None)
    theirs = {
        "item": Item(table.item.views, Standing(current, decision)),
        "rating": current,
        "present": [agency.name for agency in decision.present.all()] if decision else [],
        "url": reverse("assessments:meeting_criterion", args=[*table.here, table.item.code]),
    }
    return _page(request, table, form, Stamp.fresh(current.revision), status=HTTPStatus.CONFLICT, theirs=theirs)


def _refused(
    request: SignedInRequest, table: Table, form: DecisionForm, stamp: Stamp, refusal: services.Refused
) -> HttpResponse:
    """Say why nothing can be decided any more, and give back what was typed."""
    if isinstance(refusal, services.DeadlinePassed):
        services.keep_late_draft(
            assessment=table.desk.assessment,
            question=table.item.question,
            answer=form.answer,
            save_id=stamp.save_id,
            by=table.desk.seat,
            arrived_at=request.arrived_at,
        )
    context = {"assessment": table.desk.assessment, "item": table.item, "form": form, "why": refusal.why}
    return render(request, "assessments/meeting/refused.html", context, status=HTTPStatus.CONFLICT)


def _page(
    request: SignedInRequest,
    table: Table,
    form: DecisionForm | None,
    stamp: Stamp,
    *,
    status: int = HTTPStatus.OK,
    theirs: dict[str, Any] | None = None,
) -> HttpResponse:
    assessment, item = table.desk.assessment, table.item
    context = {
        "desk": table.desk,
        "assessment": assessment,
        "agenda": table.agenda,
        "item": item,
        "views": item.views,
        "form": form,
        "stamp": stamp,
        "theirs": theirs,
        "present": [one.agency.name for one in table.agencies if one.was_present] if item.decision else [],
        "last": last_answer(assessment, item.question),
        "front_line": _front_line(request, table),
        "prompts": () if theirs else meeting_queries.prompts_of(item),
        "following": table.agenda.after(item.code),
        "base": reverse("assessments:meeting", args=table.here),
    }
    return render(request, "assessments/meeting/meeting.html", context, status=status)


def _front_line(request: SignedInRequest, table: Table) -> survey_results.Line | None:
    """Return what the front line said of this criterion, once anybody may see it."""
    found = survey_queries.distribution(table.desk.assessment, request.arrived_at) or {}
    groups = survey_results.grouped([table.item.question], found)
    return groups[0].lines[0] if groups else None


def _form(table: Table, *args: Any, **kwargs: Any) -> DecisionForm:
    return DecisionForm(table.item.question, [one.agency for one in table.agencies], *args, **kwargs)
