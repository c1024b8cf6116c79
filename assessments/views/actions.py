"""Improvement actions: the list, raising one from a low rating, following it, changing and closing it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from assessments import action_access as access
from assessments import action_queries, services
from assessments.action_access import ActionDesk, ActionsDesk
from assessments.action_list import Filters, grouped, totals
from assessments.forms_actions import ActionForm, ClosingForm, DoneForm, DropForm, EditForm, NoteForm
from assessments.helper_queries import helpers_on
from assessments.low_levels import coverage, is_low
from assessments.models import LONDON, Assessment, ImprovementAction
from assessments.queries import questions_for
from govuk.forms import require_stamp
from hallmarks.outline import Question

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def action_list(request: SignedInRequest, partnership: str) -> HttpResponse:
    """List the partnership's actions by day or by agency; the open ones, unless the address asks for others."""
    desk = access.actions_to_read(request.user, partnership)
    actions = action_queries.with_levels(desk.partnership)
    owners = sorted({action.owner.name for action in actions})
    filters, today = Filters.read(request.GET, owners), request.arrived_at.astimezone(LONDON).date()
    context = {
        "desk": desk,
        "came_from": action_queries.assessment_named(desk.partnership, request.GET.get("round", "")),
        "totals": totals(actions, today),
        "groups": grouped(actions, filters),
        "filters": filters,
        "choices": {"show": filters.states(), "owner": filters.owners(owners), "order": filters.orders()},
    }
    return render(request, "assessments/actions/list.html", context)


