"""The page that matters most: one criterion, its levels, signs, reason and evidence."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assessments import access, action_queries, services, view_queries
from assessments.access import Desk
from assessments.agency_views import CriterionViews
from assessments.forms import RatingForm, Stamp, initial_of
from assessments.low_levels import is_low
from assessments.models import Rating
from assessments.queries import questions_for
from assessments.sheet_queries import sheet_for
from casestudies.models import CaseStudy
from govuk.moments import time_of_day
from hallmarks.outline import Question

EVIDENCE_PAGES = {
    "file": "evidence_file",
    "link": "evidence_link",
    "case-study": "evidence_case_study",
    "sheet": "evidence_sheet",
}


@dataclass(frozen=True)
class Place:
    """Where a criterion stands in its round: itself, its neighbours, and its place in its section."""

    question: Question
    previous: Question | None
    following: Question | None
    number: int
    of: int


def criterion(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show one criterion, and save what is sent."""
    if request.method == "POST":
        return _save(request, access.assessment_to_rate(request.user, round, partnership), code)
    desk = access.assessment_to_read(request.user, round, partnership)
    place = place_of(desk, code)
    rating = _rating(desk, place.question)
    if not (desk.may_rate and desk.assessment.is_open(request.arrived_at)):
        context = {**_context(desk, place, rating), "views": _views(request, desk, place)}
        return render(request, "assessments/criterion_read.html", context)
    form = RatingForm(place.question, initial=initial_of(rating, place.question, _answers(rating)))
    return _page(request, desk, place, form, rating, Stamp.fresh(rating.revision if rating else 0))


@require_POST
def autosave(request: SignedInRequest, round: str, partnership: str, code: str) -> JsonResponse:
    """Save what the page's script sends while somebody types; answers in JSON."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    place, stamp = place_of(desk, code), Stamp.read(request.POST)
    form = RatingForm(place.question, request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "invalid", "messages": form.errors}, status=422)
    try:
        rating = _write(request, desk, place, form, stamp)
    except services.DeadlinePassed:
        _keep_late(request, desk, place, form, stamp)
        return JsonResponse({"error": "late"}, status=409)
    except services.Refused as refusal:
        return JsonResponse({"error": refusal.why}, status=409)
    return JsonResponse({"revision": rating.revision, "saved_at": time_of_day(request.arrived_at)})


def place_of(desk: Desk, code: str) -> Place:
    """Return a criterion's place among those asked of the partnership; 404 for any other code."""
    outline = questions_for(desk.assessment)
    index = outline.place_of(code)
    if index is None:
        raise Http404
    questions = outline.questions
    question = questions[index]
    siblings = [other.criterion.code for other in questions if other.section.pk == question.section.pk]
    return Place(
        question=question,
        previous=questions[index - 1] if index else None,
        following=questions[index + 1] if index + 1 < len(questions) else None,
        number=siblings.index(code) + 1,
        of=len(siblings),
    )


def _save(request: SignedInRequest, desk: Desk, code: str) -> HttpResponse:
    place, stamp = place_of(desk, code), Stamp.read(request.POST)
    form = RatingForm(place.question, request.POST)
    is_valid = form.is_valid()
    try:
        if not is_valid and desk.assessment.is_open(request.arrived_at):
            return _page(request, desk, place, form, _rating(desk, place.question), stamp)
        rating = _write(request, desk, place, form, stamp)
    except services.Stale as conflict:
        return _conflict(request, desk, place, form, conflict.current)
    except services.Refused as refusal:
        if isinstance(refusal, services.DeadlinePassed):
            _keep_late(request, desk, place, form, stamp)
        return _too_late(request, desk, place, form, refusal.why)
    if not request.POST.get("then"):
        form.ask_for_the_rest()
    if form.errors:
        again = Stamp.fresh(rating.revision)
        return _page(request, desk, place, form, _rating(desk, place.question), again, saved_at=request.arrived_at)
    return _onward(request, desk, place)


def _write(request: SignedInRequest, desk: Desk, place: Place, form: RatingForm, stamp: Stamp) -> Rating:
    return services.save_rating(
        assessment=desk.assessment,
        question=place.question,
        answer=form.answer,
        revision=stamp.revision,
        save_id=stamp.save_id,
        after_save_id=stamp.after_save_id,
        by=desk.seat,
        arrived_at=request.arrived_at,
    )


