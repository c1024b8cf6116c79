"""Addresses of what a draft changes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
