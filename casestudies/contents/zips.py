"""Read the zip that an office file is, believing nothing it says of itself; write a new one that says nothing else.

`zipfile` reads whatever can be read at all, in several ways where a file contradicts itself. Here there is one reading:
the directory at the very end names members that lie one after the other, each once, none of them encrypted.
"""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from casestudies.contents.faults import Damaged, Limit, NeedsPassword, TooMuch
from casestudies.contents.limits import MEGABYTE, Limits

ZIP_START = b"PK\x03\x04"
# PKWARE's APPNOTE 6.3.9: the local header (4.3.7), an entry of the directory (4.3.12) and the directory's end (4.3.16).
LOCAL, ENTRY, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
ENCRYPTED, LENGTHS_FOLLOW, UTF_8 = 1 << 0 | 1 << 6 | 1 << 13, 1 << 3, 1 << 11
AES = 99
PIECE = 256 * 1024
# Files made from the same content are the same byte by byte: no clock goes in.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Member:
    """One file of a zip, as its directory describes it; `start` and `end` are where its packed bytes lie."""

    name: str
    method: int
    crc: int
    unpacked: int
    header: int
    start: int
    end: int


class Archive:
    """A zip whose directory has been checked; what is in it is checked while it is unpacked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self._data = memoryview(data)
        directory, every = _directory(data, limits)
        _check_places(every, directory)
        _check_sizes(every, limits)
        self._by_name = _by_name(every)
        self.members = {member.name: member for member in every if not member.name.endswith("/")}

    def find(self, name: str) -> str | None:
        """Return a member's true name; as office programs do, upper and lower case count as one."""
        member = self._by_name.get(name.casefold())
        return member.name if member and member.name in self.members else None

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a member piece by piece; raises Damaged as soon as it is not what the directory said."""
        member = self.members[name]
        total = crc = 0
        for piece in self._unpacked(member):
            total, crc = total + len(piece), zlib.crc32(piece, crc)
            if total > member.unpacked:
                break
            yield piece
        if (total, crc) != (member.unpacked, member.crc):
            raise Damaged(name)

    def read(self, name: str, at_most: int) -> bytes:
        """Unpack a member whole, where it is no larger than this."""
        if self.members[name].unpacked > at_most:
            raise TooMuch(Limit.UNPACKED, at_most)
        return b"".join(self.pieces(name))

    def first_bytes(self, name: str, number: int) -> bytes:
        """Return how a member begins."""
        return next(self._unpacked(self.members[name]), b"")[:number]

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        packed = self._data[member.start : member.end]
        if member.method == ZIP_STORED:
            return (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return _inflated(packed, member.name)


def _inflated(packed: memoryview, name: str) -> Iterator[bytes]:
    inflater, at = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not inflater.eof:
        fed: bytes | memoryview = inflater.unconsumed_tail
        if not fed:
            fed = packed[at : at + PIECE]
            at += len(fed)
        try:
            piece = inflater.decompress(fed, PIECE)
        except zlib.error as problem:
            raise Damaged(name) from problem
        if not fed and not piece:
            raise Damaged(name)
        if piece:
            yield piece
    if inflater.unused_data or inflater.unconsumed_tail or at < len(packed):
        raise Damaged(name)


def _directory(data: bytes, limits: Limits) -> tuple[int, list[Member]]:
    """Return where the directory begins, and what it lists."""
    end = len(data) - END.size
    if end < 0:
        raise Damaged
    mark, disk, first_disk, here, count, size, begin, comment = END.unpack_from(data, end)
    if mark != b"PK\x05\x06" or disk or first_disk or here != count or comment or begin + size != end:
        raise Damaged
    if count > limits.members:
        raise TooMuch(Limit.MEMBERS, limits.members)
    every, at = [], begin
    for _number in range(count):
        member, at = _entry(data, at, end, limits)
        every.append(member)
    if at != end:
        raise Damaged
    return begin, every


def _entry(data: bytes, at: int, end: int, limits: Limits) -> tuple[Member, int]:
    if at + ENTRY.size > end:
        raise Damaged
    mark, _by, _needs, flags, method, _time, _day, crc, packed, unpacked, *rest = ENTRY.unpack_from(data, at)
    named, extra, comment, disk, _inner, _outer, header = rest
    following = at + ENTRY.size + named + extra + comment
    if mark != b"PK\x01\x02" or disk or following > end:
        raise Damaged
    raw = data[at + ENTRY.size : at + ENTRY.size + named]
    name = _name(raw, flags, limits)
    if flags & ENCRYPTED or method == AES:
        raise NeedsPassword
    # A ZIP64 field is never looked for: the sizes that stand in its place are beyond every limit.
    if method not in (ZIP_STORED, ZIP_DEFLATED):
        raise Damaged(name)
    start = _start(data, header, (raw, flags, method, crc, packed, unpacked))
    return Member(name, method, crc, unpacked, header, start, start + packed), following


def _start(data: bytes, header: int, said: tuple[bytes, int, int, int, int, int]) -> int:
    """Return where a member's bytes begin, once its own header says what the directory said."""
    if header + LOCAL.size > len(data):
        raise Damaged
    mark, _needs, flags, method, _time, _day, crc, packed, unpacked, named, extra = LOCAL.unpack_from(data, header)
    begin: int = header + LOCAL.size
    sizes = said[3:] if flags & LENGTHS_FOLLOW else (crc, packed, unpacked)
    if mark != ZIP_START or (data[begin : begin + named], flags, method, *sizes) != said:
        raise Damaged
    return begin + int(named) + int(extra)


