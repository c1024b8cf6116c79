"""Open a workbook's package: nothing is unpacked before it is known how much there is, and nothing is ever resolved."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Protocol
from xml.parsers import expat

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.reading import Clock, Unreadable, refuse_size

PIECE, LONGEST_TAG = 65_536, 262_144
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
IS_ENCRYPTED = 0x1
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
MACROS = re.compile(r"vbaproject|macrosheets?/|activex/", re.IGNORECASE)
SPACE = " "


class Handler(Protocol):
    """What takes the elements of a part as they are read."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; names are without their namespace."""

    def end(self, name: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Take a piece of text."""


class Package:
    """The members of a workbook, each read as XML at most once."""

    def __init__(self, data: bytes) -> None:
        refuse_size(data)
        self._clock = Clock()
        self._archive = _opened(data)
        members = self._archive.infolist()
        self.names = frozenset(member.filename for member in members)
        _refuse(members, self.names)

    def read(self, name: str, handler: Handler) -> None:
        """Feed a member to a handler, piece by piece."""
        parser = expat.ParserCreate(namespace_separator=SPACE)
        guard = _Guard(handler, name)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = guard.doctype
        parser.StartElementHandler = guard.start
        parser.EndElementHandler = guard.end
        parser.CharacterDataHandler = handler.data
        try:
            fed = 0
            for piece in self._pieces(name):
                parser.Parse(piece, False)
                fed += len(piece)
                # What is not finished is read from its beginning with every piece.
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise expat.ExpatError(name)
            parser.Parse(b"", True)
        except expat.ExpatError:
            text = _("It cannot be read at line %(line)s. Save the workbook again.")
            text %= {"line": parser.CurrentLineNumber}
            raise Unreadable(_("the part %(name)s") % {"name": name}, text) from None

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._archive.open(name) as member:
                while piece := member.read(PIECE):
                    self._clock.check()
                    yield piece
        except (KeyError, EOFError, OSError, ValueError, zipfile.BadZipFile, zlib.error):
            raise _damaged() from None


class _Guard:
    """Stands before a handler: refuses document types and depth, and takes namespaces off names."""

    def __init__(self, handler: Handler, name: str) -> None:
        self._handler, self._name, self._depth = handler, name, 0

    def doctype(self, *_arguments: Any) -> None:
        raise Unreadable(
            _("the part %(name)s") % {"name": self._name},
            _("It declares a document type (DTD), which no workbook needs. Save the workbook again."),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > settings.CRITERIA_MAX_DEPTH:
            text = _("Elements are nested more than %(limit)s deep.") % {"limit": settings.CRITERIA_MAX_DEPTH}
            raise Unreadable(_("the part %(name)s") % {"name": self._name}, text)
        self._handler.start(name.rpartition(SPACE)[2], attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name.rpartition(SPACE)[2])


def _opened(data: bytes) -> zipfile.ZipFile:
    if data.startswith(OLD_OR_LOCKED):
        text = _(
            "This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx, without a password."
        )
        raise Unreadable(_("the file"), text)
    if not data:
        raise Unreadable(_("the file"), _("The file is empty."))
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged() from None


def _refuse(members: list[zipfile.ZipInfo], names: frozenset[str]) -> None:
    unpacked = sum(member.file_size for member in members)
    refused = {
        _("It is packed in more parts than a workbook has. The limit is %(limit)s.")
        % {"limit": settings.CRITERIA_MAX_MEMBERS}: len(members) > settings.CRITERIA_MAX_MEMBERS,
        _("Unpacked it would be %(size)s MB. The limit is %(limit)s MB.")
        % {
            "size": f"{unpacked / 1e6:,.0f}",
            "limit": f"{settings.CRITERIA_MAX_UNPACKED_BYTES / 1e6:g}",
        }: unpacked > settings.CRITERIA_MAX_UNPACKED_BYTES,
        _("It holds a part twice. Save the workbook again."): len(names) < len(members),
        _("It needs a password. Save it without one."): any(m.flag_bits & IS_ENCRYPTED for m in members),
        _("It is packed in a way that no spreadsheet uses. Save the workbook again."): any(
            m.compress_type not in METHODS for m in members
        ),
        _("It holds macros. Save it as a workbook without them (.xlsx)."): any(MACROS.search(n) for n in names),
    }
    for text, applies in refused.items():
        if applies:
            raise Unreadable(_("the file"), text)


def _damaged() -> Unreadable:
    return Unreadable(_("the file"), _("This is not a workbook (.xlsx), or it is damaged. Save it again as .xlsx."))
