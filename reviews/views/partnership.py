"""Pages of the partnership about its review: questions and replies, what was said, and what is made of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from assessments.access import Desk
from assessments.models import ImprovementAction
from assessments.move_queries import questions_by_key
from assessments.queries import questions_for
from assessments.services import ActionRefused
from hallmarks.outline import Question
from reviews import partnership_access as access
from reviews import partnership_queries as queries
from reviews.forms_partnership import ReplyForm, TakeUpForm, other_replies
from reviews.models import Query, Recommendation, Review
from reviews.partnership_access import RecommendationDesk
from reviews.services import answering
from reviews.services.states import Refused
from reviews.views.numbers import number_asked


@require_safe
def questions(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show what the Government Office asks and, once a review has ended, what it says; `?number=` names a review."""
    return _page(request, access.review_to_read(request.user, round, partnership))


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Send the one reply to a question; who comes second keeps their own text, and all keep what they do not send.

    Whoever only opens the address, as after signing in again, gets the page on which the question stands.
    """
    if request.method != "POST":
        access.review_to_read(request.user, round, partnership)
        return redirect(reverse("reviews:questions", args=[round, partnership]) + f"#{code}")
    found = access.query_to_answer(request.user, round, partnership, code)
    form = ReplyForm(found.query, request.POST)
    is_valid = form.is_valid()
    if refusal := answering.reply_refusal_of(found.query):
        if not (is_valid and isinstance(refusal, answering.RepliedFirst)):
            return _reply_refused(request, found.desk, found.query, form, refusal)
    elif not is_valid:
        return _page(request, found.desk, code, form)
    try:
        text = form.cleaned_data["reply"]
        answering.reply_to_query(query=found.query, text=text, by=found.desk.seat, arrived_at=request.arrived_at)
    except Refused as late:
        return _reply_refused(request, found.desk, found.query, form, late)
    messages.success(request, _("Your reply is sent."))
    if other_replies(request.POST, code):
        return _page(request, found.desk, code)
    return redirect("reviews:questions", round, partnership)


@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Make an improvement action of a recommendation; one that has its action leads there."""
    found = access.recommendation_to_take_up(request.user, round, partnership, code)
    form = _take_up_form(request, found)
    if request.method != "POST":
        return _elsewhere(found) or _take_up_page(request, found, form)
    if not form.is_valid():
        return _take_up_page(request, found, form)
    try:
        action = _taken_up(request, found, form)
    except ActionRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _take_up_page(request, found, form)
    except Refused as refusal:
        return _take_up_page(request, found, form, refusal)
    messages.success(request, _("The improvement action is on the list."))
    return _to(action)


def _page(request: SignedInRequest, desk: Desk, code: str = "", sent: ReplyForm | None = None) -> HttpResponse:
    """Show the page; `code` is the question whose reply was sent, and every other text typed comes back."""
    assessment = desk.assessment
    reviews = queries.reviews_of(assessment)
    answers = queries.answers_in(reviews[0]) if reviews else {}
    asked = queries.asked_in(assessment, answers)
    ended = [review for review in reviews if not review.is_open]
    over, shown = queries.last_closed(reviews), _shown(request, ended)
    waiting = [one for one in asked if one.query.is_open and one.query.review.submission.number > over]
    told = queries.told_in(assessment, answers, shown, asked)
    typed = other_replies(request.POST, code)
    context = {
        "desk": desk,
        "assessment": assessment,
        "is_open": assessment.is_open(request.arrived_at),
        "has_several": len(reviews) > 1,
        "shown": shown,
        "ended": ended,
        "last": ended[0] if ended else None,
        "why_last": queries.why_returned(ended[0]) if ended else "",
        "is_over": bool(reviews) and reviews[0].status == Review.Status.CLOSED,
        "is_begun": bool(reviews),
        "why_returned": queries.why_returned(shown) if shown else "",
        "waiting": [(one, _reply_form(one.query, sent, typed) if desk.may_rate else None) for one in waiting],
        "unsent": _unsent(typed, waiting),
        "has_typed": bool(typed),
        "sent": sent,
        "asked_about": {one.about.criterion.code for one in asked if one.about},
        "settled": [one for one in asked if one not in waiting],
        "sampled": told.sampled,
        "sampled_asked": any(drawn.query for drawn in told.sampled),
        "sampled_unasked": any(drawn.query is None for drawn in told.sampled),
        "recommended": queries.recommended_in(assessment),
        "compared": told.compared,
    }
    return render(request, "reviews/partnership/questions.html", context)


