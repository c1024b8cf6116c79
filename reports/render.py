"""The PDF maker's own process: a job on standard input, PDF on standard output, limits on time and memory.

Started as `python -m reports.render SECONDS MEGABYTES`; it knows nothing of Django, the database or secrets. A job is
one JSON object: `html`, `identifier`, and `attachments`, each as `reports.attached.Attached` has it.
"""

import datetime
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from reports.attached import Attached
from reports.limits import limit

# Exit status for "Pango is missing", as sysexits.h names it.
UNAVAILABLE = os.EX_UNAVAILABLE

try:
    import cssselect2
    import pydyf
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    sys.exit(UNAVAILABLE)

BASE = "own:"
STYLES = Path(__file__).resolve().parent.parent / "static" / "css"
# The only addresses that a report may name. The scheme is our own: it leads to no host and to no other file.
OWN_FILES = {f"own:{name}": (STYLES / name, "text/css") for name in ("report.css", "report_regional.css")}


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


# Read once: a worker's maker has them before it forks.
SHEETS = {url: weasyprint.CSS(filename=path, url_fetcher=OwnFiles()) for url, (path, _type) in OWN_FILES.items()}


class _Parsed(weasyprint.HTML):  # type: ignore[misc]
    """A document that is a tree already."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE, OwnFiles(), "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def parsed(html: str) -> tuple[weasyprint.HTML, list[weasyprint.CSS]]:
    """Return an HTML text as the PDF maker takes it, and its style sheets; our own texts are XML as well.

    XML, and sheets that are read already, save a tenth of a report's time. What is no XML is read as a browser would;
    either way whatever is not ours is refused.
    """
    try:
        root = ElementTree.fromstring(html)  # noqa: S314
    except ElementTree.ParseError:
        return weasyprint.HTML(string=html, base_url=BASE, url_fetcher=OwnFiles()), []
    found = [(head, link) for head in root.iter("head") for link in head.findall("link[@rel='stylesheet']")]
    ours = [(head, link) for head, link in found if link.get("href") in SHEETS]
    for head, link in ours:
        head.remove(link)
    return _Parsed(root), [SHEETS[link.get("href", "")] for _head, link in ours]


def pdf_of(html: str, identifier: str, attachments: Sequence[Attached] = ()) -> bytes:
    """Return the PDF of an HTML text, tagged as PDF/UA-1; the same text, identifier and files give the same bytes."""
    document, sheets = parsed(html)
    # The catalogue of names must be in order, so that readers find each by its own.
    files = [_file(each) for each in sorted(attachments, key=lambda each: each.name)]
    result: bytes = document.write_pdf(
        stylesheets=sheets,
        pdf_variant="pdf/ua-1",
        pdf_identifier=identifier.encode(),
        custom_metadata=True,
        attachments=files,
        finisher=_finisher(files),
    )
    return result


def _file(attached: Attached) -> weasyprint.Attachment:
    at = datetime.datetime.fromisoformat(attached.at).astimezone(datetime.UTC)
    return weasyprint.Attachment(
        string=attached.text,
        url_fetcher=OwnFiles(),
        name=attached.name,
        description=attached.description,
        created=at,
        modified=at,
        relationship="Source",
    )


def _finisher(files: list[Any]) -> Callable[[Any, Any], None] | None:
    return partial(_associate, files) if files else None


def _associate(files: list[Any], _document: Any, pdf: Any) -> None:
    """Say of each file how it belongs to the document, as is done for PDF/A and left out for PDF/UA alone."""
    relationships = {f"<{file.md5}>": file.relationship for file in files}
    names = pdf.objects[int(pdf.catalog["Names"]["EmbeddedFiles"].split()[0])]["Names"]
    specifications: dict[Any, Any] = {
        each.reference: each for each in pdf.objects if isinstance(each, pydyf.Dictionary)
    }
    for reference in names[1::2]:
        specification = specifications[reference]
        stream = pdf.objects[int(specification["EF"]["F"].split()[0])]
        specification["AFRelationship"] = f"/{relationships[stream.extra['Params']['CheckSum']]}"
    pdf.catalog["AF"] = pydyf.Array(names[1::2])


def made(job: bytes) -> bytes:
    """Return the PDF that a job asks for."""
    told = json.loads(job)
    return pdf_of(told["html"], told["identifier"], [Attached(**each) for each in told["attachments"]])


def main(seconds: str, megabytes: str) -> None:
    """Read, render, write."""
    limit(int(seconds), int(megabytes))
    # A render makes millions of short-lived objects and ends: collecting them costs 7 % and gains nothing.
    gc.disable()
    sys.stdout.buffer.write(made(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main(*sys.argv[1:])
