"""Read a stored version back as the document that it says, to compare it with another."""

from collections.abc import Iterable
from dataclasses import fields, replace

from django.db.models import prefetch_related_objects

from hallmarks.document import (
    CriterionEntry,
    Document,
    FrameworkEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
)
from hallmarks.formats import Known, KnownCriterion, KnownFramework
from hallmarks.models import Criterion, Framework, Level, Scale, Section, Version
from hallmarks.outline import Outline, Question, outline_of

COPIED = [field.name for field in fields(CriterionEntry) if field.name not in {"scale", "indicators"}]


def document_of(version: Version) -> Document:
    """Return what a version says; equal to the parsed file that it was loaded from."""
    outline = outline_of(version)
    levels = {question.criterion.scale_id: question.levels for question in outline.questions}
    scales = list(version.scales.order_by("pk"))
    unused = [scale for scale in scales if scale.pk not in levels]
    prefetch_related_objects(unused, "levels")
    levels |= {scale.pk: tuple(scale.levels.all()) for scale in unused}
    return replace(_document(version, outline), scales=tuple(_scale(scale, levels[scale.pk]) for scale in scales))


def without_scales(version: Version) -> Document:
    """Return what a version says but for its levels, which costs fewer queries."""
    return _document(version, outline_of(version))


def _document(version: Version, outline: Outline) -> Document:
    framework = version.framework
    return Document(
        framework=FrameworkEntry(framework.slug, framework.title, framework.publisher),
        slug=version.slug,
        title=version.title,
        source=version.source,
        in_force_from=version.in_force_from,
        in_force_to=version.in_force_to,
        scales=(),
        sections=tuple(
            SectionEntry(section.number, section.code, section.title, tuple(_criterion(q) for q in questions))
            for section, questions in outline.by_section()
        ),
    )


def _scale(scale: Scale, levels: Iterable[Level]) -> ScaleEntry:
    return ScaleEntry(scale.slug, scale.is_ordered, tuple(_level(level) for level in levels))


def _level(level: Level) -> LevelEntry:
    return LevelEntry(level.position, level.slug, level.name, level.descriptor)


def _criterion(question: Question) -> CriterionEntry:
    return CriterionEntry(
        **{name: getattr(question.criterion, name) for name in COPIED},
        scale=question.criterion.scale.slug,
        indicators=tuple(IndicatorEntry(sign.number, sign.text) for sign in question.indicators),
    )


def known_lines() -> Known:
    """Return every line of sets with codes and lineages of its newest published version, to read files by."""
    newest = {version.framework_id: version.pk for version in Version.objects.published().order_by("pk")}
    sections: dict[int, dict[str, str]] = {}
    for version, title, code in Section.objects.filter(version__in=newest.values()).values_list(
        "version", "title", "code"
    ):
        sections.setdefault(version, {})[title] = code
    criteria: dict[int, list[KnownCriterion]] = {}
    for version, *names in Criterion.objects.filter(version__in=newest.values()).values_list(
        "version", "code", "lineage", "title", "text"
    ):
        criteria.setdefault(version, []).append(KnownCriterion(*names))
    return tuple(
        KnownFramework(
            framework.slug,
            framework.title,
            framework.publisher,
            sections.get(newest.get(framework.pk, 0), {}),
            tuple(criteria.get(newest.get(framework.pk, 0), ())),
        )
        for framework in Framework.objects.all()
    )
