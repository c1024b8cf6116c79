"""Pages that compare, and the reports as files."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessments.access import assessment_to_read
from assessments.beside import draft_document
from assessments.models import LONDON, Assessment
from reports import access, contexts, gathering, kept, views_release
from reports import pdf as pdf_files
from reports.parts import ReportContext


@require_safe
def compare_index(request: SignedInRequest) -> HttpResponse:
    """Choose the round to compare; with one round there is nothing to choose."""
    rounds = access.rounds_to_compare(request.user)
    if len(rounds) == 1:
        return redirect("reports:compare", rounds[0].slug)
    return render(request, "reports/compare_index.html", {"rounds": rounds})


@require_safe
def compare(request: SignedInRequest, round: str) -> HttpResponse:
    """Show a group's levels by criterion: bars, median, middle half, and a partnership picked out."""
    scope = access.scope(request.user, round)
    if scope.reads_release:
        return views_release.compare(request, scope)
    overview = gathering.overview(scope, request.user, request.GET)
    wanted = request.GET.get("round", round)
    if wanted != round and any(round_.slug == wanted for round_ in overview.rounds):
        # What this round does not know the other may; if not, the page there says so.
        asked = {name: request.GET[name] for name in overview.filters.values if request.GET.get(name)}
        return redirect(f"{reverse('reports:compare', args=[wanted])}?{overview.filters.query(**asked)}")
    compared = kept.drawn("reports/_compared.html", overview, overview.rounds)
    return render(request, "reports/compare.html", {"overview": overview, "compared": compared})


@require_safe
def draft(request: SignedInRequest, round: str, partnership: str) -> HttpResponseBase:
    """Give the partnership its answers so far as a report that says "Draft" on every page; it is never stored."""
    assessment = assessment_to_read(request.user, round, partnership).assessment
    if assessment.status == Assessment.Status.SUBMITTED:
        return redirect("reports:pdf", round, partnership)
    context = contexts.of_draft(
        draft_document(assessment, request.arrived_at), request.arrived_at.astimezone(LONDON).date()
    )
    try:
        content = pdf_files.rendered(context)
    except pdf_files.PdfUnavailable:
        return as_a_page(request, context)
    except pdf_files.PdfTooHeavy:
        return too_heavy(request)
    return inline(content, f"{partnership}-{round}-draft.pdf")


def inline(content: bytes, name: str) -> HttpResponse:
    """Send a PDF to be shown in the browser."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


def as_a_page(
    request: HttpRequest, context: ReportContext, template: str = "reports/report.html", notice: str = ""
) -> HttpResponse:
    """Show a report without PDF, with the reason."""
    notice = notice or _("This server cannot make PDFs yet, so here is the same report as a page. You can print it.")
    page = {"report": context, "stylesheet": static("css/report.css"), "notice": notice}
    return render(request, template, page)


def too_heavy(request: HttpRequest) -> HttpResponse:
    """Say that a PDF took more than it may take."""
    return render(request, "reports/too_heavy.html", status=503)
