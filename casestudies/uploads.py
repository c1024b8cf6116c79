"""Check what people upload by its content, and keep it under names of our own; evidence comes in here too.

A file is stored before its row and removed again if the row is not kept, so there is never a row without its file.
"""

import errno
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from casestudies import contents, refusals
from partnerships.models import Partnership

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES, MAX_FILES, MAX_PARTNERSHIP_BYTES = 10 * MEGABYTE, 20, 200 * MEGABYTE
# The database column is longer; a name beyond this helps nobody.
NAME_LENGTH = 120
# Every folder that counts against a partnership's share: its case studies' files and its evidence.
CASE_STUDIES, EVIDENCE = "case-studies", "evidence"
# The disk, the person's share of it, or the size one file may have, is used up.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class UploadRefused(Exception):
    """Raised when a file cannot be accepted; the message names the file, the limit and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StorageFull(Exception):
    """Raised when the disk had no room; nothing was kept."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored: the name to show, its cleaned content, and what the portal says it is."""

    name: str
    content: bytes
    media_type: str
    sha256: str
    size: int
    removed: frozenset[contents.Removed] = frozenset()

    @property
    def taken_out(self) -> str:
        """What its writer should know was taken out, as a sentence, or nothing."""
        return refusals.taken_out(self.removed)


def check(upload: "UploadedFile[Any]", *, used_bytes: int, count: int | None = None) -> CheckedFile:
    """Return the file cleaned, or raise UploadRefused.

    `used_bytes` is what its partnership has stored already (see `bytes_used`), `count` how many files stand beside it.
    """
    shown = clean_name(upload.name or "") or _("The file")
    _check_limits(shown, upload.size or 0, used_bytes, count)
    upload.seek(0)
    data = upload.read()
    try:
        kind = contents.kind_of(data)
        cleaned = kind.clean(data)
    except contents.BadContent as problem:
        raise UploadRefused(refusals.why(problem, shown)) from problem
    # What is written anew may be packed less tightly than what came.
    _check_limits(shown, len(cleaned.content), used_bytes, count)
    return CheckedFile(
        name=file_name(upload.name or "", kind.media_type),
        content=cleaned.content,
        media_type=kind.media_type,
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        size=len(cleaned.content),
        removed=cleaned.removed,
    )


def written(name: str, text: str) -> CheckedFile:
    """Return a text that the portal wrote itself as a file to store; it needs no check."""
    media_type, content = contents.TEXT.media_type, text.encode()
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(file_name(name, media_type), content, media_type, digest, len(content))


def _check_limits(shown: str, size: int, used_bytes: int, count: int | None) -> None:
    if count is not None and count >= MAX_FILES:
        raise UploadRefused(too_many(shown))
    if size == 0:
        raise UploadRefused(_("“{name}” is empty. Choose another file.").format(name=shown))
    if size > MAX_FILE_BYTES:
        text = _("“{name}” is larger than {limit} MB. Make it smaller, or split it into several files.")
        raise UploadRefused(text.format(name=shown, limit=MAX_FILE_BYTES // MEGABYTE))
    if used_bytes + size > MAX_PARTNERSHIP_BYTES:
        raise UploadRefused(share_used_up(shown))


def too_many(shown: str) -> str:
    """Say that a case study holds as many files as it may."""
    text = _("“{name}” was not added: there are {limit} files already. Remove one first.")
    return text.format(name=shown, limit=MAX_FILES)


def share_used_up(shown: str) -> str:
    """Say that a partnership's share of the disk would be exceeded."""
    text = _(
        "“{name}” was not added: your partnership’s files may take {limit} MB in all. "
        "Remove a file that is no longer needed, or make this one smaller."
    )
    return text.format(name=shown, limit=MAX_PARTNERSHIP_BYTES // MEGABYTE)


def clean_name(name: str) -> str:
    """Return a name that is safe to show: no folders, no control or direction characters, at most NAME_LENGTH."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if char.isspace() else char for char in last if char.isspace() or _is_visible(char))
    return _shortened(" ".join(shown.split()).strip(" ."))


def _is_visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= NAME_LENGTH or not stem or len(suffix) > 5:
        return name[:NAME_LENGTH]
    return stem[: NAME_LENGTH - len(dot + suffix)] + dot + suffix


def file_name(name: str, media_type: str) -> str:
    """Return a clean name with an ending of its kind, so that no computer takes the file for something else."""
    suffixes = contents.STORED[media_type].suffixes
    shown = clean_name(name) or _("file")
    if shown.casefold().endswith(suffixes):
        return shown
    return shown[: NAME_LENGTH - len(suffixes[0])].rstrip(" .") + suffixes[0]


def folder_of(area: str, partnership: Partnership) -> str:
    """Return where a partnership's files lie; `area` is CASE_STUDIES or EVIDENCE."""
    return f"{area}/{partnership.slug}"


def bytes_used(partnership: Partnership) -> int:
    """Return how many bytes a partnership's files take, case studies and evidence together."""
    return sum(_bytes_in(folder_of(area, partnership)) for area in (CASE_STUDIES, EVIDENCE))


def _bytes_in(folder: str) -> int:
    total = 0
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            # A colleague may remove a file while we count.
            with suppress(FileNotFoundError):
                total += default_storage.size(f"{folder}/{name}")
    return total


def store(checked: CheckedFile, *, folder: str) -> str:
    """Write a file under a random name and return that; raises StorageFull, and leaves nothing, without room."""
    suffix = contents.STORED[checked.media_type].suffixes[0]
    try:
        return default_storage.save(f"{folder}/{secrets.token_hex(16)}{suffix}", ContentFile(checked.content))
    except OSError as problem:
        if problem.errno in FULL:
            raise StorageFull from problem
        raise


@contextmanager
def stored(checked: CheckedFile, *, folder: str) -> Iterator[str]:
    """Store a file, then run the block in a transaction of its own; if that fails, the file goes too.

    The transaction is durable, so nobody outside can roll the row back later; the file is written before it begins, so
    other writers do not wait for the disk.
    """
    name, was_written = store(checked, folder=folder), False
    try:
        with transaction.atomic(durable=True):
            yield name
            was_written = True
    except BaseException as problem:
        if not (was_written and _may_be_committed(problem)):
            default_storage.delete(name)
        raise


def _may_be_committed(problem: BaseException) -> bool:
    # Where the connection broke at the commit nobody knows, and a file too many costs less than one too few.
    return isinstance(problem, (OperationalError, InterfaceError)) and not connection.is_usable()
