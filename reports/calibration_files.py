"""Calibration for a file: what its tables show, with kappa and the ends of its interval as numbers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.calibration import Agreement
from reports.calibration_page import CalibrationPage, Part, Row

PLACES = 2


def table(page: CalibrationPage) -> list[list[object]]:
    """Return the tables of the page under one another: regions, then criteria of the area chosen, of each scale."""
    made_up = [_("Demonstration data")] if page.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Kind"), _("Area"), _("Code"), _("Criterion")),
        *(_("Closed reviews"), _("Ratings"), _("Same level"), _("Reviewer higher"), _("Reviewer lower")),
        *(_("Weighted kappa"), _("95% interval from"), _("95% interval to"), _("Note")),
    ]
    start = [page.round.name, *made_up]
    return [heading, *([*start, *row] for part in page.parts for row in _rows(page, part))]


def _rows(page: CalibrationPage, part: Part) -> Iterator[list[object]]:
    kind = _("Statutory requirement") if part.is_statutory else _("Good practice")
    for row in part.regions:
        yield [kind, row.title, "", _("All criteria"), *_cells(page, row, with_reviews=True)]
    for row in part.criteria:
        yield [kind, page.area, row.code, row.title, *_cells(page, row, with_reviews=False)]


def _cells(page: CalibrationPage, row: Row, *, with_reviews: bool) -> list[object]:
    found = row.agreement
    if found is None:
        note = _("Fewer than %(fewest)s closed reviews: not shown") % {"fewest": page.fewest_elsewhere}
        return [*[""] * 8, note]
    reviews = row.reviews if with_reviews else ""
    if not found.n:
        return [reviews, 0, *[""] * 6, _("Nothing to compare yet")]
    sides = [found.higher, found.lower] if found.scale.is_ordered else ["", ""]
    return [reviews, found.n, found.agreed, *sides, *_kappa(found), "" if found.kappa else row.kappa]


def _kappa(agreement: Agreement) -> list[object]:
    found = agreement.kappa
    if found is None:
        return ["", "", ""]
    ends = [round(end, PLACES) for end in found.interval] if found.interval else ["", ""]
    return [round(found.value, PLACES), *ends]
