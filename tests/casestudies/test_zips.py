"""A zip that lies about itself is refused, before or while it unpacks, whatever it is called."""

import io
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from casestudies.contents import BadContent, Damaged, Limit, NeedsPassword, TooMuch, UnknownKind, kind_of, zips
from casestudies.contents.limits import Limits
from casestudies.contents.zips import PIECE, Archive, NewArchive
from tests.casestudies import office_files
from tests.casestudies.office_files import joined, member, zipped

Named = tuple[bytes, bytes, bytes]
TYPES = (b"[Content_Types].xml", *member(b"[Content_Types].xml", b"<Types/>"))


def named(name: bytes, content: bytes = b"x", **how: int) -> Named:
    return (name, *member(name, content, **how))


def read_all(data: bytes) -> dict[str, bytes]:
    archive = Archive(data, Limits.current())
    return {name: b"".join(archive.pieces(name)) for name in archive.members}


def test_an_honest_zip_is_read() -> None:
    data = joined(named(b"a/b.xml", b"one"), named("c\u00e9".encode(), b"two", flags=1 << 11), named(b"folder/", b""))
    assert read_all(data) == {"a/b.xml": b"one", "c\u00e9": b"two"}
    assert Archive(data, Limits()).find("A/B.XML") == "a/b.xml"


