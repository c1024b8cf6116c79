"""From a criteria file to a document, or to all that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hallmarks.agreeing import disagreements
from hallmarks.checking import Record, check
from hallmarks.document import (
    CriterionEntry,
    Document,
    FrameworkEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
)
from hallmarks.formats import NOTHING_KNOWN, Known, read
from hallmarks.problems import Problem, shortened


@dataclass(frozen=True)
class Parsed:
    """A document, or the problems that stand in its way: never both; and what was filled in, in words."""

    document: Document | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    # The lineages that nobody gave: proposed from codes, for a person to confirm.
    lineages_made: frozenset[str] = frozenset()


def parse(data: bytes | str, name: str = "", known: Known = NOTHING_KNOWN) -> Parsed:
    """Return what a criteria file says, or all its problems with their places; any bytes will do.

    The format is found from content and name; `known` helps to fill in codes where the file gives none.
    """
    reading = read(data, name, known)
    if reading.problems and not reading.entries:
        return Parsed(None, shortened(list(reading.problems)))
    records, broken = check(reading.entries)
    problems = [*reading.problems, *broken]
    problems += disagreements(records, are_all=not problems)
    if problems:
        return Parsed(None, shortened(problems))
    made = frozenset(record.values["lineage"] for record in records if "lineage" in record.made)
    return Parsed(_document(records), (), reading.notes, made)


def _document(records: Iterable[Record]) -> Document:
    parts = _Parts(records)
    framework, version = parts.of("framework")[0], parts.of("version")[0]
    return Document(
        framework=FrameworkEntry(**framework.values),
        **{name: version.values[name] for name in ("slug", "title", "source", "in_force_from", "in_force_to")},
        scales=tuple(
            ScaleEntry(scale.values["slug"], scale.values["is_ordered"], parts.levels(scale))
            for scale in parts.of("scale")
        ),
        sections=tuple(
            SectionEntry(**_own(section, "version"), criteria=parts.criteria(section))
            for section in parts.of("section", order="number")
        ),
    )


class _Parts:
    """The records, by model and by what they belong to."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_model: dict[str, list[Record]] = {}
        self._below: dict[tuple[str, tuple[Any, ...]], list[Record]] = {}
        for record in records:
            self._by_model.setdefault(record.model, []).append(record)
            above = {"level": "scale", "criterion": "section", "indicator": "criterion"}.get(record.model)
            if above:
                self._below.setdefault((record.model, record.values[above]), []).append(record)

    def of(self, model: str, order: str = "") -> list[Record]:
        """Return the records of a model, in the file's order or by a number."""
        found = self._by_model.get(model, [])
        return sorted(found, key=lambda record: record.values[order]) if order else found

    def levels(self, scale: Record) -> tuple[LevelEntry, ...]:
        """Return the levels of a scale, lowest first."""
        return tuple(LevelEntry(**_own(record, "scale")) for record in self._under("level", scale, "position"))

    def criteria(self, section: Record) -> tuple[CriterionEntry, ...]:
        """Return the criteria of a section in order, each with its indicators."""
        return tuple(self._criterion(record) for record in self._under("criterion", section, "number"))

    def _criterion(self, record: Record) -> CriterionEntry:
        own = _own(record, "version", "section") | {"scale": record.values["scale"][-1]}
        indicators = self._under("indicator", record, "number")
        return CriterionEntry(**own, indicators=tuple(IndicatorEntry(**_own(i, "criterion")) for i in indicators))

    def _under(self, model: str, above: Record, order: str) -> list[Record]:
        return sorted(self._below.get((model, above.key), []), key=lambda record: record.values[order])


def _own(record: Record, *above: str) -> dict[str, Any]:
    return {name: value for name, value in record.values.items() if name not in above}
