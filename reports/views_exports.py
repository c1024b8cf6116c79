"""What can be taken away: tables for spreadsheets, charts as drawings, a round as a package of data."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from reports import (
    access,
    criterion_files,
    exports,
    gathering,
    package_contents,
    pictures,
    released_page,
    releasing,
    views_criterion,
    views_release,
    views_taking,
)
from reports.criterion_sheet import CriterionSheet
from reports.overview import Overview
from reports.released_page import ReleasedPage


@require_safe
def compare_table(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give the comparison that an address asks for as a table; 404 to a partnership before there is a release."""
    page = _compared(request, round)
    table = exports.comparison_rows(page) if isinstance(page, Overview) else released_page.table(page)
    return downloads.table_file(form, _("Comparison"), table, "comparison", round, *_about(page))


@require_safe
def compare_svg(request: SignedInRequest, round: str) -> HttpResponse:
    """Give the bars of the same comparison as a drawing."""
    page = _compared(request, round)
    return downloads.drawing_file(pictures.comparison(page), "comparison", round, *_about(page))


@require_safe
def criterion_table(request: SignedInRequest, round: str, code: str, form: str) -> HttpResponse:
    """Give a criterion's page as a table."""
    sheet = _sheet(request, round, code)
    table = criterion_files.criterion_table(sheet)
    return downloads.table_file(form, sheet.asked.code, table, "criterion", round, sheet.asked.code, sheet.area)


@require_safe
def strip(request: SignedInRequest, round: str, code: str) -> HttpResponse:
    """Give a criterion's strip as a drawing."""
    sheet = _sheet(request, round, code)
    return downloads.drawing_file(pictures.strip(sheet), "strip", round, sheet.asked.code, sheet.area)


@require_safe
def trend(request: SignedInRequest, round: str, code: str) -> HttpResponse:
    """Give a criterion's bars over the rounds as a drawing."""
    sheet = _sheet(request, round, code)
    return downloads.drawing_file(pictures.trend(sheet), "trend", round, sheet.asked.code, sheet.area)


@require_safe
def whole_round(request: SignedInRequest, round: str, form: str) -> HttpResponseBase:
    """Give all of a round that the person may have as one package of data."""
    scope = access.scope(request.user, round)
    return views_taking.sent(package_contents.package_of(scope, timezone.now()), form, "data-package", round)


def _compared(request: SignedInRequest, round_slug: str) -> Overview | ReleasedPage:
    scope = access.scope(request.user, round_slug)
    if not scope.reads_release:
        return gathering.overview(scope, request.user, request.GET)
    released = releasing.released(scope.round, timezone.now())
    if released is None:
        raise Http404
    return views_release.page_of(request, scope, released)


def _about(page: Overview | ReleasedPage) -> tuple[str, ...]:
    return (page.area,) if isinstance(page, Overview) else (page.own.slug, page.compared.group.kind)


def _sheet(request: SignedInRequest, round_slug: str, code: str) -> CriterionSheet:
    sheet = views_criterion.sheet_of(request, round_slug, code)
    if sheet is None:
        raise Http404
    return sheet
