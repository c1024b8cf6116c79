"""A criteria set as a value: what a file says or the database holds, in one form."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class LevelEntry:
    """A step of a scale; position 0 is the lowest."""

    position: int
    slug: str
    name: str
    descriptor: str = ""


@dataclass(frozen=True)
class ScaleEntry:
    """A scale with its levels, lowest first."""

    slug: str
    is_ordered: bool
    levels: tuple[LevelEntry, ...]


@dataclass(frozen=True)
class IndicatorEntry:
    """A sign to look for."""

    number: int
    text: str


@dataclass(frozen=True)
class CriterionEntry:
    """One criterion with its indicators; `scale` is the slug of the scale it is rated on."""

    number: int
    code: str
    lineage: str
    title: str
    text: str
    scale: str
    official_text: str
    guidance: str
    kind: str
    nation: str
    tier: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    is_key: bool
    source: str
    confidence: str
    note: str
    indicators: tuple[IndicatorEntry, ...]


@dataclass(frozen=True)
class SectionEntry:
    """A section with its criteria in order."""

    number: int
    code: str
    title: str
    criteria: tuple[CriterionEntry, ...]


@dataclass(frozen=True)
class FrameworkEntry:
    """The line of criteria sets that a document belongs to."""

    slug: str
    title: str
    publisher: str


@dataclass(frozen=True)
class Document:
    """A whole criteria set; two documents are equal when they say the same."""

    framework: FrameworkEntry
    slug: str
    title: str
    source: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    scales: tuple[ScaleEntry, ...]
    sections: tuple[SectionEntry, ...]

    def criteria(self) -> Iterator[CriterionEntry]:
        """Yield every criterion, in order."""
        for section in self.sections:
            yield from section.criteria

    def counts(self) -> dict[str, int]:
        """Return how many there are of each part, for previews and the audit trail."""
        criteria = list(self.criteria())
        return {
            "sections": len(self.sections),
            "criteria": len(criteria),
            "key": sum(criterion.is_key for criterion in criteria),
            "statutory": sum(criterion.kind == "statutory" for criterion in criteria),
            "indicators": sum(len(criterion.indicators) for criterion in criteria),
            "scales": len(self.scales),
            "levels": sum(len(scale.levels) for scale in self.scales),
        }

    def sha256(self) -> str:
        """Return the hash of what the document says, whatever its file looked like."""
        return self._sha256

    @cached_property
    def _sha256(self) -> str:
        said = asdict(self)
        for criterion in (criterion for section in said["sections"] for criterion in section["criteria"]):
            # Sets were hashed before criteria could be retired; what says nothing of it keeps its hash.
            if criterion["in_force_to"] is None:
                del criterion["in_force_to"]
        canonical = json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)
        return sha256(canonical.encode()).hexdigest()
