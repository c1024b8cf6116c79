"""A region's partnerships in one round, in the order in which they need their Government Office."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from assessments.round_progress import Count, State
from hallmarks import charts
from hallmarks.marks import INK, WHITE, Paint

URGENCY = (
    State.SUBMITTED,
    State.QUESTIONS_OPEN,
    State.NOT_SUBMITTED,
    State.RETURNED,
    State.NOT_STARTED,
    State.IN_PROGRESS,
    State.CLOSED,
)
PAINTS = {
    State.NOT_STARTED: Paint(WHITE, INK),
    State.IN_PROGRESS: Paint("#dfe8e3", INK),
    State.RETURNED: Paint("#f4d690", INK),
    State.NOT_SUBMITTED: Paint("#f0d4cf", INK),
    State.SUBMITTED: Paint("#a9c2b8", INK),
    State.QUESTIONS_OPEN: Paint("#3f7568", WHITE),
    State.CLOSED: Paint("#174a41", WHITE),
}
COLOURS = {
    State.NOT_STARTED: "grey",
    State.IN_PROGRESS: "teal",
    State.RETURNED: "orange",
    State.NOT_SUBMITTED: "red",
    State.SUBMITTED: "blue",
    State.QUESTIONS_OPEN: "yellow",
    State.CLOSED: "green",
}

TO_REMIND = {State.NOT_STARTED, State.IN_PROGRESS, State.RETURNED}
TO_REVIEW = {State.SUBMITTED, State.QUESTIONS_OPEN}
NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)
FORCE = re.compile(r" (Police|Constabulary|Police Service)$")


@dataclass(frozen=True)
class Line:
    """One partnership: how far it is, never what it answered. `days_left` is negative once it is closed."""

    slug: str
    name: str
    force: str
    force_slug: str
    state: State
    rated: int
    asked: int
    reviewed: int
    questions: int
    overdue: int
    closes_on: datetime.date
    days_left: int
    is_extended: bool
    can_be_reminded: bool
    changed_at: datetime.datetime | None
    submitted_at: datetime.datetime | None = None
    withdrawn_at: datetime.datetime | None = None
    earlier_round: str = ""
    earlier_round_name: str = ""

    @property
    def is_submitted(self) -> bool:
        """Whether there is a submission that waits for the Government Office, or was reviewed by it."""
        return self.state.is_sent

    @property
    def has_submission(self) -> bool:
        """Whether there is a submission to read: what was sent back stays the one to read until the next."""
        return self.is_submitted or self.state is State.RETURNED

    @property
    def has_usual_time(self) -> bool:
        """Whether its time runs as long as everybody's, which the page says once."""
        return not self.is_extended and self.days_left >= 0

    @property
    def is_to_remind(self) -> bool:
        """Whether a reminder can be sent: it can still be submitted and was not, and somebody can be written to."""
        return self.state in TO_REMIND and self.days_left >= 0 and self.can_be_reminded

    @property
    def is_to_review(self) -> bool:
        """Whether a reviewer has criteria left to look at."""
        return self.state in TO_REVIEW and self.reviewed < self.asked

    @property
    def is_begun(self) -> bool:
        """Whether its review is begun and not yet done."""
        return self.is_to_review and self.reviewed > 0

    @property
    def has_earlier(self) -> bool:
        """Whether there is nothing of this round to read, and something of an earlier one."""
        return bool(self.earlier_round) and not self.has_submission and self.withdrawn_at is None

    @property
    def share(self) -> str:
        """The part of the criteria that is rated, in per cent, as SVG wants it."""
        return f"{100 * self.rated / self.asked if self.asked else 0:.1f}%"

    @property
    def force_in_short(self) -> str:
        """The police force without the word that all of them share, for a column that says what it holds."""
        return FORCE.sub("", self.force)

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return COLOURS[self.state]


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return who needs the reviewer first: submitted, then late, not started, in progress (least first)."""
    return sorted(
        lines,
        key=lambda line: (URGENCY.index(line.state), 0 if line.is_submitted else line.rated, line.name),
    )


def next_to_review(lines: Iterable[Line]) -> Line | None:
    """Return the submission to go on with, or None: a review that is begun first, then what was submitted first."""
    return min((line for line in in_order(lines) if line.is_to_review), key=_turn, default=None)


def _turn(line: Line) -> tuple[bool, bool, datetime.datetime]:
    """Return a line's place in the queue; equals stand as `in_order` has them."""
    return not line.is_begun, line.submitted_at is None, line.submitted_at or NEVER


def status_bar(counts: Sequence[Count]) -> SafeString:
    """Return the bar that shows how many partnerships are in each state."""
    total = sum(count.number for count in counts)
    title = ngettext("State of %(total)s partnership: %(parts)s", "State of %(total)s partnerships: %(parts)s", total)
    parts = ", ".join(f"{count.number} {str(count.state.label).lower()}" for count in counts)
    segments = [charts.Segment(count.number, PAINTS[count.state]) for count in counts]
    return charts.stacked_bar(segments, title % {"total": total, "parts": parts}, charts.Web(), charts.ROW)
