"""Addresses of the app."""

from django.urls import path

from reports import (
    urls_case_study,
    urls_crime,
    urls_criterion,
    urls_exports,
    urls_heat,
    urls_regional,
    urls_schemas,
    urls_stored,
    urls_taking,
    urls_verify,
    views,
)

app_name = "reports"

urlpatterns = [
    path("compare/", views.compare_index, name="compare_index"),
    path("compare/<slug:round>/", views.compare, name="compare"),
    path("reports/<slug:round>/<slug:partnership>/draft.pdf", views.draft, name="draft"),
    *urls_stored.urlpatterns,
    *urls_case_study.urlpatterns,
    *urls_heat.urlpatterns,
    *urls_regional.urlpatterns,
    *urls_taking.urlpatterns,
    *urls_exports.urlpatterns,
    *urls_crime.urlpatterns,
    *urls_criterion.urlpatterns,
    *urls_schemas.urlpatterns,
    *urls_verify.urlpatterns,
]
