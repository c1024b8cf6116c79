"""Addresses of the Government Office's pages: a region, a round in it, a submission in that round."""

from django.urls import path

from reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:region>/<slug:round>/", views.region, name="region"),
    path("<slug:region>/<slug:round>/<slug:partnership>/", views.submission, name="submission"),
]
