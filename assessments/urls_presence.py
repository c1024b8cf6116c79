"""Addresses of working on one thing together: who is here, two texts at once, who changed what before."""

from django.urls import path

from assessments.views import criterion, history, presence

DESK = "assessments/<slug:round>/<slug:partnership>/"

urlpatterns = [
    path(DESK + "here/", presence.here, name="here"),
    path(DESK + "history/", history.assessment_history, name="history"),
    path(DESK + "criteria/<str:code>/merge/", criterion.merge, name="merge"),
    path(DESK + "criteria/<str:code>/history/", history.criterion_history, name="criterion_history"),
]
