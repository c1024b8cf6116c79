"""Case studies as PDF, for whoever may read that version."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from casestudies import access
from casestudies.access import Desk
from casestudies.models import CaseStudyVersion
from reports import pdf, stored
from reports.case_study import PrintedCaseStudy, html_of, printed
from reports.views import inline, too_heavy


@require_safe
def case_study(request: SignedInRequest, partnership: str, slug: str, number: int) -> HttpResponseBase:
    """Give one version to people who signed in and may read it."""
    return _given(request, *access.version_to_read(request.user, partnership, slug, number))


@login_not_required
@require_safe
def public_case_study(request: HttpRequest, partnership: str, slug: str, number: int) -> HttpResponseBase:
    """Give the newest version to anybody, where its partnership shows it to the public."""
    return _given(request, *access.public_version(partnership, slug, number))


def _given(request: HttpRequest, desk: Desk, version: CaseStudyVersion) -> HttpResponseBase:
    one = printed(desk, version)
    html = html_of(one)
    etag = f'"{pdf.fingerprint_of(html)}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = stored.stored_page(html).read_bytes()
        except pdf.PdfUnavailable:
            return _as_a_page(request, one)
        except pdf.PdfTooHeavy:
            return too_heavy(request)
        response = inline(content, f"{desk.case_study.slug}-version-{version.number}.pdf")
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    return response


def _as_a_page(request: HttpRequest, one: PrintedCaseStudy) -> HttpResponse:
    notice = _("This server cannot make PDFs yet, so here is the same text as a page. You can print it.")
    page = {"printed": one, "stylesheet": static("css/report.css"), "notice": notice}
    return render(request, "reports/case_study.html", page)
