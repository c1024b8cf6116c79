"""Addresses of stored reports, of how far they are, and of all of a region's."""

from django.urls import path

from reports import views_region_reports, views_stored
from reports.kinds import KINDS

SUBMISSION = "reports/<slug:round>/<slug:partnership>/"
REGION = "reports/<slug:round>/regions/<slug:region>/"

urlpatterns = [
    # Before those of a partnership, which could be taken to be called "regions".
    path(REGION, views_region_reports.progress, name="region_progress"),
    path(REGION + "progress.json", views_region_reports.progress_state, name="region_progress_state"),
    path(REGION + "reports.zip", views_region_reports.every_report, name="region_reports"),
    *(
        path(f"{SUBMISSION}{name}.pdf", views_stored.pdf, {"kind": name}, name=kind.view.partition(":")[2])
        for name, kind in KINDS.items()
    ),
    path(SUBMISSION + "<slug:kind>/progress/", views_stored.progress, name="progress"),
    path(SUBMISSION + "<slug:kind>/progress.json", views_stored.progress_state, name="progress_state"),
]
