"""Small real files of every kind that a person might try to upload, and what the store holds."""

import io
import struct
import zlib
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

SECRET_PLACE = b"Secret Street"


def pdf(password: str = "", text: str = "") -> bytes:
    """Return a PDF of one empty page; `text` (its title) makes one differ from another."""
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.add_metadata({"/Title": text})
    if password:
        writer.encrypt(password, algorithm="AES-256-R5")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png(width: int = 4, height: int = 3) -> bytes:
    """Return a PNG with a comment in it and a secret after its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET_PLACE.decode())
    notes.add_text("Packed", SECRET_PLACE.decode(), zip=True)
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (10, 20, 30, 40)).save(out, "PNG", pnginfo=notes)
    return out.getvalue() + SECRET_PLACE


def png_of_size(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be this large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body) for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return one part of a PNG, with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(orientation: int = 1, progressive: bool = False, mode: str = "RGB") -> bytes:
    """Return a JPEG that says where and with what it was taken, in each of the ways a JPEG can."""
    exif = Image.Exif()
    exif[0x010F] = SECRET_PLACE.decode()
    if orientation != 1:
        exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    picture = Image.new(mode, (8, 5), "red" if mode == "RGB" else 0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=SECRET_PLACE, icc_profile=SECRET_PLACE, progressive=progressive)
    return out.getvalue() + b"\xff\xd8\xff\xe1" + SECRET_PLACE


def everything_stored() -> list[str]:
    """Return the names of all files in the store, half-written ones too."""
    return [path.name for path in Path(default_storage.path("")).rglob("*") if path.is_file()]


def upload(name: str, content: bytes, content_type: str = "application/pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type)
