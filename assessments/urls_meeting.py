"""Addresses of the meeting at which a partnership agrees its ratings."""

from django.urls import path

from assessments.views import meeting

MEETING = "assessments/<slug:round>/<slug:partnership>/meeting/"

urlpatterns = [
    path(MEETING, meeting.meeting, name="meeting"),
    path(MEETING + "agenda/", meeting.agenda, name="meeting_agenda"),
    path(MEETING + "<str:code>/", meeting.criterion, name="meeting_criterion"),
]
