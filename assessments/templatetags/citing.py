"""Who cites a case study, for its page, which lies in a lower row of the house."""

from django import template

from assessments.citing import Citing, partnerships_citing
from casestudies.models import CaseStudy

register = template.Library()


@register.simple_tag
def cited_by(case_study: CaseStudy) -> list[Citing]:
    """Return the partnerships that cite it in what they submitted."""
    return partnerships_citing(case_study)
