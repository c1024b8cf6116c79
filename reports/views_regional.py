"""A Government Office's report on its region as PDF."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reports import heat_access, pdf, regional, regional_queries, stored
from reports.regional_parts import RegionalReport
from reports.views import inline, too_heavy


@require_safe
def regional_report(request: SignedInRequest, round: str, region: str) -> HttpResponseBase:
    """Give the report of today: the same things known on the same day are the same file."""
    scope, place = heat_access.region_in_full(request.user, round, region)
    today = timezone.localdate(request.arrived_at)
    report = regional.of(regional_queries.gathered(scope, place, today))
    html = regional.html_of(report)
    headers = {"ETag": f'"{pdf.fingerprint_of(html)}"', "Cache-Control": "private, no-cache"}
    response: HttpResponseBase | None = get_conditional_response(request, etag=headers["ETag"])
    if response is None:
        try:
            content = stored.stored_page(html).read_bytes()
        except pdf.PdfUnavailable:
            return _as_a_page(request, report)
        except pdf.PdfTooHeavy:
            return too_heavy(request)
        response = inline(content, f"{place.slug}-{scope.round.slug}-regional-report.pdf")
    for header, value in headers.items():
        response.headers[header] = value
    return response


def _as_a_page(request: HttpRequest, report: RegionalReport) -> HttpResponse:
    notice = _("This server cannot make PDFs yet, so here is the same report as a page. You can print it.")
    sheets = [static(f"css/{name}") for name in regional.STYLES]
    return render(request, "reports/regional.html", {"report": report, "stylesheets": sheets, "notice": notice})
