"""Addresses of a region's lists to compare with; included first, because a round could be called "lists"."""

from django.urls import path

from reviews.views import lists

LISTS = "<slug:region>/lists/"

urlpatterns = [
    path(LISTS, lists.index, name="lists"),
    path(LISTS + "new/", lists.new, name="list_new"),
    path(LISTS + "<slug:code>/", lists.edit, name="list_edit"),
    path(LISTS + "<slug:code>/delete/", lists.delete, name="list_delete"),
]