def _shown(request: SignedInRequest, ended: list[Review]) -> Review | None:
    """Return the review that has ended last, or the one that the address names."""
    number = number_asked(request)
    return next((review for review in ended if number in (None, review.submission.number)), None)


def _reply_form(query: Query, sent: ReplyForm | None, typed: Mapping[str, str]) -> ReplyForm:
    if sent is not None and sent.prefix == query.code:
        return sent
    return ReplyForm(query, typed=typed.get(query.code, ""))


def _unsent(typed: Mapping[str, str], waiting: Iterable[queries.Asked]) -> list[str]:
    """Return the texts that have no box any more, as somebody replied or the question was taken back."""
    boxes = {one.query.code for one in waiting}
    return [text for code, text in typed.items() if code not in boxes]


def _reply_refused(
    request: SignedInRequest, desk: Desk, query: Query, form: ReplyForm, refusal: Refused
) -> HttpResponse:
    """Say why the reply was not sent, with the one that stands, and give the text back."""
    context = {
        "assessment": desk.assessment,
        "query": Query.objects.select_related("replied_by__user", "replied_by__agency").get(pk=query.pk),
        "about": _about(desk, query),
        "typed": form["reply"].value() or "",
        "unsent": list(other_replies(request.POST, query.code).values()),
        "why": refusal.why,
    }
    return render(request, "reviews/partnership/reply_refused.html", context, status=409)


def _take_up_form(request: SignedInRequest, found: RecommendationDesk) -> TakeUpForm:
    about = _about(found.desk, found.recommendation)
    asked = (about,) if about else questions_for(found.desk.assessment).questions
    agencies = list(found.desk.assessment.partnership.agencies.all())
    # An empty POST is a form sent empty, not a form not sent.
    sent = (request.POST,) if request.method == "POST" else ()
    return TakeUpForm(asked, agencies, *sent, initial=TakeUpForm.initial_of(found.recommendation))


def _taken_up(request: SignedInRequest, found: RecommendationDesk, form: TakeUpForm) -> ImprovementAction:
    return answering.take_up(
        recommendation=found.recommendation,
        question=form.question,
        plan=form.plan,
        by=found.desk.seat,
        arrived_at=request.arrived_at,
    )


def _take_up_page(
    request: SignedInRequest, found: RecommendationDesk, form: TakeUpForm, refusal: Refused | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "assessment": found.desk.assessment,
        "recommendation": found.recommendation,
        "about": _about(found.desk, found.recommendation),
        "form": form,
    }
    if refusal is None:
        return render(request, "reviews/partnership/take_up.html", context)
    context |= {"why": refusal.why, "action": getattr(refusal, "current", None)}
    return render(request, "reviews/partnership/taken_up.html", context, status=409)


def _elsewhere(found: RecommendationDesk) -> HttpResponse | None:
    """Return where a recommendation leads that nobody can take up any more, or None."""
    if found.recommendation.action:
        return _to(found.recommendation.action)
    if found.recommendation.withdrawn_at:
        assessment = found.desk.assessment
        return redirect("reviews:questions", assessment.round.slug, assessment.partnership.slug)
    return None


def _to(action: ImprovementAction) -> HttpResponse:
    return redirect("assessments:action", action.partnership.slug, action.code)


def _about(desk: Desk, said: Query | Recommendation) -> Question | None:
    key = said.criterion_id
    return questions_by_key(desk.assessment.round, [key]).get(key) if key else None
