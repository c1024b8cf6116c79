"""Addresses of the app; a file is named by the start of its SHA-256."""

from django.urls import path

from casestudies import urls_library, urls_public, urls_search, urls_writing, views

app_name = "casestudies"

ONE = "<slug:partnership>/<slug:slug>/"
FILES = f"{ONE}attachments/"

urlpatterns = [
    *urls_search.urlpatterns,
    *urls_library.urlpatterns,
    *urls_public.urlpatterns,
    *urls_writing.urlpatterns,
    path("<slug:partnership>/new/", views.new, name="new"),
    path(ONE, views.detail, name="detail"),
    path(f"{ONE}edit/", views.edit, name="edit"),
    path(f"{ONE}publish/", views.publish, name="publish"),
    path(FILES, views.attachments, name="attachments"),
    path(f"{FILES}<slug:fingerprint>/", views.attachment, name="attachment"),
    path(f"{FILES}<slug:fingerprint>/remove/", views.attachment_remove, name="attachment_remove"),
]
