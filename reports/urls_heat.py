"""Addresses of heat maps and of strengths and weaknesses."""

from django.urls import path

from reports import views_heat

ROUND = "compare/<slug:round>/"
REGION = ROUND + "regions/<slug:region>/"

urlpatterns = [
    path(REGION + "heat-map/", views_heat.region, name="region_heat"),
    path(REGION + "heat-map.csv", views_heat.region_file, {"form": "csv"}, name="region_heat_csv"),
    path(REGION + "heat-map.xlsx", views_heat.region_file, {"form": "xlsx"}, name="region_heat_xlsx"),
    path(ROUND + "heat-map/", views_heat.nation, name="nation_heat"),
    path(ROUND + "heat-map.csv", views_heat.nation_file, {"form": "csv"}, name="nation_heat_csv"),
    path(ROUND + "heat-map.xlsx", views_heat.nation_file, {"form": "xlsx"}, name="nation_heat_xlsx"),
    path(ROUND + "strengths/", views_heat.strengths, name="strengths"),
    path(ROUND + "strengths.csv", views_heat.strengths_file, {"form": "csv"}, name="strengths_csv"),
    path(ROUND + "strengths.xlsx", views_heat.strengths_file, {"form": "xlsx"}, name="strengths_xlsx"),
]
