"""One criterion for a file: a row for each level of each round, and who is at it where names may be."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hallmarks.marks import does_not_apply
from reports import released_page
from reports.comparison import Line
from reports.criterion_sheet import CriterionSheet, TrendRow


def criterion_table(sheet: CriterionSheet) -> list[list[object]]:
    """Return the strip and the trend of a criterion's page as one table, newest round first, lowest level first."""
    made_up = [_("Demonstration data")] if sheet.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Group"), _("Code"), _("Criterion"), _("Kind")),
        *(_("Comparable criteria"), _("Level"), _("Partnerships"), _("Gave a level"), _("Share in per cent")),
        *([_("Level of %(name)s") % {"name": sheet.picked.name}] if sheet.picked else []),
        *([_("Who")] if sheet.named else []),
        _("Note"),
    ]
    return [heading, *(row for point in sheet.rows for row in _rows(sheet, point, made_up))]


def _rows(sheet: CriterionSheet, row: TrendRow, made_up: Sequence[str]) -> list[list[object]]:
    asked = row.line.asked
    kind = _("Statutory requirement") if asked.is_statutory else _("Good practice")
    start = [row.point.name, *made_up, sheet.area, asked.code, asked.title, kind, row.point.comparable]
    picked = [row.picked.name if row.picked else ""] if sheet.picked else []
    if row.line.is_withheld:
        who = [""] if sheet.named else []
        return [[*start, "", "", "", "", *picked, *who, released_page.not_shown()]]
    return [
        [*start, *cells, *picked, *([_who(sheet, row, str(cells[0]))] if sheet.named else []), ""]
        for cells in _levels(row.line)
    ]


def _levels(line: Line) -> list[list[object]]:
    """Return how many are at each level, of how many; what does not apply has no share in them."""
    found: list[list[object]] = [
        [name, count, line.n, round(100 * count / line.n) if line.n else ""]
        for name, count in zip(line.asked.levels, line.counts, strict=True)
    ]
    return [*found, [does_not_apply().name, line.does_not_apply, "", ""]] if line.does_not_apply else found


def _who(sheet: CriterionSheet, row: TrendRow, level: str) -> str:
    """Return the partnerships at a level of the round shown, the only one of which names are asked for."""
    if not row.point.is_shown_round:
        return ""
    return ", ".join(place.name for step in sheet.steps if step.label.name == level for place in step.names)