def _name(raw: bytes, flags: int, limits: Limits) -> str:
    try:
        name = raw.decode("utf-8" if flags & UTF_8 else "cp437")
    except UnicodeDecodeError as problem:
        raise Damaged from problem
    if len(name) > limits.name_length:
        raise TooMuch(Limit.NAME, limits.name_length)
    folders = name.removesuffix("/").split("/")
    if len(folders) > limits.folders:
        raise TooMuch(Limit.FOLDERS, limits.folders)
    # An absolute name begins with an empty folder, one of Windows has a colon or a backslash.
    if {"", ".", ".."} & {*folders} or any(char in '\\:<>"|?*' or not char.isprintable() for char in name):
        raise Damaged
    return name


def _check_places(every: list[Member], directory: int) -> None:
    """Refuse members that share bytes (so that a little unpacks to a lot), and bytes before the first."""
    inside = sorted(every, key=lambda member: member.header)
    if not inside or inside[0].header or inside[-1].end > directory:
        raise Damaged
    if any(one.end > following.header for one, following in pairwise(inside)):
        raise Damaged


def _check_sizes(every: list[Member], limits: Limits) -> None:
    if sum(member.unpacked for member in every) > limits.unpacked_bytes:
        raise TooMuch(Limit.UNPACKED, limits.unpacked_bytes)
    for member in every:
        if member.unpacked > MEGABYTE and member.unpacked > limits.ratio * (member.end - member.start):
            raise TooMuch(Limit.RATIO, limits.ratio)


def _by_name(every: list[Member]) -> dict[str, Member]:
    """Return the members by names without case; raises Damaged where two would lie in one place."""
    found = {member.name.removesuffix("/").casefold(): member for member in every}
    if len(found) != len(every):
        raise Damaged
    return found


class NewArchive:
    """A zip of our own making: only what is put in, in this order, without dates, owners or comments."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._zip = ZipFile(self._out, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        # Left open, it would be closed when Python tidies up, with an error that nobody can catch.
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = True) -> None:
        """Add a member, piece by piece."""
        info = ZipInfo(name, FIRST_DAY)
        info.compress_type = ZIP_DEFLATED if is_packed else ZIP_STORED
        info.create_system = 0
        with self._zip.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)

    def finish(self) -> bytes:
        """Return the whole."""
        self._zip.close()
        return self._out.getvalue()
