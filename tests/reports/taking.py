"""Short ways for the tests of what can be taken away: files as tables, whatever their form."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
from django.test import Client

HERE = "/reports/{round}/{partnership}/"


def content_of(client: Client, url: str, **query: str) -> bytes:
    """Return a file's bytes."""
    response: Any = client.get(url, query)
    assert response.status_code == 200, url
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def address(name: str, round_: str = "2027", partnership: str = "amber-valley") -> str:
    """Return where one of an assessment's files is."""
    return HERE.format(round=round_, partnership=partnership) + name


def tables_of(client: Client, url: str, **query: str) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a JSON file."""
    found: dict[str, list[dict[str, Any]]] = json.loads(content_of(client, url, **query))["tables"]
    return found


def files_of(client: Client, url: str, **query: str) -> dict[str, bytes]:
    """Return the files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content_of(client, url, **query))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheets_of(client: Client, url: str, **query: str) -> dict[str, list[list[Any]]]:
    """Return the sheets of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content_of(client, url, **query)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
