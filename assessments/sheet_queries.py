"""Where a partnership's check sheets of shared information can stand as evidence: the Hallmarks criteria on sharing."""

import datetime

from assessments.models import Assessment
from hallmarks.models import Criterion
from sharing.periods import quarter_of, quarters_back
from sharing.queries import HALLMARKS, SheetSummary, sheet_summary

# A year: the Hallmarks ask for the last four quarters.
QUARTERS_OFFERED = 4


def sheet_for(assessment: Assessment, criterion: Criterion, today: datetime.date) -> SheetSummary | None:
    """Return this quarter's check sheet where the criterion asks about it, in one query; other sets cost none."""
    if assessment.round.version.framework.slug != HALLMARKS:
        return None
    now = quarter_of(today)
    summary = sheet_summary(assessment.partnership, now.year, now.number)
    return summary if summary and criterion.code in summary.codes else None


def sheets_to_cite(assessment: Assessment, criterion: Criterion, today: datetime.date) -> list[SheetSummary]:
    """Return the check sheets of a year, newest first, where the criterion asks about them; else none."""
    if sheet_for(assessment, criterion, today) is None:
        return []
    quarters = quarters_back(quarter_of(today), QUARTERS_OFFERED)
    found = (sheet_summary(assessment.partnership, quarter.year, quarter.number) for quarter in quarters)
    return [summary for summary in found if summary]
