"""What changes in criteria, as a page shows it: by kind, with counts, and changed words marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from hallmarks import changes_words as words
from hallmarks.comparing import Change, Comparison, Setting, compare
from hallmarks.differences import Piece, compared
from hallmarks.document import CriterionEntry, Document
from hallmarks.signs_compared import SignChange

# Beyond this many pairs of words, texts are shown whole: marking the words of long texts takes seconds.
PAIRS_OF_WORDS = 20_000_000
# A longer list is folded by section.
LONG = 20

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Marked:
    """Two wordings of one thing, changed words marked; either may be empty."""

    name: str
    before: Pieces
    after: Pieces


@dataclass(frozen=True)
class Item:
    """One criterion in a list of changes."""

    code: str
    title: str
    section: str
    said: tuple[str, ...] = ()
    texts: tuple[Marked, ...] = ()
    signs: tuple[Marked, ...] = ()
    settings: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """All changes of one kind, under one heading."""

    anchor: str
    title: str
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many criteria it tells of."""
        return len(self.items)

    @property
    def is_long(self) -> bool:
        """Whether it is folded by section."""
        return self.count > LONG

    @property
    def by_section(self) -> list[tuple[str, tuple[Item, ...]]]:
        """Its criteria by section, in the set's order."""
        return [(section, tuple(items)) for section, items in groupby(self.items, key=lambda item: item.section)]


@dataclass(frozen=True)
class ScaleShown:
    """What changed in one scale."""

    name: str
    said: str
    levels: tuple[tuple[str, Marked | None], ...]


@dataclass(frozen=True)
class Shown:
    """All changes between two sets."""

    sentence: str
    is_same: bool
    parts: tuple[Part, ...]
    scales: tuple[ScaleShown, ...]
    sections: tuple[str, ...]
    about: tuple[tuple[str, str, str], ...]
    unchanged: tuple[tuple[str, str], ...]
    number_unchanged: int
    is_marked_throughout: bool
    is_told_twice: bool


@dataclass
class _Marker:
    """Marks words as long as that is quick."""

    left: int

    def marked(self, name: str, before: str, after: str) -> Marked:
        if not before or not after:
            return Marked(name, _whole(before), _whole(after))
        self.left -= len(before.split()) * len(after.split())
        if self.left < 0:
            return Marked(name, (Piece(before, False),), (Piece(after, False),))
        return Marked(name, *compared(before, after))


def _whole(text: str) -> Pieces:
    return (Piece(text, is_changed=True),) if text else ()


def changes_between(new: Document, old: Document) -> Shown:
    """Compare two sets and put what was found into the words and pieces of a page."""
    return shown(compare(new, old), new, old)


def shown(found: Comparison, new: Document, old: Document) -> Shown:
    """Put a comparison into the words and pieces of a page."""
    marker, now, was = _Marker(PAIRS_OF_WORDS), _sections_of(new), _sections_of(old)
    parts = (
        Part("added", _("Added"), tuple(_item(c, now, said=_statement(c)) for c in found.added)),
        Part("reworded", _("Reworded"), tuple(_reworded(change, now, marker) for change in found.reworded)),
        Part("moved", _("Moved"), tuple(_moved(change, now) for change in found.moved)),
        Part("settings", _("Other settings"), tuple(_reset(change, now, new, old) for change in found.reset)),
        Part("dropped", _("Dropped"), tuple(_item(c, was, said=_statement(c)) for c in found.dropped)),
    )
    scales = tuple(_scales(found, marker))
    return Shown(
        sentence=words.counted(found),
        is_same=found.is_same,
        parts=tuple(part for part in parts if part.items),
        scales=scales,
        sections=tuple(words.section_sentence(change) for change in found.sections),
        about=_settings(found.about, new, old),
        unchanged=tuple(_unchanged(found, new)),
        number_unchanged=len(found.unchanged),
        is_marked_throughout=marker.left >= 0,
        is_told_twice=any((c.is_reworded, c.move is not None, bool(c.settings)).count(True) > 1 for c in found.kept),
    )


def _sections_of(document: Document) -> dict[str, str]:
    return {criterion.code: section.title for section in document.sections for criterion in section.criteria}


def _item(criterion: CriterionEntry, sections: dict[str, str], *, said: Iterable[str] = ()) -> Item:
    return Item(criterion.code, criterion.title, sections[criterion.code], tuple(said))


def _statement(criterion: CriterionEntry) -> tuple[str]:
    return (criterion.text,)


def _reworded(change: Change, sections: dict[str, str], marker: _Marker) -> Item:
    names = words.field_names()
    return Item(
        change.after.code,
        change.after.title,
        sections[change.after.code],
        said=tuple(words.rewording_sentences(change)),
        texts=tuple(marker.marked(names[text.name], text.before, text.after) for text in change.texts),
        signs=tuple(_sign(sign, marker) for sign in change.signs),
    )


def _sign(sign: SignChange, marker: _Marker) -> Marked:
    before, after = (entry.text if entry else "" for entry in (sign.before, sign.after))
    if sign.before is None:
        name = _("Added")
    elif sign.after is None:
        name = _("Dropped")
    elif sign.is_reworded:
        name = _("Reworded and moved") if sign.is_moved else _("Reworded")
    else:
        return Marked(_("Moved"), (), (Piece(after, False),))
    return marker.marked(name, before, after)


def _moved(change: Change, sections: dict[str, str]) -> Item:
    said = words.move_sentences(change.move) if change.move else ()
    return _item(change.after, sections, said=said)


def _reset(change: Change, sections: dict[str, str], new: Document, old: Document) -> Item:
    after = change.after
    settings = _settings(change.settings, new, old)
    return Item(after.code, after.title, sections[after.code], settings=settings)


def _settings(settings: Iterable[Setting], new: Document, old: Document) -> tuple[tuple[str, str, str], ...]:
    names = words.field_names()
    return tuple(
        (
            names[setting.name],
            words.value(setting.name, setting.before, old),
            words.value(setting.name, setting.after, new),
        )
        for setting in settings
    )


def _scales(found: Comparison, marker: _Marker) -> Iterable[ScaleShown]:
    for change in found.scales:
        scale = change.after or change.before
        if scale is None:
            continue
        levels = []
        for level in change.levels:
            before, after = (entry.descriptor if entry else "" for entry in (level.before, level.after))
            marked = marker.marked("", before, after) if before != after else None
            levels.append((" ".join(words.level_sentences(level)), marked))
        yield ScaleShown(words.span_of(scale), words.scale_sentence(change), tuple(levels))


def _unchanged(found: Comparison, new: Document) -> Iterable[tuple[str, str]]:
    """Yield each section with the codes of its unchanged criteria, and what a code that followed a neighbour was."""
    same = {criterion.code for criterion in found.unchanged}
    was = {change.after.code: change.before.code for change in found.renumbered}
    for section in new.sections:
        codes = [criterion.code for criterion in section.criteria if criterion.code in same]
        named = [_("%(code)s (was %(was)s)") % {"code": c, "was": was[c]} if c in was else c for c in codes]
        if named:
            yield section.title, ", ".join(named)
