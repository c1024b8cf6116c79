"""The comparison as a file for spreadsheets, in which no cell can start a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assessments.models import Round
from reports import tables
from reports.comparison import Line
from reports.filters import Filters

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


def comparison_rows(round_: Round, filters: Filters, lines: Sequence[Line]) -> list[list[object]]:
    """Return the comparison's lines under their headings: one column a level, blank where a scale has no such level."""
    levels = list(dict.fromkeys(name for line in lines for name in line.asked.levels))
    picked = [_("Picked out: %(name)s") % {"name": filters.picked.name}] if filters.picked else []
    area = filters.force.force_name if filters.force else filters.region.region_name
    start = [round_.name, area, *([_("Demonstration data")] if round_.is_demonstration else [])]
    heading: list[object] = [
        *(_("Round"), _("Area"), *([_("Data")] if round_.is_demonstration else [])),
        *(_("Section"), _("Code"), _("Criterion"), _("Kind"), _("Key criterion"), *levels),
        *(_("Does not apply"), _("Gave a level"), _("In the upper levels"), _("Median"), _("Middle half"), *picked),
    ]
    return [heading, *([*start, *_cells(line, levels, bool(picked))] for line in lines)]


def _cells(line: Line, levels: Sequence[str], with_picked: bool) -> list[object]:
    asked = line.asked
    counts = dict(zip(asked.levels, line.counts, strict=True))
    kind = _("Statutory requirement") if asked.is_statutory else _("Good practice")
    picked = tables.picked_label(line)
    return [
        *(asked.section_title, asked.code, asked.title, kind, _("Yes") if asked.is_key else _("No")),
        *(counts.get(level, "") for level in levels),
        *(line.does_not_apply, line.n, line.upper, tables.median_words(line), tables.middle_half_words(line)),
        *([picked.name if picked else ""] if with_picked else []),
    ]
