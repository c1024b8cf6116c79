"""A document as an outline that the database does not hold: to work out what a set would do before anybody keeps it."""

import itertools
from collections.abc import Iterator

from hallmarks.document import CriterionEntry, Document, LevelEntry, ScaleEntry, SectionEntry
from hallmarks.models import Criterion, Indicator, Level, Scale, Section, Version
from hallmarks.outline import Outline, Question

# Fields of an entry that are no columns of a criterion.
PARTS = {"scale", "indicators"}


def outline_of_document(document: Document) -> Outline:
    """Return a document's questions; their keys are below every real one, and none of them is saved."""
    keys = itertools.count(-1, -1)
    version = Version(pk=next(keys), slug=document.slug, title=document.title)
    scales = {entry.slug: _scale(entry, version, keys) for entry in document.scales}
    levels = {entry.slug: _levels(scales[entry.slug], entry.levels, keys) for entry in document.scales}
    return Outline(
        tuple(
            Question(criterion, section, levels[entry.scale], _signs(criterion, entry, keys))
            for section, chapter in _sections(document.sections, version, keys)
            for entry in chapter.criteria
            for criterion in [_criterion(entry, section, scales[entry.scale], keys)]
        )
    )


def _sections(
    entries: tuple[SectionEntry, ...], version: Version, keys: Iterator[int]
) -> Iterator[tuple[Section, SectionEntry]]:
    for entry in entries:
        yield Section(pk=next(keys), version=version, number=entry.number, code=entry.code, title=entry.title), entry


def _scale(entry: ScaleEntry, version: Version, keys: Iterator[int]) -> Scale:
    return Scale(pk=next(keys), version=version, slug=entry.slug, is_ordered=entry.is_ordered)


def _levels(scale: Scale, entries: tuple[LevelEntry, ...], keys: Iterator[int]) -> tuple[Level, ...]:
    return tuple(Level(pk=next(keys), scale=scale, **vars(entry)) for entry in entries)


def _criterion(entry: CriterionEntry, section: Section, scale: Scale, keys: Iterator[int]) -> Criterion:
    columns = {name: value for name, value in vars(entry).items() if name not in PARTS}
    return Criterion(pk=next(keys), version=section.version, section=section, scale=scale, **columns)


def _signs(criterion: Criterion, entry: CriterionEntry, keys: Iterator[int]) -> tuple[Indicator, ...]:
    return tuple(Indicator(pk=next(keys), criterion=criterion, **vars(sign)) for sign in entry.indicators)
