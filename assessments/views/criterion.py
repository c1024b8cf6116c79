"""The page that matters most: one criterion, its levels, signs, reason and evidence."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assessments import access, action_queries, services, view_queries
from assessments.access import Desk
from assessments.decided_queries import agreed_of, with_decision
from assessments.forms import RatingForm, Stamp, initial_of
from assessments.helper_queries import helpers_on
from assessments.helpers import Helper
from assessments.history_queries import answer_at
from assessments.last_round import last_answer, last_round
from assessments.linked_answers import answer_named, linked_answers, with_evidence
from assessments.low_levels import is_low
from assessments.merging import LEVEL, REASON, Merged, can_be_joined, joined, merged, parts_of, parts_sent
from assessments.models import IndicatorAnswer, Rating
from assessments.move_queries import moved_from
from assessments.presence import beside_criterion
from assessments.prompts import prompts_of
from assessments.queries import questions_for
from assessments.sheet_queries import sheet_for
from assessments.survey_queries import counts_on
from assessments.survey_results import line_on
from assessments.views.asking import ask_about_saved
from assessments.views.changed import ASKED, changed_meanwhile, criteria_changed
from govuk.moments import time_of_day
from hallmarks.outline import Question

EVIDENCE_PAGES = {
    "file": "evidence_file",
    "link": "evidence_link",
    "case-study": "evidence_case_study",
    "sheet": "evidence_sheet",
}
# What the address says where the page's box begins with the last round's words, or with those of a linked answer.
FROM_LAST = {"start": "last"}
# What a button says before the name of a linked answer.
START, USE = "start:", "use:"


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
        desk = access.assessment_to_rate(request.user, round, partnership)
        return criteria_changed(request, desk, code) or _save(request, desk, code)
    desk = access.assessment_to_read(request.user, round, partnership)
    place = place_of(desk, code)
    rating = _rating(desk, place.question)
    if not (desk.may_rate and desk.assessment.is_open(request.arrived_at)):
        context = {**_context(desk, place, rating), **_others(request, desk, place, rating)}
        return render(request, "assessments/criterion_read.html", context)
    form = RatingForm(place.question, initial=_start(request, desk, place, rating))
    return _page(request, desk, place, form, rating, Stamp.fresh(rating.revision if rating else 0))


@require_POST
def confirm(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Let an answer that was carried forward count as it stands, or save what was changed beside it, and go on."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    if given_back := criteria_changed(request, desk, code):
        return given_back
    place, stamp = place_of(desk, code), Stamp.read(request.POST)
    form, rating = RatingForm(place.question, request.POST), _rating(desk, place.question)
    if _changes(form, rating):
        return _save(request, desk, code)
    try:
        services.confirm_rating(
            assessment=desk.assessment,
            question=place.question,
            revision=stamp.revision,
            save_id=stamp.save_id,
            by=desk.seat,
            arrived_at=request.arrived_at,
        )
    except services.Stale:
        return _conflict(request, desk, place, stamp)
    except services.NothingToConfirm:
        return redirect("assessments:criterion", *_args(desk, place))
    except services.Refused as refusal:
        context = {"assessment": desk.assessment, "place": place, "why": refusal.why}
        return render(request, "assessments/closed.html", context, status=409)
    return _onward(request, desk, place)


@require_POST
def autosave(request: SignedInRequest, round: str, partnership: str, code: str) -> JsonResponse:
    """Save what the page's script sends while somebody types; answers in JSON."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    if criteria_changed(request, desk, code):
        return JsonResponse({"error": services.CriteriaChanged.why}, status=409)
    place, stamp = place_of(desk, code), Stamp.read(request.POST)
    form = RatingForm(place.question, request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "invalid", "messages": form.errors}, status=422)
    try:
        rating = _write(request, desk, place, form, stamp, confirms=False)
    except services.DeadlinePassed:
        _keep_late(request, desk, place, form, stamp)
        return JsonResponse({"error": "late"}, status=409)
    except services.Refused as refusal:
        return JsonResponse({"error": refusal.why}, status=409)
    return JsonResponse({"revision": rating.revision, "saved_at": time_of_day(request.arrived_at)})


