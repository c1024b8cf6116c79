"""Addresses of the app."""

from django.urls import URLPattern

app_name = "hallmarks"

urlpatterns: list[URLPattern] = []
