"""A whole criteria set in memory: published versions never change, so each is read from the database once."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from hallmarks.marks import Label, label_at
from hallmarks.models import Criterion, Indicator, Level, Section, Version
from partnerships.models import Partnership

# Sets kept in memory by one process; 500 criteria with 5,000 indicators are about 5 MB.
SETS_KEPT = 16


@dataclass(frozen=True)
class Question:
    """One criterion with all that its page needs: section, levels (lowest first) and indicators."""

    criterion: Criterion
    section: Section
    levels: tuple[Level, ...]
    indicators: tuple[Indicator, ...]

    @property
    def is_statutory(self) -> bool:
        """Whether the law asks for it."""
        return self.criterion.is_statutory

    def is_asked_of(self, partnership: Partnership, day: datetime.date) -> bool:
        """Say whether it is asked of this partnership in a round that opens on this day."""
        return self.criterion.applies_in(partnership.nation, partnership.tier) and self.criterion.counts_on(day)

    @cached_property
    def labels(self) -> dict[int, Label]:
        """How its levels are shown, by their position, lowest first."""
        steps, statutory = len(self.levels), self.is_statutory
        return {
            level.position: label_at(level.position, steps, level.name, statutory=statutory) for level in self.levels
        }

    def level(self, slug: str) -> Level | None:
        """Return the level with this slug, or None where the criterion's scale has no such level."""
        return next((level for level in self.levels if level.slug == slug), None)

    def level_by_id(self, pk: int | None) -> Level | None:
        """Return the level with this key, or None."""
        return next((level for level in self.levels if level.pk == pk), None)


@dataclass(frozen=True, eq=False)
class Outline:
    """The questions of one version, in published order; two are the same only if they are one, so it may be a key."""

    questions: tuple[Question, ...]
    _parts: dict[tuple[Any, ...], "Outline"] = field(default_factory=dict, repr=False)

    def applying_to(self, partnership: Partnership, day: datetime.date) -> "Outline":
        """Leave out what is asked only of another nation or tier, or does not count on this day.

        It is the same part for all who are asked the same.
        """
        place = partnership.nation, partnership.tier, day
        if place not in self._parts:
            self._parts[place] = Outline(tuple(q for q in self.questions if q.is_asked_of(partnership, day)))
        return self._parts[place]

    def asked_in(self, partnership: Partnership) -> "Outline":
        """Leave out what is asked only of another nation or tier, whatever the day."""
        place = partnership.nation, partnership.tier
        if place not in self._parts:
            self._parts[place] = Outline(tuple(q for q in self.questions if q.criterion.applies_in(*place)))
        return self._parts[place]

    def in_force_on(self, day: datetime.date) -> "Outline":
        """Leave out what does not count on this day: what is only announced, and what is retired."""
        if all(question.criterion.counts_on(day) for question in self.questions):
            return self
        if (day,) not in self._parts:
            self._parts[(day,)] = Outline(tuple(q for q in self.questions if q.criterion.counts_on(day)))
        return self._parts[(day,)]

    def not_counted(self, partnership: Partnership, day: datetime.date) -> tuple[Question, ...]:
        """Return what a partnership of this nation and tier is not asked because of the day alone."""
        nation, tier = partnership.nation, partnership.tier
        return tuple(
            question
            for question in self.questions
            if question.criterion.applies_in(nation, tier) and not question.criterion.counts_on(day)
        )

    def by_section(self) -> Iterator[tuple[Section, tuple[Question, ...]]]:
        """Yield each section with its questions."""
        for section, questions in groupby(self.questions, key=lambda question: question.section):
            yield section, tuple(questions)

    def place_of(self, code: str) -> int | None:
        """Return the index of a criterion's code, or None."""
        return next((i for i, question in enumerate(self.questions) if question.criterion.code == code), None)


def outline_of(version: Version) -> Outline:
    """Return a version's outline."""
    # What is a draft here may be published by now, but it is no harm to read it once more.
    is_draft = version.status == Version.Status.DRAFT and version.pk not in _kept
    return _read(version.pk) if is_draft else outline_by_id(version.pk)


def outline_by_id(version_id: int) -> Outline:
    """Return an outline from memory once its version is published, from the database while it is a draft."""
    if version_id in _kept:
        return _kept[version_id]
    outline = _read(version_id)
    if not Version.objects.filter(pk=version_id, status=Version.Status.DRAFT).exists():
        if len(_kept) >= SETS_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[version_id] = outline
    return outline


def forget() -> None:
    """Drop what is remembered; tests call it because their databases use the same keys again."""
    _kept.clear()


_kept: dict[int, Outline] = {}


def _read(version_id: int) -> Outline:
    levels: dict[int, list[Level]] = {}
    for level in Level.objects.filter(scale__version=version_id).order_by("scale", "position"):
        levels.setdefault(level.scale_id, []).append(level)
    indicators: dict[int, list[Indicator]] = {}
    for indicator in Indicator.objects.filter(criterion__version=version_id).order_by("criterion", "number"):
        indicators.setdefault(indicator.criterion_id, []).append(indicator)
    criteria = Criterion.objects.filter(version=version_id).in_order().select_related("section", "scale")
    return Outline(
        tuple(
            Question(
                criterion,
                criterion.section,
                tuple(levels.get(criterion.scale_id, ())),
                tuple(indicators.get(criterion.pk, ())),
            )
            for criterion in criteria
        )
    )
