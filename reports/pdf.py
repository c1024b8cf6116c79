"""Reports as PDF: rendered in a limited process of their own, stored once, never rendered again."""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from assessments import documents
from assessments.models import Submission
from reports import contexts
from reports.parts import ReportContext

# A report of 49 criteria takes about 2 seconds and 120 MB; one that needs more than this is refused.
REPORT_SECONDS = 30
REPORT_MEMORY_MB = 1024

# What the process inherits: where programs, libraries and fonts are. No database address, no secret.
INHERITED = ("PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "XDG_CACHE_HOME", "FONTCONFIG_PATH")


class PdfUnavailable(Exception):
    """This server cannot make PDFs: Pango, which lays out the text, is not installed."""


class PdfTooHeavy(Exception):
    """The report needed more time or memory than a report may take."""


def stored_report(submission: Submission) -> Path:
    """Return the file of a submission's report, made at the first request; raises PdfUnavailable or PdfTooHeavy."""
    return _stored(submission.sha256, lambda: rendered(submitted_context(submission)))


def stored_page(html: str) -> Path:
    """Return the file of a page for print, made when its text is first asked for; raises as `stored_report` does.

    Its name is the text's own fingerprint, so a page that says something else is another file.
    """
    fingerprint = fingerprint_of(html)
    return _stored(f"page-{fingerprint}", lambda: run(html, fingerprint))


def fingerprint_of(html: str) -> str:
    """Return the SHA-256 of a page for print."""
    return hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()


def _stored(name: str, make: Callable[[], bytes]) -> Path:
    path = Path(settings.VAR_DIR) / "reports" / f"{name}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _one_at_a_time(path.parent):
            # Another process may have made it while this one waited.
            if not path.exists():
                _keep(path, make())
    return path


def submitted_context(submission: Submission) -> ReportContext:
    """Return what a submission's report says, from its frozen document alone."""
    return contexts.of_submission(documents.read(submission.document), submission.sha256)


def rendered(context: ReportContext) -> bytes:
    """Return the PDF of a report; raises PdfUnavailable or PdfTooHeavy."""
    html = render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})
    return run(html, context.fingerprint or "draft")


def run(html: str, identifier: str) -> bytes:
    """Return the PDF of an HTML text, made by a process that is ended when it takes too much."""
    command = [sys.executable, "-m", "reports.render", str(REPORT_SECONDS), str(REPORT_MEMORY_MB), identifier]
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=html.encode("utf-8", "replace"),
            capture_output=True,
            timeout=REPORT_SECONDS,
            cwd=settings.BASE_DIR,
            env={**environment, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfTooHeavy(f"The report took longer than {REPORT_SECONDS} seconds.") from error
    return _checked(done)


def _checked(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode == os.EX_UNAVAILABLE:
        raise PdfUnavailable("Pango is not installed.")
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PdfTooHeavy(f"The PDF maker ended with {done.returncode}: {done.stderr[-500:].decode(errors='replace')}")
    return done.stdout


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one report be made at a time, whichever process of the server asks, so that memory stays bounded."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(path: Path, content: bytes) -> None:
    """Write a file so that it is whole or absent, whatever happens in between."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).rename(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
