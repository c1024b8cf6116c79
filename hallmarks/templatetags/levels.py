"""Levels in templates: every page shows them through `hallmarks/_level.html`, which wants a label."""

from typing import Protocol

from django import template

from hallmarks.marks import Label, label_at
from hallmarks.models import Level

register = template.Library()


class Rated(Protocol):
    """What is rated on a scale: one criterion, or all that the scale is used for."""

    @property
    def is_statutory(self) -> bool:
        """Whether the law asks for it."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The scale's levels."""


@register.filter
def label_on(level: Level, rated: Rated) -> Label:
    """Return how a level is shown on the scale of what is rated."""
    return label_at(level.position, len(rated.levels), level.name, statutory=rated.is_statutory)
