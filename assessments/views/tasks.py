"""The task list of an assessment, what arrived late, and the blank form to print."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import standing_of
from accounts.http import SignedInRequest
from accounts.models import User
from assessments import access, action_queries, services, view_queries
from assessments.access import Desk
from assessments.low_levels import coverage
from assessments.meeting_queries import agreed_among
from assessments.models import LATE, WITHDRAWN, Assessment, Rating, Round
from assessments.presence import Company, beside_tasks
from assessments.progress import SectionProgress
from assessments.queries import asked_in, progress_of, questions_for, submissions_of
from hallmarks.outline import Outline, Question, outline_by_id
from hallmarks.wording import when_it_counts
from partnerships.models import Partnership


def tasks(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show an assessment section by section, with what needs somebody first."""
    desk = access.assessment_to_read(request.user, round, partnership)
    assessment = desk.assessment
    # Read once: the progress, the low levels and the last save are all sums of the same rows.
    prefetch_related_objects([assessment], Prefetch("ratings", Rating.objects.select_related("decision")))
    progress, outline = progress_of(assessment), questions_for(assessment)
    asked = {question.criterion.pk for question in outline.questions}
    views = view_queries.beside_tasks(desk, request.arrived_at)
    # Who is here matters while somebody may write.
    company = Company() if assessment.is_submitted else beside_tasks(desk, request.arrived_at)
    context = {
        "desk": desk,
        "assessment": assessment,
        "is_open": assessment.is_open(request.arrived_at),
        "has_begun": assessment.has_begun(request.arrived_at),
        "progress": progress,
        "rows": _rows(outline, progress.sections, views.differing, company),
        "company": company,
        "views": views,
        "agreed": agreed_among(rating for rating in assessment.ratings.all() if rating.criterion_id in asked),
        "next": next((q for q in outline.questions if q.criterion.code == progress.next_code), None),
        **_sent(desk, request.arrived_at),
        "homeless": sum(rating.criterion_id not in asked for rating in assessment.ratings.all()),
        "not_counted": _not_counted(assessment),
        "late_drafts": getattr(assessment, LATE),
        "withdrawn_at": getattr(assessment, WITHDRAWN),
        "last_saved": max(_saved(assessment), key=lambda rating: rating.updated_at, default=None),
        **_actions(desk),
    }
    return render(request, "assessments/tasks.html", context)


def late_drafts(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show what arrived after the deadline: it is kept and never counts."""
    desk = access.assessment_to_read(request.user, round, partnership)
    drafts = desk.assessment.late_drafts.select_related("criterion__section", "written_by")
    return render(request, "assessments/late_drafts.html", {"assessment": desk.assessment, "drafts": drafts})


def blank_form(request: SignedInRequest, round: str) -> HttpResponse:
    """Show every question of a round on one page, to print and fill in by hand at a meeting.

    Members get what is asked of their own partnerships; everybody else all that is asked of anybody.
    """
    found = get_object_or_404(Round.objects.select_related("version__framework"), slug=round)
    sections = list(_asked_of(request.user, found).by_section())
    return render(request, "assessments/blank_form.html", {"round": found, "sections": sections})


def _asked_of(user: User, round_: Round) -> Outline:
    places = {seat.agency.partnership_id for seat in standing_of(user).memberships}
    if not places:
        return asked_in(round_)
    own = Partnership.objects.with_area().filter(pk__in=places)
    every = [outline_by_id(round_.version_id).applying_to(place, round_.opens_on) for place in own]
    return Outline(tuple(q for q in asked_in(round_).questions if any(q in part.questions for part in every)))


def _not_counted(assessment: Assessment) -> list[tuple[Question, str]]:
    """Return what is announced or retired and would else be asked here, each with from or until when it counts."""
    day = assessment.round.opens_on
    left_out = outline_by_id(assessment.round.version_id).not_counted(assessment.partnership, day)
    return [(question, when_it_counts(question.criterion, day)) for question in left_out]


def _saved(assessment: Assessment) -> list[Rating]:
    """Return the ratings that somebody saved in this round: what was carried forward nobody did."""
    return [rating for rating in assessment.ratings.all() if rating.updated_by_id]


def _sent(desk: Desk, at: datetime.datetime) -> dict[str, Any]:
    """Return what was submitted, what came before it, and whether it may still be withdrawn; one query at most."""
    assessment = desk.assessment
    is_sent = assessment.is_submitted or assessment.is_returned or getattr(assessment, WITHDRAWN)
    sent = submissions_of(assessment) if is_sent else []
    current = next((one for one in sent if one.is_current), None) if assessment.is_submitted else None
    return {
        "submission": current,
        "earlier": [one for one in sent if one != current],
        "may_be_withdrawn": current is not None and services.withdrawal_refusal_of(assessment, current, at) is None,
    }


def _actions(desk: Desk) -> dict[str, Any]:
    """Return how many of the low ratings have an action, and how many actions earlier rounds left open."""
    beside = action_queries.actions_beside(desk.assessment)
    ratings = {rating.criterion_id: rating for rating in desk.assessment.ratings.all()}
    rated = [(asked, ratings.get(asked.criterion.pk)) for asked in questions_for(desk.assessment).questions]
    return {
        "low_levels": coverage(rated, beside.taken_up),
        "open_from_earlier": beside.open_from_earlier if desk.assessment.round.previous_id else 0,
    }


def _rows(
    outline: Outline, sections: tuple[SectionProgress, ...], differing: Mapping[str, int], company: Company
) -> list[dict[str, Any]]:
    return [
        {
            "section": section,
            "progress": progress,
            "criteria": list(zip(questions, progress.items, strict=True)),
            "differing": differing.get(section.code, 0),
            "here": company.sections.get(section.code, ""),
        }
        for (section, questions), progress in zip(outline.by_section(), sections, strict=True)
    ]
