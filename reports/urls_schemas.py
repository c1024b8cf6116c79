"""Addresses of the schemas; documents name them, so they never change."""

from django.urls import path

from reports import views_schemas

urlpatterns = [
    path("schemas/", views_schemas.index, name="schemas"),
    path("schemas/<slug:kind>-1.json", views_schemas.schema, name="schema"),
]
