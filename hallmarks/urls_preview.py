"""Addresses of what a version changes, and of hints on its texts."""

from django.urls import path

from hallmarks import views_preview

urlpatterns = [
    path("<slug:framework>/<slug:version>/changes/", views_preview.changes, name="changes"),
    path("<slug:framework>/<slug:version>/hints/", views_preview.hints, name="hints"),
]
