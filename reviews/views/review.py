"""A review as a whole: how far it is, the summary, questions and recommendations, the sample."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from assessments.forms import Stamp
from reviews import access, services
from reviews.forms_reviewing import QuestionForm, RecommendationForm, SampleForm, SummaryForm
from reviews.models import Review
from reviews.review_queries import Work, work_of
from reviews.sheets import QUESTION, RECOMMENDATION, SAMPLED, view_of
from reviews.views.numbers import number_asked
from reviews.views.refusing import too_late


@require_safe
def review(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Show how far a review is; `?show=` shows some of the criteria, `?number=` the review of an earlier submission."""
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    return _page(request, work_of(desk.submission), may_review=desk.may_review)


@require_POST
def summary(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Save the summary, or show it beside what a colleague saved meanwhile."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    stamp, form = Stamp.read(request.POST), SummaryForm(request.POST)
    if not form.is_valid():
        return _page(request, work_of(submission), summary_form=form, stamp=stamp)
    text = form.cleaned_data["summary"]
    try:
        services.save_summary(submission=submission, text=text, revision=stamp.revision, save_id=stamp.save_id, by=post)
    except services.Stale:
        work = work_of(access.review_to_read(request.user, region, round, partnership).submission)
        again = Stamp.fresh(work.review.revision if work.review else 0)
        return _page(request, work, status=409, summary_form=form, stamp=again, theirs=work.review)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal, form)
    messages.success(request, _("The summary is saved."))
    return redirect("reviews:submission", region, round, partnership)


@require_POST
def ask(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Ask about the submission as a whole."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, work_of(submission), question_form=form)
    text = form.cleaned_data["question"]
    try:
        services.ask(submission=submission, question=None, text=text, by=post, arrived_at=request.arrived_at)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal, form)
    messages.success(request, _("The question is asked. The partnership sees it now."))
    return redirect("reviews:submission", region, round, partnership)


@require_POST
def recommend(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Recommend something about the whole."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    form = RecommendationForm(request.POST)
    if not form.is_valid():
        return _page(request, work_of(submission), recommendation_form=form)
    text = form.cleaned_data["recommendation"]
    try:
        services.recommend(submission=submission, question=None, text=text, by=post, arrived_at=request.arrived_at)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal, form)
    messages.success(request, _("The recommendation is saved."))
    return redirect("reviews:submission", region, round, partnership)


@require_POST
def sample(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Draw criteria at random."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    form = SampleForm(request.POST)
    if not form.is_valid():
        return _page(request, work_of(submission), sample_form=form)
    number = form.cleaned_data["number"]
    try:
        services.draw_sample(submission=submission, number=number, by=post, arrived_at=request.arrived_at)
    except services.TooFewLeft as refusal:
        words = ngettext("%(n)d criterion can still be drawn", "%(n)d criteria can still be drawn", refusal.left)
        form.add_error("number", words % {"n": refusal.left})
        return _page(request, work_of(submission), sample_form=form)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal)
    messages.success(request, ngettext("%(n)d criterion drawn.", "%(n)d criteria drawn.", number) % {"n": number})
    return redirect("reviews:submission", region, round, partnership)


@require_POST
def withdraw_question(request: SignedInRequest, region: str, round: str, partnership: str, code: str) -> HttpResponse:
    """Take a question back."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    query = access.query_to_withdraw(submission, code)
    try:
        services.withdraw_query(query=query, by=post, arrived_at=request.arrived_at)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal)
    messages.success(request, _("The question is withdrawn."))
    return redirect("reviews:submission", region, round, partnership)


@require_POST
def withdraw_recommendation(
    request: SignedInRequest, region: str, round: str, partnership: str, code: str
) -> HttpResponse:
    """Take a recommendation back."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    recommendation = access.recommendation_to_withdraw(submission, code)
    try:
        services.withdraw_recommendation(recommendation=recommendation, by=post, arrived_at=request.arrived_at)
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal)
    messages.success(request, _("The recommendation is withdrawn."))
    return redirect("reviews:submission", region, round, partnership)


def _page(
    request: SignedInRequest,
    work: Work,
    *,
    may_review: bool = True,
    status: int = 200,
    stamp: Stamp | None = None,
    theirs: Review | None = None,
    **bound: Form,
) -> HttpResponse:
    refusal = services.refusal_of(work.submission, work.review)
    if bound and refusal:
        return too_late(request, work, refusal, next(iter(bound.values())))
    context = {
        **_forms(work),
        **bound,
        **_lists(work, request.GET.get("show", "")),
        "may_write": may_review and refusal is None,
        "may_review": may_review,
        "stamp": stamp or Stamp.fresh(work.review.revision if work.review else 0),
        "theirs": theirs,
        "bound": list(bound.values()),
    }
    return render(request, "reviews/review.html", context, status=status)


def _forms(work: Work) -> dict[str, Any]:
    return {
        "summary_form": SummaryForm(initial={"summary": work.review.summary if work.review else ""}),
        "question_form": QuestionForm(),
        "recommendation_form": RecommendationForm(),
        "sample_form": SampleForm(initial={"number": 5}),
        # How large their labels are.
        "small": {"size": "s"},
    }


def _lists(work: Work, show: str) -> dict[str, Any]:
    sheet = work.sheet
    return {
        "work": work,
        "sheet": sheet,
        "here": work.here,
        "show": show,
        "walk": work.walk(view_of(show).slug),
        "lines": sheet.shown(show),
        "next": sheet.next_unreviewed(),
        "questions": sheet.of(QUESTION),
        "recommendations": sheet.of(RECOMMENDATION),
        "sampled": sheet.of(SAMPLED),
    }
