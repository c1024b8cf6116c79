"""Addresses for checking a report, and for what came from other portals."""

from django.urls import path

from reports import views_received, views_verify

RECEIVED = "received/<slug:region>/"

urlpatterns = [
    path("verify/", views_verify.verify, name="verify"),
    path("verify/<slug:reference>/", views_verify.verify, name="verify_reference"),
    path(RECEIVED, views_received.received, name="received"),
    path(RECEIVED + "add/", views_received.received_add, name="received_add"),
    path(RECEIVED + "<slug:sha256>/", views_received.received_submission, name="received_submission"),
    path(RECEIVED + "<slug:sha256>/submission.json", views_received.received_json, name="received_json"),
]
