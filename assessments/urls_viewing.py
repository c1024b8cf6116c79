"""Addresses of views: a member's own before the reveal, everybody's after it."""

from django.urls import path

from assessments.views import viewing

DESK = "assessments/<slug:round>/<slug:partnership>/"

urlpatterns = [
    path(DESK + "views/", viewing.views, name="views"),
    path(DESK + "reveal/", viewing.reveal, name="views_reveal"),
    path(DESK + "views/<str:code>/", viewing.view, name="view"),
    path(DESK + "views/<str:code>/take-back/", viewing.take_back, name="view_take_back"),
]
