"""The one way in which pages tell when a round closes."""

import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from govuk.moments import in_days

register = template.Library()


@register.filter
def deadline(day: datetime.date) -> str:
    """Return a closing day such as “Closes at the end of 31 March 2027, in 12 days”; “Closed” only once it is over."""
    words = {"day": date_format(day, "j F Y"), "left": in_days(day)}
    if not words["left"]:
        return _("Closed at the end of %(day)s") % words
    return _("Closes at the end of %(day)s, %(left)s") % words
