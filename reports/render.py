"""The PDF maker's own process: HTML on standard input, PDF on standard output, limits on time and memory.

Started as `python -m reports.render SECONDS MEGABYTES IDENTIFIER`; it knows nothing of Django, the database or secrets.
"""

import gc
import os
import resource
import sys
from pathlib import Path

# Exit status for "Pango is missing", as sysexits.h names it.
UNAVAILABLE = os.EX_UNAVAILABLE

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    sys.exit(UNAVAILABLE)

STYLES = Path(__file__).resolve().parent.parent / "static" / "css"
# The only addresses that a report may name. The scheme is our own: it leads to no host and to no other file.
OWN_FILES = {"own:report.css": (STYLES / "report.css", "text/css")}


class NotOurs(ValueError):
    """A report named something that is not one of our own files."""


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Gives the PDF maker our own style sheet and refuses every other address; it never opens a connection."""

    def __init__(self) -> None:
        super().__init__(timeout=1, allowed_protocols=["own"], allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return one of our files; raises NotOurs for anything else."""
        if url not in OWN_FILES:
            raise NotOurs("A report may use nothing but the portal's own style sheet.")
        path, media_type = OWN_FILES[url]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


def pdf_of(html: str, identifier: str) -> bytes:
    """Return the PDF of an HTML text, tagged as PDF/UA-1; the same text and identifier give the same bytes."""
    document = weasyprint.HTML(string=html, base_url="own:", url_fetcher=OwnFiles())
    result: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode(), custom_metadata=True)
    return result


def limit(seconds: int, megabytes: int) -> None:
    """Let the system end this process when it takes too much: processor time, memory, and any file at all."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds: str, megabytes: str, identifier: str) -> None:
    """Read, render, write."""
    limit(int(seconds), int(megabytes))
    # A render makes millions of short-lived objects and ends: collecting them costs 7 % and gains nothing.
    gc.disable()
    sys.stdout.buffer.write(pdf_of(sys.stdin.buffer.read().decode(), identifier))


if __name__ == "__main__":
    main(*sys.argv[1:])
