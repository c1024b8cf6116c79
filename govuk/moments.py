"""Dates and times as GOV.UK writes them: 31 March 2027, 2:02pm."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DAYS_A_WEEK, DAYS_A_YEAR, MONTHS_A_YEAR = 7, 365, 12
# Two months and two years: until then the smaller unit says more.
DAYS_TOLD_IN_WEEKS, DAYS_TOLD_IN_MONTHS = 61, 730


def time_of_day(moment: datetime.datetime) -> str:
    """Return a time such as “2:02pm”, in the portal's time zone."""
    local = timezone.localtime(moment)
    return date_format(local, "g:i") + _("am" if local.hour < 12 else "pm")


def moment_in_words(moment: datetime.datetime) -> str:
    """Return a date and time such as “31 March 2027, 2:02pm”."""
    return f"{date_format(timezone.localtime(moment), 'j F Y')}, {time_of_day(moment)}"


def in_days(day: datetime.date) -> str:
    """Return how far a day is from today, such as “in 12 days”; blank once it has passed."""
    left = (day - timezone.localdate()).days
    if left < 0:
        return ""
    if left == 0:
        return _("today")
    return _("tomorrow") if left == 1 else ngettext("in %(left)d day", "in %(left)d days", left) % {"left": left}


def overdue(day: datetime.date) -> str:
    """Return how long a day is past, such as “3 weeks overdue”; blank until it has passed."""
    days = (timezone.localdate() - day).days
    if days <= 0:
        return ""
    if days < DAYS_A_WEEK:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    if days < DAYS_TOLD_IN_WEEKS:
        weeks = days // DAYS_A_WEEK
        return ngettext("%(n)d week overdue", "%(n)d weeks overdue", weeks) % {"n": weeks}
    if days < DAYS_TOLD_IN_MONTHS:
        months = days * MONTHS_A_YEAR // DAYS_A_YEAR
        return ngettext("%(n)d month overdue", "%(n)d months overdue", months) % {"n": months}
    years = days // DAYS_A_YEAR
    return ngettext("%(n)d year overdue", "%(n)d years overdue", years) % {"n": years}
