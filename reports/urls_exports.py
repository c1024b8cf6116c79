"""Addresses of what can be taken away; each takes the same query as the page beside it."""

from django.urls import path

from reports import views_exports as views

ROUND = "compare/<slug:round>/"
CRITERION = ROUND + "<str:code>/"

urlpatterns = [
    path(ROUND + "comparison.csv", views.compare_table, {"form": "csv"}, name="compare_csv"),
    path(ROUND + "comparison.xlsx", views.compare_table, {"form": "xlsx"}, name="compare_xlsx"),
    path(ROUND + "comparison.svg", views.compare_svg, name="compare_svg"),
    path(CRITERION + "criterion.csv", views.criterion_table, {"form": "csv"}, name="criterion_csv"),
    path(CRITERION + "criterion.xlsx", views.criterion_table, {"form": "xlsx"}, name="criterion_xlsx"),
    path(CRITERION + "strip.svg", views.strip, name="strip_svg"),
    path(CRITERION + "trend.svg", views.trend, name="trend_svg"),
]
