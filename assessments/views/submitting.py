"""Check the answers, declare, submit, the receipt, and taking a submission back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from assessments import access, action_queries, services, view_queries
from assessments.access import Desk
from assessments.agency_views import CriterionViews
from assessments.forms import DeclarationForm
from assessments.low_levels import coverage
from assessments.models import Submission
from assessments.prompts import prompts_of
from assessments.queries import Answered, answer_sheet, submissions_of
from hallmarks.outline import Question
from partnerships.models import Agency


def check(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show every answer, what is missing first, each with a link to change it."""
    desk = access.assessment_to_read(request.user, round, partnership)
    return render(request, "assessments/check.html", _context(request, desk))


def submit(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Ask for the declaration and submit; a second press finds the first submission."""
    desk = access.assessment_to_submit(request.user, round, partnership)
    assessment = desk.assessment
    if assessment.status == assessment.Status.SUBMITTED:
        return _receipt(desk)
    has_views = any(views.given for views in view_queries.seen(assessment, request.arrived_at))
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(_agencies(desk), data, has_views=has_views)
    if request.method != "POST" or not form.is_valid():
        return render(request, "assessments/submit.html", {**_context(request, desk), "form": form})
    try:
        services.submit_assessment(
            assessment=assessment,
            agreed_by=form.cleaned_data["agreed_by"],
            with_spread=form.cleaned_data.get("with_spread", False),
            by=desk.seat,
            arrived_at=request.arrived_at,
        )
    except services.AlreadySubmitted:
        return _receipt(desk)
    except services.Refused as refusal:
        context = {**_context(request, desk), "form": form, "refusal": refusal}
        return render(request, "assessments/check.html", context, status=409)
    return _receipt(desk)


def confirmation(request: SignedInRequest, round: str, partnership: str, number: int) -> HttpResponse:
    """Show the receipt of a submission: its reference, what happens next, and the report."""
    desk = access.assessment_to_read(request.user, round, partnership)
    submission = access.submission_to_read(request.user, round, partnership, number)
    refusal = services.withdrawal_refusal_of(desk.assessment, submission, request.arrived_at)
    may_withdraw = desk.may_submit and refusal is None
    every = submissions_of(desk.assessment)
    others = [sent for sent in every if sent != submission]
    context = {
        "assessment": desk.assessment,
        "submission": submission,
        "reviewed": next((getattr(sent, "reviewed", None) for sent in every if sent == submission), None),
        "may_withdraw": may_withdraw,
        "earlier": [sent for sent in others if sent.number < submission.number],
        "next": next((sent for sent in others if sent.number > submission.number), None),
    }
    return render(request, "assessments/confirmation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, round: str, partnership: str, number: int) -> HttpResponse:
    """Ask whether to take a submission back, and take it back; a second press finds the task list."""
    desk = access.assessment_to_submit(request.user, round, partnership)
    submission = access.submission_to_read(request.user, round, partnership, number)
    if request.method != "POST":
        refusal = services.withdrawal_refusal_of(desk.assessment, submission, request.arrived_at)
        return _ask_to_withdraw(request, desk, submission, refusal)
    try:
        services.withdraw_submission(
            assessment=desk.assessment, number=number, by=desk.seat, arrived_at=request.arrived_at
        )
    except services.NothingToWithdraw:
        return redirect("assessments:tasks", round, partnership)
    except services.Refused as refusal:
        return _ask_to_withdraw(request, desk, submission, refusal)
    messages.success(request, _("The submission is withdrawn. You can edit the answers and submit again."))
    return redirect("assessments:tasks", round, partnership)


def _ask_to_withdraw(
    request: SignedInRequest, desk: Desk, submission: Submission, refusal: services.Refused | None
) -> HttpResponse:
    if isinstance(refusal, services.NothingToWithdraw):
        return redirect("assessments:tasks", desk.assessment.round.slug, desk.assessment.partnership.slug)
    context = {"assessment": desk.assessment, "submission": submission}
    if refusal:
        return render(request, "assessments/closed.html", {**context, "why": refusal.why}, status=409)
    return render(request, "assessments/withdraw.html", context)


def _receipt(desk: Desk) -> HttpResponse:
    submission = desk.assessment.submissions.current().get()
    place = desk.assessment.partnership
    return redirect("assessments:confirmation", desk.assessment.round.slug, place.slug, submission.number)


def _context(request: SignedInRequest, desk: Desk) -> dict[str, Any]:
    sheet = answer_sheet(desk.assessment)
    is_sent = desk.assessment.is_submitted
    sections: dict[str, list[Answered]] = {}
    for answered in sheet:
        sections.setdefault(answered.question.section.title, []).append(answered)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "is_open": desk.assessment.is_open(request.arrived_at),
        "submission": next((sent for sent in submissions_of(desk.assessment) if sent.is_current), None)
        if is_sent
        else None,
        "sections": sections,
        "total": len(sheet),
        "missing": [answered for answered in sheet if not answered.is_answered],
        "unpublished": [(answered, piece) for answered in sheet for piece in answered.unpublished],
        "look_again": () if is_sent else _look_again(request, desk, sheet),
        "without_action": () if is_sent else _without_action(desk, sheet),
    }


def _without_action(desk: Desk, sheet: list[Answered]) -> tuple[Question, ...]:
    taken_up = action_queries.actions_beside(desk.assessment).taken_up
    return coverage(((answered.question, answered.rating) for answered in sheet), taken_up).without


def _look_again(request: SignedInRequest, desk: Desk, sheet: list[Answered]) -> list[tuple[Answered, list[str]]]:
    """Return the answers that a reader will ask about, each with what makes one ask: never a block."""
    views = view_queries.revealed(desk.assessment, request.arrived_at)
    found = []
    for answered in sheet:
        seen = CriterionViews(answered.question, views.get(answered.question.criterion.pk, ()))
        asked = prompts_of(answered.question, answered.rating, answered.answers.values(), seen)
        has_no_reason = answered.is_answered and answered.rating and not answered.rating.reason
        words = [_("No reason given")] if has_no_reason else []
        found.append((answered, words + [prompt.text for prompt in asked]))
    return [(answered, words) for answered, words in found if words]


def _agencies(desk: Desk) -> list[str]:
    return [agency.name for agency in Agency.objects.filter(partnership=desk.assessment.partnership)]
