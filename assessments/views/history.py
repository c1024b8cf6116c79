"""Who changed what, and when: the history of a criterion and of an assessment, for the partnership's members."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from assessments import access
from assessments.history_queries import assessment_entries, criterion_entries
from assessments.views.criterion import place_of


def criterion_history(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Show what happened to one criterion's answer, newest first."""
    desk = access.assessment_to_read(request.user, round, partnership)
    place = place_of(desk, code)
    context = {
        "assessment": desk.assessment,
        "place": place,
        "criterion": place.question.criterion,
        "page": criterion_entries(desk, place.question, request.GET.get("page")),
    }
    return render(request, "assessments/history/criterion.html", context)


def assessment_history(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show what happened to the assessment as a whole, newest first."""
    desk = access.assessment_to_read(request.user, round, partnership)
    page = assessment_entries(desk, request.GET.get("page"))
    return render(request, "assessments/history/assessment.html", {"assessment": desk.assessment, "page": page})
