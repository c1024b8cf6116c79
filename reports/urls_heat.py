"""Addresses of heat maps and of strengths and weaknesses."""

from django.urls import path

from reports import views_heat

urlpatterns = [
    path("compare/<slug:round>/regions/<slug:region>/heat-map/", views_heat.region, name="region_heat"),
    path("compare/<slug:round>/regions/<slug:region>/heat-map.csv", views_heat.region_csv, name="region_heat_csv"),
    path("compare/<slug:round>/heat-map/", views_heat.nation, name="nation_heat"),
    path("compare/<slug:round>/heat-map.csv", views_heat.nation_csv, name="nation_heat_csv"),
    path("compare/<slug:round>/strengths/", views_heat.strengths, name="strengths"),
]
