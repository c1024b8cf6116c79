"""The front-line check: the partnership's pages, and the one that anybody with the link answers."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import confirmation
from accounts.http import PortalRequest, SignedInRequest
from accounts.throttle import address_of
from assessments import access, services, survey_access
from assessments.access import Desk
from assessments.forms_survey import AnswerForm, OpenForm
from assessments.models import LONDON, Survey
from assessments.survey_limits import AlreadyCounted, TooManyAnswers
from assessments.survey_queries import counts_of, key_questions, survey_of
from assessments.survey_results import finding, grouped
from hallmarks.outline import Question

require_form = require_http_methods(["GET", "HEAD", "POST"])
# How long somebody takes to read a question and choose, so that the page can say how long it takes.
SECONDS_A_QUESTION = 20
# Says only that this browser sent a form; it is there so that nobody answers twice by mistake.
ANSWERED, ANSWERED_SECONDS = "answered", 30 * 24 * 60 * 60
AGAIN = "again"
TOO_MANY = gettext_lazy(
    "Many answers came from your network in this hour. Yours are still here: wait until the next hour begins, "
    "then send them again"
)


@require_form
def survey(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show members how the check stands, and its sums once they may be seen; a coordinator opens it here."""
    if request.method == "POST":
        return _open(request, access.assessment_to_submit(request.user, round, partnership))
    desk = access.assessment_to_read(request.user, round, partnership)
    standing = _standing(request, desk, _open_form(request, desk))
    link = request.session.pop(_link_key(desk), None) if request.method == "GET" else None
    if link and standing["is_open"]:
        return render(request, "assessments/survey/link.html", {**standing, "link": link})
    return render(request, "assessments/survey/survey.html", standing)


