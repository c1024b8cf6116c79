"""Addresses of lineage, publishing and withdrawing."""

from django.urls import path

from hallmarks import views_publishing

urlpatterns = [
    path("<slug:framework>/<slug:version>/publish/", views_publishing.publish, name="publish"),
]
