"""What one set of criteria changes in another: criteria by lineage, sections and levels by their codes and slugs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from hallmarks.document import CriterionEntry, Document, SectionEntry
from hallmarks.levels_compared import ScaleChange, compare_scales
from hallmarks.ordering import moved_among
from hallmarks.signs_compared import SignChange, compare_signs
from hallmarks.texts import folded

TEXTS = ("title", "text", "official_text", "guidance")
SETTINGS = (
    "kind",
    "is_key",
    "nation",
    "tier",
    "in_force_from",
    "in_force_to",
    "scale",
    "source",
    "confidence",
    "note",
)
ABOUT_THE_SET = ("title", "source", "in_force_from", "in_force_to")
LAST_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True)
class Setting:
    """One thing that a text is not, before and after: a kind, a date, a source."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Rewording:
    """One text in two wordings; either may be empty."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Move:
    """Where a criterion stood and stands; a number that only followed a neighbour's is no move."""

    section: tuple[str, str] | None
    code: tuple[str, str] | None
    is_reordered: bool


@dataclass(frozen=True)
class Change:
    """One criterion in two versions, and all that differs."""

    before: CriterionEntry
    after: CriterionEntry
    texts: tuple[Rewording, ...]
    signs: tuple[SignChange, ...]
    settings: tuple[Setting, ...]
    move: Move | None

    @property
    def differs(self) -> tuple[str, ...]:
        """The names of what differs, other than its place."""
        signs = ("indicators",) * bool(self.signs)
        return (*(text.name for text in self.texts), *signs, *(setting.name for setting in self.settings))

    @property
    def is_reworded(self) -> bool:
        """Whether a reader would find other words."""
        return bool(self.texts or self.signs)

    @property
    def is_renumbered(self) -> bool:
        """Whether its code followed a neighbour that came or went."""
        return self.move is None and self.before.code != self.after.code


@dataclass(frozen=True)
class SectionChange:
    """A section that came, went, moved, or got another title or code; one of the two may be missing."""

    before: SectionEntry | None
    after: SectionEntry | None
    is_moved: bool = False


@dataclass(frozen=True)
class Comparison:
    """What a new set does to an older one, by lineage, each in its own set's order.

    A criterion may be reworded, moved and set otherwise at once; then it is among each of them.
    """

    added: tuple[CriterionEntry, ...]
    kept: tuple[Change, ...]
    dropped: tuple[CriterionEntry, ...]
    sections: tuple[SectionChange, ...]
    scales: tuple[ScaleChange, ...]
    about: tuple[Setting, ...]

    @property
    def reworded(self) -> tuple[Change, ...]:
        """The criteria with other words."""
        return tuple(change for change in self.kept if change.is_reworded)

    @property
    def moved(self) -> tuple[Change, ...]:
        """The criteria in another section or order, or under another code."""
        return tuple(change for change in self.kept if change.move)

    @property
    def reset(self) -> tuple[Change, ...]:
        """The criteria with other settings."""
        return tuple(change for change in self.kept if change.settings)

    @property
    def renumbered(self) -> tuple[Change, ...]:
        """The criteria whose codes only followed their neighbours."""
        return tuple(change for change in self.kept if change.is_renumbered)

    @property
    def unchanged(self) -> tuple[CriterionEntry, ...]:
        """The criteria that say the same at the same place."""
        return tuple(change.after for change in self.kept if not change.differs and change.move is None)

    @property
    def is_same(self) -> bool:
        """Whether nothing at all differs, but perhaps the edition's own name in addresses."""
        told = self.added or self.dropped or self.sections or self.scales or self.about or self.renumbered
        return not told and len(self.unchanged) == len(self.kept)


class _Standing(NamedTuple):
    """A criterion and the section it stands in."""

    section: SectionEntry
    criterion: CriterionEntry


def compare(new: Document, published: Document) -> Comparison:
    """Return all that a new set changes in an older one."""
    older, newer = _standing(published), _standing(new)
    heirs = _section_heirs(published.sections, new.sections)
    places = _Places(older, newer, heirs)
    return Comparison(
        added=tuple(found.criterion for key, found in newer.items() if key not in older),
        kept=tuple(_change(older[key], newer[key], places) for key in newer if key in older),
        dropped=tuple(found.criterion for key, found in older.items() if key not in newer),
        sections=_section_changes(published.sections, new.sections, heirs),
        scales=compare_scales(published.scales, new.scales),
        about=(
            *_settings(published, new, ABOUT_THE_SET),
            *(Setting(f"framework_{s.name}", s.before, s.after) for s in _framework(published, new)),
        ),
    )


