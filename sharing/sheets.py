"""What a check sheet adds up to: what arrived, and what is missing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from sharing.models import InformationSet, SheetLine
from sharing.periods import Quarter

RECEIVED, MISSING, NOT_FOR_US = (
    SheetLine.State.RECEIVED.value,
    SheetLine.State.MISSING.value,
    SheetLine.State.NOT_FOR_US.value,
)


@dataclass(frozen=True)
class Counts:
    """How many sets arrived, of how many that apply to the partnership."""

    received: int
    asked: int

    @classmethod
    def of(cls, states: Collection[str]) -> "Counts":
        """Count the states of every set of a sheet."""
        kept = [state for state in states if state != NOT_FOR_US]
        return cls(kept.count(RECEIVED), len(kept))

    @property
    def in_words(self) -> str:
        """Such as “9 of 12 received”."""
        return _("%(received)s of %(asked)s received") % {"received": self.received, "asked": self.asked}


def speaks_to(of_set: str, code: str) -> bool:
    """Say whether a set is about a criterion: its own, or the one that its own is a lettered part of."""
    return of_set == code or (of_set[:-1] == code and of_set[-1:].islower())


@dataclass(frozen=True)
class SheetRow:
    """One set of information with what the partnership wrote beside it, if anything."""

    information_set: InformationSet
    line: SheetLine | None

    @property
    def state(self) -> str:
        """Received, missing (also where nothing is written) or not for us."""
        return self.line.state if self.line else MISSING


@dataclass(frozen=True)
class Sheet:
    """One partnership's check sheet of one quarter."""

    quarter: Quarter
    rows: Sequence[SheetRow]

    @property
    def counts(self) -> Counts:
        """How many arrived, of how many."""
        return Counts.of([row.state for row in self.rows])

    @property
    def left_out(self) -> list[SheetRow]:
        """What does not apply to the partnership."""
        return [row for row in self.rows if row.state == NOT_FOR_US]

    @property
    def missing(self) -> list[SheetRow]:
        """What has not arrived."""
        return [row for row in self.rows if row.state == MISSING]

    @property
    def missing_by_organisation(self) -> list[tuple[str, list[SheetRow]]]:
        """What has not arrived, under the body that the law asks."""
        return list(_by_organisation(self.missing))

    def about(self, code: str) -> "Sheet":
        """Return the sheet with only the sets that a criterion is about."""
        return Sheet(self.quarter, [row for row in self.rows if speaks_to(row.information_set.hallmark_code, code)])

    @property
    def by_organisation(self) -> list[tuple[str, list[SheetRow]]]:
        """The rows of each body that the law asks."""
        return list(_by_organisation(self.rows))

    def next_missing(self, number: int) -> int | None:
        """Return the number of the next set after `number` that has not arrived, or None."""
        return next((n for row in self.missing if (n := row.information_set.number) > number), None)


def _by_organisation(rows: Iterable[SheetRow]) -> Iterator[tuple[str, list[SheetRow]]]:
    for organisation, some in groupby(rows, key=lambda row: row.information_set.body):
        yield organisation, list(some)