def merge(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show the form with both reasons in it; nothing is saved, so saving is still a decision."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    if request.method != "POST":
        # Opened again by its address, as after signing in: there is nothing to put together any more.
        return redirect("assessments:criterion", round, partnership, code)
    if given_back := criteria_changed(request, desk, code):
        return given_back
    if not desk.assessment.is_open(request.arrived_at):
        return _save(request, desk, code)
    place, stamp = place_of(desk, code), Stamp.read(request.POST)
    if not desk.assessment.ratings.filter(criterion=place.question.criterion).exists():
        return _page(request, desk, place, RatingForm(place.question, request.POST), None, stamp)
    return _conflict(request, desk, place, stamp, joins=True)


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
        # Going to another page is no word on whether what was carried forward is still true.
        rating = _write(request, desk, place, form, stamp, confirms=not request.POST.get("then"))
    except services.Stale:
        return _conflict(request, desk, place, stamp)
    except services.CriteriaChanged:
        return changed_meanwhile(request, desk, place.question)
    except services.Refused as refusal:
        if isinstance(refusal, services.DeadlinePassed):
            _keep_late(request, desk, place, form, stamp)
        return _too_late(request, desk, place, form, refusal.why)
    if not request.POST.get("then"):
        form.ask_for_the_rest()
    if form.errors:
        again = Stamp.fresh(rating.revision)
        return _page(request, desk, place, form, _rating(desk, place.question), again, saved_at=request.arrived_at)
    ask_about_saved(request, desk, place.question, form.answer)
    return _onward(request, desk, place)


def _changes(form: RatingForm, rating: Rating | None) -> bool:
    """Say whether the page's form came along, and says something else than what waits to be confirmed."""
    if "reason" not in form.data:
        return False
    if rating is None or rating.is_confirmed or not form.is_valid():
        return True
    return form.answer != services.answer_of(form.question, rating, _answers(rating))


def _write(
    request: SignedInRequest, desk: Desk, place: Place, form: RatingForm, stamp: Stamp, *, confirms: bool
) -> Rating:
    return services.save_rating(
        assessment=desk.assessment,
        question=place.question,
        answer=form.answer,
        revision=stamp.revision,
        save_id=stamp.save_id,
        after_save_id=stamp.after_save_id,
        confirms=confirms,
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
        asked = place.question.criterion
        name = f"assessments:{EVIDENCE_PAGES[then]}"
        return redirect(reverse(name, args=[*here, asked.code], query={ASKED: asked.lineage}))
    if then.startswith(USE):
        about = {ASKED: place.question.criterion.lineage, "from": then.removeprefix(USE)}
        return redirect(reverse("assessments:evidence_linked", args=_args(desk, place), query=about))
    if then == "start" or then.startswith(START):
        start = {"start": then.removeprefix(START)} if then.startswith(START) else FROM_LAST
        return redirect(reverse("assessments:criterion", args=_args(desk, place), query=start) + "#id_reason")
    if then == "action":
        about = {"round": here[0], "criterion": place.question.criterion.code}
        return redirect(reverse("assessments:action_new", args=[here[1]], query=about))
    if then == "later":
        messages.success(request, _("Saved. You can come back to it any time before the round closes."))
        return redirect("assessments:tasks", *here)
    if place.following is None:
        return redirect("assessments:check", *here)
    return redirect("assessments:criterion", *here, place.following.criterion.code)


def _start(request: SignedInRequest, desk: Desk, place: Place, rating: Rating | None) -> dict[str, Any]:
    """Return what the form begins with; words of another answer only if asked for and where nothing stands."""
    initial = initial_of(rating, place.question, _answers(rating))
    start = request.GET.get("start", "")
    if start and not initial.get("reason"):
        initial["reason"] = _said_elsewhere(desk, place, start)
    return initial


def _said_elsewhere(desk: Desk, place: Place, start: str) -> str:
    """Return the reason of the last round's answer, or of the linked answer with this name; blank without any."""
    if start == FROM_LAST["start"]:
        last = last_answer(desk.assessment, place.question)
        return last.rating.reason if last else ""
    linked = answer_named(desk.assessment, place.question, start)
    return linked.said.reason if linked else ""


def _conflict(request: SignedInRequest, desk: Desk, place: Place, stamp: Stamp, *, joins: bool = False) -> HttpResponse:
    """Show both answers, put together as far as they fit; nothing is saved, so saving again is a decision.

    What the writer had not touched becomes theirs; what the writer changed stays, and `joins` puts both reasons in.
    """
    current, typed = _ratings(desk, place.question).get(), request.POST.copy()
    both = _both(current, place.question, request.POST, stamp.revision)
    for name, value in both.mine.items():
        typed.setdefault(name, value)
    for name in both.taken:
        typed[name] = both.theirs.get(name, "")
    if joins and REASON in both.differing:
        typed[REASON] = joined(typed.get(REASON, ""), current.reason, current.updated_by_agency)
    form = RatingForm(place.question, typed)
    form.beside = {name: one.theirs for name, one in both.in_words(place.question, both.differing).items()}
    context = {"theirs": _theirs(desk, place, current, both), "joined": joins}
    status = HTTPStatus.OK if joins else HTTPStatus.CONFLICT
    return _page(request, desk, place, form, current, Stamp.fresh(current.revision), status=status, **context)


def _both(current: Rating, question: Question, sent: Any, revision: int) -> Merged:
    """Put what was sent and what stands together, by what the page was opened with."""
    theirs = parts_of(services.answer_of(question, current, _answers(current)).as_json())
    opened = answer_at(current, revision)
    base = None if opened is None else parts_of(opened)
    # Where no form came along, nothing was changed.
    mine = parts_sent(sent, question) if REASON in sent else theirs if base is None else base
    return merged(base, mine, theirs)


def _theirs(desk: Desk, place: Place, current: Rating, both: Merged) -> dict[str, Any]:
    return {
        "rating": current,
        "level": place.question.level_by_id(current.level_id),
        "chosen": both.theirs.get(LEVEL) if LEVEL in both.differing else None,
        "taken": both.in_words(place.question, both.taken).values(),
        "reason_is_taken": REASON in both.taken,
        "differing": both.in_words(place.question, both.differing).values(),
        "fits": not both.clashing,
        "url": reverse("assessments:criterion", args=_args(desk, place)),
        "can_be_joined": REASON in both.clashing and can_be_joined(both.mine.get(REASON, ""), current.reason),
    }


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
        **_others(request, desk, place, None if "theirs" in extra else rating),
        "form": form,
        "stamp": stamp,
        "here": _args(desk, place),
        **extra,
    }
    return render(request, "assessments/criterion.html", context, status=status)


def _context(desk: Desk, place: Place, rating: Rating | None) -> dict[str, Any]:
    answers = _answers(rating)
    linked = linked_answers(desk.assessment, place.question)
    evidence = with_evidence(rating, linked)
    return {
        "desk": desk,
        "assessment": desk.assessment,
        "place": place,
        "criterion": place.question.criterion,
        "rating": rating,
        "level": place.question.level_by_id(rating.level_id) if rating else None,
        "agreed": agreed_of(place.question, rating),
        "moved": moved_from(desk.assessment, place.question, rating),
        "last": last_round(desk.assessment, place.question),
        "signs": [(sign, answers.get(sign.pk, "")) for sign in place.question.indicators],
        "answered": len(answers),
        "in_place": sum(answer == "yes" for answer in answers.values()),
        "evidence": evidence,
        "linked": [(answer, answer.usable(evidence)) for answer in linked],
        "sheet": sheet_for(desk.assessment, place.question.criterion, timezone.localdate()),
        "actions": action_queries.actions_for(desk.assessment.partnership, place.question.criterion),
        "is_low": is_low(place.question, rating),
    }


def _others(request: SignedInRequest, desk: Desk, place: Place, rating: Rating | None) -> dict[str, Any]:
    """Return what the others think, once it is revealed, what the rating makes one ask, and who has this page open."""
    views = view_queries.revealed_of(desk.assessment, place.question, request.arrived_at)
    return {
        "views": views,
        "front_line": line_on(place.question, counts_on(desk.assessment, place.question, request.arrived_at)),
        "prompts": prompts_of(place.question, rating, _answers(rating).values(), views),
        "company": beside_criterion(desk, place.question.criterion.code, request.arrived_at),
        "helpers": _helpers(desk, place, rating),
    }


def _helpers(desk: Desk, place: Place, rating: Rating | None) -> tuple[Helper, ...]:
    """Return who does well what this partnership rates low, as low as asks for an action; otherwise nobody is named."""
    if not is_low(place.question, rating):
        return ()
    return helpers_on(place.question.criterion, desk.assessment.partnership)


def _rating(desk: Desk, question: Question) -> Rating | None:
    return _ratings(desk, question).first()


def _ratings(desk: Desk, question: Question) -> QuerySet[Rating]:
    # A sign that the criterion had before its set was changed is none of it any more.
    asked = IndicatorAnswer.objects.filter(indicator__in=[sign.pk for sign in question.indicators])
    ratings = with_decision(desk.assessment.ratings.prefetch_related(Prefetch("answers", asked)))
    return ratings.filter(criterion=question.criterion)


def _answers(rating: Rating | None) -> dict[int, str]:
    return {row.indicator_id: row.answer for row in rating.answers.all()} if rating and rating.pk else {}


def _args(desk: Desk, place: Place) -> list[str]:
    return [desk.assessment.round.slug, desk.assessment.partnership.slug, place.question.criterion.code]
