"""DOCX and XLSX: tell them by their main part, and write them anew from the parts that the main part leads to."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from casestudies.contents.faults import (
    Cleaned,
    Damaged,
    Danger,
    Removed,
    SavedAsOther,
    UnknownKind,
    Unsafe,
    naming,
)
from casestudies.contents.inner_pictures import ENOUGH, clean_picture, picture_type
from casestudies.contents.limits import Budget
from casestudies.contents.markup import Rules, rewritten
from casestudies.contents.office_rules import DROPPED_RELATIONS, REFUSED_RELATIONS, sheet_rules, word_rules
from casestudies.contents.relations import (
    CONTENT_TYPES,
    NOWHERE,
    ContentTypes,
    Relation,
    is_safe_link,
    relations_name,
    relations_of,
    relations_part,
    types_part,
)
from casestudies.contents.zips import Archive, NewArchive

OFFICE = "application/vnd.openxmlformats-officedocument."


class Main(Enum):
    """What a file is by the content type of its main part."""

    DOCX = f"{OFFICE}wordprocessingml.document.main+xml"
    XLSX = f"{OFFICE}spreadsheetml.sheet.main+xml"


ALMOST = {
    f"{OFFICE}wordprocessingml.template.main+xml",
    f"{OFFICE}spreadsheetml.template.main+xml",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main",
}
# Whatever a part is called and whoever refers to it: what it is said to be is enough.
REFUSED_TYPES = {
    "macroenabled": Danger.MACROS,
    "macrosheet": Danger.MACROS,
    "vbaproject": Danger.MACROS,
    "vbadata": Danger.MACROS,
    "activex": Danger.ACTIVE_X,
    "oleobject": Danger.OBJECT,
}
REFUSED_NAMES = {"vbaproject": Danger.MACROS, "vbadata": Danger.MACROS, "/activex/": Danger.ACTIVE_X}
ROOT = ""


def main_of(archive: Archive) -> Main:
    """Return which kind the file is; raises BadContent where it is none, or one that carries macros."""
    budget = Budget(archive.limits)
    types = ContentTypes(archive, budget)
    main = types.of(_main_part(relations_of(ROOT, archive, budget)))
    if main in ALMOST:
        raise SavedAsOther
    if "macroenabled" in main:
        raise Unsafe(Danger.MACROS)
    try:
        return Main(main)
    except ValueError as problem:
        raise UnknownKind from problem


def _main_part(relations: Iterable[Relation]) -> str:
    found = [each for each in relations if each.kind == "officeDocument" and not each.is_external]
    if len(found) != 1 or not found[0].target:
        raise Damaged
    return found[0].target


def clean(archive: Archive) -> Cleaned:
    """Return the file as a new one; raises BadContent."""
    return _Walk(archive, main_of(archive)).cleaned()


@dataclass(frozen=True)
class _Part:
    """A part that is kept: its relationships, and the ids of those that it lost."""

    relations: tuple[Relation, ...]
    lost: frozenset[str]


class _Walk:
    """One way through a file, from the main part along its relationships; what is not reached is not kept."""

    def __init__(self, archive: Archive, main: Main) -> None:
        self._archive, self._main = archive, main
        self._budget = Budget(archive.limits)
        self._types = ContentTypes(archive, self._budget)
        self._removed: set[Removed] = set()
        self._parts: dict[str, _Part] = {}

    def cleaned(self) -> Cleaned:
        """Check, walk and write."""
        for name in self._archive.members:
            _refuse_by_name(name, self._types.of(name))
        self._walk()
        return Cleaned(self._written(), frozenset(self._removed))

    def _walk(self) -> None:
        waiting = deque([ROOT])
        while waiting:
            part = waiting.popleft()
            if part in self._parts:
                continue
            self._parts[part] = self._part(part)
            waiting.extend(each.target for each in self._parts[part].relations if not _is_link(each))

    def _part(self, part: str) -> _Part:
        relations = relations_of(part, self._archive, self._budget)
        kept = [each for relation in relations if (each := self._judged(relation, part))]
        return _Part(tuple(kept), frozenset({each.id for each in relations} - {each.id for each in kept}))

    def _judged(self, relation: Relation, owner: str) -> Relation | None:
        """Return a relationship as it is kept, None where it is taken out; raises Unsafe."""
        if relation.kind == "package" and "chart" in self._types.of(owner):
            self._removed.add(Removed.CHART_DATA)
            return None
        if relation.kind in DROPPED_RELATIONS:
            self._removed.update(DROPPED_RELATIONS[relation.kind])
            return None
        if relation.kind in REFUSED_RELATIONS:
            raise Unsafe(REFUSED_RELATIONS[relation.kind], relation.target)
        if owner == ROOT and relation.kind != "officeDocument":
            return None
        if _is_link(relation):
            return self._link(relation)
        if not relation.target:
            return None
        if self._types.of(relation.target) == "image/svg+xml":
            self._removed.add(Removed.VECTOR_PICTURES)
            return None
        return relation

    def _link(self, relation: Relation) -> Relation:
        if relation.kind == "image":
            raise Unsafe(Danger.REMOTE_PICTURE, relation.target)
        if relation.kind != "hyperlink":
            raise Unsafe(Danger.OUTSIDE, relation.target)
        if is_safe_link(relation.target):
            return relation
        self._removed.add(Removed.LINKS_TO_FILES)
        return replace(relation, target=NOWHERE, is_external=True)

    def _written(self) -> bytes:
        with NewArchive() as out:
            out.add(CONTENT_TYPES, [types_part({name: self._type(name) for name in self._parts if name != ROOT})])
            for name, part in self._parts.items():
                if part.relations:
                    out.add(relations_name(name), [relations_part(part.relations)])
                if name != ROOT:
                    with naming(name):
                        out.add(name, self._pieces(name, part))
        return out.finish()

    def _type(self, name: str) -> str:
        """Return what a part is: a picture by its content, anything else only if it is XML."""
        said = self._types.of(name)
        if said.startswith("image/"):
            with naming(name):
                return picture_type(self._archive.first_bytes(name, ENOUGH))
        if not said.endswith(("/xml", "+xml", "vmldrawing")):
            raise Unsafe(Danger.OBJECT, name)
        return said

    def _pieces(self, name: str, part: _Part) -> Iterable[bytes]:
        if self._types.of(name).startswith("image/"):
            return [clean_picture(self._archive.read(name, self._archive.limits.picture_bytes))]
        return rewritten(self._archive.pieces(name), self._rules(name, part.lost), self._budget)

    def _rules(self, name: str, lost: frozenset[str]) -> Rules:
        if self._main is Main.DOCX:
            return word_rules(lost)
        return sheet_rules(lost, has_formulas="spreadsheetml" in self._types.of(name))


def _is_link(relation: Relation) -> bool:
    return relation.is_external or relation.target.startswith("#")


def _refuse_by_name(name: str, said: str) -> None:
    for mark, danger in REFUSED_TYPES.items():
        if mark in said:
            raise Unsafe(danger, name)
    for mark, danger in REFUSED_NAMES.items():
        if mark in name.casefold():
            raise Unsafe(danger, name)
