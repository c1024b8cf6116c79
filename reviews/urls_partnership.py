"""Addresses of the partnership's side of its review, below those of its assessment."""

from django.urls import path

from reviews.views import partnership

urlpatterns = [
    path("questions/", partnership.questions, name="questions"),
    path("questions/<slug:code>/", partnership.reply, name="reply"),
    path("recommendations/<slug:code>/", partnership.take_up, name="take_up"),
]
