"""The regional report as people and screen readers get it: tags, headings, table heads, pictures, bookmarks."""

import io
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from assessments.models import Round
from tests.people import Cast, Places
from tests.reports.releases import MIXED, fill, neighbours
from tests.reports.test_pdf import catalog, elements, titles_in

SignIn = Callable[[User | None], Client]


@pytest.fixture
def report(round_: Round, places: Places, cast: Cast, sign_in: SignIn) -> PdfReader:
    """Thirty of the East Midlands: more than fit across a page."""
    fill(round_, neighbours(places.derby.police_force, 30), cast.officer, timezone.now(), MIXED)
    response = sign_in(cast.reviewer).get(reverse("reports:regional", args=[round_.slug, "east-midlands"]))
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_it_is_a_tagged_document_that_can_be_walked_through(report: PdfReader) -> None:
    root = catalog(report)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert report.metadata is not None
    assert report.metadata.title == "East Midlands: 2027 self-assessment, regional report"
    assert re.search(r"pdfuaid:part[^0-9]+1", root["/Metadata"].get_data().decode())
    tree = list(elements(root["/StructTreeRoot"]))
    check_headings(tree)
    check_tables(tree)
    figures = [each for each in tree if each.get("/S") == "/Figure"]
    assert figures
    assert all(str(each.get("/Alt", "")).strip() for each in figures)
    check_bookmarks(report)
    check_pages(report)


def check_headings(tree: list[Any]) -> None:
    levels = [int(str(each["/S"])[2]) for each in tree if re.fullmatch(r"/H[1-6]", str(each.get("/S")))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def check_tables(tree: list[Any]) -> None:
    for table in (each for each in tree if each.get("/S") == "/Table"):
        kinds = {str(each.get("/S")) for each in elements(table.get("/K", []))}
        assert "/TH" in kinds


def check_bookmarks(report: PdfReader) -> None:
    titles = list(titles_in(report.outline))
    chapters = (
        "Summary",
        "State of the round",
        "Strengths and weaknesses",
        "Good practice by criterion",
        "Every rating",
    )
    assert [chapter for chapter in chapters if chapter not in titles] == []


def check_pages(report: PdfReader) -> None:
    texts = [" ".join(page.extract_text().split()) for page in report.pages]
    contents = texts[1]
    for title in ("State of the round", "Strengths and weaknesses", "Every rating", "Sources"):
        found = re.search(rf"{title} (\d+)", contents)
        assert found
        assert title in texts[int(found[1]) - 1]
    assert texts[2].startswith("Summary")
    assert "State of the round" not in texts[2]
    wide = [page for page in report.pages if page.mediabox.width > page.mediabox.height]
    heat = [text for text in (page.extract_text() for page in wide) if "Secret n" in text]
    assert len(heat) > 1
    assert all("Partnership" in text for text in heat)
    assert all("As of" in text for text in texts[1:])
