"""What a reviewer is told whose words came too late."""

from collections.abc import Iterable

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from reviews import services
from reviews.review_queries import Work


def too_late(
    request: SignedInRequest, work: Work, refusal: services.Refused, form: BaseForm | None = None
) -> HttpResponse:
    """Say why nothing was saved, with what was typed, so that it can be copied."""
    context = {"work": work, "here": work.here, "why": refusal.why, "typed": list(_typed(form))}
    return render(request, "reviews/too_late.html", context, status=409)


def _typed(form: BaseForm | None) -> Iterable[tuple[str, str, str]]:
    """Yield the id, label and text of each box that something was typed into."""
    for bound in form or ():
        text = bound.value()
        if isinstance(text, str) and text:
            yield str(bound.auto_id), str(bound.label), text