@require_form
def renew(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Ask whether to make a new link, and make it."""
    desk, found = survey_access.survey_to_run(request.user, round, partnership)
    if not found.is_open(request.arrived_at):
        return _already_closed(request, desk)
    if request.method != "POST":
        return _ask(request, desk, "renew", _("Make a new link"))
    try:
        token = services.renew_link(survey=found, by=desk.seat, arrived_at=request.arrived_at)
    except services.SurveyClosed:
        return _already_closed(request, desk)
    return _show_once(request, desk, token)


@require_form
def close(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Ask whether to close the check, and close it."""
    desk, found = survey_access.survey_to_run(request.user, round, partnership)
    if not found.is_open(request.arrived_at):
        return _already_closed(request, desk)
    if request.method != "POST":
        return _ask(request, desk, "close", _("Close the check"))
    services.close_survey(survey=found, by=desk.seat, arrived_at=request.arrived_at)
    messages.success(request, _("The front-line check is closed."))
    return redirect("assessments:survey", round, partnership)


# The browser may keep the empty form, so that the back button finds it with the key that was used up.
@login_not_required
@require_form
@cache_control(private=True, no_cache=True)
def answer(request: PortalRequest, token: str) -> HttpResponse:
    """Let whoever holds the link answer, without an account and without a trace."""
    try:
        found = survey_access.survey_to_answer(token)
    except Http404:
        return render(request, "assessments/survey/unknown.html", status=HTTPStatus.NOT_FOUND)
    if _has_answered(request) and found.is_open(request.arrived_at):
        return render(request, "assessments/survey/again.html", {"partnership": found.assessment.partnership})
    questions = key_questions(found.assessment)
    form = AnswerForm(found, questions, request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            return _counted(request, found, form)
    except TooManyAnswers:
        form.add_error(None, TOO_MANY)
        return _form(request, found, questions, form, HTTPStatus.TOO_MANY_REQUESTS)
    except services.SurveyClosed:
        return _closed(request, found)
    return _form(request, found, questions, form) if found.is_open(request.arrived_at) else _closed(request, found)


@login_not_required
@require_safe
@never_cache
def sent(request: PortalRequest) -> HttpResponse:
    """Thank whoever answered: the same page for everybody."""
    return render(request, "assessments/survey/sent.html")


def _open(request: SignedInRequest, desk: Desk) -> HttpResponse:
    form = _open_form(request, desk)
    try:
        if form.is_valid():
            return _show_once(request, desk, _opened(request, desk, form))
    except services.SurveyOpened:
        messages.info(request, _("Somebody else has just opened the check. Nothing more was done."))
        return _to(desk)
    except services.Refused:
        return render(request, "assessments/closed.html", {"assessment": desk.assessment}, status=HTTPStatus.CONFLICT)
    return render(request, "assessments/survey/survey.html", _standing(request, desk, form))


def _open_form(request: SignedInRequest, desk: Desk) -> OpenForm:
    today = request.arrived_at.astimezone(LONDON).date()
    sent = [request.POST] if request.method == "POST" else []
    return OpenForm(today, desk.assessment.closes_on, *sent)


def _opened(request: SignedInRequest, desk: Desk, form: OpenForm) -> str:
    at, given = request.arrived_at, form.cleaned_data
    _survey, token = services.open_survey(assessment=desk.assessment, by=desk.seat, arrived_at=at, **given)
    return token


def _standing(request: SignedInRequest, desk: Desk, form: OpenForm) -> dict[str, Any]:
    found, at = survey_of(desk.assessment), request.arrived_at
    questions = key_questions(desk.assessment)
    counts = counts_of(found, at) if found else None
    groups = grouped(questions, counts) if counts is not None else None
    shown = sum(question.criterion.pk in (counts or {}) for question in questions)
    may_open = found is None or found.may_be_opened_again(at)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "survey": found,
        "is_open": found is not None and found.is_open(at),
        "may_open": may_open and desk.may_submit and desk.assessment.is_open(at),
        "form": form,
        "groups": groups,
        "finding": finding(groups or ()),
        "left_out": len(questions) - shown,
        "questions": questions,
        "number_of_questions": len(questions),
        "minutes": _minutes(questions),
    }


def _counted(request: PortalRequest, found: Survey, form: AnswerForm) -> HttpResponse:
    # The answers of this very form are in the sums already: to whoever pressed twice all went well.
    with suppress(AlreadyCounted):
        services.answer_survey(
            survey=found,
            choices=form.choices,
            form_key=form.cleaned_data["form_key"],
            address=address_of(request.META),
            arrived_at=request.arrived_at,
        )
    response = redirect("assessments:survey_sent")
    response.set_cookie(
        ANSWERED,
        "yes",
        max_age=ANSWERED_SECONDS,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _form(
    request: PortalRequest,
    found: Survey,
    questions: tuple[Question, ...],
    form: AnswerForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    scales = {question.criterion.scale_id: question for question in questions}
    context = {
        "survey": found,
        "partnership": found.assessment.partnership,
        "form": form,
        "scales": list(scales.values()),
        "number_of_questions": len(questions),
        "minutes": _minutes(questions),
    }
    return render(request, "assessments/survey/answer.html", context, status=status)


def _closed(request: PortalRequest, found: Survey) -> HttpResponse:
    context = {"partnership": found.assessment.partnership, "was_sent": request.method == "POST"}
    return render(request, "assessments/survey/closed.html", context, status=HTTPStatus.GONE)


def _has_answered(request: PortalRequest) -> bool:
    """Say whether somebody opens the form where one was sent before, and has not said that they are somebody else."""
    return request.method != "POST" and ANSWERED in request.COOKIES and AGAIN not in request.GET


def _show_once(request: SignedInRequest, desk: Desk, token: str) -> HttpResponse:
    """Show the link on the next page and never again: to load that page once more makes no other link."""
    request.session[_link_key(desk)] = settings.SITE_URL + reverse("assessments:survey_answer", args=[token])
    return _to(desk)


def _link_key(desk: Desk) -> str:
    return f"front-line link {desk.assessment.pk}"


def _to(desk: Desk) -> HttpResponseRedirect:
    return redirect("assessments:survey", desk.assessment.round.slug, desk.assessment.partnership.slug)


def _ask(request: SignedInRequest, desk: Desk, what: str, button: str) -> HttpResponse:
    context = {"assessment": desk.assessment, "form": confirmation(button)}
    return render(request, f"assessments/survey/{what}.html", context)


def _already_closed(request: SignedInRequest, desk: Desk) -> HttpResponse:
    messages.info(request, _("The check has closed already. Nothing more was done."))
    return _to(desk)


def _minutes(questions: tuple[Question, ...]) -> int:
    return max(1, round(len(questions) * SECONDS_A_QUESTION / 60))
