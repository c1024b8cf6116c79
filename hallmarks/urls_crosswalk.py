"""Addresses of links between sets."""

from django.urls import path

from hallmarks import views_crosswalk

LINK = "crosswalk/<slug:left>/<slug:left_lineage>/<slug:right>/<slug:right_lineage>/"

urlpatterns = [
    path("crosswalk/", views_crosswalk.crosswalk, name="crosswalk"),
    path("crosswalk/load/", views_crosswalk.load, name="crosswalk_load"),
    path("crosswalk/<slug:left>/<slug:right>/links.csv", views_crosswalk.crosswalk_csv, name="crosswalk_csv"),
    path("crosswalk/<slug:left>/<slug:right>/add/", views_crosswalk.add, name="link_add"),
    path(LINK, views_crosswalk.change, name="link"),
    path(LINK + "remove/", views_crosswalk.remove, name="link_remove"),
]
