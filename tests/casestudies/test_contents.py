"""What is inside a file decides, and what should not be inside is gone."""

import io
import time

import pytest
from PIL import Image
from pypdf import PdfReader

from casestudies import contents
from tests.casestudies import files

EVERY_JPEG = [
    files.jpeg(),
    files.jpeg(orientation=6),
    files.jpeg(progressive=True),
    files.jpeg(mode="CMYK"),
    files.jpeg(mode="L"),
]


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (files.pdf(), "application/pdf"),
        (b"\n" * 1000 + files.pdf(), "application/pdf"),
        (files.png(), "image/png"),
        (files.jpeg(), "image/jpeg"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, media_type: str) -> None:
    assert contents.kind_of(data).media_type == media_type


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"MZ\x90\x00\x03 This program cannot be run in DOS mode.",
        b"PK\x03\x04 a zip, such as a DOCX",
        b"GIF89a",
        b"a text",
        b" " * 1024 + b"%PDF-1.7",
        b"\xff\xd8",
        b"",
    ],
)
def test_anything_else_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(contents.UnknownKind):
        contents.kind_of(data)


def test_a_pdf_is_kept_as_it_is() -> None:
    data = files.pdf(text="Plan")
    assert contents.clean_pdf(data) == data
    assert contents.clean_pdf(data + b"\r\n\0\0") == data + b"\r\n\0\0"


@pytest.mark.parametrize("data", [files.pdf()[:-20], b"%PDF-1.7\n" + b"x" * 5000, files.pdf() + b"x" * 2000])
def test_a_pdf_without_its_end_is_damaged(data: bytes) -> None:
    with pytest.raises(contents.Damaged):
        contents.clean_pdf(data)


def test_a_pdf_with_a_password_is_refused() -> None:
    data = files.pdf(password="secret")
    assert PdfReader(io.BytesIO(data)).is_encrypted
    with pytest.raises(contents.NeedsPassword):
        contents.clean_pdf(data)


def test_a_png_keeps_its_picture_and_nothing_else() -> None:
    data = files.png()
    cleaned = contents.clean_png(data)
    assert files.SECRET_PLACE in data
    assert files.SECRET_PLACE not in cleaned
    assert b"tEXt" not in cleaned
    assert b"zTXt" not in cleaned
    assert cleaned.endswith(b"IEND\xaeB`\x82")
    assert opened(cleaned).tobytes() == opened(data).tobytes()


def test_a_png_of_a_palette_keeps_its_colours() -> None:
    out = io.BytesIO()
    Image.new("P", (3, 3), 7).save(out, "PNG", transparency=7)
    before, after = opened(out.getvalue()), opened(contents.clean_png(out.getvalue()))
    assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


@pytest.mark.parametrize("data", EVERY_JPEG)
def test_a_jpeg_keeps_its_picture_and_nothing_else(data: bytes) -> None:
    cleaned = contents.clean_jpeg(data)
    assert files.SECRET_PLACE in data
    assert files.SECRET_PLACE not in cleaned
    assert opened(cleaned).getexif().get_ifd(0x8825) == {}
    assert cleaned.endswith(b"\xff\xd9")
    assert opened(cleaned).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_still_says_which_way_is_up(orientation: int) -> None:
    cleaned = contents.clean_jpeg(files.jpeg(orientation))
    assert dict(opened(cleaned).getexif()) == ({} if orientation == 1 else {0x0112: orientation})


def test_a_jpeg_loses_its_thumbnail() -> None:
    whole = files.jpeg()
    thumbnail = b"\xff\xe0\x00\x13JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + b"RGB"
    cleaned = contents.clean_jpeg(whole[:2] + thumbnail + whole[20:])
    assert b"RGB" not in cleaned
    assert opened(cleaned).size == (8, 5)


def test_an_exif_block_of_nonsense_is_no_error() -> None:
    whole = files.jpeg()
    for tiff in (b"", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"??*\0"):
        block = b"Exif\0\0" + tiff
        odd = whole[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + whole[2:]
        assert opened(contents.clean_jpeg(odd)).size == (8, 5)


@pytest.mark.parametrize("side", [30_000, 7_072])
def test_too_many_pixels_are_refused_from_the_header_alone(side: int) -> None:
    with pytest.raises(contents.TooManyPixels):
        contents.clean_png(files.png_of_size(side, side))
    frame = b"\xff\xc0\x00\x11\x08" + side.to_bytes(2, "big") * 2 + b"\x03" + bytes(9)
    with pytest.raises(contents.TooManyPixels):
        contents.clean_jpeg(b"\xff\xd8" + frame)


def test_fifty_million_pixels_are_not_too_many() -> None:
    assert contents.clean_png(files.png_of_size(10_000, 5_000))


def test_every_cut_through_a_picture_is_damaged_and_none_an_error() -> None:
    for whole, clean in ((files.png(), contents.clean_png), (files.jpeg(), contents.clean_jpeg)):
        complete = clean(whole)
        for end in range(8, len(complete) - 1):
            with pytest.raises(contents.Damaged):
                clean(complete[:end])


@pytest.mark.parametrize(
    "data",
    [
        files.png_of_size(0, 5),
        files.png_of_size(5, 5)[:30] + b"X" + files.png_of_size(5, 5)[31:],
        b"\x89PNG\r\n\x1a\n" + files.chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + files.chunk(b"IHDR", b"") + files.chunk(b"IDAT", b"") + files.chunk(b"IEND", b""),
        files.png_of_size(5, 5)[:-12] + files.png_of_size(5, 5)[8:],
    ],
)
def test_a_png_that_contradicts_itself_is_damaged(data: bytes) -> None:
    with pytest.raises(contents.Damaged):
        contents.clean_png(data)


def test_a_jpeg_without_a_picture_is_damaged() -> None:
    with pytest.raises(contents.Damaged):
        contents.clean_jpeg(b"\xff\xd8\xff\xd9")


@pytest.mark.parametrize(
    ("clean", "data"),
    [
        (contents.clean_png, b"\x89PNG\r\n\x1a\n" + files.chunk(b"IHDR", bytes([0, 0, 0, 1] * 2 + [8] * 5)) * 400_000),
        (contents.clean_jpeg, b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_600_000),
        (contents.clean_jpeg, b"\xff\xd8" + b"\xff" * 10_000_000),
        (contents.clean_jpeg, b"\xff\xd8\xff\xda\x00\x02" + b"\xff" * 10_000_000 + b"\0"),
        (contents.clean_pdf, b"%PDF-1.7" + b"/Encrypt 1111111111" * 500_000),
        (contents.clean_pdf, b"%PDF-1.7" + b"/Encrypt" + b" " * 10_000_000 + b"startxref 0 %%EOF"),
    ],
)
def test_ten_megabytes_of_malice_take_no_time(clean, data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(contents.Damaged) if not data.endswith(b"EOF") else pytest.MonkeyPatch.context():
        clean(data)
    assert time.process_time() - began < 0.5
