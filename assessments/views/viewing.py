"""A member's own views before the meeting, and everybody's once they are revealed."""

from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import confirmation
from accounts.http import SignedInRequest
from assessments import access, agency_views, services, view_queries
from assessments.access import Desk
from assessments.forms import Stamp
from assessments.forms_views import ViewForm, initial_of
from assessments.models import View
from assessments.queries import questions_for
from assessments.view_walk import Stop, walks
from hallmarks.outline import Outline, Question

require_form = require_http_methods(["GET", "HEAD", "POST"])
SHORT = "key"


@require_safe
def views(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show how far the person is with giving views; once they are revealed, show everybody's."""
    desk = access.assessment_to_read(request.user, round, partnership)
    if desk.assessment.views_are_revealed(request.arrived_at):
        return render(request, "assessments/views/revealed.html", _revealed(request, desk))
    own = view_queries.own_views(desk)
    short, every = walks(questions_for(desk.assessment).questions, own.keys())
    context = {
        **_context(request, desk),
        "short": short,
        "every": every,
        "sections": _by_section(every.questions, own),
    }
    return render(request, "assessments/views/own.html", context)


@require_form
def view(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show one criterion to give a view of, and save what is sent."""
    desk = access.assessment_to_view(request.user, round, partnership)
    outline = questions_for(desk.assessment)
    index = outline.place_of(code)
    if index is None:
        raise Http404
    question = outline.questions[index]
    if request.method == "POST":
        return _save(request, desk, question, outline)
    if services.view_refusal_of(desk.assessment, request.arrived_at):
        return redirect("assessments:views", round, partnership)
    given = view_queries.own_views(desk)
    mine = given.get(question.criterion.pk)
    form = ViewForm(question, initial=initial_of(mine, question))
    return _page(request, desk, form, Stamp.fresh(mine.revision if mine else 0), given=given)


@require_form
def reveal(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Say what revealing does, ask whether, and do it."""
    desk = access.assessment_to_submit(request.user, round, partnership)
    refusal = services.view_refusal_of(desk.assessment, request.arrived_at)
    if isinstance(refusal, services.ViewsRevealed):
        return redirect("assessments:views", round, partnership)
    if refusal:
        return _closed(request, desk, refusal.why)
    if request.method != "POST":
        return _ask(request, desk)
    try:
        services.reveal_views(assessment=desk.assessment, by=desk.seat, arrived_at=request.arrived_at)
    except services.TooFewAgencies:
        return _ask(request, desk, status=HTTPStatus.CONFLICT)
    except services.Refused as closed:
        return _closed(request, desk, closed.why)
    messages.success(request, _("The views are revealed. All members of the partnership see them now."))
    return redirect("assessments:views", round, partnership)


def _save(request: SignedInRequest, desk: Desk, question: Question, outline: Outline) -> HttpResponse:
    stamp, form = Stamp.read(request.POST), ViewForm(question, request.POST)
    if not form.is_valid():
        refusal = services.view_refusal_of(desk.assessment, request.arrived_at)
        return _refused(request, desk, form, refusal.why) if refusal else _page(request, desk, form, stamp)
    try:
        services.save_view(
            assessment=desk.assessment,
            question=question,
            level=form.cleaned_data["level"],
            comment=form.cleaned_data["comment"],
            revision=stamp.revision,
            save_id=stamp.save_id,
            by=desk.seat,
            arrived_at=request.arrived_at,
        )
    except services.StaleView as conflict:
        return _conflict(request, desk, form, conflict.current)
    except services.Refused as refusal:
        return _refused(request, desk, form, refusal.why)
    return _onward(request, desk, outline)


def _onward(request: SignedInRequest, desk: Desk, outline: Outline) -> HttpResponseRedirect:
    """Go to the criterion that the page named as the next one without a view, or back to the list."""
    here = [desk.assessment.round.slug, desk.assessment.partnership.slug]
    code = request.POST.get("next", "")
    if request.POST.get("then") == "stop" or outline.place_of(code) is None:
        messages.success(request, _("Your view is saved. Only you can see it until the views are revealed."))
        return redirect("assessments:views", *here)
    return HttpResponseRedirect(_address(desk, code, is_short=_wants_short(request)))


def _conflict(request: SignedInRequest, desk: Desk, form: ViewForm, current: View) -> HttpResponse:
    """Show what the person saved in another tab; this tab's is still in the form, and saving again is a decision."""
    other = {
        "comment": current.comment,
        "level": form.question.level_by_id(current.level_id),
        "url": _address(desk, form.question.criterion.code, is_short=_wants_short(request)),
    }
    return _page(request, desk, form, Stamp.fresh(current.revision), status=HTTPStatus.CONFLICT, other=other)


def _refused(request: SignedInRequest, desk: Desk, form: ViewForm, why: str) -> HttpResponse:
    context = {**_context(request, desk), "form": form, "question": form.question, "why": why}
    return render(request, "assessments/views/refused.html", context, status=HTTPStatus.CONFLICT)


def _closed(request: SignedInRequest, desk: Desk, why: str) -> HttpResponse:
    context = {"assessment": desk.assessment, "why": why}
    return render(request, "assessments/closed.html", context, status=HTTPStatus.CONFLICT)


def _ask(request: SignedInRequest, desk: Desk, status: int = HTTPStatus.OK) -> HttpResponse:
    form = confirmation(_("Reveal the views"))
    context = {**_context(request, desk), "form": form, "page_has_errors": status != HTTPStatus.OK}
    return render(request, "assessments/views/reveal.html", context, status=status)


def _page(
    request: SignedInRequest,
    desk: Desk,
    form: ViewForm,
    stamp: Stamp,
    *,
    given: dict[int, View] | None = None,
    status: int = HTTPStatus.OK,
    other: dict[str, Any] | None = None,
) -> HttpResponse:
    stop = _stop(request, desk, form.question, view_queries.own_views(desk) if given is None else given)
    context = {
        **_context(request, desk),
        "form": form,
        "stamp": stamp,
        "stop": stop,
        "question": form.question,
        "query": f"?form={SHORT}" if stop.walk.is_short else "",
        "other": other,
        "page_has_errors": other is not None,
    }
    return render(request, "assessments/views/view.html", context, status=status)


def _stop(request: SignedInRequest, desk: Desk, question: Question, given: dict[int, View]) -> Stop:
    """Return the criterion's place in the form that the person chose; in the long one where the short lacks it."""
    short, every = walks(questions_for(desk.assessment).questions, given.keys())
    wanted = short.at(question.criterion.code) if short and _wants_short(request) else None
    stop = wanted or every.at(question.criterion.code)
    if stop is None:
        raise Http404
    return stop


def _revealed(request: SignedInRequest, desk: Desk) -> dict[str, Any]:
    given = view_queries.revealed(desk.assessment, request.arrived_at)
    views = agency_views.of_each(questions_for(desk.assessment).questions, given)
    differing = agency_views.differing_by_section(views)
    return {
        **_context(request, desk),
        "sections": [
            (section, list(rows), differing[section.code])
            for section, rows in groupby(views, key=lambda one: one.question.section)
        ],
        "differing": sum(differing.values()),
        "seen": sum(bool(one.given) for one in views),
    }


def _by_section(questions: tuple[Question, ...], own: dict[int, View]) -> list[tuple[Any, list[tuple[Any, ...]]]]:
    """Return each section with its criteria and the person's view of each, level first, as far as there is one."""
    rows = [(question, own.get(question.criterion.pk)) for question in questions]
    shown = [(question, question.level_by_id(mine.level_id) if mine else None, mine) for question, mine in rows]
    return [(section, list(found)) for section, found in groupby(shown, key=lambda row: row[0].section)]


def _context(request: SignedInRequest, desk: Desk) -> dict[str, Any]:
    refusal = services.view_refusal_of(desk.assessment, request.arrived_at)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "may_give": refusal is None,
        "why": refusal.why if refusal else "",
        "is_open": desk.assessment.is_open(request.arrived_at),
        "has_begun": desk.assessment.has_begun(request.arrived_at),
    }


def _wants_short(request: SignedInRequest) -> bool:
    return request.GET.get("form") == SHORT


def _address(desk: Desk, code: str, *, is_short: bool) -> str:
    args = [desk.assessment.round.slug, desk.assessment.partnership.slug, code]
    return reverse("assessments:view", args=args, query={"form": SHORT} if is_short else None)
