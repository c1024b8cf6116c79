"""Check sheets, plans and a calendar's events, each in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, FilteredRelation, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hallmarks.models import Version
from hallmarks.outline import outline_of
from partnerships.models import Agency, Partnership
from sharing.icalendar import Event
from sharing.models import CycleStep, InformationSet, PlanLine, SheetLine
from sharing.periods import Quarter, time_of
from sharing.plans import Plan, PlanRow
from sharing.sheets import MISSING, NOT_FOR_US, RECEIVED, Counts, Sheet, SheetRow, speaks_to

HALLMARKS = "hallmarks"


@dataclass(frozen=True)
class SheetSummary:
    """What the check sheets of some quarters say of one criterion's sets, newest first, for whoever would cite it."""

    quarters: Sequence[Quarter]
    counts: Counts
    path: str

    @property
    def when(self) -> str:
        """The time it is about in words."""
        return time_of(self.quarters)


def sheet_of(partnership: Partnership, quarter: Quarter) -> Sheet:
    """Return a check sheet with every set, in two queries."""
    lines = SheetLine.objects.of(partnership, quarter).listed()
    sets = InformationSet.objects.prefetch_related(Prefetch("lines", lines, to_attr="here"))
    return Sheet(quarter, [SheetRow(one, next(iter(one.here), None)) for one in sets])


def sheets_of(partnership: Partnership, quarters: Sequence[Quarter]) -> list[Sheet]:
    """Return the check sheets of several quarters with every set, in two queries."""
    lines = SheetLine.objects.filter(_in_quarters(quarters), partnership=partnership).listed()
    sets = list(InformationSet.objects.prefetch_related(Prefetch("lines", lines, to_attr="here")))
    return [Sheet(quarter, [SheetRow(one, _line_of(one, quarter)) for one in sets]) for quarter in quarters]


def sheet_summary(partnership: Partnership, quarters: Sequence[Quarter], code: str) -> SheetSummary | None:
    """Return what arrived of a criterion's sets in some quarters, in one query; None where it has no sets."""
    here = Q(lines__partnership=partnership) & _in_quarters(quarters, "lines__")
    sets = InformationSet.objects.annotate(here=FilteredRelation("lines", condition=here))
    found = sets.values_list("number", "hallmark_code", "here__state")
    rows = [(number, state) for number, of_set, state in found if speaks_to(of_set, code)]
    if not rows or not quarters:
        return None
    states = [state for _number, state in rows if state]
    blank = [MISSING] * (len({number for number, _state in rows}) * len(quarters) - len(states))
    newest = quarters[0]
    path = reverse("sharing:sheet", args=[partnership.slug, newest.year, newest.number])
    return SheetSummary(quarters, Counts.of([*states, *blank]), path)


def counts_of(partnership: Partnership, quarters: Sequence[Quarter], sets: int) -> list[tuple[Quarter, Counts | None]]:
    """Return the counts of several sheets in one query, None for a blank one; `sets` is how many sets there are."""
    lines = SheetLine.objects.filter(partnership=partnership, year__in={quarter.year for quarter in quarters})
    grouped = lines.order_by().values_list("year", "quarter", "state").annotate(Count("pk"))
    found: dict[Quarter, dict[str, int]] = {}
    for year, number, state, count in grouped:
        found.setdefault(Quarter(year, number), {})[state] = count
    return [(quarter, _counted(found[quarter], sets) if quarter in found else None) for quarter in quarters]


def plan_of(partnership: Partnership, year: int) -> Plan:
    """Return a yearly plan with every step, in two queries."""
    lines = PlanLine.objects.of(partnership, year).listed()
    steps = CycleStep.objects.prefetch_related(Prefetch("lines", lines, to_attr="here"))
    return Plan(year, [PlanRow(step, next(iter(step.here), None)) for step in steps])


def hallmarks_to_link(plan: Plan) -> tuple[Version | None, frozenset[str]]:
    """Return the newest published Hallmarks set and which of the plan's codes are in it."""
    version = (
        Version.objects.published().filter(framework__slug=HALLMARKS).select_related("framework").order_by("pk").last()
    )
    if version is None:
        return None, frozenset()
    wanted = {code for row in plan.rows for code in row.step.hallmark_codes}
    return version, frozenset(wanted & {question.criterion.code for question in outline_of(version).questions})


def events_of(partnership: Partnership, since: int) -> list[Event]:
    """Return a day for each planned or done step from a year on, without notes: a calendar's link needs no password."""
    lines = PlanLine.objects.filter(partnership=partnership, year__gte=since)
    return list(_events(lines.select_related("partnership", "step", "owner").order_by("due_on", "pk")))


def _in_quarters(quarters: Sequence[Quarter], prefix: str = "") -> Q:
    """Return the condition that a line belongs to one of some quarters; of none where there are none."""
    asked = (Q(**{f"{prefix}year": quarter.year, f"{prefix}quarter": quarter.number}) for quarter in quarters)
    return reduce(or_, asked, Q(**{f"{prefix}pk__in": []}))


def _line_of(one: Any, quarter: Quarter) -> SheetLine | None:
    return next((line for line in one.here if Quarter(line.year, line.quarter) == quarter), None)


def _counted(states: dict[str, int], sets: int) -> Counts:
    return Counts(received=states.get(RECEIVED, 0), asked=sets - states.get(NOT_FOR_US, 0))


def _events(lines: Iterable[PlanLine]) -> Iterable[Event]:
    for line in lines:
        day, place = line.done_on or line.due_on, line.partnership
        if day is None:
            continue
        yield Event(
            # Without the address of the portal: it may move, and the days stay the same.
            uid=f"plan-{place.slug}-{line.year}-{line.step.number}@partnership-self-assessment",
            day=day,
            summary=_summary(line),
            description=_description(line),
            url=settings.SITE_URL + reverse("sharing:plan", args=[place.slug, line.year]),
            changed_at=line.updated_at,
            sequence=line.revision,
        )


def _summary(line: PlanLine) -> str:
    text = _("Done: %(title)s (%(name)s)") if line.done_on else _("Due: %(title)s (%(name)s)")
    return text % {"title": line.step.title, "name": line.partnership.name}


def _description(line: PlanLine) -> str:
    said = [line.step.what_happens, _("Product: %(product)s") % {"product": line.step.product}]
    return "\n".join([*said, _("Owner: %(owner)s") % {"owner": line.owner}] if line.owner else said)


def usual_sender(partnership: Partnership, one: InformationSet) -> Agency | None:
    """Return the partnership's agency of the kind that the law asks for a set, if there is exactly one."""
    agencies = list(partnership.agencies.filter(kind__name__iexact=one.organisation)[:2])
    return agencies[0] if len(agencies) == 1 else None
