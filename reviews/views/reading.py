"""A submission to read, from first criterion to last, as it was frozen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments import documents
from reviews import access, queries, reading
from reviews.views.numbers import number_asked


@require_safe
def whole(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Show what a partnership submitted, from the frozen document; `?number=` shows an earlier submission."""
    found = access.submission_to_review(request.user, region, round, partnership, number_asked(request))
    document = documents.read(found.document)
    parts = reading.parts_of(document)
    context = {
        "submission": found,
        "number": f"?number={found.number}",
        "document": document,
        "region": found.region,
        "parts": parts,
        "profiles": reading.profiles_of(document, parts),
        "others": queries.others_of(found),
        "published": queries.published_case_studies(document),
    }
    return render(request, "reviews/reading.html", context)
