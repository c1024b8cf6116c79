"""Addresses of the Government Office's pages (a region, a round in it, a submission), and of the partnership's."""

from django.urls import URLPattern, URLResolver, include, path

from reviews.views import region

app_name = "reviews"

REGIONS: list[URLPattern | URLResolver] = [
    path("", region.index, name="index"),
    path("", include("reviews.urls_lists")),
    path("<slug:region>/<slug:round>/", region.region, name="region"),
    path("<slug:region>/<slug:round>/", include("reviews.urls_region")),
    path("<slug:region>/<slug:round>/<slug:partnership>/", include("reviews.urls_reviewing")),
]

urlpatterns = [
    path("regions/", include(REGIONS)),
    path("assessments/<slug:round>/<slug:partnership>/", include("reviews.urls_partnership")),
]
