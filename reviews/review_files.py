"""A review's criteria with both levels, as rows for a file."""

from django.utils.translation import gettext as _

from reviews.review_queries import Work
from reviews.sheets import Line


def criteria_table(work: Work, show: str) -> list[list[object]]:
    """Return the criteria of one view of a review with both levels and reasons, under headings."""
    round_ = work.submission.assessment.round
    made_up = [_("Demonstration data")] if round_.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Partnership"), _("Submission"), _("Submitted on")),
        *(_("Section"), _("Code"), _("Criterion"), _("Kind"), _("Level of the partnership"), _("Its reason")),
        *(_("Level of the Government Office"), _("Reason of the Government Office"), _("Differs")),
        *(_("Questions"), _("Wait for a reply"), _("Recommendations"), _("Drawn for the sample"), _("Evidence")),
    ]
    about = [work.document.round.name, *made_up, work.document.partnership.name]
    start = [*about, work.submission.number, work.submission.submitted_at]
    return [heading, *([*start, *_cells(work, line)] for line in work.sheet.shown(show))]


def _cells(work: Work, line: Line) -> list[object]:
    entry, rating = line.entry, work.ratings.get(line.entry.code)
    kind = _("Statutory requirement") if entry.is_statutory else _("Good practice")
    return [
        *(line.section.title, entry.code, entry.title, kind, line.theirs.name, entry.reason),
        *(line.ours.name if line.ours else "", rating.reason if rating else "", _yes(line.differs)),
        *(len(line.questions), line.waiting, len(line.recommendations), _yes(line.is_sampled), len(entry.evidence)),
    ]


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")
