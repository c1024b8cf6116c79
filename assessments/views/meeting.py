"""The meeting on one shared screen: the widest differences first, one criterion at a time, and what was decided."""

from dataclasses import dataclass, replace
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
from assessments.decided_queries import agreed_of
from assessments.forms import Stamp
from assessments.forms_meeting import DecisionForm, initial_of
from assessments.last_round import last_answer, last_answers
from assessments.meeting_queries import Seen
from assessments.merging import can_be_joined, joined
from assessments.models import Rating
from assessments.views.asking import ask_quietly
from assessments.views.changed import changed_meanwhile, criteria_changed

# What a button says that puts both texts into the form, and an address that begins with the answer's words.
BOTH, FROM_ANSWER = "both", "answer"
# Where a criterion begins on its page: large type leaves what is above it out of sight, and the focus moves there.
OPEN = "#now"


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
    context = {
        "desk": desk,
        "assessment": desk.assessment,
        "agenda": found,
        "last": last_answers(desk.assessment),
        "is_open": desk.assessment.is_open(request.arrived_at),
    }
    return render(request, "assessments/meeting/agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show one criterion to the meeting, and record what is sent."""
    if request.method == "POST":
        desk = access.assessment_to_rate(request.user, round, partnership)
        if given_back := criteria_changed(request, desk, code):
            return given_back
        table = _table(request, desk, code)
        return _both(request, table) if request.POST.get("then") == BOTH else _record(request, table)
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
        takes_answer = request.GET.get("start") == FROM_ANSWER
        form = _form(table, initial=initial_of(table.item, table.agencies, takes_answer=takes_answer))
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
    except services.CriteriaChanged:
        return changed_meanwhile(request, table.desk, table.item.question)
    except services.Refused as refusal:
        return _refused(request, table, form, stamp, refusal)
    return _onward(request, table)


def _onward(request: SignedInRequest, before: Table) -> HttpResponse:
    """Go to the next criterion that is not decided, and say there what was agreed and what that makes one ask."""
    table = _table(request, before.desk, before.item.code)
    item, here = table.item, reverse("assessments:meeting_criterion", args=[*table.here, table.item.code])
    following = table.agenda.after(item.code)
    messages.success(request, _told(item))
    ask_quietly(request, item.question, meeting_queries.prompts_of(item), here + OPEN)
    if following:
        return redirect(reverse("assessments:meeting_criterion", args=[*table.here, following.code]) + OPEN)
    messages.success(request, _("All criteria are agreed."))
    return redirect("assessments:meeting_agenda", *table.here)


def _told(item: Item) -> str:
    """Say what was agreed of which criterion."""
    place = {"section": item.question.section.title, "number": item.question.criterion.number}
    if item.agreed is None or not item.agreed.level_in_words:
        return _("%(section)s %(number)s agreed: does not apply") % place
    return _("%(section)s %(number)s agreed: %(level)s") % {**place, "level": item.agreed.level_in_words}


def _both(request: SignedInRequest, table: Table) -> HttpResponse:
    """Show the form with both reasons in it; nothing is saved, so saving is still a decision."""
    current, typed = table.item.rating, request.POST.copy()
    if current is None or not table.desk.assessment.is_open(request.arrived_at):
        return _record(request, table)
    both = joined(request.POST.get("reason", ""), current.reason, current.updated_by_agency)
    typed["reason"] = both
    form, stamp = _form(table, typed), Stamp.fresh(current.revision)
    theirs = _theirs(table, current, both)
    return _page(request, table, form, stamp, theirs=theirs, is_joined=True)


def _conflict(request: SignedInRequest, table: Table, form: DecisionForm, current: Rating) -> HttpResponse:
    """Show both texts; the writer's own is still in the form, and recording again is a decision."""
    theirs = _theirs(table, current, form["reason"].value() or "")
    return _page(request, table, form, Stamp.fresh(current.revision), status=HTTPStatus.CONFLICT, theirs=theirs)


def _theirs(table: Table, current: Rating, mine: str) -> dict[str, Any]:
    agreed = agreed_of(table.item.question, current)
    standing = Standing(current, agreed.decision, present=agreed.present) if agreed else Standing(current)
    return {
        "item": Item(table.item.views, replace(standing, writer=current.updated_by.name if current.updated_by else "")),
        "rating": current,
        "can_be_joined": can_be_joined(mine, current.reason),
        "url": reverse("assessments:meeting_criterion", args=[*table.here, table.item.code]),
    }


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
    is_joined: bool = False,
) -> HttpResponse:
    assessment, item = table.desk.assessment, table.item
    is_open = assessment.is_open(request.arrived_at)
    context = {
        "desk": table.desk,
        "assessment": assessment,
        "agenda": table.agenda,
        "item": item,
        "views": item.views,
        "form": form,
        "stamp": stamp,
        "is_open": is_open,
        "theirs": theirs,
        "joined": is_joined,
        "so_far": None if theirs else _so_far(item),
        "last": last_answer(assessment, item.question),
        "front_line": _front_line(request, table),
        "prompts": meeting_queries.prompts_of(item) if item.is_agreed and not theirs else (),
        "following": table.agenda.after(item.code) if is_open else table.agenda.beyond(item.code),
        "base": reverse("assessments:meeting", args=table.here),
    }
    return render(request, "assessments/meeting/meeting.html", context, status=status)


def _so_far(item: Item) -> Item | None:
    """Return what somebody answered that no meeting has agreed, without what a meeting said of another level."""
    rating = item.rating
    if rating is None or item.is_agreed or not (rating.has_choice or rating.reason):
        return None
    return Item(item.views, Standing(rating))


def _front_line(request: SignedInRequest, table: Table) -> survey_results.Line | None:
    """Return what the front line said of this criterion, once anybody may see it."""
    found = survey_queries.distribution(table.desk.assessment, request.arrived_at) or {}
    groups = survey_results.grouped([table.item.question], found)
    return groups[0].lines[0] if groups else None


def _form(table: Table, *args: Any, **kwargs: Any) -> DecisionForm:
    return DecisionForm(table.item.question, [one.agency for one in table.agencies], *args, **kwargs)
