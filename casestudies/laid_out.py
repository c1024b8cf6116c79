"""An article in the order in which it is read: what is written, under which heading, and what is still blank."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.article import Article
from casestudies.parts import COSTS, EFFECT_WORDS, GUIDE, Part
from casestudies.sara import STEPS, Step


@dataclass(frozen=True)
class LaidOut:
    """The parts that have a text, and the names of those that have none."""

    guide: Sequence[tuple[Part, str]]
    steps: Sequence[tuple[Step, str]]
    costs: Sequence[tuple[Part, str]]
    blank: Sequence[Promise]

    @property
    def contents(self) -> list[tuple[str, Promise]]:
        """The headings of the page, by the names under which addresses lead to them."""
        guide = [("guide", GUIDE_TITLE)] if self.guide else []
        costs = [("costs", COSTS_TITLE)] if self.costs else []
        return [*guide, *((step.field, step.title) for step, _text in self.steps), *costs, ("effect", EFFECT_TITLE)]


GUIDE_TITLE = _("To do the same")
COSTS_TITLE = _("Cost and time")
EFFECT_TITLE = _("Evidence of effect")


def laid_out(article: Article) -> LaidOut:
    """Return an article's parts in order."""
    every = (*GUIDE, *STEPS, *COSTS, EFFECT_WORDS)
    return LaidOut(
        guide=[(part, text) for part in GUIDE if (text := getattr(article, part.field))],
        steps=[(step, text) for step in STEPS if (text := getattr(article, step.field))],
        costs=[(part, text) for part in COSTS if (text := getattr(article, part.field))],
        blank=[part.title for part in every if not getattr(article, part.field)],
    )
