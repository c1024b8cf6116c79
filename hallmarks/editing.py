"""The acts of editing a draft: each takes a document and gives the document that it becomes."""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from hallmarks.document import CriterionEntry, Document, IndicatorEntry, LevelEntry, ScaleEntry, SectionEntry
from hallmarks.formats import making

UP, DOWN = -1, 1


class NotThere(Exception):
    """Raised where the part that an act is about is not in the document, or not any more."""


@dataclass(frozen=True)
class Placed:
    """A criterion with the section that it stands in."""

    section: SectionEntry
    criterion: CriterionEntry

    @property
    def is_alone(self) -> bool:
        """Whether its section has no other criterion, and goes where this goes."""
        return len(self.section.criteria) == 1


Part = TypeVar("Part")
Numbered = TypeVar("Numbered", CriterionEntry, SectionEntry, IndicatorEntry)


def placed(document: Document, lineage: str) -> Placed:
    """Return a criterion by its lineage, which stays when its code changes."""
    return _the(Placed(s, c) for s in document.sections for c in s.criteria if c.lineage == lineage)


def section_of(document: Document, code: str) -> SectionEntry:
    """Return a section by its code."""
    return _the(section for section in document.sections if section.code == code)


def scale_of(document: Document, slug: str) -> ScaleEntry:
    """Return a scale by its slug."""
    return _the(scale for scale in document.scales if scale.slug == slug)


def with_details(
    document: Document,
    *,
    title: str,
    source: str,
    in_force_from: datetime.date | None,
    in_force_to: datetime.date | None,
) -> Document:
    """Change what is said of the set as a whole."""
    return replace(document, title=title, source=source, in_force_from=in_force_from, in_force_to=in_force_to)


def add_section(document: Document, code: str, title: str, first: CriterionEntry) -> Document:
    """Add a section at the end, with the criterion that it begins with: none stands without."""
    section = SectionEntry(0, code, title, (replace(first, number=1),))
    return replace(document, sections=_in_order((*document.sections, section)))


def rename_section(document: Document, code: str, *, to: str, title: str) -> Document:
    """Give a section another code or title."""
    before = section_of(document, code)
    return _with_section(document, code, replace(before, code=to, title=title))


def move_section(document: Document, code: str, by: int) -> Document:
    """Move a section up or down; the first cannot go further up, nor the last further down."""
    return replace(document, sections=_moved(document.sections, section_of(document, code), by))


def remove_section(document: Document, code: str) -> Document:
    """Remove a section with all its criteria."""
    gone = section_of(document, code)
    return replace(document, sections=_in_order([section for section in document.sections if section is not gone]))


def add_criterion(document: Document, section: str, entry: CriterionEntry) -> Document:
    """Add a criterion at the end of a section."""
    before = section_of(document, section)
    return _with_section(document, section, replace(before, criteria=_in_order((*before.criteria, entry))))


def change_criterion(document: Document, lineage: str, entry: CriterionEntry, section: str = "") -> Document:
    """Put a new wording in a criterion's place; where another section is named it moves to the end of that."""
    found = placed(document, lineage)
    if section and section != found.section.code:
        return add_criterion(remove_criterion(document, lineage), section_of(document, section).code, entry)
    criteria = tuple(entry if criterion is found.criterion else criterion for criterion in found.section.criteria)
    return _with_section(document, found.section.code, replace(found.section, criteria=criteria))


def move_criterion(document: Document, lineage: str, by: int) -> Document:
    """Move a criterion up or down in its section."""
    found = placed(document, lineage)
    criteria = _moved(found.section.criteria, found.criterion, by)
    return _with_section(document, found.section.code, replace(found.section, criteria=criteria))


def remove_criterion(document: Document, lineage: str) -> Document:
    """Remove a criterion; a section that is empty then goes with it."""
    found = placed(document, lineage)
    if found.is_alone:
        return remove_section(document, found.section.code)
    left = _in_order([criterion for criterion in found.section.criteria if criterion is not found.criterion])
    return _with_section(document, found.section.code, replace(found.section, criteria=left))


def change_levels(document: Document, scale: str, levels: Sequence[LevelEntry]) -> Document:
    """Give a scale other levels, lowest first; levels that stay where they were keep their numbers."""
    before = scale_of(document, scale)
    if [level.slug for level in levels] != [level.slug for level in before.levels]:
        levels = [replace(level, position=position) for position, level in enumerate(levels)]
    after = replace(before, levels=tuple(levels))
    return replace(document, scales=tuple(after if one is before else one for one in document.scales))


def fresh_lineage(document: Document, code: str, used: Collection[str]) -> str:
    """Return a lineage for a new criterion that none of its line of sets has, or ever had (`used`)."""
    taken = {*(lineage.casefold() for lineage in used), *(c.lineage.casefold() for c in document.criteria())}
    return making.lineage(document.framework.slug, code, taken)


def free_criterion_code(document: Document, section: SectionEntry) -> str:
    """Return a code that the next criterion of a section may have."""
    taken = {criterion.code.casefold() for criterion in document.criteria()}
    return making.criterion_code(section.code, len(section.criteria) + 1, taken)


def free_section_code(document: Document, title: str) -> str:
    """Return a code that a new section of this title may have."""
    return making.section_code(title, {section.code.casefold() for section in document.sections})


def new_level(scale: ScaleEntry, name: str, descriptor: str) -> LevelEntry:
    """Return a level that a scale does not have yet; where it stands is said by `change_levels`."""
    taken = {level.slug.casefold() for level in scale.levels}
    return LevelEntry(0, making.free(making.level_slug(name), taken, "{}_{}".format), name, descriptor)


def signs_of(lines: Sequence[str], before: Sequence[IndicatorEntry]) -> tuple[IndicatorEntry, ...]:
    """Return indicators from lines; one that says what it said keeps its line breaks, which a line cannot show."""
    if [as_line(sign.text) for sign in before] == list(lines):
        return tuple(before)
    known = {as_line(sign.text): sign.text for sign in before}
    return tuple(IndicatorEntry(number, known.get(line, line)) for number, line in enumerate(lines, 1))


def as_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.splitlines()).strip()


def _the(found: Iterable[Part]) -> Part:
    for part in found:
        return part
    raise NotThere


def _with_section(document: Document, code: str, after: SectionEntry) -> Document:
    return replace(document, sections=tuple(after if s.code == code else s for s in document.sections))


def _moved(parts: Sequence[Numbered], part: Numbered, by: int) -> tuple[Numbered, ...]:
    there = [other for other in parts if other is not part]
    at = next(place for place, other in enumerate(parts) if other is part)
    there.insert(min(max(at + by, 0), len(there)), part)
    return _in_order(there)


def _in_order(parts: Iterable[Numbered]) -> tuple[Numbered, ...]:
    renumber: Callable[[Numbered, int], Numbered] = lambda part, number: replace(part, number=number)  # noqa: E731
    return tuple(renumber(part, number) for number, part in enumerate(parts, 1))
