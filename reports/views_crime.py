"""Calibration, and ratings beside recorded crime."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from reports import (
    access,
    calibration_files,
    calibration_page,
    calibration_queries,
    crime_access,
    crime_files,
    crime_page,
    crime_pictures,
    crime_queries,
    crime_time,
    heat_queries,
    queries,
)
from reports.calibration_page import CalibrationPage
from reports.crime_page import CrimePage
from reports.crime_time import TimePage


@require_safe
def calibration(request: SignedInRequest, round: str) -> HttpResponse:
    """Show how far partnerships and Government Offices see the same levels, by criterion and by region."""
    return render(request, "reports/calibration.html", {"page": _calibration(request, round)})


@require_safe
def calibration_file(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give the same as a file."""
    page = _calibration(request, round)
    table = calibration_files.table(page)
    return downloads.table_file(form, _("Self against reviewer"), table, "calibration", round, page.area)


@require_safe
def crime(request: SignedInRequest, round: str) -> HttpResponse:
    """Show ratings beside the change in recorded crime; to a partnership its own alone."""
    return render(request, "reports/crime.html", {"page": _crime(request, round)})


@require_safe
def crime_file(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give the same as a file."""
    table = crime_files.table(_crime(request, round))
    return downloads.table_file(form, _("Recorded crime"), table, "crime", round)


@require_safe
def crime_totals_file(request: SignedInRequest, round: str, form: str) -> HttpResponse:
    """Give printed totals beside computed ones as a file; 404 to partnerships, whose page has none."""
    access.remit(request.user, round)
    table = crime_files.totals_table(crime_queries.printed_totals())
    return downloads.table_file(form, _("Totals"), table, "crime-totals")


@require_safe
def crime_svg(request: SignedInRequest, round: str) -> HttpResponse:
    """Give the scatter as a drawing, with the same area marked; 404 where there is none."""
    page = _crime(request, round)
    if not page.has_picture:
        raise Http404
    return downloads.drawing_file(crime_pictures.scatter(page), "crime", round, page.picked.slug)


@require_safe
def crime_over_time(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Show one partnership's figures over time with its submissions marked."""
    return render(request, "reports/crime_over_time.html", {"page": _over_time(request, partnership)})


@require_safe
def crime_over_time_file(request: SignedInRequest, partnership: str, form: str) -> HttpResponse:
    """Give the same as a file."""
    table = crime_files.time_table(_over_time(request, partnership))
    return downloads.table_file(form, _("Recorded crime"), table, "crime", partnership)


@require_safe
def crime_over_time_svg(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Give the picture of the same as a drawing; 404 where there is none."""
    page = _over_time(request, partnership)
    if not page.figures:
        raise Http404
    return downloads.drawing_file(crime_pictures.timeline(page), "crime", partnership)


def _calibration(request: SignedInRequest, round_slug: str) -> CalibrationPage:
    scope = access.remit(request.user, round_slug)
    regions = calibration_queries.regions()
    chosen, choices = calibration_page.area_wanted(request.GET.get("region", ""), scope, regions)
    only = frozenset({chosen.pk}) if chosen else None
    parts = calibration_page.parts_of(
        scope,
        queries.asked(scope.round),
        regions,
        calibration_queries.by_region(scope.round),
        calibration_queries.by_criterion(scope.round, only),
    )
    area = next(choice.label for choice in choices if choice.is_selected)
    return CalibrationPage(scope.round, area, choices, parts, scope.regions is not None, scope.rounds)


def _crime(request: SignedInRequest, round_slug: str) -> CrimePage:
    scope = access.scope(request.user, round_slug)
    rows = heat_queries.rows([scope.round])[scope.round.slug]
    return crime_page.crime_page(scope, rows, request.GET.get("partnership", ""))


def _over_time(request: SignedInRequest, slug: str) -> TimePage:
    return crime_time.time_page(*crime_access.partnership_over_time(request.user, slug))
