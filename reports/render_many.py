"""The PDF maker kept warm: jobs on standard input, each made by a fork of its own with its own limits.

Started as `python -m reports.render_many SECONDS MEGABYTES` by `reports.warm`. A job is its length and what
`reports.render` is told; the answer is an exit status, a length and a PDF. It ends where its input ends.
"""

import gc
import os
import struct
import sys
from contextlib import suppress

from reports import render
from reports.limits import limit

HEAD = struct.Struct(">iQ")
# Whatever answers people comes first.
NICENESS = 10


def main(seconds: str, megabytes: str) -> None:
    """Make one report after the other."""
    os.nice(NICENESS)
    # What is loaded now is shared by every fork; collecting would write into it and so copy it.
    gc.disable()
    gc.freeze()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(HEAD.size):
        _none, length = HEAD.unpack(head)
        status, content = made(source.read(length), int(seconds), int(megabytes))
        target.write(HEAD.pack(status, len(content)) + content)
        target.flush()


def made(job: bytes, seconds: int, megabytes: int) -> tuple[int, bytes]:
    """Return how a fork ended, and the PDF that it made."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _make(job, writing, seconds, megabytes)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        content = file.read()
    return os.waitpid(child, 0)[1], content


def _make(job: bytes, writing: int, seconds: int, megabytes: int) -> None:
    """Make one report and end this process, whatever happens."""
    status = 1
    try:
        limit(seconds, megabytes)
        with os.fdopen(writing, "wb") as file:
            file.write(render.made(job))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    # Whoever asked may have been killed: then nobody waits for the answer.
    with suppress(BrokenPipeError):
        main(*sys.argv[1:])
