"""Addresses that need no signing in; they stand before those of partnerships."""

from django.urls import path

from casestudies.views import public

ONE = "public/<slug:partnership>/<slug:slug>/"

urlpatterns = [
    path("public/", public.index, name="public_index"),
    path(ONE, public.article, name="public"),
    path(f"{ONE}attachments/<slug:fingerprint>/", public.attachment, name="public_attachment"),
]
