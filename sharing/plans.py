"""What a yearly plan adds up to: what is done, what is late, what comes next."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sharing.models import CycleStep, PlanLine


@dataclass(frozen=True)
class PlanRow:
    """One step of the year with what the partnership planned for it, if anything."""

    step: CycleStep
    line: PlanLine | None

    @property
    def is_done(self) -> bool:
        """Whether it has a day on which it was done."""
        return self.line is not None and self.line.done_on is not None

    @property
    def due_on(self) -> datetime.date | None:
        """The day by which it should be done."""
        return self.line.due_on if self.line else None

    def is_overdue(self, today: datetime.date) -> bool:
        """Say whether its day has passed and it is not done."""
        return not self.is_done and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Plan:
    """One partnership's plan of one calendar year."""

    year: int
    rows: Sequence[PlanRow]

    @property
    def is_blank(self) -> bool:
        """Whether no step has an owner or a day."""
        return not any(row.line and (row.line.is_planned or row.is_done) for row in self.rows)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(row.is_done for row in self.rows)

    def overdue(self, today: datetime.date) -> list[PlanRow]:
        """Return the steps whose day has passed, the longest overdue first."""
        return sorted((row for row in self.rows if row.is_overdue(today)), key=_day)

    def coming(self, today: datetime.date) -> PlanRow | None:
        """Return the next step that has a day, or None."""
        ahead = [row for row in self.rows if not row.is_done and row.due_on is not None and row.due_on >= today]
        return min(ahead, key=_day, default=None)


def _day(row: PlanRow) -> datetime.date:
    return row.due_on or datetime.date.max
