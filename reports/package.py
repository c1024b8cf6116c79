"""A round as a package of data: CSV files, what their fields mean (`datapackage.json`), and words for people.

It follows the Frictionless "tabular data package". The same data give the same bytes on the same day: rows are in a
fixed order, and the archive holds no times.
"""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from govuk.spreadsheets import csv_bytes

# The earliest time that an archive can hold: it says nothing, and so differs never.
NO_TIME = (1980, 1, 1, 0, 0, 0)
CLOSED_LICENCE = "other-closed"


@dataclass(frozen=True)
class Field:
    """One column: its name in the file, its type as the standard calls it, and what it means."""

    name: str
    type: str
    meaning: str
    is_required: bool = True
    refers_to: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """One CSV file of the package; `key` are the columns that tell rows apart."""

    name: str
    title: str
    meaning: str
    fields: Sequence[Field]
    key: Sequence[str]
    rows: Iterable[Sequence[object]]


@dataclass(frozen=True)
class Terms:
    """On which terms the data may be used, and where they can be read in full."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class About:
    """What the package is of: the round, the criteria, for whom it was made and on which terms."""

    slug: str
    title: str
    opens_on: datetime.date
    closes_on: datetime.date
    taken_on: datetime.date
    criteria_title: str
    criteria_publisher: str
    criteria_source: str
    is_demonstration: bool
    holds: Sequence[str]
    terms: Terms


@dataclass(frozen=True)
class Package:
    """A round's tables and what is to be known of them."""

    about: About
    tables: Sequence[Table]


def zipped(package: Package) -> bytes:
    """Return the package as an archive; a round of the whole country is well below a megabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        described = [_added(archive, table) for table in package.tables]
        text = json.dumps(_description(package.about, described), ensure_ascii=False, indent=2)
        _add(archive, "datapackage.json", f"{text}\n".encode())
        _add(archive, "README.txt", _readme(package).encode())
    return content.getvalue()


def _added(archive: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    """Write a table, and return what the description says of it."""
    rows = ([_cell(cell) for cell in row] for row in table.rows)
    content = csv_bytes([[field.name for field in table.fields], *rows], mark="")
    path = f"{table.name}.csv"
    _add(archive, path, content)
    return {
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    links = [
        {"fields": field.name, "reference": {"resource": field.refers_to[0], "fields": field.refers_to[1]}}
        for field in table.fields
        if field.refers_to
    ]
    return schema | ({"foreignKeys": links} if links else {})


def _field(field: Field) -> dict[str, Any]:
    known = {"name": field.name, "type": field.type, "description": field.meaning}
    return known | ({"constraints": {"required": True}} if field.is_required else {})


def _description(about: About, tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": f"self-assessment-{about.slug.lower()}",
        "title": about.title,
        "description": " ".join(about.holds),
        "created": f"{about.taken_on.isoformat()}T00:00:00Z",
        "licenses": [_licence(about.terms)],
        "sources": [{"title": f"{about.criteria_title}, {about.criteria_publisher}: {about.criteria_source}"}],
        "round": {
            "slug": about.slug,
            "opens_on": about.opens_on.isoformat(),
            "closes_on": about.closes_on.isoformat(),
        },
        "demonstration": about.is_demonstration,
        "resources": list(tables),
    }


def _licence(terms: Terms) -> dict[str, str]:
    where = {"path": terms.url} if terms.url else {"name": CLOSED_LICENCE}
    return where | {"title": terms.words}


def _readme(package: Package) -> str:
    about = package.about
    made_up = [_("Demonstration data: the answers are made up."), ""] if about.is_demonstration else []
    lines = [
        *(about.title, _("Taken on %(day)s.") % {"day": about.taken_on.isoformat()}, "", *made_up),
        *(*about.holds, ""),
        *(f"{table.name}.csv: {table.title}. {table.meaning}" for table in package.tables),
        *("", _("datapackage.json says what each field means, in a form that programs read as well.")),
        _("Files are UTF-8. A text that a spreadsheet could take for a formula starts with an apostrophe."),
        _("Levels are each partnership's own judgement. They are in order; differences between them have no size, so"),
        _("they should not be averaged. What the law asks for is a kind of its own and not to be added to practice."),
        "",
        _("Criteria: %(title)s, %(publisher)s. Source: %(source)s")
        % {"title": about.criteria_title, "publisher": about.criteria_publisher, "source": about.criteria_source},
        _("Terms of use: %(terms)s") % {"terms": " ".join(filter(None, (about.terms.words, about.terms.url)))},
    ]
    return "\r\n".join(lines) + "\r\n"


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _cell(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell
