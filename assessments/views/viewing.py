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
from assessments import access, services, view_queries
from assessments.access import Desk
from assessments.agenda import Item, agenda_of
from assessments.forms import Stamp
from assessments.forms_views import ViewForm, initial_of
from assessments.models import View
from assessments.queries import questions_for
from assessments.survey_queries import distribution
from assessments.survey_results import Line, line_on
from assessments.view_walk import Stop, walks
from hallmarks.outline import Outline, Question

require_form = require_http_methods(["GET", "HEAD", "POST"])
SHORT = "key"
# So many of the widest differences are named at the top of the page of all views.
WIDEST = 10


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
    question, outline = _question(desk, code)
    if request.method == "POST":
        return _save(request, desk, question, outline)
    if services.view_refusal_of(desk.assessment, request.arrived_at):
        return redirect("assessments:views", round, partnership)
    given = view_queries.own_views(desk)
    mine = given.get(question.criterion.pk)
    form = ViewForm(question, initial=initial_of(mine, question))
    return _page(request, desk, form, Stamp.fresh(mine.revision if mine else 0), given=given)


@require_form
def take_back(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Ask whether to take one's own view back, and do it."""
    desk = access.assessment_to_view(request.user, round, partnership)
    question, _outline = _question(desk, code)
    if request.method == "POST":
        return _take_back(request, desk, question)
    mine = view_queries.own_views(desk).get(question.criterion.pk)
    if mine is None or services.view_refusal_of(desk.assessment, request.arrived_at):
        return redirect("assessments:views", round, partnership)
    return _ask_to_take_back(request, desk, question, mine)


@require_form
def reveal(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Say what revealing does, ask whether, and do it."""
    desk = access.assessment_to_submit(request.user, round, partnership)
    if desk.assessment.views_are_frozen(request.arrived_at):
        return redirect("assessments:views", round, partnership)
    if not desk.assessment.has_begun(request.arrived_at):
        return _closed(request, desk, services.NotOpenYet.why)
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


def _question(desk: Desk, code: str) -> tuple[Question, Outline]:
    outline = questions_for(desk.assessment)
    index = outline.place_of(code)
    if index is None:
        raise Http404
    return outline.questions[index], outline


def _take_back(request: SignedInRequest, desk: Desk, question: Question) -> HttpResponse:
    try:
        services.take_view_back(
            assessment=desk.assessment,
            question=question,
            revision=Stamp.read(request.POST).revision,
            by=desk.seat,
            arrived_at=request.arrived_at,
        )
    except services.StaleView as conflict:
        return _ask_to_take_back(request, desk, question, conflict.current, status=HTTPStatus.CONFLICT)
    except services.Refused:
        messages.info(request, _("Your view was not taken back: nobody can change a view any more."))
    else:
        messages.success(request, _("Your view is taken back. Nobody else has seen it."))
    return redirect("assessments:views", desk.assessment.round.slug, desk.assessment.partnership.slug)


def _ask_to_take_back(
    request: SignedInRequest, desk: Desk, question: Question, mine: View, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        **_context(request, desk),
        "question": question,
        "view": mine,
        "level": question.level_by_id(mine.level_id),
        "stamp": Stamp.fresh(mine.revision),
        "page_has_errors": status != HTTPStatus.OK,
    }
    return render(request, "assessments/views/take_back.html", context, status=status)


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
    given = view_queries.own_views(desk) if given is None else given
    stop = _stop(request, desk, form.question, given)
    context = {
        **_context(request, desk),
        "form": form,
        "stamp": stamp,
        "stop": stop,
        "is_given": form.question.criterion.pk in given,
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
    """Lay out everybody's views section by section, widest differences first, as the meeting takes them."""
    views = view_queries.seen(desk.assessment, request.arrived_at)
    found = agenda_of(views, {}, is_revealed=True)
    front_line = distribution(desk.assessment, request.arrived_at) or {}
    sections: dict[Any, list[tuple[Item, Line | None]]] = {one.question.section: [] for one in views}
    for item in found.items:
        line = line_on(item.question, front_line.get(item.question.criterion.pk, {}))
        sections[item.question.section].append((item, line))
    return {
        **_context(request, desk),
        "sections": [
            (section, rows, sum(item.views.spread.differs for item, _line in rows))
            for section, rows in sections.items()
        ],
        "widest": [item for item in found.items if item.views.spread.differs][:WIDEST],
        "differing": found.differing,
        "seen": len(found.seen),
    }


def _by_section(questions: tuple[Question, ...], own: dict[int, View]) -> list[tuple[Any, list[Any], int]]:
    """Return each section with its criteria, the person's view of each, level first, and how many there are."""
    rows = [(question, own.get(question.criterion.pk)) for question in questions]
    shown = [(question, question.level_by_id(mine.level_id) if mine else None, mine) for question, mine in rows]
    found = [(section, list(some)) for section, some in groupby(shown, key=lambda row: row[0].section)]
    return [(section, some, sum(mine is not None for *_said, mine in some)) for section, some in found]


def _context(request: SignedInRequest, desk: Desk) -> dict[str, Any]:
    refusal = services.view_refusal_of(desk.assessment, request.arrived_at)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "may_give": refusal is None,
        "may_reveal": _may_reveal(request, desk),
        "why": refusal.why if refusal else "",
        "is_open": desk.assessment.is_open(request.arrived_at),
        "has_begun": desk.assessment.has_begun(request.arrived_at),
    }


def _may_reveal(request: SignedInRequest, desk: Desk) -> bool:
    assessment, at = desk.assessment, request.arrived_at
    return desk.may_submit and assessment.has_begun(at) and not assessment.views_are_frozen(at)


def _wants_short(request: SignedInRequest) -> bool:
    return request.GET.get("form") == SHORT


def _address(desk: Desk, code: str, *, is_short: bool) -> str:
    args = [desk.assessment.round.slug, desk.assessment.partnership.slug, code]
    return reverse("assessments:view", args=args, query={"form": SHORT} if is_short else None)
