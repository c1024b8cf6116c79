"""The address that confirms what was carried forward; `assessments.urls` takes it in."""

from django.urls import URLPattern, path

from assessments.views import criterion

urlpatterns: list[URLPattern] = [
    path("assessments/<slug:round>/<slug:partnership>/criteria/<str:code>/confirm/", criterion.confirm, name="confirm"),
]
