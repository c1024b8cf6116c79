"""Addresses of check sheets, yearly plans and the calendar link."""

from django.urls import path

from sharing.views import calendars, plans, sheets

app_name = "sharing"

HERE = "sharing/<slug:partnership>/"
SHEET = HERE + "<int:year>/<int:quarter>/"
PLAN = HERE + "plan/<int:year>/"

urlpatterns = [
    path(HERE, sheets.index, name="index"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(SHEET + "<int:number>/", sheets.line, name="sheet_line"),
    path(HERE + "plan/", plans.index, name="plan_index"),
    path(PLAN, plans.plan, name="plan"),
    path(PLAN + "<int:number>/", plans.line, name="plan_line"),
    path(PLAN + "copy/", plans.copy, name="plan_copy"),
    path(PLAN + "calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="feed"),
]
