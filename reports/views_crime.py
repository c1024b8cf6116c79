"""Calibration, and ratings beside recorded crime."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reports import access, calibration_page, calibration_queries, crime_access, crime_page, heat_queries, queries
from reports.calibration_page import CalibrationPage


@require_safe
def calibration(request: SignedInRequest, round: str) -> HttpResponse:
    """Show how far partnerships and Government Offices see the same levels, by criterion and by region."""
    scope = access.remit(request.user, round)
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
    page = CalibrationPage(scope.round, area, choices, parts, has_others=scope.regions is not None)
    return render(request, "reports/calibration.html", {"page": page})


@require_safe
def crime(request: SignedInRequest, round: str) -> HttpResponse:
    """Show ratings beside the change in recorded crime; to a partnership its own alone."""
    scope = access.scope(request.user, round)
    rows = heat_queries.rows([scope.round])[scope.round.slug]
    return render(request, "reports/crime.html", {"page": crime_page.crime_page(scope, rows)})


@require_safe
def crime_over_time(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Show one partnership's figures over time with its submissions marked."""
    found, regions = crime_access.partnership_over_time(request.user, partnership)
    return render(request, "reports/crime_over_time.html", {"page": crime_page.time_page(found, regions)})
