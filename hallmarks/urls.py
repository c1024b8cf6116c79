"""Addresses of the app."""

from django.urls import path

from hallmarks import urls_formats, views

app_name = "hallmarks"

urlpatterns = [
    path("", views.index, name="index"),
    path("load/", views.load, name="load"),
    *urls_formats.urlpatterns,
    path("<slug:framework>/<slug:version>/", views.version, name="version"),
    path("<slug:framework>/<slug:version>/publish/", views.publish, name="publish"),
    path("<slug:framework>/<slug:version>/<str:code>/", views.criterion, name="criterion"),
]
