"""The formats of criteria files: each turns bytes into the same entries and a document into bytes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hallmarks.document import Document
from hallmarks.formats import csv_table, fixture, outline, workbook
from hallmarks.formats.known import NOTHING_KNOWN, Known, KnownCriterion, KnownFramework
from hallmarks.formats.lines import plain_name
from hallmarks.formats.package import OLD_OR_LOCKED
from hallmarks.formats.table import ROW
from hallmarks.reading import Reading

__all__ = ["FORMATS", "NOTHING_KNOWN", "Known", "KnownCriterion", "KnownFramework", "find", "read", "write"]

JSON, CSV, XLSX, OUTLINE = "json", "csv", "xlsx", "md"
PACKED: Final = (b"PK\x03\x04", b"PK\x05\x06", OLD_OR_LOCKED)
ENDINGS = {"json": JSON, "csv": CSV, "xlsx": XLSX, "xlsm": XLSX, "xls": XLSX, "md": OUTLINE, "markdown": OUTLINE}
SEPARATORS = re.compile(r"[,;\t]")


@dataclass(frozen=True)
class Format:
    """One form of criteria files: how it is called, sent, read and written."""

    title: Promise
    media_type: str
    read: Callable[[bytes | str, Known], Reading]
    write: Callable[[Document], bytes]


# By the ending of a file's name.
FORMATS: Mapping[str, Format] = {
    OUTLINE: Format(gettext_lazy("Outline (text)"), "text/markdown; charset=utf-8", outline.read, outline.write),
    CSV: Format(gettext_lazy("CSV"), "text/csv; charset=utf-8", csv_table.read, csv_table.write),
    XLSX: Format(
        gettext_lazy("Excel"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook.read,
        workbook.write,
    ),
    JSON: Format(gettext_lazy("JSON"), "application/json", lambda data, _known: fixture.read(data), fixture.write),
}


def find(data: bytes | str, name: str = "") -> str:
    """Return which of the formats a file is in, by what is in it, and where that says nothing by its name."""
    if isinstance(data, bytes) and data.startswith(PACKED):
        return XLSX
    ending = ENDINGS.get(name.rpartition(".")[2].casefold(), "") if "." in name else ""
    if ending:
        return ending
    start = data[:5_000].decode("utf-8", "replace") if isinstance(data, bytes) else data[:5_000]
    start = start.removeprefix("\ufeff").lstrip()
    if not start or start[0] in "[{" or "\x00" in start[:4] or start[0] == "\ufffd":
        return JSON
    titles = (plain_name(title.strip("\"' ")) for title in SEPARATORS.split(start.partition("\n")[0].rstrip("\r")))
    return CSV if ROW in titles and SEPARATORS.search(start) else OUTLINE


def read(data: bytes | str, name: str = "", known: Known = NOTHING_KNOWN) -> Reading:
    """Return the entries of a criteria file, whatever its format."""
    return FORMATS[find(data, name)].read(data, known)


def write(form: str, document: Document) -> bytes:
    """Return a document in one of the formats."""
    return FORMATS[form].write(document)
