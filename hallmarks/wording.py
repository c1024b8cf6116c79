"""What the criteria pages say in words: where a criterion applies, how sure its source is, which levels there are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hallmarks.models import Criterion, Level, Section
from hallmarks.outline import Outline, Question
from partnerships.models import Tier


@dataclass(frozen=True)
class Group:
    """The criteria of one kind in a section: what the law asks stands apart from good practice."""

    is_statutory: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Chapter:
    """One section as it is read."""

    section: Section
    groups: tuple[Group, ...]

    @property
    def number_of_criteria(self) -> int:
        """How many criteria the section has."""
        return sum(len(group.questions) for group in self.groups)


@dataclass(frozen=True)
class ScaleShown:
    """A scale's levels, lowest first, and whether it measures what the law asks."""

    is_statutory: bool
    levels: tuple[Level, ...]


def chapters(outline: Outline) -> list[Chapter]:
    """Return the sections in order, each with what the law asks first."""
    return [Chapter(section, _groups(questions)) for section, questions in outline.by_section()]


def scales(outline: Outline) -> list[ScaleShown]:
    """Return each scale that a criterion is rated on, once, in the order of their first criteria."""
    shown = {q.criterion.scale_id: ScaleShown(q.criterion.is_statutory, q.levels) for q in reversed(outline.questions)}
    return sorted(shown.values(), key=lambda scale: scale.is_statutory)


def where_it_applies(criterion: Criterion) -> str:
    """Return the places that a criterion is asked of, such as "England, two-tier areas only"."""
    nation = criterion.get_nation_display() if criterion.nation else _("England and Wales")
    if not criterion.tier:
        return _("%(nation)s only") % {"nation": nation} if criterion.nation else str(nation)
    areas = _("two-tier areas") if criterion.tier == Tier.TWO_TIER else _("unitary areas")
    return _("%(nation)s, %(areas)s only") % {"nation": nation, "areas": areas}


def when_it_counts(criterion: Criterion, day: datetime.date) -> str:
    """Return from or until when a criterion counts, as it is on this day; nothing where it always counts."""
    begins, ends = (
        date_format(date, "j F Y") if date else "" for date in (criterion.in_force_from, criterion.in_force_to)
    )
    if criterion.is_announced_on(day):
        return _("Announced, counts from %(day)s") % {"day": begins}
    if criterion.is_retired_on(day):
        return _("Retired, counted until %(day)s") % {"day": ends}
    return _("Counts until %(day)s") % {"day": ends} if ends else ""


def how_sure(criterion: Criterion) -> str:
    """Return in words how sure the source is, or nothing where that was not judged."""
    return {
        "A": _("Sure: we read this in the source."),
        "B": _("Fairly sure: we read part of the source, or a published summary of it."),
        "C": _("Our own reading of the source, which does not list this in so many words."),
        "D": _("Not sure: we did not find the text. Confirm it before relying on it."),
    }.get(criterion.confidence, "")


def _groups(questions: Iterable[Question]) -> tuple[Group, ...]:
    by_kind = sorted(questions, key=lambda question: not question.criterion.is_statutory)
    return tuple(
        Group(is_statutory, tuple(found))
        for is_statutory, found in groupby(by_kind, key=lambda question: question.criterion.is_statutory)
    )
