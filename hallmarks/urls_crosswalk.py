"""Addresses of links between sets."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
