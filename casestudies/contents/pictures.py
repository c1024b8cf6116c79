"""Take out of a picture what it should not carry.

Pictures are never decoded, so a small file that unpacks to gigabytes costs nothing here: the parts a picture needs are
copied, and everything else (position, camera, comments, thumbnails, whatever follows the end) is left behind.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Literal

from casestudies.contents.faults import Damaged, TooManyPixels

MAX_PIXELS = 50_000_000
# The largest real pictures of 10 MB have some thousands of parts; a million of empty ones only cost time.
MAX_PARTS = 20_000


def clean_png(data: bytes) -> bytes:
    """Return a PNG with only the parts that make the picture (PNG specification, 5.6 and 11)."""
    kept, kinds = [PNG_SIGNATURE], []
    for kind, chunk in _png_chunks(data):
        if kind == b"IHDR":
            check_pixels(int.from_bytes(chunk[8:12], "big"), int.from_bytes(chunk[12:16], "big"))
        if kind in PNG_KEPT:
            kinds.append(kind)
            kept.append(chunk)
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise Damaged
    return b"".join(kept)


PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG_SIGNATURE)
    for _number in range(MAX_PARTS):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        chunk = data[at:end]
        if end > len(data) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise Damaged
        yield chunk[4:8], chunk
        if chunk[4:8] == b"IEND":
            return
        at = end
    raise Damaged


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG with only the parts that make the picture, and which way up it is (ITU-T T.81, annex B)."""
    kept: list[bytes] = []
    markers: set[int] = set()
    turned = UPRIGHT
    for marker, segment in _jpeg_segments(data):
        markers.add(marker)
        if marker in JPEG_FRAMES:
            check_pixels(int.from_bytes(segment[7:9], "big"), int.from_bytes(segment[5:7], "big"))
        if marker == JPEG_APP1 and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        kept.append(_jpeg_kept(marker, segment))
    if not markers & JPEG_FRAMES or JPEG_SCAN not in markers:
        raise Damaged
    way_up = b"" if turned == UPRIGHT else ORIENTATION_ONLY % turned
    return JPEG_START + kept[0] + way_up + b"".join(kept[1:]) + JPEG_END


JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
JPEG_SCAN, JPEG_EOI = 0xDA, 0xD9
JPEG_APP0, JPEG_APP1, JPEG_APP14 = 0xE0, 0xE1, 0xEE
# SOF0 to SOF15 without DHT, JPG and DAC, which share their range.
JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_KEPT = JPEG_FRAMES | {0xC4, 0xCC, JPEG_SCAN, 0xDB, 0xDC, 0xDD}
JPEG_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
UPRIGHT, EXIF_ORIENTATION = 1, 0x0112
TIFF_ORDERS: dict[bytes, Literal["big", "little"]] = {b"MM\0*": "big", b"II*\0": "little"}
# An Exif block whose one entry is the orientation (Exif 2.3, 4.6): a viewer shows the picture the right way up.
ORIENTATION_ONLY = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = len(JPEG_START)
    for _number in range(MAX_PARTS):
        marker = JPEG_NEXT.match(data, at)
        if marker is None:
            raise Damaged
        code = data[at + 1]
        if code == JPEG_EOI:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not at + 4 <= end <= len(data):
            raise Damaged
        if code == JPEG_SCAN:
            end = _end_of_scan(data, end)
        yield code, data[at:end]
        at = end
    raise Damaged


def _end_of_scan(data: bytes, start: int) -> int:
    following = JPEG_NEXT.search(data, start)
    if following is None:
        raise Damaged
    return following.start()


def _jpeg_kept(marker: int, segment: bytes) -> bytes:
    if marker in JPEG_KEPT:
        return segment
    if marker == JPEG_APP0 and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        # Without the thumbnail, which may show what was cut out of the picture.
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
    if marker == JPEG_APP14 and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return b"\xff\xee\x00\x0e" + segment[4:16]
    return b""


def _orientation(tiff: bytes) -> int:
    order = TIFF_ORDERS.get(tiff[:4])
    if order is None:
        return UPRIGHT
    directory = int.from_bytes(tiff[4:8], order)
    entries = tiff[directory + 2 : directory + 2 + 12 * int.from_bytes(tiff[directory : directory + 2], order)]
    for at in range(0, len(entries), 12):
        value = int.from_bytes(entries[at + 8 : at + 10], order)
        if int.from_bytes(entries[at : at + 2], order) == EXIF_ORIENTATION and 1 <= value <= 8:
            return value
    return UPRIGHT


def check_pixels(width: int, height: int) -> None:
    """Refuse a picture that has no surface, or too much of it."""
    if not width or not height:
        raise Damaged
    if width * height > MAX_PIXELS:
        raise TooManyPixels
