"""Address of a Government Office's report on its region."""

from django.urls import path

from reports import views_regional

urlpatterns = [
    path(
        "reports/<slug:round>/regions/<slug:region>/regional-report.pdf",
        views_regional.regional_report,
        name="regional",
    ),
]
