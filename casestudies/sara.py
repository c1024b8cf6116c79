"""The four steps in which a case study is told: scanning, analysis, response, assessment."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step: the field that holds it, its name, what it means in plain words, and what to write."""

    field: str
    title: Promise
    explanation: Promise
    prompt: Promise
    too_long: Promise


STEPS = (
    Step(
        "scanning",
        _("Scanning"),
        _("What the problem was, and how it came to notice."),
        _("What was happening, where and when? Who was affected? How did you know?"),
        _("Scanning must be 10,000 characters or fewer. You entered %(show_value)d."),
    ),
    Step(
        "analysis",
        _("Analysis"),
        _("Why it happened: what the information showed about the causes."),
        _("What information did partners bring together? What did it show about the causes?"),
        _("Analysis must be 10,000 characters or fewer. You entered %(show_value)d."),
    ),
    Step(
        "response",
        _("Response"),
        _("What was done about it, and by whom."),
        _("What did each agency do, and in which order?"),
        _("Response must be 10,000 characters or fewer. You entered %(show_value)d."),
    ),
    Step(
        "assessment",
        _("Assessment"),
        _("Whether it worked."),
        _("What changed, by how much, and how do you know?"),
        _("Assessment must be 10,000 characters or fewer. You entered %(show_value)d."),
    ),
)
