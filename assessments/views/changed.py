"""What becomes of a page that was opened before the criteria of its round changed: its text is shown, never lost."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from assessments.access import Desk
from assessments.models import Assessment
from assessments.queries import questions_for
from hallmarks.models import Criterion, Level
from hallmarks.outline import Question

# What a page names beside its question's code, which may stand for another question by now.
ASKED = "asked"
LONGEST_KEY = 18


def criteria_changed(request: SignedInRequest, desk: Desk, code: str) -> HttpResponse | None:
    """Return the page that gives back what was sent to a question of before; None where it is asked as it was."""
    sent = request.POST.get(ASKED, "")
    outline = questions_for(desk.assessment)
    place = outline.place_of(code)
    if place is not None and sent in {"", str(outline.questions[place].criterion.pk)}:
        return None
    before = _criterion(sent)
    return _given_back(request, desk.assessment, before) if before else None


def changed_meanwhile(request: SignedInRequest, desk: Desk, question: Question) -> HttpResponse:
    """Return the same page where the criteria changed between reading the question and writing the answer."""
    now = Assessment.objects.with_criteria().get(pk=desk.assessment.pk)
    return _given_back(request, now, question.criterion)


def asks_another(request: SignedInRequest, question: Question) -> bool:
    """Say whether an address meant another question than the one that has its code now."""
    lineage = request.GET.get(ASKED, "")
    return bool(lineage) and lineage != question.criterion.lineage


def _criterion(sent: str) -> Criterion | None:
    if not (sent.isascii() and sent.isdigit() and len(sent) <= LONGEST_KEY):
        return None
    return Criterion.objects.filter(pk=int(sent)).first()


def _given_back(request: SignedInRequest, assessment: Assessment, before: Criterion) -> HttpResponse:
    asked = questions_for(assessment).questions
    heir = next((question for question in asked if question.criterion.lineage == before.lineage), None)
    sent = request.POST
    context = {
        "assessment": assessment,
        "before": before,
        "heir": heir,
        "stands": assessment.ratings.filter(criterion=heir.criterion).first() if heir else None,
        "level": Level.objects.filter(scale=before.scale_id, slug=sent.get("level", "").replace("\0", "")).first(),
        "typed": sent.get("reason") or sent.get("comment") or "",
        "dissent": sent.get("dissent", ""),
    }
    return render(request, "assessments/criteria_changed.html", context, status=HTTPStatus.CONFLICT)
