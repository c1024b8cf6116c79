"""Addresses of the app."""

from django.urls import URLPattern

app_name = "casestudies"

urlpatterns: list[URLPattern] = []
