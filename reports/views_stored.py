"""The reports of a submission: made once, ever the same bytes; and how far they are."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reports import making, printing, report_access, stored
from reports.kinds import KINDS, Kind
from reports.pdf import PdfTooHeavy, PdfUnavailable
from reports.printing import Unreadable
from reports.progress import FAILED, could_not, progress_of
from reports.stored import Report, ReportLost
from reports.views import as_a_page, inline, too_heavy
from reviews.views.numbers import number_asked

# "12,345 made before yours" would be more than anybody has.
HIGHEST = 99_999


@require_safe
def pdf(request: SignedInRequest, round: str, partnership: str, kind: str) -> HttpResponseBase:
    """Give a report, the current submission's unless `?number=` names another."""
    report = report_access.report_to_read(request.user, round, partnership, _kind(kind), number_asked(request))
    etag = f'"{report.key}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        known = report.row()
        if known is None and making.is_anybody_working():
            return redirect(_address("reports:progress", report, kind))
        is_there = known is not None and report.path.exists()
        if not is_there and (refusal := _not_made(request, report)):
            return refusal
        response = _file(report, kind)
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    return response


@require_safe
def progress(request: SignedInRequest, round: str, partnership: str, kind: str) -> HttpResponse:
    """Show how far a report is; one that waits for nobody is opened at once."""
    report = report_access.report_to_read(request.user, round, partnership, _kind(kind), number_asked(request))
    found = progress_of(report, _before(request))
    address = _pdf_address(report, kind)
    if found.is_over and found.state != FAILED:
        return redirect(address)
    state = _address("reports:progress_state", report, kind, of=found.of)
    again = _address("reports:progress", report, kind, of=found.of)
    context = {"report": report, "progress": found, "state": state, "again": again, "address": address}
    return render(request, "reports/progress.html", context)


@require_safe
def progress_state(request: SignedInRequest, round: str, partnership: str, kind: str) -> JsonResponse:
    """Tell the page's script the same."""
    report = report_access.report_to_read(request.user, round, partnership, _kind(kind), number_asked(request))
    found = progress_of(report, _before(request))
    next_look = _address("reports:progress_state", report, kind, of=found.of)
    return JsonResponse({"state": found.state, "words": found.told, "below": found.words, "next": next_look})


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _before(request: SignedInRequest) -> int:
    text = request.GET.get("of", "")
    return min(int(text), HIGHEST) if text.isascii() and text.isdecimal() and len(text) < len(str(HIGHEST)) + 1 else 0


def _not_made(request: SignedInRequest, report: Report) -> HttpResponse | None:
    """Make a report while its reader waits; return a page where that does not work."""
    try:
        stored.stored(report)
    except PdfUnavailable:
        return as_a_page(request, report.context(), printing.TEMPLATES[report.form])
    except PdfTooHeavy:
        return too_heavy(request)
    except Unreadable:
        return render(request, "reports/not_made.html", {"why": could_not()}, status=503)
    except ReportLost:
        return as_a_page(request, report.context(), printing.TEMPLATES[report.form], _lost())
    return None


def _lost() -> str:
    return _(
        "The file of this report was lost, and this server cannot make the same file again; here is what it says, as a"
        " page. Tell whoever runs this portal: the file is in the backup of its reports."
    )


def _file(report: Report, kind: str) -> HttpResponse:
    assessment = report.submission.assessment
    sent = "" if report.submission.is_current else f"-submission-{report.submission.number}"
    about = "" if kind == "report" else f"-{kind}"
    name = f"{assessment.partnership.slug}-{assessment.round.slug}{sent}{about}.pdf"
    return inline(report.path.read_bytes(), name)


def _pdf_address(report: Report, kind: str) -> str:
    return _address(_kind(kind).view, report)


def _address(view: str, report: Report, *kind: str, of: int = 0) -> str:
    assessment, submission = report.submission.assessment, report.submission
    asked: dict[str, int] = {} if submission.is_current else {"number": submission.number}
    query = urlencode(asked | ({"of": of} if of else {}))
    address = reverse(view, args=[assessment.round.slug, assessment.partnership.slug, *kind])
    return f"{address}?{query}" if query else address
