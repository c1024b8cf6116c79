"""What an uploaded file really is, whatever its name says, and how to take out what it should not carry."""

from collections.abc import Callable
from dataclasses import dataclass

from casestudies.contents import open_document, open_xml
from casestudies.contents.faults import (
    BadContent,
    Cleaned,
    Damaged,
    Danger,
    HasDoctype,
    Limit,
    NeedsPassword,
    OldOffice,
    Removed,
    SavedAsOther,
    TooManyPixels,
    TooMuch,
    UnknownKind,
    Unsafe,
)
from casestudies.contents.limits import Limits
from casestudies.contents.pdf import PDF_HEADER_WITHIN, clean_pdf
from casestudies.contents.pictures import JPEG_START, MAX_PIXELS, PNG_SIGNATURE, clean_jpeg, clean_png
from casestudies.contents.relations import CONTENT_TYPES
from casestudies.contents.zips import ZIP_START, Archive

__all__ = [
    "BY_MEDIA_TYPE",
    "DOCX",
    "MAX_PIXELS",
    "ODT",
    "STORED",
    "TEXT",
    "XLSX",
    "BadContent",
    "Cleaned",
    "Damaged",
    "Danger",
    "HasDoctype",
    "Kind",
    "Limit",
    "NeedsPassword",
    "OldOffice",
    "Removed",
    "SavedAsOther",
    "TooManyPixels",
    "TooMuch",
    "UnknownKind",
    "Unsafe",
    "clean_jpeg",
    "clean_pdf",
    "clean_png",
    "kind_of",
    "name_of",
]


@dataclass(frozen=True)
class Kind:
    """A kind of file that is accepted: what people call it, how it is served and named, and how it is cleaned."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    clean: Callable[[bytes], Cleaned]


def _plainly(clean: Callable[[bytes], bytes]) -> Callable[[bytes], Cleaned]:
    return lambda data: Cleaned(clean(data))


def _opened(clean: Callable[[Archive], Cleaned]) -> Callable[[bytes], Cleaned]:
    return lambda data: clean(Archive(data, Limits.current()))


OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("PDF", "application/pdf", (".pdf",), _plainly(clean_pdf))
DOCX = Kind("DOCX", f"{OFFICE}wordprocessingml.document", (".docx",), _opened(open_xml.clean))
XLSX = Kind("XLSX", f"{OFFICE}spreadsheetml.sheet", (".xlsx",), _opened(open_xml.clean))
ODT = Kind("ODT", open_document.ODT, (".odt",), _opened(open_document.clean))
PNG = Kind("PNG", "image/png", (".png",), _plainly(clean_png))
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"), _plainly(clean_jpeg))
BY_MEDIA_TYPE = {kind.media_type: kind for kind in (PDF, DOCX, XLSX, ODT, PNG, JPEG)}
# What the portal writes by itself: kept and sent like what people upload, and never taken from them.
TEXT = Kind("TXT", "text/plain; charset=utf-8", (".txt",), _plainly(bytes))
STORED = BY_MEDIA_TYPE | {TEXT.media_type: TEXT}
OPEN_XML = {open_xml.Main.DOCX: DOCX, open_xml.Main.XLSX: XLSX}
# An encrypted DOCX or XLSX is a file of the old kind with a stream of this name.
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes) -> Kind:
    """Return what the file is by its content; its name and what the browser called it count for nothing."""
    if data.startswith(PNG_SIGNATURE):
        return PNG
    if data.startswith(JPEG_START + b"\xff"):
        return JPEG
    if data.startswith(ZIP_START):
        return _kind_of_zip(data)
    if data.startswith(open_document.OLE):
        raise NeedsPassword if ENCRYPTED_PACKAGE in data else OldOffice
    if b"%PDF-" in data[:PDF_HEADER_WITHIN]:
        return PDF
    raise UnknownKind


def _kind_of_zip(data: bytes) -> Kind:
    is_text = open_document.is_open_document(data)
    if not is_text and CONTENT_TYPES.encode() not in data:
        raise UnknownKind
    archive = Archive(data, Limits.current())
    if is_text:
        open_document.check_kind(archive)
        return ODT
    return OPEN_XML[open_xml.main_of(archive)]


def name_of(media_type: str) -> str:
    """Return what people call a kind of file."""
    return STORED[media_type].name if media_type in STORED else media_type
