"""How far an assessment is: counted by section, with the first question that needs somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where one question or one section stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


@dataclass(frozen=True)
class Item:
    """One question: its code, its section's code, and what has been done about it."""

    code: str
    section: str
    is_answered: bool
    is_begun: bool


@dataclass(frozen=True)
class SectionProgress:
    """One section's counts; `next_code` is its first unanswered question, or else its first."""

    section: str
    answered: int
    total: int
    is_begun: bool
    next_code: str

    @property
    def state(self) -> State:
        """The section's place: done when all is answered, not started when nothing is."""
        if self.answered == self.total:
            return State.DONE
        return State.IN_PROGRESS if self.is_begun else State.NOT_STARTED


@dataclass(frozen=True)
class Progress:
    """The whole assessment's counts."""

    sections: tuple[SectionProgress, ...]
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many questions are asked."""
        return sum(section.total for section in self.sections)

    @property
    def answered(self) -> int:
        """How many count as answered."""
        return sum(section.answered for section in self.sections)

    @property
    def is_complete(self) -> bool:
        """Whether everything is answered."""
        return not self.missing

    @property
    def percent(self) -> float:
        """The share answered, from 0 to 100, to one decimal; for a bar's width."""
        return round(100 * self.answered / self.total, 1) if self.total else 0.0

    @property
    def next_code(self) -> str | None:
        """The first question that needs an answer, or None."""
        return self.missing[0] if self.missing else None


def tally(items: Iterable[Item]) -> Progress:
    """Count the items, which come in published order, section by section."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.section, []).append(item)
    return Progress(
        sections=tuple(_section(code, members) for code, members in grouped.items()),
        missing=tuple(item.code for members in grouped.values() for item in members if not item.is_answered),
    )


def _section(code: str, items: Sequence[Item]) -> SectionProgress:
    waiting = [item.code for item in items if not item.is_answered]
    return SectionProgress(
        section=code,
        answered=len(items) - len(waiting),
        total=len(items),
        is_begun=any(item.is_begun for item in items),
        next_code=(waiting or [items[0].code])[0],
    )
