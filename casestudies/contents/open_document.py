"""ODT: tell it by its first member, and write it anew from its texts and pictures (ODF 1.3, part 2)."""

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from casestudies.contents.faults import (
    BadContent,
    Cleaned,
    Damaged,
    Danger,
    NeedsPassword,
    Removed,
    SavedAsOther,
    UnknownKind,
    Unsafe,
    naming,
)
from casestudies.contents.formulas import check_formula
from casestudies.contents.inner_pictures import ENOUGH, clean_picture, picture_type
from casestudies.contents.limits import Budget
from casestudies.contents.markup import HEADER, Attributes, Rules, Start, read, rewritten, value_of
from casestudies.contents.office_rules import INITIALS, SOMEBODY
from casestudies.contents.relations import is_safe_link
from casestudies.contents.zips import ZIP_START, Archive, NewArchive

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ENTRY, PATH, TYPE = "manifest:file-entry", "manifest:full-path", "manifest:media-type"
VERSION = re.compile(r"\d\.\d")
MIMETYPE_AT = 30
TYPES = "application/vnd.oasis.opendocument."
ODT = f"{TYPES}text"
ALMOST = {f"{TYPES}text-template", f"{TYPES}text-master", f"{TYPES}text-web"}
TEXTS = ("content.xml", "styles.xml", "settings.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_FOLDERS = {"Basic", "Scripts", "Dialogs"}
REMOVED_PARTS = {
    "Fonts": Removed.FONTS,
    "Versions": Removed.OLD_VERSIONS,
    "VersionList.xml": Removed.OLD_VERSIONS,
    "documentsignatures.xml": Removed.SIGNATURE,
    "macrosignatures.xml": Removed.SIGNATURE,
}
PICTURES = "Pictures"
# Pictures of the first page, and of somebody's own buttons.
LEFT_OUT = {"Configurations2", "Thumbnails"}
# Which printer somebody uses, and which database they looked into.
PRIVATE_SETTINGS = {
    "CurrentDatabaseCommand",
    "CurrentDatabaseCommandType",
    "CurrentDatabaseDataSource",
    "PrintFaxName",
    "PrinterName",
    "PrinterSetup",
}
MACRO_ELEMENTS = ("script", "event-listener")
OBJECT_ELEMENTS = ("applet", "binary-data", "object-ole", "plugin")
DDE_ELEMENTS = ("dde-connection", "dde-connection-decl", "dde-source")
LINKS = {"a", "button"}


def is_open_document(data: bytes) -> bool:
    """Whether the first member is the one that says what the file is, as the standard wants it: not packed."""
    return data.startswith(ZIP_START) and data[MIMETYPE_AT:].startswith(f"{MIMETYPE}{TYPES}".encode())


def check_kind(archive: Archive) -> None:
    """Raise BadContent unless it is a text document."""
    said = archive.read(MIMETYPE, 200).decode("ascii", "replace")
    if said in ALMOST:
        raise SavedAsOther
    if said != ODT:
        raise UnknownKind


def clean(archive: Archive) -> Cleaned:
    """Return the file as a new one; raises BadContent."""
    return _Document(archive).cleaned()


class _Document:
    """One file on its way through."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._budget = archive, Budget(archive.limits)
        self._removed: set[Removed] = set()
        self._said: dict[str, str] = {}
        self._version = "1.2"
        self._kept: dict[str, str] = {}
        self._places = _places(archive.members)
        self._kept_places = self._places

    def cleaned(self) -> Cleaned:
        """Check, sort and write."""
        check_kind(self._archive)
        self._read_manifest()
        for name in self._archive.members:
            self._refuse_by_name(name)
        self._kept = {name: kind for name in self._archive.members if (kind := self._kind(name))}
        self._kept_places = _places(self._kept)
        if "content.xml" not in self._kept:
            raise Damaged("content.xml")
        return Cleaned(self._written(), frozenset(self._removed))

    def _read_manifest(self) -> None:
        name = self._archive.find(MANIFEST)
        if name is None:
            raise Damaged(MANIFEST)
        rules = Rules(starts={"file-entry": self._entry, "encryption-data": _encrypted, "keyinfo": _encrypted})
        read(self._archive.pieces(name), rules, self._budget)

    def _entry(self, attributes: Attributes) -> bool:
        path = value_of(attributes, "full-path")
        self._said[path] = value_of(attributes, "media-type")
        if path == "/" and VERSION.fullmatch(value_of(attributes, "version")):
            self._version = value_of(attributes, "version")
        return True

    def _refuse_by_name(self, name: str) -> None:
        if MACRO_FOLDERS & {*name.split("/")}:
            raise Unsafe(Danger.MACROS, name)
        if self._archive.first_bytes(name, len(OLE)) == OLE:
            raise Unsafe(Danger.OBJECT, name)

    def _kind(self, name: str) -> str:
        """Return a member's media type, or nothing where it is not kept."""
        folder, last = posixpath.split(name)
        top = name.partition("/")[0]
        if last in TEXTS:
            if not self._is_text(folder):
                raise Unsafe(Danger.OBJECT, name)
            return "text/xml"
        if {top, last} & {*REMOVED_PARTS}:
            self._removed.update(REMOVED_PARTS[part] for part in (top, last) if part in REMOVED_PARTS)
            return ""
        return "" if top in LEFT_OUT else self._picture_kind(name)

    def _is_text(self, folder: str) -> bool:
        """Whether a folder is the document itself, or one that stands in it: a chart, a formula, a drawing."""
        return not folder or self._said.get(f"{folder}/", "").startswith(TYPES)

    def _picture_kind(self, name: str) -> str:
        """Return a picture's media type, or nothing where a member is none and nothing says that it is one."""
        if name.casefold().endswith(".svg"):
            self._removed.add(Removed.VECTOR_PICTURES)
            return ""
        try:
            with naming(name):
                return picture_type(self._archive.first_bytes(name, ENOUGH))
        except BadContent:
            if PICTURES in name.split("/") or self._said.get(name, "").startswith("image/"):
                raise
            return ""

    def _written(self) -> bytes:
        with NewArchive() as out:
            out.add(MIMETYPE, [ODT.encode()], is_packed=False)
            out.add(MANIFEST, [self._manifest()])
            for name, kind in self._kept.items():
                with naming(name):
                    if kind == "text/xml":
                        out.add(name, rewritten(self._archive.pieces(name), self._rules(name), self._budget))
                    else:
                        out.add(name, [clean_picture(self._archive.read(name, self._archive.limits.picture_bytes))])
        return out.finish()

    def _manifest(self) -> bytes:
        texts = (name for name in self._kept if posixpath.basename(name) == "content.xml")
        folders = {f"{posixpath.dirname(name)}/" for name in texts} - {"/"}
        entries = {folder: self._said[folder] for folder in sorted(folders)} | self._kept
        lines = [f"<{ENTRY} {PATH}={quoteattr(k)} {TYPE}={quoteattr(v)}/>" for k, v in entries.items()]
        version = f'manifest:version="{self._version}"'
        text = f'<{ENTRY} {PATH}="/" {version} {TYPE}="{ODT}"/>{"".join(lines)}'
        return HEADER + f'<manifest:manifest xmlns:manifest="{SPACE}" {version}>{text}</manifest:manifest>'.encode()

    def _rules(self, name: str) -> Rules:
        folder = posixpath.dirname(name)
        starts = dict.fromkeys(MACRO_ELEMENTS, _refusal(Danger.MACROS))
        starts |= dict.fromkeys(OBJECT_ELEMENTS, _refusal(Danger.OBJECT))
        starts |= dict.fromkeys(DDE_ELEMENTS, _refusal(Danger.FIELD))
        starts |= {"config-item": _is_public, "image": _is_drawn}

        def lead(element: str, key: str, value: str) -> str:
            return self._lead(element, value, folder)

        return Rules(
            dropped=frozenset({"font-face-src"}),
            starts=starts,
            replaced={"creator": _somebody, "creator-initials": _initials, "loext:sender-initials": _initials},
            attributes={"href": lead, "formula": _formula},
        )

    def _lead(self, element: str, target: str, folder: str) -> str:
        """Return where something may lead: a link to a page or into the document, anything else to a part of it."""
        if element in LINKS and target and not is_safe_link(target):
            self._removed.add(Removed.LINKS_TO_FILES)
            return "#"
        if element in LINKS or not target or target.startswith("#"):
            return target
        path = posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0])))
        # A drawing may stand in for an object in a way that only one program can read; such ones are left out.
        if path not in (self._places if element == "image" else self._kept_places):
            raise Unsafe(Danger.REMOTE_PICTURE if element == "image" else Danger.OUTSIDE, target)
        return target


def _places(names: Iterable[str]) -> frozenset[str]:
    """Return these names, and every folder that one of them lies in."""
    found: set[str] = set()
    for name in names:
        parts = name.split("/")
        found.update("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    return frozenset(found)


def _refusal(danger: Danger) -> Start:
    def refuse(attributes: Attributes) -> bool:
        raise Unsafe(danger)

    return refuse


def _encrypted(attributes: Attributes) -> bool:
    raise NeedsPassword


def _is_public(attributes: Attributes) -> bool:
    return value_of(attributes, "name") not in PRIVATE_SETTINGS


def _is_drawn(attributes: Attributes) -> bool:
    """Whether a picture is one of those that are kept; next to a vector picture stands its drawn twin."""
    return not value_of(attributes, "href").casefold().endswith(".svg")


def _somebody(text: str) -> str:
    return SOMEBODY


def _initials(text: str) -> str:
    return INITIALS


def _formula(element: str, key: str, value: str) -> str:
    check_formula(value)
    return value
