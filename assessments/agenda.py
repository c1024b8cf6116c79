"""A meeting's agenda: criteria in the order in which it is worth talking about them, and what is agreed already.

The order is that of `agreement.Spread.disagreement`, widest first; criteria that nobody gave a view of come last, and
equals stay in published order. Before the reveal nobody's view is known here, so all stay in published order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.agency_views import CriterionViews
from assessments.agreement import Middle
from assessments.models import Decision, Rating
from hallmarks import charts
from hallmarks.marks import in_a_sentence
from hallmarks.models import Level
from hallmarks.outline import Question


@dataclass(frozen=True)
class Item:
    """One criterion on the agenda: what agencies see, as far as it is revealed, and the rating that stands."""

    views: CriterionViews
    rating: Rating | None = None
    decision: Decision | None = None

    @property
    def question(self) -> Question:
        """The criterion."""
        return self.views.question

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.question.criterion.code

    @property
    def level(self) -> Level | None:
        """The level that stands, agreed or not."""
        return self.question.level_by_id(self.rating.level_id) if self.rating else None

    @property
    def is_agreed(self) -> bool:
        """Whether a meeting has decided it."""
        return self.decision is not None

    @property
    def order(self) -> tuple[bool, float]:
        """What the agenda is sorted by: with views before without, and the widest differences first."""
        return not self.views.given, -self.views.spread.disagreement

    @property
    def in_use(self) -> str:
        """How many levels the agencies see, as they stand in the table below it."""
        agencies = len(self.views.spread.agencies)
        levels = sum(bool(row.voices) for row in self.views.rows)
        who = ngettext("%(n)s agency", "%(n)s agencies", agencies) % {"n": apnumber(agencies)}
        if levels < 2:
            return _("A view was given by %(who)s.") % {"who": who}
        return _("%(n)s levels are in use across %(who)s.") % {"n": str(apnumber(levels)).capitalize(), "who": who}

    @property
    def strip(self) -> SafeString:
        """A dot for each agency's view over its level: squares strategic, circles delivery; blank without views."""
        if not self.views.given:
            return SafeString()
        labels, spread = self.question.labels, self.views.spread
        strategic, delivery = Counter(spread.strategic.values()), Counter(spread.delivery.values())
        squares, circles = _over_levels(strategic), _over_levels(delivery)
        columns = [
            (label.paint, charts.Marks(*squares.get(position, (0, 0)), *circles.get(position, (0, 0))))
            for position, label in labels.items()
        ]
        names = {position: in_a_sentence(label.name) for position, label in labels.items()}
        title = (
            _told(_("Strategic: %(numbers)s."), strategic, names),
            _told(_("Delivery: %(numbers)s."), delivery, names),
        )
        return charts.dots(columns, " ".join(words for words in title if words))


@dataclass(frozen=True)
class Agenda:
    """All criteria of a meeting, in its order."""

    items: tuple[Item, ...]
    is_revealed: bool

    @property
    def total(self) -> int:
        """How many criteria there are."""
        return len(self.items)

    @cached_property
    def agreed(self) -> int:
        """How many are decided."""
        return sum(item.is_agreed for item in self.items)

    @property
    def differing(self) -> int:
        """On how many the agencies are not of one view."""
        return sum(item.views.spread.differs for item in self.items)

    @property
    def opening(self) -> Item | None:
        """Where a meeting goes on: the first that is not decided, or else the first."""
        return next((item for item in self.items if not item.is_agreed), next(iter(self.items), None))

    def at(self, code: str) -> Item | None:
        """Return a criterion's item, or None."""
        return next((item for item in self.items if item.code == code), None)

    def after(self, code: str) -> Item | None:
        """Return the next that is not decided, round to the beginning; None where no other is left."""
        place = next(place for place, item in enumerate(self.items) if item.code == code)
        rest = self.items[place + 1 :] + self.items[:place]
        return next((item for item in rest if not item.is_agreed), None)


def agenda_of(views: Iterable[CriterionViews], ratings: Mapping[int, Rating], *, is_revealed: bool) -> Agenda:
    """Put a partnership's criteria in order; `ratings` come by their criterion's key, with their decisions."""
    items = [_item(one, ratings.get(one.question.criterion.pk)) for one in views]
    return Agenda(tuple(sorted(items, key=lambda item: item.order)), is_revealed)


def _item(views: CriterionViews, rating: Rating | None) -> Item:
    return Item(views, rating, getattr(rating, "decision", None))


def _over_levels(counts: Mapping[Middle, int]) -> dict[int, list[int]]:
    """Return by level how many voices are whole there, and how many are split between it and another."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for middle, number in counts.items():
        for end in {middle.low, middle.high}:
            found[end][middle.is_tie] += number
    return found


def _told(words: str, counts: Mapping[Middle, int], names: Mapping[int, str]) -> str:
    """Say how many see which level, highest first; nothing where nobody does."""
    if not counts:
        return ""
    highest = sorted(counts, key=lambda middle: (-middle.point, middle.low))
    return words % {"numbers": ", ".join(f"{counts[middle]} {_words(middle, names)}" for middle in highest)}


def _words(middle: Middle, names: Mapping[int, str]) -> str:
    if not middle.is_tie:
        return names[middle.low]
    return _("between %(low)s and %(high)s") % {"low": names[middle.low], "high": names[middle.high]}
