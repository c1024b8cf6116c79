"""Who is reminded of what: one mail a person, day, region and round for each kind, naming all that it is about."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils import timezone

from assessments.round_progress import State


class Kind(Enum):
    """What a reminder is of: to submit, or to reply to the Government Office's questions."""

    SUBMIT = "submit"
    REPLY = "reply"


@dataclass(frozen=True)
class Person:
    """A coordinator to write to; `is_reminded` says that today's mail of this kind was written already."""

    pk: int
    email: str
    is_reminded: bool


@dataclass(frozen=True)
class Place:
    """A partnership that owes something, and who is written to."""

    slug: str
    name: str
    state: State
    closes_on: datetime.date
    days_left: int
    questions: int
    people: tuple[Person, ...]
    last: "Last | None" = None

    @property
    def to_write(self) -> tuple[Person, ...]:
        """The people who would get a mail now."""
        return tuple(person for person in self.people if not person.is_reminded)

    @property
    def is_returned(self) -> bool:
        """Whether it was submitted before and sent back."""
        return self.state is State.RETURNED


@dataclass(frozen=True)
class Letter:
    """One mail: to whom, and about which partnerships."""

    person: Person
    places: tuple[Place, ...]

    @property
    def partnership(self) -> str:
        """The partnership that it is about; blank where there are several."""
        return self.places[0].slug if len(self.places) == 1 else ""


@dataclass(frozen=True)
class Plan:
    """What one press of the button does: the partnerships that owe something, and the mails that go out."""

    kind: Kind
    places: tuple[Place, ...]

    @property
    def letters(self) -> list[Letter]:
        """The mails, one a person, in the order in which two who press at once queue for them."""
        people = {person.pk: person for place in self.places for person in place.to_write}
        return [
            Letter(people[pk], tuple(place for place in self.places if people[pk] in place.people))
            for pk in sorted(people)
        ]

    @property
    def reached(self) -> list[Place]:
        """The partnerships in which somebody gets a mail."""
        return [place for place in self.places if place.to_write]

    @property
    def reachable(self) -> list[Place]:
        """The partnerships in which there is somebody to write to, reminded today or not."""
        return [place for place in self.places if place.people]

    @property
    def unreachable(self) -> list[Place]:
        """The partnerships in which there is nobody to write to."""
        return [place for place in self.places if not place.people]


class Standing(Enum):
    """How far a reminder is, as a page tells it."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


# Of one day's mails to a partnership, one that arrived is enough.
BEST_FIRST = (Standing.SENT, Standing.WAITING, Standing.UNCERTAIN, Standing.FAILED)


@dataclass(frozen=True)
class Last:
    """When a partnership was last written to about something, and how far the best of that day's mails is."""

    at: datetime.datetime
    standing: Standing


class Remedy(Enum):
    """What a reviewer can do about a reminder with which something went wrong."""

    RETRY = "retry"
    REMIND = "remind"
    REMIND_TOMORROW = "remind-tomorrow"
    ASK = "ask"
    WAIT = "wait"
    REPLACED = "replaced"
    NOTHING_OWED = "nothing-owed"


@dataclass(frozen=True)
class Reminder:
    """A reminder that was written: when, of what kind, about which partnership (blank: several), and how far it is."""

    pk: int
    key: str
    kind: Kind
    partnership: str
    name: str
    written_at: datetime.datetime
    standing: Standing
    error: str
    next_attempt_at: datetime.datetime
    remedy: Remedy = Remedy.WAIT

    @property
    def may_retry(self) -> bool:
        """Whether the same mail can be tried again."""
        return self.remedy is Remedy.RETRY

    @property
    def day(self) -> datetime.date:
        """The day on which it was written."""
        return timezone.localdate(self.written_at)

    @property
    def needs_telling(self) -> bool:
        """Whether something went wrong that a person should know."""
        return bool(self.error) or self.standing in {Standing.FAILED, Standing.UNCERTAIN}


@dataclass(frozen=True)
class Batch:
    """The reminders of one day and kind, and how many of them are how far."""

    day: datetime.date
    kind: Kind
    total: int
    numbers: Mapping[Standing, int]

    @property
    def cells(self) -> list[tuple[Standing, int]]:
        """The numbers in the order of a page's columns."""
        return [(standing, self.numbers.get(standing, 0)) for standing in Standing]


def about(kind: Kind, region: str, round_: str) -> str:
    """Return by which words the outbox knows a region's reminders of one kind."""
    return f"reminders/{region}/{round_}/{kind.value}"


def key(subject: str, person: int, now: datetime.datetime) -> str:
    """Return what makes a reminder the only one of its kind that a person gets on a day."""
    return f"{subject}/{person}/{timezone.localdate(now).isoformat()}"


def batches(reminders: Iterable[Reminder]) -> list[Batch]:
    """Return reminders by day and kind, the newest day first."""

    def place(reminder: Reminder) -> tuple[datetime.date, str]:
        return reminder.day, reminder.kind.value

    found = groupby(sorted(reminders, key=place, reverse=True), key=place)
    return [_batch(day, Kind(kind), list(mine)) for (day, kind), mine in found]


def last_reminded(reminders: Sequence[Reminder], kind: Kind) -> dict[str, Last]:
    """Return when each partnership was last written to about something, and whether that arrived."""

    def place(reminder: Reminder) -> tuple[datetime.date, int]:
        return reminder.day, -BEST_FIRST.index(reminder.standing)

    mine = sorted((each for each in reminders if each.kind is kind), key=place)
    return {each.partnership: Last(each.written_at, each.standing) for each in mine}


def remedy_of(reminder: Reminder, reminders: Iterable[Reminder], today: datetime.date, *, is_owed: bool) -> Remedy:
    """Return what can be done: of an earlier day, a new reminder takes the place of one that did not arrive."""
    if reminder.standing is Standing.WAITING:
        return Remedy.WAIT
    if any(_replaces(each, reminder) for each in reminders):
        return Remedy.REPLACED
    if not is_owed:
        return Remedy.NOTHING_OWED
    if reminder.day != today:
        return Remedy.REMIND
    if reminder.standing is Standing.UNCERTAIN:
        return Remedy.ASK
    return Remedy.RETRY if reminder.partnership else Remedy.REMIND_TOMORROW


def _replaces(newer: Reminder, older: Reminder) -> bool:
    same = (newer.kind, newer.partnership) == (older.kind, older.partnership)
    return same and newer.standing is Standing.SENT and newer.day > older.day


def _batch(day: datetime.date, kind: Kind, mine: Sequence[Reminder]) -> Batch:
    return Batch(day, kind, len(mine), Counter(each.standing for each in mine))
