"""Ratings beside recorded crime for a file: areas by name, then groups of areas without names."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from partnerships.crime_parts import Total
from reports.crime import Figure, Group
from reports.crime_page import AreaRow, CrimePage
from reports.crime_queries import PrintedTotals
from reports.crime_time import Moment, TimePage


def table(page: CrimePage) -> list[list[object]]:
    """Return both tables of the page; of a group without names the change from and to, and the middle half."""
    earlier, later = page.periods or (None, None)
    made_up = [_("Demonstration data: ratings are made up")] if page.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Area"), _("Areas"), _("At the upper levels")),
        *(_("Gave a level"), _period(earlier, _("Earlier figure")), _period(later, _("Later figure")), _("Change")),
        *(_("Change in per cent"), _("Change in per cent, up to"), _("Family median"), _("Gap to family median")),
        *(_("Share at the upper levels in per cent: median"), _("Middle half from"), _("Middle half to"), _("Note")),
    ]
    start = [page.round.name, *made_up]
    rows = [*map(_area, page.rows), *map(_group, page.beside.groups)]
    return [heading, *([*start, *row] for row in rows)]


def time_table(page: TimePage) -> list[list[object]]:
    """Return a partnership's figures and submissions in order of their days."""
    heading: list[object] = [
        *(_("Partnership"), _("When"), _("What"), _("Recorded crime"), _("At the upper levels"), _("Gave a level")),
        *(_("Note"), _("Source")),
    ]
    return [heading, *([page.partnership.name, *_moment(moment)] for moment in page.moments)]


def totals_table(totals: PrintedTotals | None) -> list[list[object]]:
    """Return what was printed as totals beside what the rows give; headings alone where there are none."""
    heading: list[object] = [_("Source"), _("Areas"), _("Column"), _("Computed"), _("Printed"), _("Difference")]
    if totals is None:
        return [heading]
    return [heading, *([totals.source, totals.areas, *_total(total)] for total in totals.totals)]


def _total(total: Total) -> list[object]:
    missing = total.printed is None or total.computed is None
    difference = None if missing else (total.printed or 0) - (total.computed or 0)
    return [total.title, *map(_typed, (total.computed, total.printed, difference))]


def _typed(number: Decimal | int | None) -> object:
    """Return a number as files know it: whole ones stay whole."""
    return None if number is None else int(number) if number == int(number) else float(number)


def _area(row: AreaRow) -> list[object]:
    area, gap = row.area, row.gap
    return [
        *(area.name, 1, *((area.rated.upper, area.rated.n) if area.rated else ("", ""))),
        *(area.earlier.value, area.later.value, area.change, _rounded(area.percent), ""),
        *((_rounded(gap.median), _rounded(gap.gap)) if gap else ("", "")),
        *("", "", "", _notes([area.earlier, area.later])),
    ]


def _group(group: Group) -> list[object]:
    # No more digits than on the page: a change to the last digit is a name to whoever has the printed table.
    shares = [round(share) for share in (group.median, group.low, group.high)]
    ends = [_rounded(group.start), _rounded(group.end)]
    return [_("Without names"), group.n, *[""] * 5, *ends, "", "", *shares, ""]


def _moment(moment: Moment) -> list[object]:
    figure, sent = moment.figure, moment.sent
    if figure:
        return [figure.ends_on, figure.period, figure.value, "", "", figure.note, figure.source]
    if sent is None:
        return [""] * 7
    rated = (sent.rated.upper, sent.rated.n) if sent.rated else ("", "")
    what = _("Submission for the %(round)s") % {"round": sent.round_name}
    return [sent.sent_on, what, "", *rated, sent.reference, ""]


def _rounded(number: Fraction | None) -> object:
    return "" if number is None else round(float(number), 1)


def _period(figure: Figure | None, otherwise: str) -> str:
    return figure.period if figure else otherwise


def _notes(figures: Sequence[Figure]) -> str:
    return " ".join(dict.fromkeys(figure.note for figure in figures if figure.note))
