"""The way through a form of views, one criterion after the other: what comes next, and how long the rest takes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hallmarks.outline import Question

# To read a criterion, choose a level and say why in a line.
SECONDS_A_VIEW = 40


def minutes_for(number: int) -> int:
    """Return how long views of so many criteria take, in whole minutes; 0 only where there is nothing left."""
    if number == 0:
        return 0
    return max(1, (number * SECONDS_A_VIEW + 30) // 60)


@dataclass(frozen=True)
class Way:
    """How far somebody is with one form, in numbers: as much as a list of assessments says of it."""

    total: int
    done: int

    @property
    def waiting(self) -> int:
        """How many criteria have no view yet."""
        return self.total - self.done

    @property
    def minutes_in_all(self) -> int:
        """How long the whole form takes."""
        return minutes_for(self.total)

    @property
    def minutes_left(self) -> int:
        """How long the rest takes."""
        return minutes_for(self.waiting)


@dataclass(frozen=True)
class Walk:
    """The criteria of one form, the key ones or all, and the keys of those that somebody has given a view of."""

    questions: tuple[Question, ...]
    given: Collection[int] = frozenset()
    is_short: bool = False

    @property
    def total(self) -> int:
        """How many criteria the form has."""
        return len(self.questions)

    @property
    def waiting(self) -> list[Question]:
        """The criteria without a view, in order."""
        return [question for question in self.questions if question.criterion.pk not in self.given]

    @property
    def done(self) -> int:
        """How many criteria have their view."""
        return self.total - len(self.waiting)

    @property
    def first(self) -> Question:
        """Where to start or go on: the first without a view, or the very first when all have one."""
        return next(iter(self.waiting), self.questions[0])

    @property
    def minutes_in_all(self) -> int:
        """How long the whole form takes."""
        return minutes_for(self.total)

    @property
    def minutes_left(self) -> int:
        """How long the rest takes."""
        return minutes_for(len(self.waiting))

    def at(self, code: str) -> "Stop | None":
        """Return the stop at a criterion's code, or None where the form does not ask it."""
        codes = [question.criterion.code for question in self.questions]
        return Stop(self, codes.index(code)) if code in codes else None


@dataclass(frozen=True)
class Stop:
    """One criterion on the way."""

    walk: Walk
    index: int

    @property
    def question(self) -> Question:
        """The criterion here."""
        return self.walk.questions[self.index]

    @property
    def number(self) -> int:
        """Which one it is, from 1."""
        return self.index + 1

    @property
    def previous(self) -> Question | None:
        """The criterion before it."""
        return self.walk.questions[self.index - 1] if self.index else None

    @property
    def following(self) -> Question | None:
        """The criterion after it."""
        return self.walk.questions[self.index + 1] if self.number < self.walk.total else None

    @property
    def next_waiting(self) -> Question | None:
        """The next criterion without a view, from the beginning again after the last; None when this is the last."""
        waiting = [question for question in self.walk.waiting if question != self.question]
        later = self.walk.questions[self.number :]
        return next((question for question in waiting if question in later), next(iter(waiting), None))


def walks(questions: Iterable[Question], given: Collection[int] = frozenset()) -> tuple[Walk | None, Walk]:
    """Return the short form, the key criteria (None where a set has none), and the form of all."""
    asked = tuple(questions)
    key = tuple(question for question in asked if question.criterion.is_key)
    return (Walk(key, given, is_short=True) if key else None), Walk(asked, given)
