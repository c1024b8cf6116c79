"""The parts of a case study beside its four steps: what each is called, and what to write there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy
from casestudies.sara import STEPS


@dataclass(frozen=True)
class Part:
    """One answer: the field that holds it, its name, and what to write."""

    field: str
    title: Promise
    prompt: Promise


GUIDE = (
    Part("what_to_do", _("What to do"), _("The idea in a few sentences, for somebody with the same problem.")),
    Part("how_to_do_it", _("How to do it"), _("The steps, in order, and what each of them needs.")),
    Part("who_can_help", _("Who can help"), _("Agencies, teams and bodies by their names and roles, never a person.")),
    Part(
        "when_to_do_it",
        _("When to do it"),
        _("The right season or stage, and when it is too early or too late."),
    ),
)
COSTS = (
    Part("cost", _("Cost"), _("Money spent, who paid, and what came free.")),
    Part("time_taken", _("Time it took"), _("From the first meeting to the first result, and the hours of staff.")),
    Part("differently", _("What we would do differently"), _("What did not work, and what you know now.")),
)
EFFECT_WORDS = Part(
    "effect_words",
    _("What shows the effect"),
    _("What was measured, over which time, against what, and by whom."),
)
TITLE, SUMMARY, CONTACT, MAILBOX = (_("Title"), _("Summary"), _("Whom to ask"), _("Role mailbox"))
TAGS, CRITERIA, FILES = _("Tags"), _("Criteria it speaks to"), _("Files")

EFFECTS: Mapping[str, Any] = {
    CaseStudy.Effect.NONE: _("Nobody counted anything before and after."),
    CaseStudy.Effect.MONITORED: _("Figures were watched while the work went on."),
    CaseStudy.Effect.EVALUATED: _("Those who did the work compared before and after, or with another place."),
    CaseStudy.Effect.INDEPENDENT: _("Somebody outside the partnership compared, such as a university or an auditor."),
}

# What every field of an article is called, in the order in which pages show them.
LABELS: Mapping[str, Any] = {
    "title": TITLE,
    "summary": SUMMARY,
    **{step.field: step.title for step in STEPS},
    **{part.field: part.title for part in (*GUIDE, *COSTS)},
    "effect": _("Evidence of effect"),
    "effect_words": EFFECT_WORDS.title,
    "from_year": _("First year"),
    "to_year": _("Last year"),
    "place_type": _("Kind of place"),
    "tags": TAGS,
    "criteria": CRITERIA,
    "contact_role": CONTACT,
    "contact_mailbox": MAILBOX,
    "files": FILES,
}
