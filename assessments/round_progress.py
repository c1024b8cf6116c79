"""How far the partnerships of a round are: the state of one, and how many are in each."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(Enum):
    """Where one partnership stands in a round; the order is that of the work."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    NOT_SUBMITTED = "not-submitted"
    SUBMITTED = "submitted"

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return LABELS[self]


LABELS: dict[State, str | Promise] = {
    State.NOT_STARTED: _("Not started"),
    State.IN_PROGRESS: _("In progress"),
    State.NOT_SUBMITTED: _("Not submitted"),
    State.SUBMITTED: _("Submitted"),
}


@dataclass(frozen=True)
class Count:
    """How many partnerships are in one state, and their share of all in per cent."""

    state: State
    number: int
    share: float


@dataclass(frozen=True)
class Tally:
    """How many partnerships of a round have not begun, are at work, or have submitted, whatever the day."""

    not_started: int = 0
    in_progress: int = 0
    submitted: int = 0

    @property
    def total(self) -> int:
        """How many take part."""
        return self.not_started + self.in_progress + self.submitted


def state_of(*, is_submitted: bool, is_begun: bool, days_left: int) -> State:
    """Return a partnership's state; `days_left` is 0 on the last day and negative after it."""
    if is_submitted:
        return State.SUBMITTED
    if days_left < 0:
        return State.NOT_SUBMITTED
    return State.IN_PROGRESS if is_begun else State.NOT_STARTED


def days_left(closes_on: datetime.date, today: datetime.date) -> int:
    """Return how many days remain after today; days, so that a change of the clocks adds none."""
    return (closes_on - today).days


def count_states(states: Iterable[State]) -> tuple[Count, ...]:
    """Count the partnerships in each state, in the order of the work."""
    found = list(states)
    return tuple(_count(state, found) for state in State)


def _count(state: State, found: list[State]) -> Count:
    number = found.count(state)
    return Count(state, number, round(100 * number / len(found), 3) if found else 0.0)
