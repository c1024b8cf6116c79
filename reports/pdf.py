"""HTML as PDF, rendered in a limited process of its own; `stored` keeps what was made."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.template.loader import render_to_string

from reports.attached import Attached
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


def fingerprint_of(html: str) -> str:
    """Return the SHA-256 of a page for print."""
    return hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()


def rendered(context: ReportContext) -> bytes:
    """Return the PDF of a report that is not kept; raises PdfUnavailable or PdfTooHeavy."""
    html = render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})
    return run(html, context.fingerprint or "draft")


def run(html: str, identifier: str, attachments: Sequence[Attached] = ()) -> bytes:
    """Return the PDF of an HTML text with these files in it, made by a process that is ended when it takes too much."""
    command = [sys.executable, "-m", "reports.render", str(REPORT_SECONDS), str(REPORT_MEMORY_MB)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=job(html, identifier, attachments),
            capture_output=True,
            timeout=REPORT_SECONDS,
            cwd=settings.BASE_DIR,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfTooHeavy(f"The report took longer than {REPORT_SECONDS} seconds.") from error
    return _checked(done)


def environment() -> dict[str, str]:
    """Return what a PDF maker's process may know of this machine, the same for every report."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}


def job(html: str, identifier: str, attachments: Sequence[Attached]) -> bytes:
    """Return what the PDF maker's process is told."""
    # What no PDF can show, such as half of a pair of surrogates, is shown as “?”.
    printable = html.encode("utf-8", "replace").decode()
    files = [asdict(each) for each in attachments]
    return json.dumps({"html": printable, "identifier": identifier, "attachments": files}).encode()


def _checked(done: "subprocess.CompletedProcess[bytes]") -> bytes:
    if done.returncode == os.EX_UNAVAILABLE:
        raise PdfUnavailable("Pango is not installed.")
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise PdfTooHeavy(f"The PDF maker ended with {done.returncode}: {done.stderr[-500:].decode(errors='replace')}")
    return done.stdout
