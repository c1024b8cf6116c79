"""The parts of a regional report that follow from the office's own work: the round, recommendations, good practice."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.utils import dateformat, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import ImprovementAction
from assessments.round_progress import Count, State, Tally
from casestudies.models import CaseStudy
from hallmarks import charts
from reports.plain_text import printable
from reports.regional_parts import Advice, AdvicePart, AdviceTo, Standing, StatePart, Study
from reviews.models import Recommendation
from reviews.worklist import PAINTS, Line

STATE_WIDTH = 640.0
# More rows than this would take the PDF maker too long; what is left out is counted.
MOST_LISTED = 300


def day(date: datetime.date) -> str:
    """Return a day as people write it."""
    return dateformat.format(date, "j F Y")


# The round


def state_part(tally: Tally, lines: Sequence[Line], *, is_over: bool) -> StatePart:
    """Return the round in numbers and by partnership, in the order of the lines."""
    counts = tally.counts(is_over=is_over)
    return StatePart(
        counts=tuple((str(count.state.label), count.number) for count in counts),
        bar=_state_bar(counts, tally.total),
        standings=tuple(_standing(line) for line in lines),
    )


def _state_bar(counts: Sequence[Count], total: int) -> SafeString:
    parts = ", ".join(f"{count.number} {str(count.state.label).lower()}" for count in counts)
    title = ngettext("State of %(total)s partnership: %(parts)s", "State of %(total)s partnerships: %(parts)s", total)
    segments = [charts.Segment(count.number, PAINTS[count.state]) for count in counts]
    return charts.stacked_bar(segments, title % {"total": total, "parts": parts}, charts.Print(STATE_WIDTH), charts.ROW)


def _standing(line: Line) -> Standing:
    return Standing(
        name=line.name,
        force=line.force_in_short,
        state=str(line.state.label),
        progress=_progress(line),
        questions=line.questions,
        overdue=line.overdue,
        day=_day_of(line),
    )


def _progress(line: Line) -> str:
    numbers = {"rated": line.rated, "reviewed": line.reviewed, "asked": line.asked}
    if line.has_submission:
        return _("%(reviewed)s of %(asked)s reviewed") % numbers
    return "" if line.state is State.NOT_STARTED else _("%(rated)s of %(asked)s rated") % numbers


def _day_of(line: Line) -> str:
    if line.is_submitted and line.submitted_at:
        return day(timezone.localdate(line.submitted_at))
    if line.withdrawn_at:
        return _("Withdrawn %(day)s") % {"day": day(timezone.localdate(line.withdrawn_at))}
    return day(line.closes_on)


# Recommendations


def advice_part(found: Sequence[Recommendation], today: datetime.date) -> AdvicePart:
    """Return what is outstanding, in words and by partnership."""
    listed = groupby(found[:MOST_LISTED], key=lambda each: each.review.submission.assessment.partnership.name)
    to = tuple(AdviceTo(name, tuple(_advice(each, today) for each in members)) for name, members in listed)
    return AdvicePart(advice_lead(found, today), to, max(len(found) - MOST_LISTED, 0))


def advice_lead(found: Sequence[Recommendation], today: datetime.date) -> str:
    """Return how many are outstanding, and how far they are, as a sentence."""
    if not found:
        return _("No recommendation is outstanding.")
    begun = [each.action for each in found if each.action and each.action.is_open]
    number = len(found)
    words = ngettext("%(n)s recommendation is outstanding", "%(n)s recommendations are outstanding", number)
    parts = [
        (_("%(n)s without an action"), sum(each.action is None for each in found)),
        (_("%(n)s with an action that is open"), len(begun)),
        (_("%(n)s of those overdue"), sum(action.is_overdue(today) for action in begun)),
        (_("%(n)s with an action that was dropped"), sum(_is_dropped(each) for each in found)),
    ]
    told = ", ".join(part % {"n": count} for part, count in parts if count)
    return f"{words % {'n': number}}: {told}."


def _is_dropped(each: Recommendation) -> bool:
    return each.action is not None and each.action.status == ImprovementAction.Status.DROPPED


def _advice(each: Recommendation, today: datetime.date) -> Advice:
    action = each.action
    return Advice(
        made=each.review.submission.assessment.round.name,
        about=f"{each.criterion.title} ({each.criterion.code})" if each.criterion else _("The whole submission"),
        text=printable(each.text),
        action=printable(action.text) if action else "",
        due=_due(action, today),
        is_overdue=action is not None and action.is_overdue(today),
    )


def _due(action: ImprovementAction | None, today: datetime.date) -> str:
    if action is None:
        return _("No action yet")
    if not action.is_open:
        return _("Action dropped")
    words = _("Overdue since %(day)s, %(owner)s") if action.is_overdue(today) else _("Due %(day)s, %(owner)s")
    return words % {"day": day(action.due_on), "owner": action.owner.name}


# Good practice


def studies(found: Iterable[CaseStudy]) -> Iterator[Study]:
    """Yield the case studies that the office agreed to, with the words that everybody reads."""
    for study in found:
        # What the query adds is not the model's own.
        about = vars(study)
        note = "" if about["agreed_number"] == about["newest_number"] else _("Changed since it was agreed")
        yield Study(
            title=printable(about["shown_title"]),
            partnership=study.partnership.name,
            agreed=day(timezone.localdate(about["agreed_at"])),
            note=note,
            address=study.get_absolute_url(),
        )
