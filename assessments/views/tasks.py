"""The task list of an assessment, what arrived late, and the blank form to print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from assessments import access
from assessments.models import Round
from assessments.progress import SectionProgress
from assessments.queries import progress_of, questions_for
from hallmarks.outline import Outline, outline_of


def tasks(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show an assessment section by section, with what needs somebody first."""
    desk = access.assessment_to_read(request.user, round, partnership)
    assessment = desk.assessment
    progress, outline = progress_of(assessment), questions_for(assessment)
    context = {
        "desk": desk,
        "assessment": assessment,
        "is_open": assessment.is_open(request.arrived_at),
        "has_begun": assessment.has_begun(request.arrived_at),
        "progress": progress,
        "rows": _rows(outline, progress.sections),
        "next": next((q for q in outline.questions if q.criterion.code == progress.next_code), None),
        "submission": assessment.submissions.current().first(),
        "late_drafts": assessment.late_drafts.count(),
        "last_saved": assessment.ratings.order_by("-updated_at").first(),
    }
    return render(request, "assessments/tasks.html", context)


def late_drafts(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show what arrived after the deadline: it is kept and never counts."""
    desk = access.assessment_to_read(request.user, round, partnership)
    drafts = desk.assessment.late_drafts.select_related("criterion__section", "written_by")
    return render(request, "assessments/late_drafts.html", {"assessment": desk.assessment, "drafts": drafts})


def blank_form(request: SignedInRequest, round: str) -> HttpResponse:
    """Show every question of a round on one page, to print and fill in by hand at a meeting."""
    found = get_object_or_404(Round.objects.select_related("version__framework"), slug=round)
    sections = list(outline_of(found.version).by_section())
    return render(request, "assessments/blank_form.html", {"round": found, "sections": sections})


def _rows(outline: Outline, sections: tuple[SectionProgress, ...]) -> list[dict[str, Any]]:
    return [
        {"section": section, "progress": progress, "criteria": list(zip(questions, progress.items, strict=True))}
        for (section, questions), progress in zip(outline.by_section(), sections, strict=True)
    ]
