"""A region's partnerships in one round, in the order in which they need their Government Office."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from assessments.round_progress import Count, State
from hallmarks import charts
from hallmarks.marks import INK, WHITE, Paint

URGENCY = (State.SUBMITTED, State.NOT_SUBMITTED, State.NOT_STARTED, State.IN_PROGRESS)
PAINTS = {
    State.NOT_STARTED: Paint(WHITE, INK),
    State.IN_PROGRESS: Paint("#dfe8e3", INK),
    State.NOT_SUBMITTED: Paint("#a9c2b8", INK),
    State.SUBMITTED: Paint("#174a41", WHITE),
}
COLOURS = {
    State.NOT_STARTED: "grey",
    State.IN_PROGRESS: "teal",
    State.NOT_SUBMITTED: "red",
    State.SUBMITTED: "blue",
}


@dataclass(frozen=True)
class Line:
    """One partnership: how far it is, never what it answered. `days_left` is negative once it is closed."""

    slug: str
    name: str
    force: str
    state: State
    rated: int
    asked: int
    closes_on: datetime.date
    days_left: int
    is_extended: bool
    changed_at: datetime.datetime | None

    @property
    def is_submitted(self) -> bool:
        """Whether there is a submission to read."""
        return self.state is State.SUBMITTED

    @property
    def share(self) -> str:
        """The part of the criteria that is rated, in per cent, as SVG wants it."""
        return f"{100 * self.rated / self.asked if self.asked else 0:.1f}%"

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


def in_state(lines: Iterable[Line], state: str) -> list[Line]:
    """Return the partnerships in one state; all of them for a state that does not exist."""
    found = list(lines)
    if state not in {known.value for known in State}:
        return found
    return [line for line in found if line.state.value == state]


def status_bar(counts: Sequence[Count]) -> SafeString:
    """Return the bar that shows how many partnerships are in each state."""
    total = sum(count.number for count in counts)
    title = ngettext("State of %(total)s partnership: %(parts)s", "State of %(total)s partnerships: %(parts)s", total)
    parts = ", ".join(f"{count.number} {str(count.state.label).lower()}" for count in counts)
    segments = [charts.Segment(count.number, PAINTS[count.state]) for count in counts]
    return charts.stacked_bar(segments, title % {"total": total, "parts": parts}, charts.Web(), charts.ROW)
