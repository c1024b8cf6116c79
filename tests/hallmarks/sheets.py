"""The small set of `files.py` as a table and as an outline, and workbooks put together by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from govuk.spreadsheets import Sheet, xlsx_bytes

HEADING = ["row", "code", "title", "text", "guidance", "publisher", "scale", "framework", "version"]
OUTLINE = """\
title: Small criteria, first
publisher: A test
framework: small
version: v1
scale: Low, High

# Leadership
code: LEAD

## Title 1
code: LEAD.1

Statement 1.

- A sign.

## Title 2
code: LEAD.2

Statement 2.
"""
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="Criteria" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relations><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relations>',
}


def table() -> list[list[str]]:
    """The heading is row 1, the set row 2, the section row 3, LEAD.1 row 4, its sign row 5, LEAD.2 row 6."""
    return [
        HEADING,
        ["set", "", "Small criteria, first", "", "", "A test", "Low, High", "small", "v1"],
        ["section", "LEAD", "Leadership", "", "", "", "", "", ""],
        ["criterion", "LEAD.1", "Title 1", "Statement 1.", "", "", "", "", ""],
        ["indicator", "", "", "A sign.", "", "", "", "", ""],
        ["criterion", "LEAD.2", "Title 2", "Statement 2.", "", "", "", "", ""],
    ]


def with_cell(row: int, column: str, value: object) -> list[list[object]]:
    """The table with one cell changed; rows as a spreadsheet counts them."""
    rows: list[list[object]] = [list(cells) for cells in table()]
    rows[row - 1][HEADING.index(column)] = value
    return rows


def csv_of(rows: Sequence[Sequence[object]]) -> str:
    """A table as CSV, every cell in quotation marks."""
    return "\r\n".join(",".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows) + "\r\n"


def xlsx_of(rows: Sequence[Sequence[object]]) -> bytes:
    """A table as a workbook."""
    return xlsx_bytes([Sheet.of("Criteria", rows)])


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Put parts into a package as they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def sheet_of(rows: str, **more: str | bytes) -> bytes:
    """A workbook whose sheet holds these rows, as XML."""
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return zipped({**PARTS, "xl/worksheets/sheet1.xml": sheet, **more})


def inline(place: str, text: str) -> str:
    """A cell with a text, as XML."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
