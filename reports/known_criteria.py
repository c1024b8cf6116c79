"""Does a submission of another portal answer criteria that this portal knows, to the letter?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.documents import CriterionEntry, Document, SectionEntry
from hallmarks.models import Version
from hallmarks.outline import Outline, Question
from hallmarks.problems import Problem
from hallmarks.reading import shown


def problems_of(document: Document, version: Version | None, outline: Outline | None) -> list[Problem]:
    """Return where the criteria answered differ from a published set of ours; first of all, whether there is one."""
    criteria = document.criteria
    if version is None or outline is None:
        said = {"title": shown(criteria.title), "slug": f"{shown(criteria.framework)}/{shown(criteria.version)}"}
        text = _("This portal does not have “%(title)s” (%(slug)s).") % said
        remedy = _("Ask an administrator to load and publish it first; the other portal gives it as a file.")
        return [Problem(_("criteria"), f"{text} {remedy}")]
    asked = {question.criterion.code: question for question in outline.questions}
    return [*_twice(document), *_scales(document, asked), *_criteria(document, asked)]


def _twice(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in document.every_criterion():
        if entry.code in seen:
            yield Problem(_place(entry), _("It is answered twice."))
        seen.add(entry.code)
    if not seen:
        yield Problem(_("criteria"), _("No criterion is answered."))


def _scales(document: Document, asked: dict[str, Question]) -> Iterator[Problem]:
    ours = {
        question.criterion.scale.slug: [(level.position, level.slug, level.name) for level in question.levels]
        for question in asked.values()
    }
    for scale in document.scales:
        if ours.get(scale.slug) != [(level.position, level.slug, level.name) for level in scale.levels]:
            place = _("scale “%(slug)s”") % {"slug": shown(scale.slug)}
            yield Problem(place, _("Its levels are not those of the published set."))


def _criteria(document: Document, asked: dict[str, Question]) -> Iterator[Problem]:
    scales = {scale.slug for scale in document.scales}
    for section in document.sections:
        for entry in section.criteria:
            question = asked.get(entry.code)
            if question is None:
                yield Problem(_place(entry), _("The published set has no such criterion."))
            else:
                yield from (Problem(_place(entry), text) for text in _differences(section, entry, question, scales))


def _differences(section: SectionEntry, entry: CriterionEntry, question: Question, scales: set[str]) -> Iterator[str]:
    criterion = question.criterion
    ours = (criterion.section.code, criterion.number, criterion.kind, criterion.scale.slug, criterion.lineage)
    if (section.code, entry.number, entry.kind, entry.scale, entry.lineage) != ours:
        yield _("Its section, number, kind, scale or lineage is not that of the published set.")
    if (entry.title, entry.text) != (criterion.title, criterion.text):
        yield _("Its title or statement is not worded as in the published set.")
    signs = [(sign.number, sign.text) for sign in entry.indicators]
    if signs != [(sign.number, sign.text) for sign in question.indicators]:
        yield _("Its signs are not those of the published set.")
    if entry.scale not in scales:
        yield _("Its scale is not among the scales of the file.")
    if entry.does_not_apply == bool(entry.level) or (entry.level and question.level(entry.level) is None):
        yield _("“%(level)s” is none of its levels.") % {"level": shown(entry.level)}


def _place(entry: CriterionEntry) -> str:
    return _("criterion %(code)s") % {"code": shown(entry.code)}
