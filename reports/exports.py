"""The comparison and a partnership's actions as files for spreadsheets, in which no cell can start a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assessments.models import ImprovementAction
from reports import tables
from reports.comparison import TOP_LEVELS, Line
from reports.overview import Overview

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


def comparison_rows(overview: Overview) -> list[list[object]]:
    """Return the comparison's lines under their headings, each with the group that it is about.

    One column a level and one for the upper levels of practice, blank where a line's scale has no such level.
    """
    lines, picked = overview.lines, overview.filters.picked
    levels = list(dict.fromkeys(name for line in lines for name in line.asked.levels))
    uppers = list(dict.fromkeys(name for line in lines if (name := _or_better(line))))
    made_up = [_("Demonstration data")] if overview.round.is_demonstration else []
    start = [overview.round.name, overview.area, len(overview.group), overview.submitted, *made_up]
    heading: list[object] = [
        *(_("Round"), _("Area"), _("Partnerships"), _("Submitted"), *([_("Data")] if made_up else [])),
        *(_("Section"), _("Code"), _("Criterion"), _("Kind"), _("Key criterion"), *levels),
        *(_("Does not apply"), _("Gave a level"), *uppers, _("Median"), _("Middle half")),
        *([_("Level of %(name)s") % {"name": picked.name}] if picked else []),
    ]
    return [heading, *([*start, *_cells(line, levels, uppers, picked is not None)] for line in lines)]


def action_rows(actions: Iterable[ImprovementAction], *, made_up: bool) -> list[list[object]]:
    """Return a partnership's improvement actions under their headings, in the order given."""
    heading: list[object] = [
        *(_("What will be done"), _("Agency"), _("By when"), _("State"), _("Closed on"), _("Reason")),
        *(_("Code"), _("Criterion"), _("Level"), _("Raised in"), *([_("Data")] if made_up else [])),
    ]
    return [heading, *([*_action_cells(one), *([_("Demonstration data")] if made_up else [])] for one in actions)]


def _action_cells(action: ImprovementAction) -> list[object]:
    state, level = action.get_status_display(), getattr(action, "level_name", None)
    return [
        *(action.text, action.owner.name, action.due_on.isoformat(), state),
        *(action.closed_on.isoformat() if action.closed_on else "", action.closing_reason),
        *(action.criterion.code, action.criterion.title, level or "", action.raised_in.round.name),
    ]


def _or_better(line: Line) -> str:
    # What the law asks for is met or not, and its levels have their columns already.
    if line.asked.is_statutory or len(line.asked.levels) < TOP_LEVELS:
        return ""
    return _("%(level)s or better") % {"level": line.asked.levels[-TOP_LEVELS]}


def _cells(line: Line, levels: Sequence[str], uppers: Sequence[str], with_picked: bool) -> list[object]:
    asked = line.asked
    counts = dict(zip(asked.levels, line.counts, strict=True))
    kind = _("Statutory requirement") if asked.is_statutory else _("Good practice")
    picked = tables.picked_label(line)
    return [
        *(asked.section_title, asked.code, asked.title, kind, _("Yes") if asked.is_key else _("No")),
        *(counts.get(level, "") for level in levels),
        *(line.does_not_apply, line.n),
        *(line.upper if upper == _or_better(line) else "" for upper in uppers),
        *(tables.median_words(line), tables.middle_half_words(line)),
        *([picked.name if picked else ""] if with_picked else []),
    ]
