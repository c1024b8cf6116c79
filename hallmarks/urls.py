"""Addresses of the app."""

from django.urls import path

from hallmarks import urls_crosswalk, urls_drafts, urls_formats, urls_preview, urls_publishing, views

app_name = "hallmarks"

urlpatterns = [
    path("", views.index, name="index"),
    path("load/", views.load, name="load"),
    *urls_crosswalk.urlpatterns,
    *urls_formats.urlpatterns,
    path("<slug:framework>/<slug:version>/", views.version, name="version"),
    *urls_preview.urlpatterns,
    *urls_publishing.urlpatterns,
    *urls_drafts.urlpatterns,
    path("<slug:framework>/<slug:version>/<str:code>/", views.criterion, name="criterion"),
]
