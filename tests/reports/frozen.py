"""Submissions of another portal for the tests: the very set of criteria of ours, answered elsewhere."""

import io
from dataclasses import replace
from typing import Any

from pypdf import PdfWriter

from assessments import documents
from assessments.documents import Document
from assessments.models import Assessment, Submission
from tests.people import Cast
from tests.reviews import reviewing

ELSEWHERE = "https://other.example"


def elsewhere(assessment: Assessment, cast: Cast, **changes: Any) -> Document:
    """Return what another portal froze: our answers, under its own address and reference."""
    ours: Submission = reviewing.submitted(assessment, cast)
    changed: dict[str, Any] = {"portal": ELSEWHERE, "reference": "2027-FAR-AWAY-1", **changes}
    return replace(documents.read(ours.document), **changed)


def as_json(document: Document) -> bytes:
    return documents.canonical(document).encode()


def pdf_with(*files: tuple[str, bytes]) -> bytes:
    """Return a PDF with these attachments."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in files:
        writer.add_attachment(name, content)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()
