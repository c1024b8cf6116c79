"""The heartbeat of an open page: notes it, and answers who else is there."""

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from assessments import access, services
from assessments.presence import beside_criterion, beside_tasks
from assessments.queries import questions_for


@require_POST
def here(request: SignedInRequest, round: str, partnership: str) -> JsonResponse:
    """Note that a member has the task list (no code) or a criterion's page open, or leaves it; answers in JSON."""
    desk = access.assessment_to_view(request.user, round, partnership)
    code = request.POST.get("code", "")
    if code and questions_for(desk.assessment).place_of(code) is None:
        raise Http404
    if "leaving" in request.POST:
        services.leave(assessment=desk.assessment, code=code, by=desk.seat)
        return JsonResponse({})
    services.note_presence(assessment=desk.assessment, code=code, by=desk.seat, arrived_at=request.arrived_at)
    at = request.arrived_at
    company = beside_criterion(desk, code, at) if code else beside_tasks(desk, at)
    return JsonResponse(company.as_json())
