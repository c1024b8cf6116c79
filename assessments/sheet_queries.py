"""Where a partnership's check sheets of shared information can stand as evidence: the Hallmarks criteria on sharing."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assessments.models import Assessment
from hallmarks.models import Criterion
from sharing.models import SheetLine
from sharing.periods import Quarter, quarter_of, quarters_back, time_of
from sharing.queries import HALLMARKS, SheetSummary, sheet_summary, sheets_of
from sharing.sheets import MISSING, RECEIVED, Counts, Sheet, SheetRow

# A year: the Hallmarks ask for the last four quarters.
A_YEAR = 4


@dataclass(frozen=True)
class Log:
    """What a criterion's own sets came to in one quarter or several, newest first: a text that does not change."""

    sheets: Sequence[Sheet]

    @cached_property
    def quarters(self) -> list[Quarter]:
        """The quarters it is about."""
        return [sheet.quarter for sheet in self.sheets]

    @property
    def value(self) -> str:
        """What a form calls it."""
        return "_".join(str(quarter) for quarter in self.quarters)

    @property
    def when(self) -> str:
        """The time it is about in words."""
        return time_of(self.quarters)

    @property
    def counts(self) -> Counts:
        """How many arrived, of how many."""
        return Counts.of([row.state for sheet in self.sheets for row in sheet.rows])

    @property
    def title(self) -> str:
        """What the evidence is called."""
        words = _("Information sharing check sheet, %(when)s: received %(n)s of %(m)s")
        return words % {"when": self.when, "n": self.counts.received, "m": self.counts.asked}

    def text(self, assessment: Assessment, criterion: Criterion, today: datetime.date) -> str:
        """Return the whole log: what arrived, from whom and when, and what did not."""
        names = {"code": criterion.code, "title": criterion.title, "name": assessment.partnership.name}
        lines = [
            self.title,
            _("%(name)s partnership, for %(code)s %(title)s") % names,
            _("As it stood on %(day)s.") % {"day": _day(today)},
            *(line for sheet in self.sheets for line in _sheet_lines(sheet)),
        ]
        return "\r\n".join(lines) + "\r\n"


def sheet_for(assessment: Assessment, criterion: Criterion, today: datetime.date) -> SheetSummary | None:
    """Return how the sheet stands that would be cited first, in one query; other sets of criteria cost none."""
    if assessment.round.version.framework.slug != HALLMARKS:
        return None
    return sheet_summary(assessment.partnership, _finished(today)[: _asked(criterion)], criterion.code)


def logs_to_cite(assessment: Assessment, criterion: Criterion, today: datetime.date) -> list[Log]:
    """Return what can be cited for a criterion, the likeliest first: the last quarter that is over, or four of them.

    The quarter that is under way comes last, and a criterion that no set is about has none.
    """
    if sheet_for(assessment, criterion, today) is None:
        return []
    now, finished = quarter_of(today), _finished(today)
    found = sheets_of(assessment.partnership, [*finished, now])
    sheets = [sheet.about(criterion.code) for sheet in found]
    year = [Log(sheets[: len(finished)])] if _asked(criterion) == A_YEAR and len(finished) > 1 else []
    return [*year, *(Log([sheet]) for sheet in sheets)]


def _finished(today: datetime.date) -> list[Quarter]:
    return quarters_back(quarter_of(today).previous, A_YEAR)


def _asked(criterion: Criterion) -> int:
    """Return how many quarters a criterion asks for: a year where its lettered parts ask for one each."""
    return 1 if criterion.code[-1:].islower() else A_YEAR


def _sheet_lines(sheet: Sheet) -> Iterator[str]:
    yield ""
    yield _("%(quarter)s: %(counts)s") % {"quarter": sheet.quarter.name, "counts": sheet.counts.in_words}
    for row in sheet.rows:
        one = row.information_set
        yield f"{one.number}. {one.dataset} ({one.body})"
        yield f"   {_what_came(row)}"
        if row.line and row.line.note:
            yield "   " + _("Note: %(note)s") % {"note": row.line.note}


def _what_came(row: SheetRow) -> str:
    line = row.line
    if row.state == MISSING or line is None:
        return _("Missing: not received")
    if row.state != RECEIVED:
        return str(SheetLine.State.NOT_FOR_US.label)
    words = {"day": _day(line.received_on), "agency": line.received_from and line.received_from.name}
    return (_("Received from %(agency)s on %(day)s") if line.received_from else _("Received on %(day)s")) % words


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
