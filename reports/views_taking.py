"""Assessments and rounds to take away: the same tables as CSV in an archive, as a workbook and as JSON."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments.access import assessment_to_read, submission_to_read
from govuk import downloads
from reports import assessment_access, assessment_contents, package, package_forms
from reports.package import Package
from reviews.views.numbers import number_asked

ZIP, JSON = "zip", "json"


@require_safe
def assessment(request: SignedInRequest, round: str, partnership: str, form: str) -> HttpResponseBase:
    """Give a member of the partnership all of an assessment as it stands."""
    desk = assessment_to_read(request.user, round, partnership)
    content = assessment_contents.as_it_stands(desk, request.arrived_at)
    return sent(content, form, "assessment", partnership, round)


@require_safe
def submitted(request: SignedInRequest, round: str, partnership: str, form: str) -> HttpResponseBase:
    """Give a submission (the current one's unless `?number=` names another) and what is said of it, as tables."""
    taken = assessment_access.submission_to_take(request.user, round, partnership, number_asked(request))
    return sent(assessment_contents.as_submitted(taken), form, "submission", taken.submission.reference)


@require_safe
def submission_document(request: SignedInRequest, round: str, partnership: str) -> HttpResponseBase:
    """Give a submission's document byte for byte: the SHA-256 of the file is the submission's fingerprint."""
    submission = submission_to_read(request.user, round, partnership, number_asked(request))
    return _document(request, submission.document, submission.sha256, f"{submission.reference}.json")


@require_safe
def review_document(request: SignedInRequest, round: str, partnership: str) -> HttpResponseBase:
    """Give the document of a closed review byte for byte, as `submission_document` does."""
    reviewed = assessment_access.review_to_take(request.user, round, partnership, number_asked(request))
    return _document(request, reviewed.document, reviewed.sha256, f"{reviewed.submission.reference}-review.json")


def sent(content: Package, form: str, *about: str) -> HttpResponseBase:
    """Return a package in a form, under a name that says what and when."""
    headers = downloads.headers(form, *about)
    if form == JSON:
        return StreamingHttpResponse(
            package_forms.json_parts(content), content_type=downloads.TYPES[form], headers=headers
        )
    made = package.zipped(content) if form == ZIP else package_forms.workbook(content)
    return HttpResponse(made, content_type=downloads.TYPES[form], headers=headers)


def _document(request: HttpRequest, text: str, sha256: str, name: str) -> HttpResponseBase:
    tag = f'"{sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(text.encode(), content_type=downloads.TYPES[JSON])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    return response
