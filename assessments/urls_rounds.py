"""Addresses of the administrators' pages on rounds; `assessments.urls` takes them in."""

from django.urls import URLPattern, path

from assessments.views import rounds

urlpatterns: list[URLPattern] = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<slug:round>/", rounds.round_, name="round"),
    path("rounds/<slug:round>/closing-day/", rounds.round_deadline, name="round_deadline"),
    path("rounds/<slug:round>/views-day/", rounds.round_views_day, name="round_views_day"),
    path("rounds/<slug:round>/extensions/new/", rounds.round_extension, name="round_extension"),
    path("rounds/<slug:round>/partnerships/new/", rounds.round_partnership, name="round_partnership"),
]
