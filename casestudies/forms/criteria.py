"""The criteria of every published set as checkboxes, a fold for each set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from hallmarks.models import Criterion, Section, Version
from hallmarks.outline import Outline, outline_of
from partnerships.models import Partnership


@dataclass(frozen=True)
class Tick:
    """One criterion as a checkbox."""

    id: str
    value: str
    criterion: Criterion
    is_checked: bool


@dataclass(frozen=True)
class SetOfTicks:
    """The checkboxes of one criteria set, by section."""

    version: Version
    sections: Sequence[tuple[Section, Sequence[Tick]]]

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(tick.is_checked for _section, ticks in self.sections for tick in ticks)


class CriteriaRows:
    """The criteria in the form's layout: a fold for each set, in it a group for each section."""

    def render(self, form: "CriteriaForm", context: Context, **kwargs: Any) -> SafeString:
        """The rows' markup."""
        return render_to_string("casestudies/_criteria.html", {"field": form["criteria"], "sets": form.sets})


class CriteriaForm(forms.Form):
    """What a form needs that lets people choose criteria in a field of that name.

    Whoever makes it says for which partnership it is (`place`): what is not asked there is not offered.
    """

    place: Partnership

    @cached_property
    def outlines(self) -> list[tuple[Version, Outline]]:
        """The published sets with what they ask of the partnership."""
        return [(version, outline_of(version).asked_in(self.place)) for version in published()]

    @cached_property
    def offered(self) -> dict[str, Criterion]:
        """Every criterion that may be chosen, by what the form sends for it."""
        return {
            value_of(version, question.criterion): question.criterion
            for version, outline in self.outlines
            for question in outline.questions
        }

    @property
    def sets(self) -> list[SetOfTicks]:
        """The checkboxes, a set for each published version."""
        ticked = set(self["criteria"].value() or ())
        ids = _ids(self["criteria"])
        return [
            SetOfTicks(
                version,
                [
                    (section, [_tick(next(ids), version, question.criterion, ticked) for question in questions])
                    for section, questions in outline.by_section()
                ],
            )
            for version, outline in self.outlines
        ]


def published() -> Iterable[Version]:
    """Return the sets whose criteria may be chosen."""
    return Version.objects.published().select_related("framework").order_by("framework__title", "-pk")


def value_of(version: Version, criterion: Criterion) -> str:
    """Return what a form sends for a criterion: its natural key in one word."""
    return "/".join((*version.natural_key(), criterion.code))


def _tick(tick_id: str, version: Version, criterion: Criterion, ticked: set[str]) -> Tick:
    value = value_of(version, criterion)
    return Tick(tick_id, value, criterion, value in ticked)


def _ids(field: BoundField) -> Iterator[str]:
    """Yield the ids of the checkboxes; the first is the field's own, so that an error can lead to it."""
    yield field.auto_id
    number = 2
    while True:
        yield f"{field.auto_id}-{number}"
        number += 1
