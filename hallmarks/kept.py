"""A document as plain values that a row can keep, and back: what is undone says again exactly what it said."""

import datetime
from dataclasses import asdict
from typing import Any

from hallmarks.document import (
    CriterionEntry,
    Document,
    FrameworkEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
)

DATES = ("in_force_from", "in_force_to")


def as_values(document: Document) -> dict[str, Any]:
    """Return a document as values that JSON can hold."""
    said = asdict(document)
    criteria = [criterion for section in said["sections"] for criterion in section["criteria"]]
    for part in (said, *criteria):
        part.update({name: part[name].isoformat() for name in DATES if part[name]})
    return said


def from_values(said: dict[str, Any]) -> Document:
    """Return the document that was kept."""
    return Document(
        framework=FrameworkEntry(**said["framework"]),
        slug=said["slug"],
        title=said["title"],
        source=said["source"],
        **_dates(said),
        scales=tuple(
            ScaleEntry(scale["slug"], scale["is_ordered"], tuple(LevelEntry(**level) for level in scale["levels"]))
            for scale in said["scales"]
        ),
        sections=tuple(
            SectionEntry(**{**section, "criteria": tuple(_criterion(c) for c in section["criteria"])})
            for section in said["sections"]
        ),
    )


def _criterion(said: dict[str, Any]) -> CriterionEntry:
    indicators = tuple(IndicatorEntry(**sign) for sign in said["indicators"])
    return CriterionEntry(**{**said, **_dates(said), "indicators": indicators})


def _dates(said: dict[str, Any]) -> dict[str, datetime.date | None]:
    return {name: datetime.date.fromisoformat(said[name]) if said[name] else None for name in DATES}
