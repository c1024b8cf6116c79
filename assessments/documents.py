"""The submission as a document: plain data, canonical JSON, and the fingerprint that proves it unchanged."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SCHEMA = "cdrp-portal/submission/1"
DOES_NOT_APPLY, NOT_RATED = "-", "."
HIGHER, LOWER, SAME = "higher", "lower", "same"
CARRIED_AS_NOT_APPLYING, CARRIED_WITHOUT_LEVEL = "-", "."
# What later submissions tell and earlier ones do not know of: left out where there is none, so that every document,
# written again, is the text whose fingerprint was kept.
LATER = {"actions", "before", "carried", "portal", "spread"}


@dataclass(frozen=True)
class LevelEntry:
    """One step of a scale; `position` counts from 0, the lowest."""

    position: int
    slug: str
    name: str
    descriptor: str


@dataclass(frozen=True)
class ScaleEntry:
    """A scale with its levels, lowest first."""

    slug: str
    levels: tuple[LevelEntry, ...]


@dataclass(frozen=True)
class IndicatorEntry:
    """A sign and whether it is in place: "yes", "partly", "no", or "" where not answered."""

    number: int
    text: str
    answer: str


@dataclass(frozen=True)
class EvidenceEntry:
    """What was attached; `kind` is "file", "link" or "case_study", and `target` the address or partnership/slug."""

    kind: str
    title: str
    target: str = ""
    media_type: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class SpreadEntry:
    """How many agencies saw one level, or were split between two; `low` and `high` are levels' slugs."""

    low: str
    high: str
    agencies: int


@dataclass(frozen=True)
class BeforeEntry:
    """What the partnership said of the same criterion when it last answered it.

    `level` is the level's name then, or "" where it did not apply; `change` is HIGHER, LOWER, SAME or "" where the two
    cannot be compared; `is_reworded` where the criterion asked in other words.
    """

    round: str
    level: str
    change: str
    is_reworded: bool


@dataclass(frozen=True)
class CriterionEntry:
    """One criterion with the partnership's answer; `level` is a level's slug, or "" where it does not apply.

    `carried` is in drafts only: what was carried forward and nobody confirmed, as a level's slug or CARRIED_*; it is no
    answer, so `level` is "" beside it. `spread` is there where the partnership chose to tell how its agencies saw it.
    """

    code: str
    lineage: str
    number: int
    title: str
    text: str
    kind: str
    scale: str
    is_key: bool
    source: str
    level: str
    does_not_apply: bool
    reason: str
    indicators: tuple[IndicatorEntry, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()
    carried: str = ""
    before: BeforeEntry | None = None
    spread: tuple[SpreadEntry, ...] = ()

    @property
    def is_statutory(self) -> bool:
        """Whether the law asks for it."""
        return self.kind == "statutory"

    @property
    def has_signs_answered(self) -> bool:
        """Whether the partnership said of any sign if it is in place."""
        return any(indicator.answer for indicator in self.indicators)


@dataclass(frozen=True)
class SectionEntry:
    """A section with the criteria that apply to the partnership."""

    code: str
    number: int
    title: str
    criteria: tuple[CriterionEntry, ...]


@dataclass(frozen=True)
class ActionEntry:
    """What an agency would do by a day, as it stood then; `criterion` is its code, or "" if this round did not ask."""

    criterion: str
    text: str
    owner: str
    due_on: str
    status: str


@dataclass(frozen=True)
class PartnershipEntry:
    """The partnership as it stood on the day: later changes of boundary do not reach back."""

    slug: str
    name: str
    region: str
    government_office: str
    police_force: str
    family_group: str
    area_type: str
    nation: str


@dataclass(frozen=True)
class RoundEntry:
    """The round and its dates, as ISO 8601 days."""

    slug: str
    name: str
    opens_on: str
    closes_on: str


@dataclass(frozen=True)
class CriteriaEntry:
    """Which criteria were answered."""

    framework: str
    version: str
    title: str
    publisher: str
    source: str


@dataclass(frozen=True)
class Document:
    """Everything a submission says. It names roles and agencies, never people. Times are ISO 8601 in UTC.

    `portal` is the address of the portal that froze it, where anybody can check it.
    """

    reference: str
    number: int
    submitted_at: str
    submitted_by: str
    agreed_by: tuple[str, ...]
    is_demonstration: bool
    partnership: PartnershipEntry
    round: RoundEntry
    criteria: CriteriaEntry
    scales: tuple[ScaleEntry, ...]
    sections: tuple[SectionEntry, ...]
    previous_sha256: str = ""
    schema: str = field(default=SCHEMA)
    actions: tuple[ActionEntry, ...] = ()
    portal: str = ""

    def every_criterion(self) -> Iterator[CriterionEntry]:
        """Yield the criteria of all sections in published order."""
        for section in self.sections:
            yield from section.criteria

    def levels_of(self, scale: str) -> tuple[LevelEntry, ...]:
        """Return a scale's levels, lowest first."""
        return next(entry.levels for entry in self.scales if entry.slug == scale)

    def level_of(self, criterion: CriterionEntry) -> LevelEntry | None:
        """Return the level a criterion was given, or None where it has none."""
        return next((level for level in self.levels_of(criterion.scale) if level.slug == criterion.level), None)


def canonical(document: Document) -> str:
    """Return the document as JSON in one fixed form, so that the same content always has the same fingerprint."""
    return json.dumps(document, default=_held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a canonical document, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Document:
    """Return the document that a canonical text holds; raises ValueError for another schema."""
    data = json.loads(text)
    if data.get("schema") != SCHEMA:
        raise ValueError(f"This is not a {SCHEMA} document.")
    return Document(
        **{
            **data,
            "agreed_by": tuple(data["agreed_by"]),
            "partnership": PartnershipEntry(**data["partnership"]),
            "round": RoundEntry(**data["round"]),
            "criteria": CriteriaEntry(**data["criteria"]),
            "scales": tuple(
                ScaleEntry(entry["slug"], tuple(LevelEntry(**level) for level in entry["levels"]))
                for entry in data["scales"]
            ),
            "sections": tuple(_section(entry) for entry in data["sections"]),
            "actions": tuple(ActionEntry(**entry) for entry in data.get("actions", ())),
        }
    )


def packed(document: Document, codes: list[str]) -> str:
    """Return one character a criterion of the version: its level's position, "-" does not apply, "." not asked."""
    marks = {
        entry.code: DOES_NOT_APPLY if (level := document.level_of(entry)) is None else str(level.position)
        for entry in document.every_criterion()
    }
    return "".join(marks.get(code, NOT_RATED) for code in codes)


def _held(entry: Any) -> dict[str, Any]:
    held = vars(entry)
    return held if LATER.isdisjoint(held) else {name: held[name] for name in held if held[name] or name not in LATER}


def _section(data: dict[str, Any]) -> SectionEntry:
    return SectionEntry(**{**data, "criteria": tuple(_criterion(entry) for entry in data["criteria"])})


def _criterion(data: dict[str, Any]) -> CriterionEntry:
    return CriterionEntry(
        **{
            **data,
            "indicators": tuple(IndicatorEntry(**entry) for entry in data["indicators"]),
            "evidence": tuple(EvidenceEntry(**entry) for entry in data["evidence"]),
            "before": BeforeEntry(**data["before"]) if data.get("before") else None,
            "spread": tuple(SpreadEntry(**entry) for entry in data.get("spread", ())),
        }
    )
