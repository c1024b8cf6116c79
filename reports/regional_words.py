"""The summary of a regional report in sentences: the round, the shares, what stands out, what moved, what waits."""

from collections.abc import Iterator, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.round_progress import State, Tally
from reports import regional_tables
from reports.comparison import Line
from reports.movement import Steps
from reports.strengths import Findings

NAMED = 3


def sentences(tally: Tally, findings: Findings, steps: Steps, before: str, advice: str) -> Iterator[str]:
    """Yield the summary; what there is nothing to say of is left out."""
    yield state(tally)
    yield from _shares(findings)
    yield from _standing_out(findings)
    yield from moved(steps, before)
    yield advice


def state(tally: Tally) -> str:
    """Return how many have submitted and how many reviews are closed."""
    sent = ngettext(
        "%(sent)s of %(total)s partnership has submitted",
        "%(sent)s of %(total)s partnerships have submitted",
        tally.total,
    )
    closed = tally.of(State.CLOSED)
    review = ngettext("the review of %(closed)s is closed", "the reviews of %(closed)s are closed", closed)
    words = [
        sent % {"sent": tally.sent, "total": tally.total},
        *([review % {"closed": closed}] if closed else []),
        *_others(tally),
    ]
    return "; ".join(words) + "."


def _others(tally: Tally) -> Iterator[str]:
    for state_, words in (
        (State.IN_PROGRESS, _("%(n)s in progress")),
        (State.NOT_STARTED, _("%(n)s not started")),
        (State.RETURNED, _("%(n)s returned, and counted as sent before")),
        (State.NOT_SUBMITTED, _("%(n)s did not submit")),
    ):
        if number := tally.of(state_):
            yield words % {"n": number}


def _shares(findings: Findings) -> Iterator[str]:
    practice = [line for line in findings.lines if not line.asked.is_statutory]
    law = [line for line in findings.lines if line.asked.is_statutory]
    for lines, words in (
        (practice, _("Of %(n)s ratings of good practice %(upper)s are %(level)s.")),
        (law, _("Of %(n)s ratings of statutory requirements %(upper)s are %(level)s.")),
    ):
        rated = sum(line.n for line in lines)
        if rated:
            level = regional_tables.or_better(lines[0])
            yield words % {"n": f"{rated:,}", "upper": f"{sum(line.upper for line in lines):,}", "level": level}


def _standing_out(findings: Findings) -> Iterator[str]:
    for lines, words in (
        (findings.strengths, _("Most partnerships are %(level)s on %(named)s.")),
        (findings.weaknesses, _("Fewest are %(level)s on %(named)s.")),
    ):
        if lines:
            yield words % {"level": regional_tables.or_better(lines[0]), "named": _named(lines)}


def _named(lines: Sequence[Line]) -> str:
    named = [f"“{line.asked.title}” ({regional_tables.of(line.upper, line.n)})" for line in lines[:NAMED]]
    return get_text_list(named, _("and"))


def moved(steps: Steps, before: str) -> Iterator[str]:
    """Yield what moved since the round before, where anything can be compared."""
    if steps.total:
        words = _(
            "Of %(total)s ratings that can be compared with those of the same partnerships in %(before)s,"
            " %(up)s went up, %(same)s stayed and %(down)s went down."
        )
        numbers = {"total": steps.total, "up": steps.up, "same": steps.same, "down": steps.down}
        yield words % {"before": before, **{name: f"{number:,}" for name, number in numbers.items()}}
