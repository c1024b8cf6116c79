"""What a list of improvement actions shows: which of them, in which order, and what they add up to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from assessments.models import ImprovementAction

OPEN, ALL = ImprovementAction.Status.OPEN.value, "all"
BY_DAY, BY_OWNER = "day", "owner"


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Filters:
    """What a reader asked for; anything else that an address says is taken for the usual list."""

    show: str = OPEN
    owner: str = ""
    order: str = BY_DAY

    @classmethod
    def read(cls, asked: Mapping[str, str], owners: Collection[str]) -> "Filters":
        """Return the filters that an address names."""
        show, owner, order = (asked.get(name, "") for name in ("show", "owner", "order"))
        return cls(
            show if show in {*ImprovementAction.Status.values, ALL} else OPEN,
            owner if owner in owners else "",
            order if order == BY_OWNER else BY_DAY,
        )

    def states(self) -> list[Choice]:
        """Return the choices of state."""
        named = [*((str(value), str(label)) for value, label in ImprovementAction.Status.choices), (ALL, _("All"))]
        return [Choice(value, label, value == self.show) for value, label in named]

    def owners(self, names: Sequence[str]) -> list[Choice]:
        """Return the choices of agency, all of them first."""
        return [Choice(name, name or _("Every agency"), name == self.owner) for name in ("", *names)]

    def orders(self) -> list[Choice]:
        """Return the two orders."""
        named = [(BY_DAY, _("Day it is due")), (BY_OWNER, _("Agency"))]
        return [Choice(value, label, value == self.order) for value, label in named]

    @property
    def query(self) -> str:
        """The part of an address after `?` that asks for the same again; blank for the usual list."""
        asked = {
            "show": "" if self.show == OPEN else self.show,
            "owner": self.owner,
            "order": "" if self.order == BY_DAY else self.order,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def shows(self, action: ImprovementAction) -> bool:
        """Say whether an action is wanted."""
        return self.show in {ALL, action.status} and self.owner in {"", action.owner.name}


@dataclass(frozen=True)
class Group:
    """Actions under one heading: an agency's, or all under none."""

    title: str
    actions: tuple[ImprovementAction, ...]


@dataclass(frozen=True)
class Totals:
    """How many there are in each state, whatever the filters say; those overdue are among the open ones."""

    open: int
    overdue: int
    done: int
    dropped: int

    @property
    def every(self) -> int:
        """How many there are."""
        return self.open + self.done + self.dropped


def totals(actions: Sequence[ImprovementAction], today: date) -> Totals:
    """Count actions by state."""
    states = [action.status for action in actions]
    status = ImprovementAction.Status
    return Totals(
        open=states.count(status.OPEN),
        overdue=sum(action.is_overdue(today) for action in actions),
        done=states.count(status.DONE),
        dropped=states.count(status.DROPPED),
    )


def grouped(actions: Sequence[ImprovementAction], filters: Filters) -> tuple[Group, ...]:
    """Return the wanted actions, which come by the day they are due: under their agencies, or in one group."""
    wanted = [action for action in actions if filters.shows(action)]
    if filters.order == BY_DAY:
        return (Group("", tuple(wanted)),) if wanted else ()
    by_owner = groupby(sorted(wanted, key=_owner), key=_owner)
    return tuple(Group(name, tuple(members)) for name, members in by_owner)


def _owner(action: ImprovementAction) -> str:
    return action.owner.name
