"""Addresses of calibration and of ratings beside recorded crime."""

from django.urls import path

from reports import views_crime, views_crime_load

ROUND = "compare/<slug:round>/"
OVER_TIME = "compare/crime/<slug:partnership>/"

urlpatterns = [
    path("crime-figures/load/", views_crime_load.load, name="crime_load"),
    path(OVER_TIME, views_crime.crime_over_time, name="crime_over_time"),
    path(OVER_TIME + "figures.csv", views_crime.crime_over_time_file, {"form": "csv"}, name="crime_over_time_csv"),
    path(OVER_TIME + "figures.xlsx", views_crime.crime_over_time_file, {"form": "xlsx"}, name="crime_over_time_xlsx"),
    path(OVER_TIME + "figures.svg", views_crime.crime_over_time_svg, name="crime_over_time_svg"),
    path(ROUND + "calibration/", views_crime.calibration, name="calibration"),
    path(ROUND + "calibration.csv", views_crime.calibration_file, {"form": "csv"}, name="calibration_csv"),
    path(ROUND + "calibration.xlsx", views_crime.calibration_file, {"form": "xlsx"}, name="calibration_xlsx"),
    path(ROUND + "crime/", views_crime.crime, name="crime"),
    path(ROUND + "crime.csv", views_crime.crime_file, {"form": "csv"}, name="crime_csv"),
    path(ROUND + "crime.xlsx", views_crime.crime_file, {"form": "xlsx"}, name="crime_xlsx"),
    path(ROUND + "crime.svg", views_crime.crime_svg, name="crime_svg"),
    path(ROUND + "crime-totals.csv", views_crime.crime_totals_file, {"form": "csv"}, name="crime_totals_csv"),
    path(ROUND + "crime-totals.xlsx", views_crime.crime_totals_file, {"form": "xlsx"}, name="crime_totals_xlsx"),
]
