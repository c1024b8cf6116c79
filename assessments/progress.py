"""How far an assessment is: counted by section, with the first question that needs somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where one question or one section stands."""

    NOT_STARTED = "not_started"
    TO_CONFIRM = "to_confirm"
    IN_PROGRESS = "in_progress"
    DONE = "done"


@dataclass(frozen=True)
class Item:
    """One question: its code, its section's code, and what has been done about it in this round.

    `is_to_confirm`: its answer was carried forward, and nobody has said yet that it is still true.
    """

    code: str
    section: str
    is_answered: bool
    is_begun: bool
    is_to_confirm: bool = False

    @property
    def state(self) -> State:
        """Where the question stands."""
        if self.is_to_confirm:
            return State.TO_CONFIRM
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
    def to_confirm(self) -> int:
        """How many were carried forward and wait for somebody to confirm them."""
        return sum(item.is_to_confirm for item in self.items)

    @property
    def begun(self) -> int:
        """How many somebody began in this round, and they do not count yet."""
        return sum(item.state == State.IN_PROGRESS for item in self.items)

    @property
    def next_code(self) -> str:
        """The first unanswered question, or else the first."""
        return next((item.code for item in self.items if not item.is_answered), self.items[0].code)

    @property
    def state(self) -> State:
        """The section's place: done when all is answered, not started when nothing was done about it in this round."""
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
    def to_confirm(self) -> int:
        """How many were carried forward and wait for somebody to confirm them."""
        return sum(section.to_confirm for section in self.sections)

    @property
    def begun(self) -> int:
        """How many somebody began in this round, and they do not count yet."""
        return sum(section.begun for section in self.sections)

    @property
    def not_started(self) -> int:
        """How many nobody has done anything about, and nothing was carried forward to."""
        return self.total - self.answered - self.to_confirm - self.begun

    @property
    def is_complete(self) -> bool:
        """Whether everything is answered."""
        return not self.missing

    @property
    def percent(self) -> float:
        """The share answered, from 0 to 100, to one decimal; for a bar's width."""
        return self._share(self.answered)

    @property
    def percent_to_confirm(self) -> float:
        """The share to confirm, as `percent`."""
        return self._share(self.to_confirm)

    def _share(self, number: int) -> float:
        return round(100 * number / self.total, 1) if self.total else 0.0

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
