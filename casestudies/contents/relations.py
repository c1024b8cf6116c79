"""How the parts of a DOCX or XLSX hang together: their content types and relationships (ECMA-376, part 2)."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from casestudies.contents.faults import Damaged
from casestudies.contents.limits import Budget
from casestudies.contents.markup import HEADER, Attributes, Rules, read, value_of
from casestudies.contents.zips import Archive

CONTENT_TYPES = "[Content_Types].xml"
NAMESPACE = "http://schemas.openxmlformats.org/package/2006/"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
# Where a link may lead when somebody chooses it; anything else names a file, a program or a script.
SAFE_LINKS = ("http://", "https://", "mailto:", "#")
NOWHERE = "about:blank"


@dataclass(frozen=True)
class Relation:
    """One relationship: a part refers to another, or to an address, by an id."""

    id: str
    type: str
    target: str
    is_external: bool

    @property
    def kind(self) -> str:
        """The last word of its type, which is the same in every edition of the standard."""
        return self.type.rpartition("/")[2]


class ContentTypes:
    """What each part of a file is said to be."""

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        name = archive.find(CONTENT_TYPES)
        if name is None:
            raise Damaged
        rules = Rules(starts={"Default": self._default, "Override": self._override})
        read(archive.pieces(name), rules, budget)

    def of(self, part: str) -> str:
        """Return a part's type, in small letters and without parameters; nothing where the file does not say."""
        suffix = part.rpartition(".")[2].casefold()
        said = self._overrides.get(part.casefold()) or self._defaults.get(suffix) or ""
        return said.partition(";")[0].strip().casefold()

    def _default(self, attributes: Attributes) -> bool:
        return _once(self._defaults, value_of(attributes, "Extension").casefold(), attributes)

    def _override(self, attributes: Attributes) -> bool:
        return _once(self._overrides, value_of(attributes, "PartName").removeprefix("/").casefold(), attributes)


def _once(types: dict[str, str], key: str, attributes: Attributes) -> bool:
    if key in types:
        raise Damaged(CONTENT_TYPES)
    types[key] = value_of(attributes, "ContentType")
    return True


def types_part(types: dict[str, str]) -> bytes:
    """Write the part that says what each of these parts is."""
    lines = [f'<Default Extension="rels" ContentType="{RELATIONS_TYPE}"/>']
    lines += [f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(types[part])}/>" for part in types]
    return _part("content-types", "Types", lines)


def relations_name(part: str) -> str:
    """Return where a part's relationships stand; those of the whole file belong to the part without a name."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(part: str, archive: Archive, budget: Budget) -> list[Relation]:
    """Return a part's relationships, internal targets as names of members; raises Damaged where an id stands twice."""
    name = archive.find(relations_name(part))
    if name is None:
        return []
    found: dict[str, Relation] = {}

    def take(attributes: Attributes) -> bool:
        relation = _relation(attributes, part, archive)
        if relation.id in found:
            raise Damaged(name)
        found[relation.id] = relation
        return True

    read(archive.pieces(name), Rules(starts={"Relationship": take}), budget)
    return list(found.values())


def _relation(attributes: Attributes, part: str, archive: Archive) -> Relation:
    is_external = value_of(attributes, "TargetMode").casefold() == "external"
    target = value_of(attributes, "Target")
    relation = Relation(value_of(attributes, "Id"), value_of(attributes, "Type"), target, is_external)
    if is_external or target.startswith("#"):
        return relation
    return replace(relation, target=archive.find(_resolved(target, part)) or "")


def _resolved(target: str, part: str) -> str:
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def relations_part(relations: Iterable[Relation]) -> bytes:
    """Write relationships; internal targets are written from the root, so they need no folder."""
    return _part("relationships", "Relationships", [_line(relation) for relation in relations])


def _line(relation: Relation) -> str:
    target, mode = relation.target, ' TargetMode="External"' if relation.is_external else ""
    if not relation.is_external and not target.startswith("#"):
        target = f"/{target}"
    words = f"Id={quoteattr(relation.id)} Type={quoteattr(relation.type)} Target={quoteattr(target)}"
    return f"<Relationship {words}{mode}/>"


def _part(namespace: str, name: str, lines: Iterable[str]) -> bytes:
    text = f'<{name} xmlns="{NAMESPACE}{namespace}">{"".join(lines)}</{name}>'
    return HEADER + text.encode()


def is_safe_link(target: str) -> bool:
    """Whether a link leads to a page, an address for mail, or a place in the same file."""
    return target.strip().casefold().startswith(SAFE_LINKS)
