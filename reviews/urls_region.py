"""Addresses of a region in a round that are not a partnership's: the list as a file, and reminders."""

from django.urls import path

from reviews.views import region, reminders

urlpatterns = [
    path("partnerships.csv", region.region_file, {"form": "csv"}, name="region_csv"),
    path("partnerships.xlsx", region.region_file, {"form": "xlsx"}, name="region_xlsx"),
    path("reminders/", reminders.reminders, name="reminders"),
]
