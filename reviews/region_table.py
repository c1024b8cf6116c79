"""The table of a region's partnerships: which of them, in which order, and as rows for a file."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.round_progress import State
from reviews.worklist import Line, in_order

NEED = "need"
TURNED = "-"
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
STATES = tuple(State)


@dataclass(frozen=True)
class Order:
    """One way to sort: by what, whether the greatest comes first, and how a list of choices calls it."""

    key: Callable[[Line], object]
    is_greatest_first: bool
    words: str | Promise


ORDERS: Mapping[str, Order] = {
    "partnership": Order(lambda line: line.name, False, gettext_lazy("Partnership, A to Z")),
    "force": Order(lambda line: line.force, False, gettext_lazy("Police force, A to Z")),
    "state": Order(lambda line: STATES.index(line.state), False, gettext_lazy("State, not started first")),
    "rated": Order(lambda line: line.rated, True, gettext_lazy("Criteria rated, most first")),
    "reviewed": Order(lambda line: line.reviewed, True, gettext_lazy("Criteria reviewed, most first")),
    "questions": Order(lambda line: line.questions, True, gettext_lazy("Open questions, most first")),
    "overdue": Order(lambda line: line.overdue, True, gettext_lazy("Overdue actions, most first")),
    "deadline": Order(lambda line: line.closes_on, False, gettext_lazy("Deadline, soonest first")),
    "changed": Order(lambda line: line.changed_at or NEVER, True, gettext_lazy("Last change, newest first")),
}


@dataclass(frozen=True)
class Heading:
    """The heading of a sortable column: where it leads, and how the column is sorted now, as `aria-sort` says it."""

    name: str
    label: str | Promise
    css_class: str
    address: str
    sorted: str


@dataclass(frozen=True)
class Choice:
    """What an address asks to see; what it asks for and does not exist is left out."""

    state: str = ""
    force: str = ""
    sort: str = NEED

    @property
    def column(self) -> str:
        """The column by which is sorted; blank where those come first who need the reviewer."""
        return "" if self.sort == NEED else self.sort.removeprefix(TURNED)

    @property
    def query(self) -> str:
        """The part of the address after `?` that asks for the same again; blank where nothing was chosen."""
        return self.with_sort(self.sort)

    def with_sort(self, sort: str) -> str:
        """Return the part of the address that asks for the same in another order."""
        asked = {"state": self.state, "force": self.force, "sort": "" if sort == NEED else sort}
        return urlencode({name: value for name, value in asked.items() if value})

    def lines(self, lines: Iterable[Line]) -> list[Line]:
        """Return those that were asked for, in the order that was asked for; equals as they need the reviewer."""
        found = in_order(line for line in lines if self._shows(line))
        if not self.column:
            return found
        order = ORDERS[self.column]
        is_reversed = order.is_greatest_first != self.sort.startswith(TURNED)
        return sorted(found, key=order.key, reverse=is_reversed)  # type: ignore[arg-type]

    def _shows(self, line: Line) -> bool:
        return self.state in {"", line.state.value} and self.force in {"", line.force_slug}


def read(asked: Mapping[str, str], lines: Iterable[Line]) -> Choice:
    """Return what an address asks for; an unknown state, force or order is as if it had not been named."""
    state, force, sort = (asked.get(name, "") for name in ("state", "force", "sort"))
    return Choice(
        state=state if state in {known.value for known in State} else "",
        force=force if force in {line.force_slug for line in lines} else "",
        sort=sort if sort.removeprefix(TURNED) in ORDERS else NEED,
    )


def headings(choice: Choice) -> list[Heading]:
    """Return the headings of the table, each leading to the table sorted by it; once more turns it round."""
    columns: list[tuple[str, str, str]] = [
        ("partnership", _("Partnership"), ""),
        ("force", _("Police force"), ""),
        ("state", _("State"), ""),
        ("rated", _("Criteria rated"), "app-table__prog"),
        ("reviewed", _("Reviewed"), "app-num"),
        ("questions", _("Open questions"), "app-num"),
        ("overdue", _("Overdue actions"), "app-num"),
        ("deadline", _("Time left"), "app-after"),
        ("changed", _("Last change"), ""),
    ]
    return [Heading(name, label, css, _address(choice, name), _sorted(choice, name)) for name, label, css in columns]


def forces(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Return the police forces of these partnerships, by name."""
    return sorted({(line.force_slug, line.force) for line in lines}, key=lambda force: force[1])


def rows(lines: Iterable[Line], about: Sequence[tuple[str, object]]) -> list[list[object]]:
    """Return the lines under their headings, for a file; `about` stands on every row: what the file is of."""
    heading: list[object] = [
        *(name for name, _value in about),
        *(_("Partnership"), _("Police force"), _("State"), _("Criteria rated"), _("Criteria asked")),
        *(_("Criteria reviewed"), _("Open questions"), _("Overdue actions"), _("Deadline"), _("Last change")),
    ]
    start = [value for _name, value in about]
    return [heading, *([*start, *_cells(line)] for line in lines)]


def _cells(line: Line) -> list[object]:
    return [
        *(line.name, line.force, line.state.label, line.rated, line.asked),
        *(line.reviewed if line.has_submission else "", line.questions, line.overdue),
        line.closes_on,
        timezone.localdate(line.changed_at) if line.changed_at else "",
    ]


def _address(choice: Choice, name: str) -> str:
    return "?" + choice.with_sort(f"{TURNED}{name}" if choice.sort == name else name)


def _sorted(choice: Choice, name: str) -> str:
    if choice.column != name:
        return ""
    is_descending = ORDERS[name].is_greatest_first != choice.sort.startswith(TURNED)
    return "descending" if is_descending else "ascending"
