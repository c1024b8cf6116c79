"""Files that are made once: by one maker at a time, whole or absent, whatever is killed in between.

A file is written beside its place under the same name with `.part`, which is also the lock: whoever holds it makes the
file. The system lets go of it when a process ends, so nothing waits for a maker that was killed.
"""

import datetime
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

PART = ".part"


class BeingMade(Exception):
    """Somebody else is making this file now."""


def folder() -> Path:
    """Return where files are kept that can be made again, for the portal alone."""
    found = Path(settings.VAR_DIR) / "reports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


class Claim:
    """The right to make one file; `is_made` where another made it while this one waited."""

    def __init__(self, path: Path, *, wait: bool = True) -> None:
        self.path, self._part = path, path.with_name(path.name + PART)
        self._descriptor = locked(self._part, wait=wait)
        self.is_made = path.exists()

    def keep(self, content: bytes) -> None:
        """Write the file so that it is whole or absent."""
        os.ftruncate(self._descriptor, 0)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        os.fsync(self._descriptor)
        self._part.rename(self.path)
        _sync(self.path.parent)

    def release(self) -> None:
        """Let others make it; what is half written goes."""
        if _is_named(self._part, self._descriptor):
            self._part.unlink()
        os.close(self._descriptor)


@contextmanager
def claimed(path: Path, *, wait: bool = True) -> Iterator[Claim]:
    """Hold the right to make a file; raises BeingMade where another has it and nobody is to wait."""
    claim = Claim(path, wait=wait)
    try:
        yield claim
    finally:
        claim.release()


@contextmanager
def in_turn() -> Iterator[None]:
    """Let those who make a file while somebody waits for it do so one after the other, so that memory stays bounded."""
    with (folder() / ".turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def locked(path: Path, *, wait: bool) -> int:
    """Return the descriptor of a file of that name, held by this process alone."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(descriptor)
            raise BeingMade from None
        # Whoever held it before may have given the file its name, or taken it away.
        if _is_named(path, descriptor):
            return descriptor
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Say whether a process that lives holds this file."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def forget(pattern: str, days: int) -> None:
    """Delete the files that nobody asked for in so many days; whoever gives one away touches it."""
    oldest = time.time() - datetime.timedelta(days=days).total_seconds()
    for path in folder().glob(pattern):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def sweep(pattern: str) -> None:
    """Take away what processes that were killed left behind."""
    for path in folder().glob(pattern):
        try:
            descriptor = locked(path, wait=False)
        except BeingMade:
            continue
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_named(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _sync(parent: Path) -> None:
    """Make the new name last: without this a power cut could take it back."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
