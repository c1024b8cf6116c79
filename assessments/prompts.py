"""Questions that a rating raises, for the partnership to think about once more: prompts, never blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.agreement import Middle, far_from_most
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


def prompts_about(rated: Rated) -> tuple[Prompt, ...]:
    """Return what a rating makes one ask: nothing where there is no level, or none higher than another."""
    if rated.level is None or not rated.question.criterion.scale.is_ordered:
        return ()
    return (*_few_signs(rated, rated.level), *_far_from_most(rated, rated.level))


def _few_signs(rated: Rated, level: Level) -> Iterator[Prompt]:
    """The top level with fewer than half of the signs in place."""
    signs = len(rated.question.indicators)
    if not rated.is_top or rated.in_place * 2 >= signs:
        return
    words = {"level": level.name, "n": rated.in_place, "m": signs}
    if rated.answered:
        yield Prompt(FEW_SIGNS, _("%(level)s, with %(n)s of %(m)s signs in place: what makes it so?") % words)
    else:
        yield Prompt(FEW_SIGNS, _("%(level)s, with signs not answered yet: what makes it so?") % words)


def _far_from_most(rated: Rated, level: Level) -> Iterator[Prompt]:
    """A level two or more away from what more than half of the agencies saw."""
    if far_from_most(level.position, rated.agencies, FAR):
        words = _("%(level)s, where most agencies saw it two levels away or more: why this level?")
        yield Prompt(FAR_FROM_MOST, words % {"level": level.name})
