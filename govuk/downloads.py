"""Tables as answers to a request: the same rows as CSV or as a workbook, under a name that says what and when."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from govuk.spreadsheets import Sheet, csv_bytes, xlsx_bytes

CSV, XLSX = "csv", "xlsx"
FORMS = (CSV, XLSX)
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "zip": "application/zip",
    "json": "application/json",
}
# What a program may ask of a drawing that somebody opens by its address: nothing.
DRAWING_POLICY = "default-src 'none'; frame-ancestors 'none'"


def file_name(form: str, *about: str) -> str:
    """Return a name of what a file is about and the day it was taken."""
    words = [slugify(word) for word in about]
    return "-".join([*filter(None, words), timezone.localdate().isoformat()]) + f".{form}"


def headers(form: str, *about: str) -> dict[str, str]:
    """Return the header by which a browser saves a file under its name."""
    return {"Content-Disposition": f'attachment; filename="{file_name(form, *about)}"'}


def table_file(form: str, title: str, table: Sequence[Sequence[object]], *about: str) -> HttpResponse:
    """Return a table, whose first row is its headings, in one of `FORMS`."""
    content = csv_bytes(table) if form == CSV else xlsx_bytes([Sheet.of(title, table)])
    return HttpResponse(content, content_type=TYPES[form], headers=headers(form, *about))


def drawing_file(drawing: str, *about: str) -> HttpResponse:
    """Return a drawing that stands by itself."""
    named = {**headers("svg", *about), "Content-Security-Policy": DRAWING_POLICY}
    return HttpResponse(drawing, content_type=TYPES["svg"], headers=named)