@require_form
def action_new(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Raise an action from a low rating, which `?round=` and `?criterion=` name; without them, choose one."""
    desk = access.actions_to_write(request.user, partnership)
    assessment = access.assessment_to_act_on(desk, request.GET.get("round", "").replace("\0", ""))
    question = _question(assessment, request.GET.get("criterion", ""))
    if question is None:
        return _choose(request, desk, assessment)
    rating = assessment.ratings.filter(criterion=question.criterion).select_related("level").first()
    form = ActionForm(_agencies(desk), *_sent(request))
    if request.method != "POST" and not is_low(question, rating):
        return _choose(request, desk, assessment, question)
    if made := _tried(request, form, services.raise_action, desk, assessment=assessment, question=question):
        messages.success(request, _("The improvement action is on the list."))
        return _to(desk, made)
    there = action_queries.actions_for(desk.partnership, question.criterion)
    context = {"desk": desk, "assessment": assessment, "question": question, "rating": rating, "there": there}
    return render(request, "assessments/actions/new.html", {**context, "form": form})


@require_form
def action(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Show one action with its progress notes, and take a note."""
    if request.method != "POST":
        return _detail(request, access.action_to_read(request.user, partnership, code), NoteForm())
    desk, form = access.action_to_write(request.user, partnership, code), NoteForm(request.POST)
    if not form.is_valid():
        return _detail(request, desk, form)
    text = form.cleaned_data["text"]
    services.add_note(action=desk.action, text=text, by=desk.seat, arrived_at=request.arrived_at)
    messages.success(request, _("The progress note is added."))
    return _to(desk, desk.action)


@require_form
def action_edit(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Change what will be done, by whom or by when; what a colleague saved meanwhile is shown beside it."""
    desk = access.action_to_write(request.user, partnership, code)
    if request.method != "POST" and not desk.action.is_open:
        return _to(desk, desk.action)
    form = EditForm(_agencies(desk), *_sent(request), initial=EditForm.initial_of(desk.action))
    require_stamp(form)
    context: dict[str, Any] = {"desk": desk, "action": desk.action, "form": form}
    try:
        changed = _tried(request, form, services.change_action, desk, action=desk.action)
    except services.ActionClosed as closed:
        return _was_closed(request, desk, closed.current, form)
    except services.StaleAction as stale:
        form.stamp_anew(stale.current.revision)
        return render(request, "assessments/actions/edit.html", {**context, "theirs": stale.current}, status=409)
    if changed is None:
        return render(request, "assessments/actions/edit.html", context)
    messages.success(request, _("The improvement action is changed."))
    return _to(desk, changed)


@require_form
def action_done(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Mark an action as done."""
    desk = access.action_to_write(request.user, partnership, code)
    return _close(request, desk, DoneForm, services.finish_action, _("Mark the action as done"))


@require_form
def action_drop(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Give an action up, with the reason."""
    desk = access.action_to_write(request.user, partnership, code)
    return _close(request, desk, DropForm, services.drop_action, _("Drop the action"))


@require_form
def action_reopen(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Put an action that was closed by mistake back among the open ones; a visit alone changes nothing."""
    desk = access.action_to_write(request.user, partnership, code)
    if request.method == "POST":
        services.reopen_action(action=desk.action, by=desk.seat)
        messages.success(request, _("The action is open again."))
    return _to(desk, desk.action)


def _close(
    request: SignedInRequest,
    desk: ActionDesk,
    kind: type[ClosingForm],
    act: Callable[..., ImprovementAction],
    title: str,
) -> HttpResponse:
    if request.method != "POST" and not desk.action.is_open:
        return _to(desk, desk.action)
    form = kind(*_sent(request), initial={"revision": desk.action.revision})
    require_stamp(form)
    context: dict[str, Any] = {"desk": desk, "action": desk.action, "form": form, "title": title}
    if request.method != "POST" or not form.is_valid():
        return render(request, "assessments/actions/close.html", context)
    try:
        closed = act(action=desk.action, by=desk.seat, arrived_at=request.arrived_at, **form.cleaned_data)
    except services.ActionClosed as earlier:
        return _was_closed(request, desk, earlier.current, form)
    except services.StaleAction as stale:
        form.stamp_anew(stale.current.revision)
        changed = {"action": stale.current, "is_changed": True}
        return render(request, "assessments/actions/close.html", {**context, **changed}, status=409)
    messages.success(request, _("The action is off the list of open ones. It stays here to be read."))
    return _to(desk, closed)


def _tried(
    request: SignedInRequest, form: ActionForm, act: Callable[..., ImprovementAction], desk: ActionsDesk, **given: Any
) -> ImprovementAction | None:
    """Do what the form asks and return the action, or None with the reason beside the field it is about."""
    if request.method != "POST" or not form.is_valid():
        return None
    stamp = {"revision": form.cleaned_data["revision"]} if "revision" in form.cleaned_data else {}
    try:
        return act(plan=form.plan, by=desk.seat, arrived_at=request.arrived_at, **stamp, **given)
    except services.ActionRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None


def _detail(request: SignedInRequest, desk: ActionDesk, form: NoteForm) -> HttpResponse:
    notes = desk.action.notes.select_related("written_by__agency")
    came_from = action_queries.assessment_named(desk.partnership, request.GET.get("round", ""))
    context = {
        "desk": desk,
        "action": desk.action,
        "notes": notes,
        "form": form,
        "came_from": came_from,
        "helpers": helpers_on(desk.action.criterion, desk.partnership),
        "from_criterion": came_from and request.GET.get("criterion") == desk.action.criterion.code,
    }
    return render(request, "assessments/actions/detail.html", context)


def _choose(
    request: SignedInRequest, desk: ActionsDesk, assessment: Assessment, not_low: Question | None = None
) -> HttpResponse:
    """Show the round's low ratings, those without an action first; `not_low` is a criterion that was asked for."""
    ratings = {rating.criterion_id: rating for rating in assessment.ratings.select_related("level")}
    rated = [(question, ratings.get(question.criterion.pk)) for question in questions_for(assessment).questions]
    found = coverage(rated, action_queries.actions_beside(assessment).taken_up)
    waiting = set(found.without)
    context = {
        "desk": desk,
        "assessment": assessment,
        "not_low": not_low,
        "waiting": [(asked, ratings[asked.criterion.pk]) for asked in found.low if asked in waiting],
        "others": [(asked, ratings[asked.criterion.pk]) for asked in found.low if asked not in waiting],
    }
    return render(request, "assessments/actions/choose.html", context)


def _was_closed(
    request: SignedInRequest, desk: ActionDesk, current: ImprovementAction, form: ActionForm | ClosingForm
) -> HttpResponse:
    """Say that a colleague closed the action meanwhile, with all that was typed."""
    typed = [(bound.label, _as_typed(bound.value())) for bound in form.visible_fields()]
    context = {"desk": desk, "action": current, "typed": [(label, text) for label, text in typed if text]}
    return render(request, "assessments/actions/was_closed.html", context, status=409)


def _as_typed(value: Any) -> str:
    return " ".join(filter(None, value)) if isinstance(value, list) else str(value or "")


def _question(assessment: Assessment, code: str) -> Question | None:
    if not code:
        return None
    outline = questions_for(assessment)
    index = outline.place_of(code)
    if index is None:
        raise Http404
    return outline.questions[index]


def _agencies(desk: ActionsDesk) -> list[Any]:
    return list(desk.partnership.agencies.all())


def _sent(request: SignedInRequest) -> tuple[Any, ...]:
    # An empty POST is a form sent empty, not a form not sent.
    return (request.POST,) if request.method == "POST" else ()


def _to(desk: ActionsDesk, action: ImprovementAction) -> HttpResponseRedirect:
    return redirect("assessments:action", desk.partnership.slug, action.code)
