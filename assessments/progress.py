"""How far an assessment is: counted by section, with the first question that needs somebody."""

from collections.abc import Iterable
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

    @property
    def state(self) -> State:
        """Where the question stands."""
        return _state(is_done=self.is_answered, is_begun=self.is_begun)


@dataclass(frozen=True)
class SectionProgress:
    """One section's questions, counted."""

    section: str
    items: tuple[Item, ...]

    @property
    def total(self) -> int:
        """How many questions are asked."""
        return len(self.items)

    @property
    def answered(self) -> int:
        """How many count as answered."""
        return sum(item.is_answered for item in self.items)

    @property
    def next_code(self) -> str:
        """The first unanswered question, or else the first."""
        return next((item.code for item in self.items if not item.is_answered), self.items[0].code)

    @property
    def state(self) -> State:
        """The section's place: done when all is answered, not started when nothing is."""
        return _state(is_done=self.answered == self.total, is_begun=any(item.is_begun for item in self.items))


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
        sections=tuple(SectionProgress(code, tuple(members)) for code, members in grouped.items()),
        missing=tuple(item.code for members in grouped.values() for item in members if not item.is_answered),
    )


def _state(*, is_done: bool, is_begun: bool) -> State:
    if is_done:
        return State.DONE
    return State.IN_PROGRESS if is_begun else State.NOT_STARTED
