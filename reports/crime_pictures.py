"""The drawings of the pages about recorded crime as files that stand by themselves: title, axes, source."""

from django.utils.translation import gettext as _

from reports import pictures
from reports.crime_drawings import Size
from reports.crime_page import CrimePage
from reports.crime_time import TimePage

# What a file leaves for its drawing.
SIZE = Size("app-chart", (pictures.FULL_WIDTH, pictures.FULL_WIDTH), 110)


def scatter(page: CrimePage) -> str:
    """Return ratings beside change in crime, with rho, its interval and n, and what they do not show."""
    drawn, made_up = page.drawn(SIZE), page.round.is_demonstration
    words = [*filter(None, [page.rho, page.meaning, page.not_shown]), _how_to_read(page), page.source_words]
    title = _("Ratings and recorded crime")
    return pictures.drawn(title, page.round.name, drawn.svg, drawn.height, words, is_demonstration=made_up)


def timeline(page: TimePage) -> str:
    """Return a partnership's figures over time, its submissions numbered."""
    drawn, made_up = page.drawn(SIZE), any(each.is_demonstration for each in page.sent)
    words = [*page.sent_words, *page.cautions, page.source_words]
    title = _("Recorded crime over time")
    return pictures.drawn(title, page.partnership.name, drawn.svg, drawn.height, words, is_demonstration=made_up)


def _how_to_read(page: CrimePage) -> str:
    if not page.beside.groups:
        return _("A dot is an area.")
    return _(
        "A dot is an area. A box is a group of areas without names: the middle half of their shares, "
        "and the median as a bar."
    )
