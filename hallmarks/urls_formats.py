"""Addresses of criteria as files."""

from django.urls import path

from hallmarks import views_formats

urlpatterns = [
    path("<slug:framework>/<slug:version>/criteria.<slug:form>", views_formats.version_file, name="version_file"),
]
