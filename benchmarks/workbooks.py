"""A workbook of a round, with our writer and with openpyxl's write-only mode: the same cells in both."""

import io

import openpyxl

from assessments.models import Round
from benchmarks.measuring import Measured, side_by_side
from govuk.spreadsheets import Sheet, xlsx_bytes
from reports import heat_map, heat_queries, queries

GOAL = "≤ 0.6"
HEADINGS = ("Region", "Police force", "Partnership")


def sheet_of(round_: Round) -> Sheet:
    """Return every submitted level of a round, one row a partnership."""
    asked = queries.asked(round_)
    rows = heat_map.submitted(heat_queries.rows([round_])[round_.slug])
    table = [
        [
            *(row.region_name, row.force_name, row.name),
            *(_level(row.at(at), criterion.levels) for at, criterion in enumerate(asked)),
        ]
        for row in rows
    ]
    return Sheet(round_.name, [*HEADINGS, *(criterion.code for criterion in asked)], table)


def ours(sheet: Sheet) -> bytes:
    """Write it as the portal does, with widths, formats and a heading that stays."""
    return xlsx_bytes([sheet])


def theirs(sheet: Sheet) -> bytes:
    """Write the same cells with openpyxl, without any formats."""
    workbook = openpyxl.Workbook(write_only=True)
    worksheet = workbook.create_sheet(sheet.title)
    worksheet.append(list(sheet.header))
    for row in sheet.rows:
        worksheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def workbook_of(round_: Round, times: int = 15) -> Measured:
    """Time both on a round, its rows read already."""
    sheet = sheet_of(round_)
    what = f"XLSX of a round: {len(list(sheet.rows))} x {len(sheet.header) - len(HEADINGS)} levels"
    return side_by_side(
        what, lambda: ours(sheet), "openpyxl's write-only mode, same cells", lambda: theirs(sheet), GOAL, times=times
    )


def _level(mark: str, levels: tuple[str, ...]) -> str:
    return levels[int(mark)] if mark.isdigit() else ""
