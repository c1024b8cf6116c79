"""Addresses of the app."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("compare/", views.compare_index, name="compare_index"),
    path("compare/<slug:round>/", views.compare, name="compare"),
    path("compare/<slug:round>/comparison.csv", views.compare_csv, name="compare_csv"),
    path("actions/<slug:partnership>/actions.csv", views.actions_csv, name="actions_csv"),
    path("reports/<slug:round>/<slug:partnership>/report.pdf", views.pdf, name="pdf"),
    path("reports/<slug:round>/<slug:partnership>/draft.pdf", views.draft, name="draft"),
]
