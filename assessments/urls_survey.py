"""Addresses of the front-line check: the partnership's, and the public ones, which name nobody."""

from django.urls import path

from assessments.views import survey

HERE = "assessments/<slug:round>/<slug:partnership>/front-line/"

urlpatterns = [
    path(HERE, survey.survey, name="survey"),
    path(HERE + "link/", survey.renew, name="survey_renew"),
    path(HERE + "close/", survey.close, name="survey_close"),
    # Without an account; a token is never as short as "sent".
    path("front-line/sent/", survey.sent, name="survey_sent"),
    path("front-line/<str:token>/", survey.answer, name="survey_answer"),
]
