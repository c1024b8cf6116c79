"""A PDF maker that stays: started once by a worker, it makes one report after the other in processes of their own.

Each report has the same limits as elsewhere; what is saved is the second that it takes to start from nothing.
"""

import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, cast

from django.conf import settings

from reports import pdf
from reports.attached import Attached
from reports.pdf import PdfTooHeavy, PdfUnavailable

HEAD = struct.Struct(">iQ")
# Seconds in which a maker that closed its output has ended, so that it can say why.
PATIENCE = 5.0


class WarmMaker:
    """One such maker; it is started when it is first needed, and anew where it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, html: str, identifier: str, attachments: Sequence[Attached] = ()) -> bytes:
        """Return the PDF of an HTML text, as `pdf.run` does; raises what that raises."""
        try:
            status, content = self._asked(pdf.job(html, identifier, attachments))
        except TimeoutError as error:
            self.close()
            raise PdfTooHeavy(f"The report took longer than {pdf.REPORT_SECONDS} seconds.") from error
        except (BrokenPipeError, EOFError) as error:
            code = self.close(patience=PATIENCE)
            if code == os.EX_UNAVAILABLE:
                raise PdfUnavailable("Pango is not installed.") from error
            raise PdfTooHeavy(f"The PDF maker ended with {code}.") from error
        if status or not content.startswith(b"%PDF-"):
            raise PdfTooHeavy(f"The PDF maker ended with {status}.")
        return content

    def close(self, patience: float = 0) -> int | None:
        """End the maker and what it is making, after so many seconds in which it may end itself."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return process.returncode

    def _asked(self, job: bytes) -> tuple[int, bytes]:
        process = self._process = self._process or _started()
        deadline = time.monotonic() + pdf.REPORT_SECONDS
        told, answer = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout).fileno()
        told.write(HEAD.pack(0, len(job)) + job)
        told.flush()
        status, length = HEAD.unpack(_read(answer, HEAD.size, deadline))
        return status, _read(answer, length, deadline)


def _started() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "reports.render_many", str(pdf.REPORT_SECONDS), str(pdf.REPORT_MEMORY_MB)]
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=pdf.environment(),
        # Ctrl-C is for the worker, which lets the report in hand be finished.
        start_new_session=True,
    )


def _read(descriptor: int, length: int, deadline: float) -> bytes:
    content = bytearray()
    while len(content) < length:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise TimeoutError
        part = os.read(descriptor, min(length - len(content), 1 << 20))
        if not part:
            raise EOFError
        content += part
    return bytes(content)