class Pipe(io.BytesIO):
    """What a program writes to that cannot go back to fill in a length."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def test_lengths_may_follow_a_member() -> None:
    out = Pipe()
    with ZipFile(out, "w") as archive:
        for name, content in office_files.docx_parts().items():
            archive.writestr(name, content, ZIP_DEFLATED)
    assert out.getvalue()[6] & 8
    assert kind_of(out.getvalue()).clean(out.getvalue())


@pytest.mark.parametrize(
    "name",
    [b"../a", b"a/../b", b"/a", b"\\a", b"a\\b", b"C:\\a", b"C:a", b"./a", b"a//b", b"a\0b", b"a\nb", b"", b".."],
)
def test_a_name_that_would_land_elsewhere_is_refused(name: bytes) -> None:
    with pytest.raises(Damaged):
        read_all(joined(TYPES, named(name)))


def test_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(Damaged):
        read_all(joined(named(b"\xff\xfe", flags=1 << 11)))


@pytest.mark.parametrize("again", [b"word/a.xml", b"WORD/A.xml", b"word/a.xml/"])
def test_two_members_of_one_name_are_refused(again: bytes) -> None:
    with pytest.raises(Damaged):
        read_all(joined(named(b"word/a.xml"), named(again, b"")))


@pytest.mark.parametrize("flags", [1, 1 << 6, 1 << 13])
def test_an_encrypted_member_needs_its_password(flags: int) -> None:
    with pytest.raises(NeedsPassword):
        read_all(joined(TYPES, named(b"a", flags=flags)))


@pytest.mark.parametrize("method", [9, 12, 14, 93])
def test_a_packing_that_no_office_program_uses_is_refused(method: int) -> None:
    with pytest.raises(Damaged):
        read_all(joined(TYPES, named(b"a", method=method)))


def test_a_packing_that_hides_a_password_is_told_as_one() -> None:
    with pytest.raises(NeedsPassword):
        read_all(joined(named(b"a", method=99)))


@pytest.mark.parametrize("claims", [0, 4, 6, 5_000])
@pytest.mark.parametrize("method", [0, 8])
def test_a_directory_that_lies_about_a_size_is_refused(claims: int, method: int) -> None:
    with pytest.raises(Damaged):
        read_all(joined(named(b"a", b"12345", claims=claims, method=method)))


def test_no_more_is_unpacked_than_the_directory_says() -> None:
    archive = Archive(joined(named(b"a", bytes(40_000_000), claims=400_000)), Limits())
    seen = 0
    with pytest.raises(Damaged):  # noqa: PT012
        for piece in archive.pieces("a"):
            seen += len(piece)
    assert seen <= 400_000 + PIECE


def test_a_wrong_checksum_is_refused() -> None:
    name, whole, entry = named(b"a", b"12345", method=0)
    with pytest.raises(Damaged):
        read_all(joined((name, whole[:-1] + b"6", entry)))


def test_a_member_whose_own_header_says_something_else_is_refused() -> None:
    honest, other = named(b"a.xml"), named(b"b.exe")
    with pytest.raises(Damaged):
        read_all(joined((b"a.xml", other[1], honest[2])))


def test_members_that_share_bytes_are_refused() -> None:
    one, two = named(b"a", b"x" * 100), named(b"a", b"x" * 100)
    with pytest.raises(Damaged):
        read_all(joined(one, (b"b", *two[1:]), places=(0, 0)))
    inner = named(b"b", b"y", method=0)
    outer = member(b"a", inner[1], method=0)
    with pytest.raises(Damaged):
        read_all(joined((b"a", *outer), inner, places=(0, 31)))


def test_bytes_before_the_first_member_or_after_the_end_are_refused() -> None:
    good = office_files.docx()
    for data in (good + b"x", good + good, b"PK\3\4" + good, good[:-1]):
        with pytest.raises(Damaged):
            kind_of(data)
    with pytest.raises(Damaged):
        read_all(joined(named(b"a"), before=b"<html>"))
    comment = good[:-2] + b"\4\0abcd"
    with pytest.raises(Damaged):
        kind_of(comment)


def test_what_follows_the_packed_bytes_of_a_member_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"12345") + packer.flush() + b"hidden"
    sizes = struct.pack("<LLL", zlib.crc32(b"12345"), len(packed), 5)
    head = struct.pack("<HHHH", 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0)
    entry = b"PK\1\2\x14\0\x14\0" + head + struct.pack("<HHHL", 0, 0, 0, 0)
    with pytest.raises(Damaged):
        read_all(joined((b"a", b"PK\3\4\x14\0" + head + b"a" + packed, entry)))


def test_packed_bytes_that_break_off_are_refused() -> None:
    name, whole, entry = named(b"a", b"Nine in ten doors had no lock.")
    for cut in range(1, 20):
        shorter = struct.pack("<L", len(whole) - 31 - cut)
        broken = whole[:18] + shorter + whole[22:-cut]
        with pytest.raises(Damaged):
            read_all(joined((name, broken, entry[:20] + shorter + entry[24:])))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_directory_of_more_or_fewer_than_it_counts_is_refused(number: int) -> None:
    with pytest.raises(Damaged):
        read_all(joined(named(b"a"), named(b"b"), count=number))


def test_a_member_that_reaches_into_the_directory_is_refused() -> None:
    name, whole, entry = named(b"a", b"12345", method=0)
    more = struct.pack("<LL", 40, 40)
    with pytest.raises(Damaged):
        Archive(joined((name, whole[:18] + more + whole[26:], entry[:20] + more + entry[28:])), Limits())


@pytest.mark.parametrize("field", [4, 8, 26])
def test_sizes_that_stand_in_a_zip64_field_are_refused(field: int) -> None:
    """Both headers say so here, as a program would write it."""
    data = bytearray(joined(TYPES))
    for at in (data.index(b"PK\1\2") + 16, *([14] if field < 26 else [])):
        data[at + field : at + field + 4] = b"\xff" * 4
    with pytest.raises(BadContent):
        read_all(bytes(data))


def test_a_zip64_end_is_refused() -> None:
    data = joined(TYPES)
    extra = b"PK\6\6" + bytes(52) + b"PK\6\7" + bytes(16)
    with pytest.raises(Damaged):
        read_all(data[:-22] + extra + data[-22:])


@pytest.mark.parametrize("at", [4, 6, 8, 10, 12, 16])
def test_an_end_that_contradicts_itself_is_refused(at: int) -> None:
    data = bytearray(joined(TYPES))
    data[len(data) - 22 + at] ^= 1
    with pytest.raises(Damaged):
        read_all(bytes(data))


def test_ten_thousand_members_are_refused_before_the_first_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(zips, "_entry", lambda *where: looked.append(where))
    with pytest.raises(TooMuch) as refusal:
        kind_of(joined(*(named(b"[Content_Types].xml%d" % number) for number in range(10_000))))
    assert (refusal.value.limit, looked) == (Limit.MEMBERS, [])


def bomb(megabytes: int = 101) -> bytes:
    return joined(TYPES, *(named(b"%d.xml" % number, bytes(1_000_000)) for number in range(megabytes * 106 // 100)))


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (bomb(), Limit.UNPACKED),
        (joined(TYPES, named(b"a", bytes(2_000_000))), Limit.RATIO),
        (joined(TYPES, named(b"a" * 241)), Limit.NAME),
        (joined(TYPES, named(b"a/" * 10 + b"b")), Limit.FOLDERS),
    ],
)
def test_each_limit_is_told_before_anything_is_unpacked(
    data: bytes, limit: Limit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "_inflated", None)
    with pytest.raises(TooMuch) as refusal:
        kind_of(data)
    assert refusal.value.limit is limit


@pytest.mark.parametrize("data", [office_files.docx(), office_files.xlsx(), office_files.odt()])
@pytest.mark.parametrize(
    "limit",
    [{"members": 3}, {"unpacked_bytes": 100}, {"name_length": 10}, {"folders": 1}, {"elements": 5}, {"nesting": 1}],
)  # fmt: skip
def test_every_limit_is_a_setting(data: bytes, limit: dict[str, int], settings) -> None:
    assert kind_of(data).clean(data)
    settings.OFFICE_FILE_LIMITS = limit
    with pytest.raises(TooMuch):
        kind_of(data).clean(data)


def test_a_picture_inside_that_unpacks_to_more_than_may_be_held_is_refused(settings) -> None:
    settings.OFFICE_FILE_LIMITS = {"picture_bytes": 20}
    for data in (office_files.docx(), office_files.odt()):
        with pytest.raises(TooMuch):
            kind_of(data).clean(data)


def test_a_large_sheet_streams(settings) -> None:
    cells = f'<c r="B1"><v>{"12345678" * 40}</v></c>' * 60_000
    data = office_files.xlsx(cells)
    settings.OFFICE_FILE_LIMITS = {"ratio": 2_000}
    tracemalloc.start()
    try:
        kind_of(data).clean(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(cells) / 2, "the sheet was held whole"


def test_a_new_archive_says_nothing_but_what_is_in_it() -> None:
    def made() -> bytes:
        archive = NewArchive()
        archive.add("mimetype", [b"kind"], is_packed=False)
        archive.add("a.xml", [b"one", b"two"])
        return archive.finish()

    assert made() == made()
    assert read_all(made()) == {"mimetype": b"kind", "a.xml": b"onetwo"}
    assert made()[30:42] == b"mimetypekind"


@pytest.mark.parametrize("data", [zipped({"a.txt": "x"}), zipped({"META-INF/MANIFEST.MF": "x"}), b"PK\3\4"])
def test_any_other_zip_is_of_no_kind(data: bytes) -> None:
    with pytest.raises(UnknownKind):
        kind_of(data)


FLIPPED: list[Callable[[], bytes]] = [office_files.docx, office_files.xlsx, office_files.odt]


@pytest.mark.parametrize("make", FLIPPED)
def test_a_file_cut_anywhere_is_refused(make: Callable[[], bytes]) -> None:
    data = make()
    for end in range(0, len(data), 13):
        with pytest.raises(BadContent):
            kind_of(data[:end]).clean(data[:end])
