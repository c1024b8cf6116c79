"""A partnership's improvement actions as its Government Office reads them: nothing here can be changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reviews import access, follow_up
from reviews.review_queries import work_of
from reviews.views.numbers import number_asked


@require_safe
def actions(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Show what was submitted as actions, as it stood, and what recommendations became, as it stands today."""
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    work = work_of(desk.submission)
    recommended = follow_up.recommended_to(desk.submission)
    context = {
        "work": work,
        "promises": follow_up.promised_in(work.document),
        "recommended": recommended,
        "taken_up": sum(one.action is not None for one in recommended),
    }
    return render(request, "reviews/actions.html", context)
