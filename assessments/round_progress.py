"""How far the partnerships of a round are: the state of one, and how many are in each."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(Enum):
    """Where one partnership stands in a round; the order is that of the work."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    RETURNED = "returned"
    NOT_SUBMITTED = "not-submitted"
    SUBMITTED = "submitted"
    QUESTIONS_OPEN = "questions-open"
    CLOSED = "closed"

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return LABELS[self]

    @property
    def is_sent(self) -> bool:
        """Whether there is a submission that waits for the Government Office, or was reviewed by it."""
        return self in SENT


LABELS: dict[State, str | Promise] = {
    State.NOT_STARTED: _("Not started"),
    State.IN_PROGRESS: _("In progress"),
    State.RETURNED: _("Returned"),
    State.NOT_SUBMITTED: _("Not submitted"),
    State.SUBMITTED: _("Submitted"),
    State.QUESTIONS_OPEN: _("Questions open"),
    State.CLOSED: _("Review closed"),
}


SENT = {State.SUBMITTED, State.QUESTIONS_OPEN, State.CLOSED}
RUNNING = {State.NOT_STARTED, State.IN_PROGRESS, State.SUBMITTED}
OVER = {State.NOT_SUBMITTED, State.SUBMITTED}
USUAL = RUNNING | OVER


@dataclass(frozen=True)
class Count:
    """How many partnerships are in one state."""

    state: State
    number: int


@dataclass(frozen=True)
class DeadlineChange:
    """What another closing day means: how many have not submitted, and how many of those keep a later day of theirs."""

    before: datetime.date
    after: datetime.date
    waiting: int
    with_longer: int

    @property
    def is_earlier(self) -> bool:
        """Whether partnerships lose time."""
        return self.after < self.before


@dataclass(frozen=True)
class Tally:
    """How many partnerships of a round are in each state; the fields stand in the states' order."""

    not_started: int = 0
    in_progress: int = 0
    returned: int = 0
    not_submitted: int = 0
    submitted: int = 0
    questions_open: int = 0
    closed: int = 0

    @property
    def total(self) -> int:
        """How many take part."""
        return sum(self.of(state) for state in State)

    @property
    def sent(self) -> int:
        """How many have a submission that waits for the Government Office, or was reviewed by it."""
        return sum(self.of(state) for state in SENT)

    def of(self, state: State) -> int:
        """Return how many are in this state."""
        numbers: dict[State, int] = dict(zip(State, vars(self).values(), strict=True))
        return numbers[state]

    def counts(self, *, is_over: bool) -> tuple[Count, ...]:
        """Return the states worth telling, in the order of the work: those that somebody is in or may yet be in.

        Until a round is over nobody is late; after it only an extension lets anybody be at work.
        """
        usual = OVER if is_over else RUNNING
        return tuple(Count(state, self.of(state)) for state in State if state in usual or self.of(state))


def state_of(*, is_submitted: bool, is_begun: bool, days_left: int, is_returned: bool = False) -> State:
    """Return a partnership's state; `days_left` is 0 on the last day and negative after it."""
    if is_submitted:
        return State.SUBMITTED
    if is_returned:
        return State.RETURNED
    if days_left < 0:
        return State.NOT_SUBMITTED
    return State.IN_PROGRESS if is_begun else State.NOT_STARTED


def reviewed_state(*, has_questions: bool, is_closed: bool) -> State:
    """Return the state of what was submitted: its review is closed, waits for replies, or goes on."""
    if is_closed:
        return State.CLOSED
    return State.QUESTIONS_OPEN if has_questions else State.SUBMITTED


def days_left(closes_on: datetime.date, today: datetime.date) -> int:
    """Return how many days remain after today; days, so that a change of the clocks adds none."""
    return (closes_on - today).days


def tally_of(states: Iterable[State]) -> Tally:
    """Count the partnerships in each state."""
    found = Counter(states)
    return Tally(*(found[state] for state in State))


def together(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of all these partnerships at once."""
    found = list(tallies)
    return Tally(*(sum(tally.of(state) for tally in found) for state in State))
