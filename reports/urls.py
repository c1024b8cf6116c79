"""Addresses of the app."""

from django.urls import path

from reports import urls_case_study, urls_crime, urls_criterion, urls_exports, urls_heat, views

app_name = "reports"

urlpatterns = [
    path("compare/", views.compare_index, name="compare_index"),
    path("compare/<slug:round>/", views.compare, name="compare"),
    path("reports/<slug:round>/<slug:partnership>/report.pdf", views.pdf, name="pdf"),
    path("reports/<slug:round>/<slug:partnership>/draft.pdf", views.draft, name="draft"),
    *urls_case_study.urlpatterns,
    *urls_heat.urlpatterns,
    *urls_exports.urlpatterns,
    *urls_crime.urlpatterns,
    *urls_criterion.urlpatterns,
]
