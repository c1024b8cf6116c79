"""The form between a document and a table or an outline: a line for each part, in order, each below what it is of."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from hallmarks.document import CriterionEntry, Document, LevelEntry, ScaleEntry, SectionEntry
from hallmarks.formats.making import level_slug, scale_slug

Value = str | int | float | bool | datetime.date

SET, SCALE, LEVEL, SECTION, CRITERION, INDICATOR = "set", "scale", "level", "section", "criterion", "indicator"

# What each kind of line may say: the name of a column or of a line of an outline, and the field that it fills.
FIELDS: Mapping[str, Mapping[str, str]] = {
    SET: {
        "title": "title",
        "publisher": "publisher",
        "framework": "framework",
        "framework title": "framework title",
        "version": "slug",
        "source": "source",
        "in force from": "in_force_from",
        "in force to": "in_force_to",
        "scale": "scale",
    },
    SCALE: {"slug": "slug", "ordered": "is_ordered"},
    LEVEL: {"title": "name", "text": "descriptor", "slug": "slug", "number": "position"},
    SECTION: {"title": "title", "code": "code", "number": "number"},
    CRITERION: {
        "title": "title",
        "text": "text",
        "code": "code",
        "lineage": "lineage",
        "number": "number",
        "kind": "kind",
        "key": "is_key",
        "applies": "applies",
        "scale": "scale",
        "official text": "official_text",
        "guidance": "guidance",
        "in force from": "in_force_from",
        "in force to": "in_force_to",
        "source": "source",
        "confidence": "confidence",
        "note": "note",
    },
    INDICATOR: {"text": "text", "number": "number"},
}
# In the order in which people fill them in.
NAMES = (
    *("code", "number", "title", "text", "kind", "key", "applies", "scale", "official text", "guidance"),
    *("in force from", "in force to", "source", "confidence", "note", "lineage", "slug", "ordered"),
    *("publisher", "framework", "framework title", "version"),
)
# Other words that people use for the same.
ALIASES = {
    "official": "official text",
    "statement": "text",
    "meaning": "text",
    "descriptor": "text",
    "is key": "key",
    "is ordered": "ordered",
    "evidence": "guidance",
}


@dataclass(frozen=True)
class Turned:
    """A code that a spreadsheet has taken for something else, as it looks now."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Given:
    """One value as it was written, and where."""

    value: Value | Turned
    place: str


def nowhere(name: str) -> str:
    """Return no place: what was not given has none in an outline."""
    return ""


@dataclass(frozen=True)
class Line:
    """One part of a set as it was written: what it is, where it stands, and its values by name."""

    kind: str
    place: str
    given: Mapping[str, Given] = field(default_factory=dict)
    # Tells where a value would stand that was not given; blank where there is no such place.
    place_of: Callable[[str], str] = nowhere


@dataclass(frozen=True)
class Part:
    """One part of a document, to be written: what it is, and its values by name."""

    kind: str
    values: Mapping[str, Value]


def plain_name(name: str) -> str:
    """Return the name of a column or line by which it is known, whatever its case and however it is joined."""
    plain = " ".join(name.replace("_", " ").casefold().split())
    return ALIASES.get(plain, plain)


def parts_of(document: Document) -> Iterator[Part]:
    """Yield all of a document in order; what a reader would make in the same way is left out."""
    yield Part(SET, _set(document))
    for number, scale in enumerate(document.scales):
        yield from _scale(number, scale)
    for before, section in zip((None, *document.sections), document.sections, strict=False):
        yield from _section(document, before.number if before else 0, section)


def _set(document: Document) -> dict[str, Value]:
    framework = document.framework
    return _filled(
        {
            "title": document.title,
            "publisher": framework.publisher,
            "framework": framework.slug,
            "framework title": framework.title,
            "version": document.slug,
            "source": document.source,
            "in force from": document.in_force_from,
            "in force to": document.in_force_to,
        }
    )


def _scale(number: int, scale: ScaleEntry) -> Iterator[Part]:
    slug = {} if scale.slug == scale_slug(number) else {"slug": scale.slug}
    yield Part(SCALE, {**slug, **({} if scale.is_ordered else {"ordered": "no"})})
    before = -1
    for level in scale.levels:
        yield Part(LEVEL, _level(level, before))
        before = level.position


def _level(level: LevelEntry, before: int) -> dict[str, Value]:
    return _filled(
        {
            "title": level.name,
            "text": level.descriptor,
            "slug": "" if level.slug == level_slug(level.name) else level.slug,
            "number": _unless_next(level.position, before),
        }
    )


def _section(document: Document, before: int, section: SectionEntry) -> Iterator[Part]:
    number = _unless_next(section.number, before)
    yield Part(SECTION, _filled({"title": section.title, "code": section.code, "number": number}))
    last = 0
    for criterion in section.criteria:
        yield Part(CRITERION, _criterion(document, criterion, last))
        last, sign = criterion.number, 0
        for indicator in criterion.indicators:
            number = _unless_next(indicator.number, sign)
            yield Part(INDICATOR, _filled({"text": indicator.text, "number": number}))
            sign = indicator.number


def _criterion(document: Document, criterion: CriterionEntry, before: int) -> dict[str, Value]:
    own = {name: getattr(criterion, of) for name, of in FIELDS[CRITERION].items() if of not in {"applies", "is_key"}}
    return _filled(
        {
            **own,
            "number": _unless_next(criterion.number, before),
            "kind": criterion.kind if criterion.kind != "practice" else "",
            "key": "yes" if criterion.is_key else "",
            "applies": ", ".join(filter(None, (criterion.nation.capitalize(), criterion.tier))),
            "scale": criterion.scale if len(document.scales) > 1 else "",
            "source": criterion.source if criterion.source != document.source else "",
        }
    )


def _unless_next(number: int, before: int) -> Value | None:
    return None if number == before + 1 else number


def _filled(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None and value != ""}
