"""What was said in the last round of one criterion on the agenda."""

from collections.abc import Mapping

from django import template

from assessments.last_round import LastAnswer

register = template.Library()


@register.filter
def at(answers: Mapping[str, LastAnswer], lineage: str) -> LastAnswer | None:
    """Return the answer of a lineage, if there is one."""
    return answers.get(lineage)
