"""A submission arranged for reading: a profile by section, then the criteria, what the law asks apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.documents import CriterionEntry, Document, LevelEntry, SectionEntry
from hallmarks import charts
from hallmarks.marks import Label, does_not_apply, in_a_sentence, label_at


@dataclass(frozen=True)
class Reading:
    """One criterion with its answer; `in_place` counts the indicators answered yes."""

    entry: CriterionEntry
    label: Label
    in_place: int


@dataclass(frozen=True)
class Part:
    """The criteria of one section that are of one kind."""

    section: SectionEntry
    is_statutory: bool
    readings: tuple[Reading, ...]

    @property
    def anchor(self) -> str:
        """The part's id on the page."""
        return f"{'statutory' if self.is_statutory else 'practice'}-{self.section.number}"


@dataclass(frozen=True)
class Row:
    """One section of a profile: how many of its criteria are at each level, as a bar and in words."""

    part: Part
    bar: SafeString
    words: str


@dataclass(frozen=True)
class Profile:
    """How the sections' criteria are spread over the levels of one scale; levels are never averaged.

    `reached` of the criteria that apply are at the level `goal` or above: the scale's upper half, or what the law asks.
    """

    is_statutory: bool
    labels: tuple[Label, ...]
    rows: tuple[Row, ...]
    goal: Label
    reached: int
    applying: int


def parts_of(document: Document) -> tuple[Part, ...]:
    """Return the sections' criteria in published order, all of good practice before all that the law asks."""
    return tuple(
        Part(section, is_statutory, readings)
        for is_statutory in (False, True)
        for section in document.sections
        if (readings := tuple(_reading(document, e) for e in section.criteria if e.is_statutory == is_statutory))
    )


def profiles_of(document: Document, parts: Sequence[Part]) -> tuple[Profile, ...]:
    """Return one profile for each kind of criteria and scale that the document uses."""
    return tuple(
        profile
        for is_statutory in (False, True)
        for scale in document.scales
        if (profile := _profile(scale.slug, scale.levels, [p for p in parts if p.is_statutory == is_statutory]))
    )


def _reading(document: Document, entry: CriterionEntry) -> Reading:
    labels = _labels(document.levels_of(entry.scale), entry.is_statutory)
    level = document.level_of(entry)
    return Reading(
        entry=entry,
        label=labels[level.position] if level else labels[-1],
        in_place=sum(indicator.answer == "yes" for indicator in entry.indicators),
    )


def _profile(scale: str, levels: Sequence[LevelEntry], parts: Sequence[Part]) -> Profile | None:
    mine = [(part, [r for r in part.readings if r.entry.scale == scale]) for part in parts]
    used = [(part, readings) for part, readings in mine if readings]
    if not used:
        return None
    is_statutory = used[0][0].is_statutory
    labels = _labels(levels, is_statutory)
    goal = len(levels) - 1 if is_statutory else len(levels) // 2
    places = [labels.index(reading.label) for _part, readings in used for reading in readings]
    return Profile(
        is_statutory=is_statutory,
        labels=labels,
        rows=tuple(_row(part, found, labels) for part, found in used),
        goal=labels[goal],
        reached=sum(goal <= place < len(levels) for place in places),
        applying=sum(place < len(levels) for place in places),
    )


def _row(part: Part, readings: Sequence[Reading], labels: Sequence[Label]) -> Row:
    counts = [(sum(reading.label == label for reading in readings), label) for label in labels]
    words = ", ".join(f"{number} {in_a_sentence(label.name)}" for number, label in counts if number)
    segments = [charts.Segment(number, label.paint) for number, label in counts]
    return Row(part, charts.stacked_bar(segments, f"{part.section.title}: {words}", charts.Web(), charts.ROW), words)


def _labels(levels: Sequence[LevelEntry], is_statutory: bool) -> tuple[Label, ...]:
    """The scale's levels, lowest first, then what stands for no level."""
    found = [label_at(level.position, len(levels), level.name, statutory=is_statutory) for level in levels]
    return (*found, does_not_apply())
