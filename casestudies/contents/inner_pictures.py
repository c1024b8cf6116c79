"""The pictures inside office files: JPEG and PNG are cleaned as everywhere, a GIF loses its comments.

Drawings of Windows (EMF, WMF), of LibreOffice (SVM) and BMP are kept as they are: they have no place for a position or
a camera. What else calls itself a picture is refused, because nobody could say what is in it.
"""

from collections.abc import Callable, Iterator

from casestudies.contents.faults import Damaged, Danger, Unsafe
from casestudies.contents.pictures import JPEG_START, PNG_SIGNATURE, check_pixels, clean_jpeg, clean_png

GIF_IMAGE, GIF_EXTENSION, GIF_END = 0x2C, 0x21, 0x3B
GIF_CONTROL, GIF_APPLICATION = 0xF9, 0xFF
GIF_LOOP = b"\x0bNETSCAPE2.0"
MAX_GIF_BLOCKS = 100_000
EMF_MARK, EMF_MARK_AT = b" EMF", 40
STARTS = {
    PNG_SIGNATURE: "image/png",
    JPEG_START + b"\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"\xd7\xcd\xc6\x9a": "image/x-wmf",
    b"\x01\x00\x09\x00": "image/x-wmf",
    b"BM": "image/bmp",
    b"VCLMTF": "image/x-svm",
}
# How many bytes tell what a picture is.
ENOUGH = EMF_MARK_AT + len(EMF_MARK)


def picture_type(start: bytes) -> str:
    """Return a picture's media type by its first bytes; raises Unsafe where it is none of those that are taken."""
    if start[EMF_MARK_AT:ENOUGH] == EMF_MARK:
        return "image/x-emf"
    for mark, media_type in STARTS.items():
        if start.startswith(mark):
            return media_type
    raise Unsafe(Danger.PICTURE_KIND)


def clean_picture(data: bytes) -> bytes:
    """Return a picture without what it should not carry."""
    clean = CLEANERS.get(picture_type(data))
    return clean(data) if clean else data


def clean_gif(data: bytes) -> bytes:
    """Return a GIF with only its pictures, and whether they repeat (GIF 89a, 18 to 27)."""
    if len(data) < 13:
        raise Damaged
    check_pixels(int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    at = 13 + _table(data[10])
    kept = [data[:at]]
    for block, is_kept in _gif_blocks(data, at):
        if is_kept:
            kept.append(block)
    return b"".join((*kept, bytes([GIF_END])))


def _gif_blocks(data: bytes, at: int) -> Iterator[tuple[bytes, bool]]:
    blocks = 0
    while data[at : at + 1] != bytes([GIF_END]):
        end, number = _after(data, at)
        blocks += number
        if blocks > MAX_GIF_BLOCKS:
            raise Damaged
        yield data[at:end], _is_kept(data, at)
        at = end


def _is_kept(data: bytes, at: int) -> bool:
    if data[at] == GIF_IMAGE or data[at + 1] == GIF_CONTROL:
        return True
    return data[at + 1] == GIF_APPLICATION and data[at + 2 : at + 2 + len(GIF_LOOP)] == GIF_LOOP


def _after(data: bytes, at: int) -> tuple[int, int]:
    """Return where the block that begins here ends, and of how many pieces it is."""
    kind = data[at : at + 1]
    if kind == bytes([GIF_EXTENSION]):
        at += 2
    elif kind == bytes([GIF_IMAGE]) and at + 10 <= len(data):
        at += 10 + _table(data[at + 9]) + 1
    else:
        raise Damaged
    pieces = 1
    while data[at : at + 1] not in (b"\0", b""):
        at += 1 + data[at]
        pieces += 1
    if at >= len(data):
        raise Damaged
    return at + 1, pieces


def _table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/png": clean_png,
    "image/jpeg": clean_jpeg,
    "image/gif": clean_gif,
}
