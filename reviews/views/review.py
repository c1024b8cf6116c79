"""A review as a whole: how far it is, the summary, questions and recommendations, the sample."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import RegionalPost
from assessments.forms import Stamp
from assessments.models import Submission
from reviews import access, services
from reviews.forms_reviewing import QuestionForm, RecommendationForm, SampleForm, SummaryForm
from reviews.models import Review
from reviews.review_queries import Work, to_review, work_of
from reviews.sheets import QUESTION, RECOMMENDATION, SAMPLED, view_of
from reviews.views.numbers import number_asked
from reviews.views.refusing import too_late

# Answers what was sent, or None where it was kept.
Written = Callable[..., HttpResponse | None]


@require_safe
def review(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Show how far a review is; `?show=` shows some of the criteria, `?number=` the review of an earlier submission."""
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    return _page(request, work_of(desk.submission), may_review=desk.may_review)


def _sent_to(anchor: str) -> Callable[[Written], Callable[..., HttpResponse]]:
    """Let reviewers send to an address; whoever only opens it, and whose words are kept, gets the review's page."""

    def decorated(view: Written) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answered(request: SignedInRequest, region: str, round: str, partnership: str, **more: str) -> HttpResponse:
            here = (region, round, partnership)
            if request.method != "POST":
                access.review_to_read(request.user, *here)
                return redirect(reverse("reviews:submission", args=here) + anchor)
            submission, post = access.review_to_write(request.user, *here)
            return view(request, submission, post, **more) or redirect("reviews:submission", *here)

        return answered

    return decorated


@_sent_to("#summary-title")
def summary(request: SignedInRequest, submission: Submission, post: RegionalPost) -> HttpResponse | None:
    """Save the summary, or show it beside what a colleague saved meanwhile."""
    stamp, form = Stamp.read(request.POST), SummaryForm(request.POST)
    saved = partial(
        services.save_summary, submission=submission, revision=stamp.revision, save_id=stamp.save_id, by=post
    )
    try:
        return _tried(
            request,
            submission,
            lambda given: saved(text=given["summary"]),
            _("The summary is saved."),
            {"summary_form": form},
            stamp,
        )
    except services.Stale:
        work = work_of(to_review().get(pk=submission.pk))
        again = Stamp.fresh(work.review.revision if work.review else 0)
        return _page(request, work, status=409, bound={"summary_form": form}, stamp=again, theirs=work.review)


@_sent_to("#questions-title")
def ask(request: SignedInRequest, submission: Submission, post: RegionalPost) -> HttpResponse | None:
    """Ask about the submission as a whole."""
    asked = partial(services.ask, submission=submission, question=None, by=post, arrived_at=request.arrived_at)
    done = _("The question is asked. The partnership sees it now.")
    form = QuestionForm(request.POST)
    return _tried(request, submission, lambda given: asked(text=given["question"]), done, {"question_form": form})


@_sent_to("#recommendations-title")
def recommend(request: SignedInRequest, submission: Submission, post: RegionalPost) -> HttpResponse | None:
    """Recommend something about the whole."""
    made = partial(services.recommend, submission=submission, question=None, by=post, arrived_at=request.arrived_at)
    done = _("The recommendation is saved.")
    form = RecommendationForm(request.POST)
    return _tried(
        request, submission, lambda given: made(text=given["recommendation"]), done, {"recommendation_form": form}
    )


@_sent_to("#sample-title")
def sample(request: SignedInRequest, submission: Submission, post: RegionalPost) -> HttpResponse | None:
    """Draw criteria at random."""
    drawn = partial(services.draw_sample, submission=submission, by=post, arrived_at=request.arrived_at)
    form = SampleForm(request.POST)
    number = form.cleaned_data.get("number", 0) if form.is_valid() else 0
    done = ngettext("%(n)d criterion drawn.", "%(n)d criteria drawn.", number) % {"n": number}
    try:
        return _tried(request, submission, lambda given: drawn(number=given["number"]), done, {"sample_form": form})
    except services.TooFewLeft as refusal:
        words = ngettext("%(n)d criterion can still be drawn", "%(n)d criteria can still be drawn", refusal.left)
        form.add_error("number", words % {"n": refusal.left})
        return _page(request, work_of(submission), bound={"sample_form": form})


@_sent_to("#questions-title")
def withdraw_question(
    request: SignedInRequest, submission: Submission, post: RegionalPost, code: str
) -> HttpResponse | None:
    """Take a question back."""
    query = access.query_to_withdraw(submission, code)
    act = partial(services.withdraw_query, query=query, by=post, arrived_at=request.arrived_at)
    return _tried(request, submission, lambda _given: act(), _("The question is withdrawn."))


@_sent_to("#recommendations-title")
def withdraw_recommendation(
    request: SignedInRequest, submission: Submission, post: RegionalPost, code: str
) -> HttpResponse | None:
    """Take a recommendation back."""
    made = access.recommendation_to_withdraw(submission, code)
    act = partial(services.withdraw_recommendation, recommendation=made, by=post, arrived_at=request.arrived_at)
    return _tried(request, submission, lambda _given: act(), _("The recommendation is withdrawn."))


def _tried(
    request: SignedInRequest,
    submission: Submission,
    act: Callable[[Mapping[str, Any]], object],
    done: str,
    bound: Mapping[str, Form] = MappingProxyType({}),
    stamp: Stamp | None = None,
) -> HttpResponse | None:
    """Do what was sent and say so; or show the form again with what is wrong, or say why it came too late.

    What the page of its caller can mend (Stale, TooFewLeft) goes on to the caller.
    """
    form = next(iter(bound.values()), None)
    if form and not form.is_valid():
        return _page(request, work_of(submission), stamp=stamp, bound=bound)
    try:
        act(form.cleaned_data if form else {})
    except (services.Stale, services.TooFewLeft):
        raise
    except services.Refused as refusal:
        return too_late(request, work_of(submission), refusal, form)
    messages.success(request, done)
    return None


def _page(
    request: SignedInRequest,
    work: Work,
    *,
    may_review: bool = True,
    status: int = 200,
    stamp: Stamp | None = None,
    theirs: Review | None = None,
    bound: Mapping[str, Form] = MappingProxyType({}),
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
