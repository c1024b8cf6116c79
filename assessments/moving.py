"""What a change of a round's criteria does to the answers: kept as they are, to confirm, or without a home."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from assessments.carry_forward import Path, paths
from hallmarks.outline import Outline, Question


class Fate(StrEnum):
    """What becomes of one answer."""

    KEPT = "kept"
    TO_CONFIRM = "to_confirm"
    # To confirm as well, and first a level must be chosen, because the new scale has none of that name.
    NEEDS_LEVEL = "needs_level"
    HOMELESS = "without_a_home"


class Place(NamedTuple):
    """What decides which criteria a partnership is asked."""

    nation: str
    tier: str


# One answer as far as its fate depends on it: its assessment, its criterion and its level, all by their keys.
Held = tuple[int, int, int | None]


class Taker(NamedTuple):
    """One partnership in the round: its assessment's key, what it is called, and where it lies."""

    assessment: int
    slug: str
    name: str
    place: Place


@dataclass(frozen=True)
class Way:
    """What becomes of one criterion of the round; `path` is None where the new version has dropped it."""

    before: Question
    path: Path | None
    opens_on: datetime.date

    def heir_at(self, place: Place) -> Path | None:
        """Return the path to what is asked instead in a place; None where nothing is."""
        if self.path is None:
            return None
        heir = self.path.now.criterion
        return self.path if heir.counts_on(self.opens_on) and heir.applies_in(*place) else None

    @cached_property
    def has_other_levels(self) -> bool:
        """Whether a level came, went, or means something else."""
        if self.path is None:
            return False
        old, new = ([(lv.slug, lv.name, lv.descriptor) for lv in asked.levels] for asked in self._both)
        return old != new

    @cached_property
    def is_changed(self) -> bool:
        """Whether an answer of before may no longer answer what is asked; another order of the signs does not."""
        if self.path is None or self.before is self.path.now:
            return False
        return (
            self.path.is_reworded or self.has_other_levels or (self.path.has_other_signs and not self.path.only_moved)
        )

    def fate(self, place: Place, level: int | None) -> Fate:
        """Return what becomes of an answer at a level (None: it holds none) of a partnership in a place."""
        path = self.heir_at(place)
        if path is None:
            return Fate.HOMELESS
        if level is not None and level not in path.levels:
            return Fate.NEEDS_LEVEL
        return Fate.TO_CONFIRM if self.is_changed else Fate.KEPT

    @property
    def _both(self) -> tuple[Question, ...]:
        return (self.before, self.path.now) if self.path else (self.before,)


@dataclass(frozen=True)
class Tally:
    """How many answers have which fate."""

    kept: int = 0
    to_confirm: int = 0
    needs_level: int = 0
    without_a_home: int = 0

    @property
    def confirmations(self) -> int:
        """How many wait for a word, those without a level among them."""
        return self.to_confirm + self.needs_level

    @property
    def total(self) -> int:
        """How many answers there are."""
        return self.kept + self.confirmations + self.without_a_home

    def as_json(self) -> dict[str, int]:
        """Return the counts by the names that reports use; those that need a level are among those to confirm."""
        return {
            "answers": self.total,
            "kept": self.kept,
            "to_confirm": self.confirmations,
            "needs_level": self.needs_level,
            "without_a_home": self.without_a_home,
        }


class CriterionLine(NamedTuple):
    """One criterion of before with the fates of its answers."""

    way: Way
    tally: Tally


class PartnershipLine(NamedTuple):
    """One partnership with the fates of its answers."""

    taker: Taker
    tally: Tally


@dataclass(frozen=True)
class Report:
    """What a move does, or has done: by criterion as published before, by partnership by name, and as a whole."""

    criteria: tuple[CriterionLine, ...]
    added: tuple[Question, ...]
    partnerships: tuple[PartnershipLine, ...]
    tally: Tally
    signs: int
    signs_without_a_home: int

    @property
    def dropped(self) -> int:
        """How many criteria nobody is asked any more."""
        return sum(line.way.path is None for line in self.criteria)

    @property
    def changed(self) -> int:
        """How many criteria ask something else, have other signs or other levels."""
        return sum(line.way.is_changed for line in self.criteria)

    def as_json(self) -> dict[str, Any]:
        """Return it for programs, and for the record of the move."""
        return {
            **self.tally.as_json(),
            "signs": self.signs,
            "signs_without_a_home": self.signs_without_a_home,
            "criteria": [
                {
                    "code": line.way.before.criterion.code,
                    "title": line.way.before.criterion.title,
                    "becomes": line.way.path.now.criterion.code if line.way.path else None,
                    "is_changed": line.way.is_changed,
                    **line.tally.as_json(),
                }
                for line in self.criteria
            ],
            "added": [{"code": asked.criterion.code, "title": asked.criterion.title} for asked in self.added],
            "partnerships": [
                {"slug": line.taker.slug, "name": line.taker.name, **line.tally.as_json()} for line in self.partnerships
            ],
        }


def ways_between(befores: Iterable[Outline], now: Outline, opens_on: datetime.date) -> dict[int, Way]:
    """Return what becomes of each criterion that an answer may stand at, by its key; the round's own come first."""
    ways: dict[int, Way] = {}
    for before in befores:
        found = paths(before, now)
        for question in before.questions:
            key = question.criterion.pk
            ways.setdefault(key, Way(question, found.get(key), opens_on))
    return ways


def report_of(
    ways: Mapping[int, Way],
    before: Outline,
    now: Outline,
    takers: Sequence[Taker],
    answers: Iterable[Held],
    signs: Mapping[int, int],
) -> Report:
    """Add up what becomes of all answers of a round, which asked `before` and will ask `now`.

    `signs` are how many answers each sign has, by its key. A criterion that the round had earlier is told of only where
    an answer still stands at it.
    """
    places = {taker.assessment: taker.place for taker in takers}
    by_criterion: Counter[tuple[int, Fate]] = Counter()
    by_assessment: Counter[tuple[int, Fate]] = Counter()
    fates: dict[tuple[int, int | None, Place], Fate] = {}
    for assessment, criterion, level in answers:
        asked = criterion, level, places[assessment]
        fate = fates.get(asked)
        if fate is None:
            way = ways.get(criterion)
            fate = fates[asked] = way.fate(asked[2], level) if way else Fate.HOMELESS
        by_criterion[criterion, fate] += 1
        by_assessment[assessment, fate] += 1
    own = {question.criterion.pk: question.criterion.lineage for question in before.questions}
    homes = {sign for way in ways.values() if way.path for sign in way.path.signs}
    return Report(
        criteria=tuple(
            CriterionLine(way, tally)
            for key, way in ways.items()
            if (tally := _tally(by_criterion, key)).total or key in own
        ),
        added=tuple(asked for asked in now.questions if asked.criterion.lineage not in own.values()),
        partnerships=tuple(PartnershipLine(taker, _tally(by_assessment, taker.assessment)) for taker in takers),
        tally=_sum(by_criterion),
        signs=sum(signs.values()),
        signs_without_a_home=sum(number for sign, number in signs.items() if sign not in homes),
    )


def _tally(counts: Mapping[tuple[int, Fate], int], key: int) -> Tally:
    return Tally(*(counts.get((key, fate), 0) for fate in Fate))


def _sum(counts: Mapping[tuple[int, Fate], int]) -> Tally:
    whole: Counter[Fate] = Counter()
    for (_key, fate), number in counts.items():
        whole[fate] += number
    return Tally(*(whole[fate] for fate in Fate))
