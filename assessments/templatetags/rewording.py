"""What became of a criterion's words, in templates."""

from django import template

from assessments import rewording
from assessments.carry_forward import Path

register = template.Library()


@register.filter
def sides(path: Path) -> tuple[rewording.Side, rewording.Side]:
    """Return how a criterion read before, and how it reads now."""
    return rewording.sides(path)
