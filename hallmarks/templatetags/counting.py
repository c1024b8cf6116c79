"""From or until when a criterion counts, for templates."""

import datetime

from django import template

from hallmarks.models import Criterion
from hallmarks.wording import when_it_counts as in_words

register = template.Library()


@register.filter
def when_it_counts(criterion: Criterion, day: datetime.date) -> str:
    """Return such as “Announced, counts from 1 April 2027”; nothing where it always counts."""
    return in_words(criterion, day)
