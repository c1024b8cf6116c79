"""Addresses of lineage, publishing and withdrawing."""

from django.urls import path

from hallmarks import views_publishing

urlpatterns = [
    path("<slug:framework>/<slug:version>/lineage/", views_publishing.lineage, name="lineage"),
    path("<slug:framework>/<slug:version>/publish/", views_publishing.publish, name="publish"),
    path("<slug:framework>/<slug:version>/withdraw/", views_publishing.withdraw, name="withdraw"),
]
