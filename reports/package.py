"""A round, or one assessment, as a package of data: CSV files, what their fields mean, and words for people.

It follows the Frictionless "tabular data package". The same data give the same bytes on the same day: rows are in a
fixed order, and the archive holds no times.
"""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from govuk.spreadsheets import csv_lines

# The earliest time that an archive can hold: it says nothing, and so differs never.
NO_TIME = (1980, 1, 1, 0, 0, 0)
CLOSED_LICENCE = "other-closed"


@dataclass(frozen=True)
class Field:
    """One column: its name in the file, its type as the standard calls it, and what it means.

    `holds` names the stored fields that it tells, as "Rating.reason": a test looks for every stored field in a column.
    """

    name: str
    type: str
    meaning: str
    is_required: bool = True
    refers_to: tuple[str, str] | None = None
    holds: tuple[str, ...] = ()


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
    """What the package is of: the round (and partnership), the criteria, for whom it was made and on which terms."""

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
    partnership: str = ""


@dataclass(frozen=True)
class Package:
    """The tables and what is to be known of them."""

    about: About
    tables: Sequence[Table]


def zipped(package: Package) -> bytes:
    """Return the package as an archive, made row by row: a round of the whole country is a few megabytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        described = [_added(archive, table) for table in package.tables]
        text = json.dumps({**description(package.about), "resources": described}, ensure_ascii=False, indent=2)
        _add(archive, "datapackage.json", [f"{text}\n".encode("utf-8", "replace")])
        _add(archive, "README.txt", ["".join(f"{line}\r\n" for line in readme(package)).encode("utf-8", "replace")])
    return content.getvalue()


def _added(archive: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    """Write a table, and return what the description says of it."""
    path = f"{table.name}.csv"
    rows = ([_cell(cell) for cell in row] for row in plain_rows(table))
    size, fingerprint = _add(archive, path, csv_lines(chain([[field.name for field in table.fields]], rows)))
    return {
        "name": table.name,
        "title": table.title,
        "description": table.meaning,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{fingerprint}",
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


def description(about: About) -> dict[str, Any]:
    """Return what is to be known of a package, in the standard's words, without its tables."""
    return {
        "profile": "tabular-data-package",
        "name": "-".join(filter(None, ("self-assessment", about.slug.lower(), about.partnership))),
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
    }


def _licence(terms: Terms) -> dict[str, str]:
    where = {"path": terms.url} if terms.url else {"name": CLOSED_LICENCE}
    return where | {"title": terms.words}


def readme(package: Package) -> list[str]:
    """Return what people should read first in an archive, line by line."""
    about = package.about
    files = [f"{table.name}.csv: {table.title}. {table.meaning}" for table in package.tables]
    form = [
        _("datapackage.json says what each field means, in a form that programs read as well."),
        _("Files are UTF-8. A text that a spreadsheet could take for a formula starts with an apostrophe."),
    ]
    return [about.title, *words_about(about), "", *files, "", *form, *words_on_use(about)]


def words_about(about: About) -> list[str]:
    """Return when a package was taken, whether it is made up, and what it holds."""
    made_up = [_("Demonstration data: the answers are made up."), ""] if about.is_demonstration else []
    taken = _("Taken on %(day)s.") % {"day": about.taken_on.isoformat()}
    return [taken, "", *made_up, *about.holds]


def words_on_use(about: About) -> list[str]:
    """Return how levels are to be read, where the criteria come from, and on which terms the data may be used."""
    return [
        _("Levels are each partnership's own judgement. They are in order; differences between them have no size, so"),
        _("they should not be averaged. What the law asks for is a kind of its own and not to be added to practice."),
        "",
        _("Criteria: %(title)s, %(publisher)s. Source: %(source)s")
        % {"title": about.criteria_title, "publisher": about.criteria_publisher, "source": about.criteria_source},
        _("Terms of use: %(terms)s") % {"terms": " ".join(filter(None, (about.terms.words, about.terms.url)))},
    ]


def plain_rows(table: Table) -> Iterator[list[object]]:
    """Yield a table's rows as every form holds them."""
    return ([plain(cell) for cell in row] for row in table.rows)


def _add(archive: zipfile.ZipFile, name: str, content: Iterable[bytes]) -> tuple[int, str]:
    """Write a file of an archive, and return its size and its SHA-256."""
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    size, fingerprint = 0, hashlib.sha256()
    with archive.open(entry, "w") as file:
        for part in content:
            size += file.write(part)
            fingerprint.update(part)
    return size, fingerprint.hexdigest()


def plain(cell: object) -> object:
    """Return a cell as every form holds it: a day or moment as an ISO 8601 text, a moment in UTC."""
    if not isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, datetime.datetime):
        return cell.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat()


def _cell(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell
