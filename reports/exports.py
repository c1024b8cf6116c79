"""The comparison and a partnership's actions as files for spreadsheets, in which no cell can start a formula."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from govuk.spreadsheets import DANGEROUS, csv_bytes, guarded
from reports import tables
from reports.comparison import TOP_LEVELS, Line
from reports.overview import Overview

__all__ = ["DANGEROUS", "comparison_rows", "csv_bytes", "guarded"]


def comparison_rows(overview: Overview) -> list[list[object]]:
    """Return the comparison's lines under their headings, each with the group that it is about.

    One column a level and one for the upper levels of practice, blank where a line's scale has no such level.
    """
    lines, picked = overview.lines, overview.filters.picked
    levels = list(dict.fromkeys(name for line in lines for name in line.asked.levels))
    uppers = list(dict.fromkeys(name for line in lines if (name := _or_better(line))))
    made_up = [_("Demonstration data")] if overview.round.is_demonstration else []
    start = [overview.round.name, overview.area, overview.members, overview.submitted, *made_up]
    heading: list[object] = [
        *(_("Round"), _("Area"), _("Partnerships"), _("Submitted"), *([_("Data")] if made_up else [])),
        *(_("Section"), _("Code"), _("Criterion"), _("Kind"), _("Key criterion"), *levels),
        *(_("Does not apply"), _("Gave a level"), *uppers, _("Median"), _("Middle half")),
        *([_("Closed reviews"), _("Reviewer saw another level")] if overview.shows_reviews else []),
        *([_("Level of %(name)s") % {"name": picked.name}] if picked else []),
    ]
    return [heading, *([*start, *_cells(line, levels, uppers), *_beside(line, overview)] for line in lines)]


def _or_better(line: Line) -> str:
    # What the law asks for is met or not, and its levels have their columns already.
    if line.asked.is_statutory or len(line.asked.levels) < TOP_LEVELS:
        return ""
    return _("%(level)s or better") % {"level": line.asked.levels[-TOP_LEVELS]}


def _cells(line: Line, levels: Sequence[str], uppers: Sequence[str]) -> list[object]:
    asked = line.asked
    counts = dict(zip(asked.levels, line.counts, strict=True))
    kind = _("Statutory requirement") if asked.is_statutory else _("Good practice")
    return [
        *(asked.section_title, asked.code, asked.title, kind, _("Yes") if asked.is_key else _("No")),
        *("" if line.is_withheld else counts.get(level, "") for level in levels),
        *(("", "") if line.is_withheld else (line.does_not_apply, line.n)),
        *(line.upper if upper == _or_better(line) and not line.is_withheld else "" for upper in uppers),
        *(tables.median_words(line), tables.middle_half_words(line)),
    ]


def _beside(line: Line, overview: Overview) -> list[object]:
    """Return what stands beside the counts where it was asked for: reviews, and the partnership picked out."""
    picked = tables.picked_label(line)
    return [
        *((line.reviewed, line.differing) if overview.shows_reviews else ()),
        *([picked.name if picked else ""] if overview.filters.picked else []),
    ]
