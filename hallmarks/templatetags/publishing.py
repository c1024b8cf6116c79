"""Whether a set is only announced, for pages that show sets."""

from django import template
from django.utils import timezone

from hallmarks.models import Version

register = template.Library()


@register.filter
def is_announced(version: Version) -> bool:
    """Say whether a version is published, and in force only from a day to come."""
    return version.is_announced_on(timezone.localdate())