def _keep_late(request: SignedInRequest, desk: Desk, place: Place, form: RatingForm, stamp: Stamp) -> None:
    services.keep_late_draft(
        assessment=desk.assessment,
        question=place.question,
        answer=form.answer,
        save_id=stamp.save_id,
        by=desk.seat,
        arrived_at=request.arrived_at,
    )


def _onward(request: SignedInRequest, desk: Desk, place: Place) -> HttpResponseRedirect:
    """Go where the button pressed leads: evidence, an action, the task list, the next criterion or the check page."""
    here = [desk.assessment.round.slug, desk.assessment.partnership.slug]
    then = request.POST.get("then", "")
    if then in EVIDENCE_PAGES:
        return redirect(f"assessments:{EVIDENCE_PAGES[then]}", *here, place.question.criterion.code)
    if then == "action":
        about = {"round": here[0], "criterion": place.question.criterion.code}
        return redirect(reverse("assessments:action_new", args=[here[1]], query=about))
    if then == "later":
        messages.success(request, _("Saved. You can come back to it any time before the round closes."))
        return redirect("assessments:tasks", *here)
    if place.following is None:
        return redirect("assessments:check", *here)
    return redirect("assessments:criterion", *here, place.following.criterion.code)


def _conflict(request: SignedInRequest, desk: Desk, place: Place, form: RatingForm, current: Rating) -> HttpResponse:
    """Show both answers; the writer's own is still in the form, and saving again is a decision."""
    theirs = {
        "rating": current,
        "level": place.question.level_by_id(current.level_id),
        "url": reverse("assessments:criterion", args=_args(desk, place)),
    }
    stamp = Stamp.fresh(current.revision)
    return _page(request, desk, place, form, current, stamp, status=409, theirs=theirs)


def _too_late(request: SignedInRequest, desk: Desk, place: Place, form: RatingForm, why: str) -> HttpResponse:
    typed = {"typed": form.answer, "typed_reason": form["reason"].value() or ""}
    context = {**_context(desk, place, None), **typed, "why": why}
    return render(request, "assessments/too_late.html", context, status=409)


def _page(
    request: SignedInRequest,
    desk: Desk,
    place: Place,
    form: RatingForm,
    rating: Rating | None,
    stamp: Stamp,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    context = {
        **_context(desk, place, rating),
        "views": _views(request, desk, place),
        "form": form,
        "stamp": stamp,
        "here": _args(desk, place),
        **extra,
    }
    return render(request, "assessments/criterion.html", context, status=status)


def _context(desk: Desk, place: Place, rating: Rating | None) -> dict[str, Any]:
    answers = _answers(rating)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "place": place,
        "criterion": place.question.criterion,
        "rating": rating,
        "level": place.question.level_by_id(rating.level_id) if rating else None,
        "signs": [(sign, answers.get(sign.pk, "")) for sign in place.question.indicators],
        "answered": len(answers),
        "in_place": sum(answer == "yes" for answer in answers.values()),
        "evidence": list(rating.evidence.select_related("case_study__partnership")) if rating and rating.pk else [],
        "Status": CaseStudy.Status,
        "sheet": sheet_for(desk.assessment, place.question.criterion, timezone.localdate()),
        "actions": action_queries.actions_for(desk.assessment.partnership, place.question.criterion),
        "is_low": is_low(place.question, rating),
    }


def _views(request: SignedInRequest, desk: Desk, place: Place) -> CriterionViews | None:
    return view_queries.revealed_of(desk.assessment, place.question, request.arrived_at)


def _rating(desk: Desk, question: Question) -> Rating | None:
    ratings = desk.assessment.ratings.select_related("updated_by").prefetch_related("answers")
    return ratings.filter(criterion=question.criterion).first()


def _answers(rating: Rating | None) -> dict[int, str]:
    return {row.indicator_id: row.answer for row in rating.answers.all()} if rating and rating.pk else {}


def _args(desk: Desk, place: Place) -> list[str]:
    return [desk.assessment.round.slug, desk.assessment.partnership.slug, place.question.criterion.code]
