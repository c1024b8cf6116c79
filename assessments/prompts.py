"""Questions that a rating raises, for the partnership to think about once more: prompts, never blocks."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.agency_views import CriterionViews
from assessments.agreement import Middle, far_from_most
from assessments.models import IndicatorAnswer, Rating
from hallmarks.models import Level
from hallmarks.outline import Question

# An agreed level so many levels away from most agencies' views asks why.
FAR = 2


@dataclass(frozen=True)
class Rated:
    """A rating as prompts look at it: how many signs were answered and are in place, and the revealed views."""

    question: Question
    level: Level | None
    answered: int = 0
    in_place: int = 0
    agencies: Mapping[str, Middle] = field(default_factory=dict)

    @property
    def is_top(self) -> bool:
        """Whether it is the highest level there is."""
        return self.level == self.question.levels[-1]


@dataclass(frozen=True)
class Prompt:
    """One question in words, with what kind it is."""

    kind: str
    text: str


FEW_SIGNS, FAR_FROM_MOST = "few_signs", "far_from_most"


def rated(
    question: Question, level: Level | None, answers: Collection[str], views: CriterionViews | None = None
) -> Rated:
    """Return a rating with its signs' answers (yes, partly, no) and the views, where they are revealed."""
    in_place = sum(answer == IndicatorAnswer.Answer.YES for answer in answers)
    return Rated(question, level, len(answers), in_place, views.spread.agencies if views else {})


def prompts_of(
    question: Question, rating: Rating | None, answers: Collection[str], views: CriterionViews | None
) -> tuple[Prompt, ...]:
    """Return what a rating that counts as answered makes one ask; there is nothing to ask of any other."""
    if rating is None or not rating.is_answered:
        return ()
    return prompts_about(rated(question, question.level_by_id(rating.level_id), answers, views))


def prompts_about(found: Rated) -> tuple[Prompt, ...]:
    """Return what a level makes one ask: nothing where there is none, or none is higher than another."""
    if found.level is None or not found.question.criterion.scale.is_ordered:
        return ()
    return (*_few_signs(found, found.level), *_far_from_most(found, found.level))


def _few_signs(found: Rated, level: Level) -> Iterator[Prompt]:
    """The top level with fewer than half of the signs in place."""
    signs = len(found.question.indicators)
    if not found.is_top or found.in_place * 2 >= signs:
        return
    words = {"level": level.name, "n": found.in_place, "m": signs}
    if found.answered:
        yield Prompt(FEW_SIGNS, _("%(level)s, with %(n)s of %(m)s signs in place: what makes it so?") % words)
    else:
        yield Prompt(FEW_SIGNS, _("%(level)s, with signs not answered yet: what makes it so?") % words)


def _far_from_most(found: Rated, level: Level) -> Iterator[Prompt]:
    """A level two or more away from what more than half of the agencies saw."""
    if far_from_most(level.position, found.agencies, FAR):
        words = _("%(level)s, where most agencies saw it two levels away or more: why this level?")
        yield Prompt(FAR_FROM_MOST, words % {"level": level.name})
