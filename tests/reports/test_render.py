"""The PDF maker reaches nothing but our own style sheet, whatever a text says, and is ended when it takes too much."""

import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import weasyprint
from django.conf import settings
from pypdf import PdfReader
from pypdf.generic import StreamObject
from weasyprint.urls import URLFetchingError

from assessments.documents import EvidenceEntry
from reports import contexts, pdf, render
from tests.reports import making
from tests.reports.canary import VECTORS, Canary, canary

# Elements that HTML does not close and XML must.
VOID = re.compile(r"<((?:base|br|embed|hr|img|input|link|meta|param|source|track)\b(?:[^>\"]|\"[^\"]*\")*?)/?>")
SECRET = "the-secret-that-must-not-leak"
EVERY_VECTOR = "".join(VECTORS.values())


def page(address: str, vectors: str = EVERY_VECTOR) -> str:
    given = vectors.format(*[address] * vectors.count("{}"))
    return f'<html lang="en"><head><title>x</title></head><body>{given}</body></html>'


def as_xml(page: str) -> str:
    return VOID.sub(r"<\1/>", page).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')


def everything_in(content: bytes) -> bytes:
    """Return a PDF's raw bytes and all its streams unpacked: what anybody could dig out of it."""
    streams = [content]
    reader = PdfReader(io.BytesIO(content))
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number) if number in reader.xref.get(0, {}) else None
        if isinstance(found, StreamObject):
            streams.append(found.get_data())
    return b"".join(streams)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.css"
    path.write_text(SECRET)
    return path


def test_the_vectors_are_live() -> None:
    # Without our fetcher they do reach out, so the silence below means something.
    with canary() as seen:
        for vector in VECTORS.values():
            weasyprint.HTML(string=page(seen.address, vector)).write_pdf()
    assert len(seen.hits) >= 20


def test_an_attached_file_would_be_found(secret: Path) -> None:
    content = weasyprint.HTML(string=page(secret.as_uri(), VECTORS["a attachment"])).write_pdf()
    assert SECRET.encode() in everything_in(content)


def addresses(seen: Canary, secret: Path) -> dict[str, str]:
    return {
        "http": seen.address,
        "https": seen.secure,
        "redirect": seen.redirect,
        "file": secret.as_uri(),
        "relative": str(secret),
        "data": f"data:text/css,{SECRET}",
        "ftp": seen.address.replace("http", "ftp"),
        "own": "own:../../../etc/passwd",
    }


@pytest.mark.parametrize("vector", sorted(VECTORS))
def test_nothing_is_fetched(vector: str, secret: Path) -> None:
    with canary() as seen:
        pages = [page(each, VECTORS[vector]) for each in addresses(seen, secret).values()]
        # Our own texts are read as XML, and whatever is none as HTML: neither may reach out.
        contents = [render.pdf_of(text, "test") for each in pages for text in {each, as_xml(each)}]
    assert seen.hits == []
    assert [content for content in contents if SECRET.encode() in everything_in(content)] == []


@pytest.mark.parametrize("kind", ["http", "https", "file", "ftp"])
def test_a_colour_profile_ends_the_render(kind: str, secret: Path) -> None:
    with canary() as seen:
        style = f'<style>@color-profile device-cmyk{{src:url("{addresses(seen, secret)[kind]}")}}</style>'
        with pytest.raises(URLFetchingError):
            render.pdf_of(f"<html lang=en><title>x</title>{style}<p>x</p></html>", "test")
    assert seen.hits == []


def test_most_vectors_are_tried_as_xml_too() -> None:
    found = [vector for vector in VECTORS.values() if is_xml(as_xml(page("x", vector)))]
    assert len(found) >= 25


def is_xml(text: str) -> bool:
    try:
        ElementTree.fromstring(text)  # noqa: S314
    except ElementTree.ParseError:
        return False
    return True


def test_more_vectors_are_tried_than_are_known() -> None:
    assert len(VECTORS) >= 29


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "https://127.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "data:text/css,a", "x"),
        *(
            "own:",
            "own:report.css/../secret",
            "own:portal.css",
            "own:report.css?",
            "own://host/report.css",
            "OWN:report.css",
        ),
    ],
)
def test_the_fetcher_refuses(address: str) -> None:
    fetcher = render.OwnFiles()
    for ask in (fetcher.fetch, fetcher, fetcher.open):
        with pytest.raises(render.NotOurs):
            ask(address)


def test_the_fetcher_gives_our_style_sheet() -> None:
    response = render.OwnFiles().fetch("own:report.css")
    assert response.read() == (settings.BASE_DIR / "static" / "css" / "report.css").read_bytes()


def test_texts_that_people_typed_fetch_nothing(secret: Path) -> None:
    with canary() as seen:
        slots = EVERY_VECTOR.count("{}")
        hostile = EVERY_VECTOR.format(*([seen.address, secret.as_uri()] * slots)[:slots])
        criterion = making.criterion(
            "LEAD.1",
            title=hostile,
            text=hostile,
            reason=hostile,
            source=hostile,
            evidence=(EvidenceEntry("link", hostile, hostile), EvidenceEntry("case_study", hostile, hostile)),
        )
        content = pdf.rendered(contexts.of_submission(making.small(criterion), hostile[:60]))
    assert seen.hits == []
    assert SECRET.encode() not in everything_in(content)
    assert "<img" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_process_is_ended_when_it_computes_too_long() -> None:
    endless = "from reports import render; render.limit(1, 4000)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", endless], cwd=settings.BASE_DIR, check=False, timeout=20)
    assert done.returncode < 0


def test_it_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def look(command: list[str], **options: object) -> "subprocess.CompletedProcess[bytes]":
        seen.update(options)
        return subprocess.CompletedProcess(command, 0, b"%PDF-", b"")

    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", look)
    pdf.run("<p>", "x")
    assert not any("secret" in value for value in dict(seen["env"]).values())  # type: ignore[call-overload]