def _framework(before: Document, after: Document) -> tuple[Setting, ...]:
    return _settings(before.framework, after.framework, ("title", "publisher"))


def _settings(before: Any, after: Any, names: Iterable[str]) -> tuple[Setting, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(Setting(name, old, new) for name, old, new in pairs if old != new)


def _standing(document: Document) -> dict[str, _Standing]:
    return {c.lineage: _Standing(section, c) for section in document.sections for c in section.criteria}


def _change(old: _Standing, new: _Standing, places: "_Places") -> Change:
    before, after = old.criterion, new.criterion
    return Change(
        before=before,
        after=after,
        texts=tuple(Rewording(s.name, s.before, s.after) for s in _settings(before, after, TEXTS)),
        signs=compare_signs(before.indicators, after.indicators),
        settings=_settings(before, after, SETTINGS),
        move=places.move(old, new),
    )


class _Places:
    """Tells a move from a number that followed a neighbour."""

    def __init__(
        self, older: Mapping[str, _Standing], newer: Mapping[str, _Standing], heirs: Mapping[str, SectionEntry]
    ) -> None:
        self._heirs = heirs
        before, after = _by_section(older, {}), _by_section(newer, heirs)
        moved = {code: moved_among(before.get(code, ()), keys) for code, keys in after.items()}
        self._reordered = frozenset().union(*moved.values())
        # A code may follow only where a neighbour came, went or moved.
        self._restless = {code for code, keys in after.items() if moved[code] or set(keys) != set(before.get(code, ()))}

    def move(self, old: _Standing, new: _Standing) -> Move | None:
        """Return how a criterion moved, or None."""
        heir = self._heirs.get(new.section.code)
        section = None if heir == old.section else (old.section.title, new.section.title)
        is_reordered = section is None and new.criterion.lineage in self._reordered
        codes = old.criterion.code, new.criterion.code
        is_other = codes[0] != codes[1] and (section is not None or is_reordered or not self._followed(old, new))
        move = Move(section, codes if is_other else None, is_reordered)
        return move if section or is_other or is_reordered else None

    def _followed(self, old: _Standing, new: _Standing) -> bool:
        """Say whether only the number at a code's end changed, or the section's code before it."""
        was, now = ((c.code.removeprefix(s.code), s.code) for s, c in (old, new))
        if was[0] == now[0] and was[1] != now[1]:
            return True
        stems = {LAST_NUMBER.sub("", rest) for rest, _section in (was, now)}
        numbered = all(LAST_NUMBER.search(rest) for rest, _section in (was, now))
        return numbered and len(stems) == 1 and old.section.code in self._restless


def _by_section(standing: Mapping[str, _Standing], heirs: Mapping[str, SectionEntry]) -> dict[str, list[str]]:
    """Return lineages by the code that their section had before, in order."""
    found: dict[str, list[str]] = {}
    for key, (section, _criterion) in standing.items():
        code = heirs[section.code].code if section.code in heirs else section.code
        found.setdefault(code, []).append(key)
    return found


def _section_heirs(older: Iterable[SectionEntry], newer: Iterable[SectionEntry]) -> dict[str, SectionEntry]:
    """Return by the code of each new section the old one it goes on from: the same code, else the same title."""
    left, newer = {section.code: section for section in older}, tuple(newer)
    heirs = {section.code: left.pop(section.code) for section in newer if section.code in left}
    by_title = {folded(section.title): section for section in left.values()}
    for section in newer:
        if section.code not in heirs and folded(section.title) in by_title:
            heirs[section.code] = by_title.pop(folded(section.title))
    return heirs


def _section_changes(
    older: tuple[SectionEntry, ...], newer: tuple[SectionEntry, ...], heirs: Mapping[str, SectionEntry]
) -> tuple[SectionChange, ...]:
    after = [heirs[section.code].code if section.code in heirs else None for section in newer]
    moved = moved_among([section.code for section in older], [code for code in after if code])
    changes = [
        SectionChange(before, section, before is not None and before.code in moved)
        for section in newer
        for before in (heirs.get(section.code),)
    ]
    gone = [SectionChange(section, None) for section in older if section.code not in after]
    return (*(change for change in changes if _is_told(change)), *gone)


def _is_told(change: SectionChange) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return change.is_moved or (before.code, before.title) != (after.code, after.title)
