"""JSON Schemas of the frozen documents, made from the very classes that are frozen, so that the two cannot differ."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import documents
from assessments.documents import Document
from hallmarks.models import Criterion
from partnerships.models import Nation
from reports.schema_words import WORDS
from reviews import documents as review_documents
from reviews.documents import ReviewDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUBMISSION, REVIEW = "submission", "review"
# No text of the portal is longer, so whatever is did not come from one.
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 2**53 - 1
HEX_64 = {"pattern": "^[0-9a-f]{64}$"}
MOMENT, DAY = {"format": "date-time"}, {"format": "date"}
# What a field holds beyond its type.
NARROWER: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("Document", "number"): {"minimum": 1},
    ("Document", "submitted_at"): MOMENT,
    ("Document", "previous_sha256"): {"pattern": "^([0-9a-f]{64})?$"},
    ("Document", "schema"): {"const": documents.SCHEMA},
    ("PartnershipEntry", "nation"): {"enum": [str(value) for value in Nation.values]},
    ("RoundEntry", "opens_on"): DAY,
    ("RoundEntry", "closes_on"): DAY,
    ("LevelEntry", "position"): {"maximum": 9},
    ("CriterionEntry", "kind"): {"enum": [str(value) for value in Criterion.Kind.values]},
    ("IndicatorEntry", "answer"): {"enum": ["", "yes", "partly", "no"]},
    ("EvidenceEntry", "kind"): {"enum": ["file", "link", "case_study"]},
    ("EvidenceEntry", "sha256"): {"pattern": "^([0-9a-f]{64})?$"},
    ("BeforeEntry", "change"): {"enum": [documents.HIGHER, documents.LOWER, documents.SAME, ""]},
    ("ActionEntry", "due_on"): DAY,
    ("ReviewDocument", "closed_at"): MOMENT,
    ("ReviewDocument", "submission_sha256"): HEX_64,
    ("ReviewDocument", "returned_at"): MOMENT,
    ("ReviewDocument", "schema"): {"const": review_documents.SCHEMA},
    ("QuestionEntry", "asked_at"): MOMENT,
    ("RecommendationEntry", "made_at"): MOMENT,
}
# What is left out where there is nothing to say.
LEFT_OUT = documents.LATER | review_documents.OF_A_RETURN
SIMPLE: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string", "maxLength": LONGEST_TEXT},
    int: {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER},
    bool: {"type": "boolean"},
}


@dataclasses.dataclass(frozen=True)
class Kind:
    """A document that has a schema."""

    root: type[Any]
    title: Promise


KINDS: Mapping[str, Kind] = {
    SUBMISSION: Kind(Document, gettext_lazy("A submission of a partnership")),
    REVIEW: Kind(ReviewDocument, gettext_lazy("A closed review of a submission")),
}


@dataclasses.dataclass(frozen=True)
class FieldInWords:
    """A field for people: its name, whether it is always there, and what it means."""

    name: str
    is_always_there: bool
    meaning: str


@dataclasses.dataclass(frozen=True)
class PartInWords:
    """One part of a document, with its fields; `used_as` says by which names it is reached."""

    name: str
    used_as: tuple[str, ...]
    fields: tuple[FieldInWords, ...]


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document, with this portal's address for it."""
    first, *others = _parts(KINDS[kind].root)
    return {
        "$schema": DIALECT,
        "$id": address_of(kind),
        "title": str(KINDS[kind].title),
        "description": _(
            "UTF-8 JSON in one fixed form: keys sorted, no spaces, so that its SHA-256 is its fingerprint."
        ),
        **_object(first),
        "$defs": {part.__name__: _object(part) for part in others},
    }


def address_of(kind: str) -> str:
    """Return where this portal serves the schema of a kind of document."""
    return settings.SITE_URL.rstrip("/") + reverse("reports:schema", args=[kind])


def in_words(kind: str) -> list[PartInWords]:
    """Return the parts of a kind of document for people, in the order in which they are met."""
    parts = list(_parts(KINDS[kind].root))
    return [PartInWords(part.__name__, tuple(_used_as(part, parts)), tuple(_fields(part))) for part in parts]


def _fields(part: type[Any]) -> Iterator[FieldInWords]:
    for name in _types(part):
        yield FieldInWords(name, name not in LEFT_OUT, str(WORDS[part.__name__][name]))


def _used_as(part: type[Any], parts: list[type[Any]]) -> Iterator[str]:
    for holder in parts:
        yield from (name for name, held in _types(holder).items() if _class_in(held) is part)


def _object(part: type[Any]) -> dict[str, Any]:
    held = _types(part)
    return {
        "type": "object",
        "properties": {name: _property(part.__name__, name, of) for name, of in held.items()},
        "required": [name for name in held if name not in LEFT_OUT],
        "additionalProperties": False,
    }


def _property(part: str, name: str, of: Any) -> dict[str, Any]:
    return {**_typed(of), **NARROWER.get((part, name), {}), "description": str(WORDS[part][name])}


def _typed(of: Any) -> dict[str, Any]:
    if of in SIMPLE:
        return dict(SIMPLE[of])
    if typing.get_origin(of) is tuple:
        return {"type": "array", "items": _typed(typing.get_args(of)[0])}
    found = _class_in(of)
    return {"$ref": f"#/$defs/{found.__name__}"}


def _parts(root: type[Any]) -> Iterator[type[Any]]:
    """Yield a class and those it is made of, each once, the outer before the inner."""
    waiting, seen = [root], set()
    while waiting:
        part = waiting.pop(0)
        if part not in seen:
            seen.add(part)
            yield part
            held: list[Any] = [_class_in(of) for of in _types(part).values()]
            waiting += filter(dataclasses.is_dataclass, held)


def _types(part: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(part)


def _class_in(of: Any) -> Any:
    """Return what a list holds, or what is there where something is not left out."""
    if typing.get_origin(of) is tuple:
        return typing.get_args(of)[0]
    if isinstance(of, types.UnionType):
        return next(each for each in typing.get_args(of) if each is not type(None))
    return of
