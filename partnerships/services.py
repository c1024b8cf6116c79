"""Writes to the map's numbers, each in one transaction that ends in the audit trail."""

from django.db import transaction

from audit.services import Actor, record
from partnerships.crime_loading import Plan, check
from partnerships.crime_parts import Problem
from partnerships.models import CrimeFigure

LOADED = "crime_figures.loaded"


class CrimeTableRefused(Exception):
    """Raised when a table cannot be loaded; nothing of it was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class CrimeFiguresMoved(Exception):
    """Raised when the figures are no longer those that a person was shown; nothing was loaded."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@transaction.atomic
def load_crime_figures(*, data: bytes | str, source: str, by: Actor | None, seen: str = "") -> Plan:
    """Write a table's figures, all or none: new ones are added, those of the same area and period replaced.

    `seen` is the fingerprint of the plan that somebody agreed to; blank where nobody was shown one.
    """
    checked = check(data, source)
    plan = checked.plan
    if plan is None:
        raise CrimeTableRefused(checked.problems)
    if seen and seen != plan.seen:
        raise CrimeFiguresMoved(plan)
    changes = [*plan.new, *(new for _old, new in plan.changed)]
    if changes:
        CrimeFigure.objects.bulk_create(
            changes,
            update_conflicts=True,
            unique_fields=["partnership", "measure", "ends_on"],
            update_fields=["value", "source", "note", "period", "is_demonstration"],
        )
        _record(plan, source, changes[0], by)
    return plan


def _record(plan: Plan, source: str, first: CrimeFigure, by: Actor | None) -> None:
    # A row that replaced another has no key of its own here; the partnership and the day name it.
    target = CrimeFigure.objects.get(partnership=first.partnership, measure=first.measure, ends_on=first.ends_on)
    record(
        kind=LOADED,
        target=target,
        by=by,
        before={"figures": [_entry(old) for old, _new in plan.changed]},
        after={
            "source": source,
            "sources_changed": [[each.period, each.before, each.after, each.n] for each in plan.retitled],
            "figures": [_entry(figure) for figure in plan.figures],
            "totals": [[total.title, total.printed, total.computed, total.what] for total in plan.table.totals],
        },
    )


def _entry(figure: CrimeFigure) -> list[object]:
    return [figure.partnership_id, figure.ends_on, figure.value, figure.note, figure.source]
