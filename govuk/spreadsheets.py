"""Rows as a file for spreadsheets, in which no cell can start a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet may run a cell that begins with one of these; the last four are the full-width forms.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def guarded(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could run.

    Cells that already have apostrophes there get one more, so that taking one away always gives the text back.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(DANGEROUS) else cell


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV: every cell quoted and guarded, UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", "replace")
