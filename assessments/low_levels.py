"""Low levels, and whether anybody is doing something about them: a prompt, never a block."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assessments.models import Rating
from hallmarks.outline import Question

# How many steps count as low, of a scale that has at least one more: of three or four, the two lowest.
LOWEST = 2


@dataclass(frozen=True)
class Coverage:
    """The questions rated low, in published order, and those of them that no action takes up."""

    low: tuple[Question, ...]
    without: tuple[Question, ...]

    @property
    def taken_up(self) -> int:
        """How many of the low ratings have an action."""
        return len(self.low) - len(self.without)


def is_low(question: Question, rating: Rating | None) -> bool:
    """Say whether a rating that counts is at one of the two lowest levels (of three levels: all but the top)."""
    if rating is None or not rating.is_answered or not question.criterion.scale.is_ordered:
        return False
    return any(level.pk == rating.level_id for level in question.levels[: lowest(question)])


def lowest(question: Question) -> int:
    """Return how many of a question's levels are low."""
    return min(LOWEST, len(question.levels) - 1)


def coverage(rated: Iterable[tuple[Question, Rating | None]], taken_up: Collection[str]) -> Coverage:
    """Return what is low, and what of it is without an action; `taken_up` holds the lineages that have one."""
    low = tuple(question for question, rating in rated if is_low(question, rating))
    return Coverage(low, tuple(question for question in low if question.criterion.lineage not in taken_up))
