"""Addresses of finding: the page, and the feed of what is new; they stand before those of partnerships."""

from django.urls import path

from casestudies.views import feeds, searching

urlpatterns = [
    path("", searching.index, name="index"),
    path("feed.atom", feeds.feed, name="feed"),
]
