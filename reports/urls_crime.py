"""Addresses of calibration and of ratings beside recorded crime."""

from django.urls import path

from reports import views_crime, views_crime_load

urlpatterns = [
    path("crime-figures/load/", views_crime_load.load, name="crime_load"),
    path("compare/crime/<slug:partnership>/", views_crime.crime_over_time, name="crime_over_time"),
    path("compare/<slug:round>/calibration/", views_crime.calibration, name="calibration"),
    path("compare/<slug:round>/crime/", views_crime.crime, name="crime"),
]
