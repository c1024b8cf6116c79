"""Answers to criteria that a round asked before its set was changed: kept, readable, and counted nowhere."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments import access
from assessments.models import Evidence, IndicatorAnswer
from assessments.queries import questions_for
from casestudies.downloads import attachment_response


@require_safe
def homeless(request: SignedInRequest, round: str, partnership: str) -> HttpResponse:
    """Show what was answered to criteria that are not asked any more, with all that hangs on it."""
    desk = access.assessment_to_read(request.user, round, partnership)
    asked = [question.criterion.pk for question in questions_for(desk.assessment).questions]
    found = desk.assessment.ratings.exclude(criterion__in=asked).select_related(
        "criterion__section", "criterion__version", "level", "decision", "updated_by"
    )
    signs = IndicatorAnswer.objects.select_related("indicator").order_by("indicator__number")
    pieces = Evidence.objects.select_related("case_study__partnership")
    ratings = found.prefetch_related(Prefetch("answers", signs), Prefetch("evidence", pieces))
    context = {
        "assessment": desk.assessment,
        "ratings": ratings.order_by("criterion__version", "criterion__section__number", "criterion__number"),
    }
    return render(request, "assessments/homeless.html", context)


@require_safe
def download(
    request: SignedInRequest, round: str, partnership: str, version: str, code: str, number: int
) -> HttpResponseBase:
    """Send a file that shows such an answer to a member of the partnership."""
    desk = access.assessment_to_read(request.user, round, partnership)
    piece = get_object_or_404(
        Evidence,
        rating__assessment=desk.assessment,
        rating__criterion__version__slug=version,
        rating__criterion__code=code,
        number=number,
    )
    if not piece.file:
        raise Http404
    return attachment_response(piece.file, piece.title, piece.media_type)
