"""Which agencies stand beside one level."""

from django import template

from assessments.agency_views import CriterionViews, Voice
from hallmarks.models import Level

register = template.Library()


@register.filter
def at_level(views: CriterionViews | None, level: Level | None) -> tuple[Voice, ...]:
    """Return the agencies that see a criterion at a level; nobody before the reveal, or beside “does not apply”."""
    rows = views.rows if views else []
    return next((row.voices for row in rows if row.level == level), ())
