"""Reports for Word, from the same frozen documents as the PDFs; made at each request, with the same bytes."""

import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments.access import assessment_to_read
from assessments.beside import draft_document
from assessments.models import LONDON, Assessment
from casestudies.contents import DOCX
from reports import contexts, printing, report_access
from reports import word as word_files
from reports.kinds import KINDS
from reports.printing import Unreadable
from reports.progress import could_not
from reviews.views.numbers import number_asked


@require_safe
def word(request: SignedInRequest, round: str, partnership: str, kind: str) -> HttpResponseBase:
    """Give a report as a document for Word, the current submission's unless `?number=` names another."""
    report = report_access.report_to_read(request.user, round, partnership, KINDS[kind], number_asked(request))
    tag = f'"{report.key}-docx"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        # It is of the moment at which what it says was frozen.
        at = report.reviewed.closed_at if report.reviewed else report.submission.submitted_at
        try:
            with translation.override(printing.LANGUAGES[report.language]):
                content = word_files.document(report.context(), at)
        except Unreadable:
            return render(request, "reports/not_made.html", {"why": could_not()}, status=503)
        sent = "" if report.submission.is_current else f"-submission-{report.submission.number}"
        response = _file(content, f"{partnership}-{round}{sent}{'' if kind == 'report' else f'-{kind}'}.docx")
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    return response


@require_safe
def draft(request: SignedInRequest, round: str, partnership: str) -> HttpResponseBase:
    """Give the partnership its answers so far as a document that says "Draft" on every page."""
    assessment = assessment_to_read(request.user, round, partnership).assessment
    if assessment.status == Assessment.Status.SUBMITTED:
        return redirect("reports:word", round, partnership)
    at = request.arrived_at
    # Without the time of day, the same draft is the same file all day.
    day = datetime.datetime.combine(at.astimezone(LONDON).date(), datetime.time(), tzinfo=LONDON)
    content = word_files.document(contexts.of_draft(draft_document(assessment, at), day.date()), day)
    return _file(content, f"{partnership}-{round}-draft.docx")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=DOCX.media_type, headers=headers)
