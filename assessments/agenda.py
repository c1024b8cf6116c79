"""A meeting's agenda: criteria in the order in which it is worth talking about them, and what is agreed already.

The order is that of `agreement.Spread.width`, widest first; after them come criteria of which one agency alone
gave a view, and last those that nobody gave a view of. Equals stay in published order. Before the reveal nobody's view
is known here, so all stay in published order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments.agency_views import CriterionViews
from assessments.agreement import Middle
from assessments.decided import Agreed
from assessments.models import Decision, Rating
from hallmarks import charts
from hallmarks.marks import Label, in_a_sentence
from hallmarks.models import Level
from hallmarks.outline import Question


@dataclass(frozen=True)
class Standing:
    """A rating as it stands, with the meeting's decision, who was present, and who saved the rating last.

    How many signs were answered and are in place is counted with it.
    """

    rating: Rating
    decision: Decision | None = None
    answered: int = 0
    in_place: int = 0
    present: tuple[str, ...] = ()
    writer: str = ""

    @property
    def is_agreed(self) -> bool:
        """Whether a meeting has decided it, and the level is still the one it decided."""
        return self.decision is not None and self.decision.is_kept_by(self.rating)


@dataclass(frozen=True)
class Item:
    """One criterion on the agenda: what agencies see, as far as it is revealed, and the rating that stands."""

    views: CriterionViews
    standing: Standing | None = None

    @property
    def rating(self) -> Rating | None:
        """The rating, as far as there is one."""
        return self.standing.rating if self.standing else None

    @property
    def decision(self) -> Decision | None:
        """What a meeting decided, if one has."""
        return self.standing.decision if self.standing else None

    @property
    def question(self) -> Question:
        """The criterion."""
        return self.views.question

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.question.criterion.code

    @property
    def title(self) -> str:
        """The criterion's title."""
        return self.question.criterion.title

    @property
    def level(self) -> Level | None:
        """The level that stands, agreed or not."""
        return self.question.level_by_id(self.rating.level_id) if self.rating else None

    @property
    def agreed(self) -> Agreed | None:
        """What a meeting agreed, in its own words, if one has."""
        found = self.standing
        if found is None or found.decision is None:
            return None
        return Agreed(self.question, found.decision, found.rating, found.present, found.writer)

    @property
    def is_agreed(self) -> bool:
        """Whether a meeting has decided it, and the level is still the one it decided."""
        return self.standing is not None and self.standing.is_agreed

    @property
    def was_changed(self) -> bool:
        """Whether somebody chose another level after the meeting."""
        return self.decision is not None and not self.is_agreed

    @property
    def is_alone(self) -> bool:
        """Whether one agency alone gave a view, so that nothing can be said of differences."""
        return len(self.views.spread.agencies) == 1

    @property
    def order(self) -> tuple[float, ...]:
        """What the agenda is sorted by: the widest differences first, then one agency's views, then none."""
        return not self.views.given, self.is_alone, *(-apart for apart in self.views.spread.width)

    @property
    def in_use(self) -> str:
        """How many levels the agencies see, as they stand in the table below it."""
        if self.is_alone:
            return _("One agency alone gave a view, so there is nothing to compare.")
        agencies = len(self.views.spread.agencies)
        levels = sum(bool(row.voices) for row in self.views.rows)
        who = ngettext("%(n)s agency", "%(n)s agencies", agencies) % {"n": apnumber(agencies)}
        if levels < 2:
            return _("A view was given by %(who)s.") % {"who": who}
        return _("%(n)s levels are in use across %(who)s.") % {"n": str(apnumber(levels)).capitalize(), "who": who}

    @property
    def voices(self) -> list[tuple[str, str]]:
        """Each level, or pair of levels, with the agencies that see it, one voice each; the highest first."""
        found: dict[Middle, list[str]] = defaultdict(list)
        for agency, middle in self.views.spread.agencies.items():
            found[middle].append(agency)
        highest = sorted(found, key=lambda middle: (-middle.point, middle.low))
        return [(capfirst(self.views.in_words(middle)), ", ".join(found[middle])) for middle in highest]

    @property
    def strip(self) -> SafeString:
        """A dot for each agency's view over its level: squares strategic, circles delivery; blank without views."""
        if not self.views.given:
            return SafeString()
        spread = self.views.spread
        levels = tuple((position, label.mark, label.name) for position, label in self.question.labels.items())
        strategic, delivery = (tuple(sorted(side.values())) for side in (spread.strategic, spread.delivery))
        return _strip(strategic, delivery, levels, get_language())


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
    def ahead(self) -> list[Item]:
        """Those still to agree that somebody gave a view of; before the reveal all that are still to agree."""
        return [item for item in self.items if not item.is_agreed and (item.views.given or not self.is_revealed)]

    @property
    def ahead_unseen(self) -> list[Item]:
        """Those still to agree of which everybody knows that nobody gave a view."""
        return [item for item in self.items if not (item.is_agreed or item.views.given) and self.is_revealed]

    @property
    def done(self) -> list[Item]:
        """Those that are decided."""
        return [item for item in self.items if item.is_agreed]

    @property
    def seen(self) -> list[Item]:
        """Those that somebody gave a view of, as far as it is revealed."""
        return [item for item in self.items if item.views.given]

    @property
    def unseen(self) -> list[Item]:
        """Those without a view that is revealed."""
        return [item for item in self.items if not item.views.given]

    @property
    def opening(self) -> Item | None:
        """Where a meeting goes on: the first that is not decided, or else the first."""
        return next((item for item in self.items if not item.is_agreed), next(iter(self.items), None))

    def at(self, code: str) -> Item | None:
        """Return a criterion's item, or None."""
        return next((item for item in self.items if item.code == code), None)

    def after(self, code: str) -> Item | None:
        """Return the next that is not decided, round to the beginning; None where no other is left."""
        return next((item for item in self._rest(code) if not item.is_agreed), None)

    def beyond(self, code: str) -> Item | None:
        """Return the next, decided or not, round to the beginning: the way for those who only read."""
        return next(iter(self._rest(code)), None)

    def _rest(self, code: str) -> tuple[Item, ...]:
        place = next(place for place, item in enumerate(self.items) if item.code == code)
        return self.items[place + 1 :] + self.items[:place]


def agenda_of(views: Iterable[CriterionViews], standing: Mapping[int, Standing], *, is_revealed: bool) -> Agenda:
    """Put a partnership's criteria in order; what stands of each comes by the criterion's key."""
    items = [Item(one, standing.get(one.question.criterion.pk)) for one in views]
    return Agenda(tuple(sorted(items, key=lambda item: item.order)), is_revealed)


@lru_cache(maxsize=2048)
def _strip(
    strategic: tuple[Middle, ...], delivery: tuple[Middle, ...], levels: tuple[tuple[int, str, str], ...], language: str
) -> SafeString:
    """Draw who stands over which level, in a language; remembered, as revealed views do not change."""
    squares, circles = Counter(strategic), Counter(delivery)
    over = _over_levels(squares), _over_levels(circles)
    columns = [
        (Label(mark, name).paint, charts.Marks(*over[0][position], *over[1][position]))
        for position, mark, name in levels
    ]
    names = {position: in_a_sentence(name) for position, _mark, name in levels}
    told = _told(_("Strategic: %(numbers)s."), squares, names), _told(_("Delivery: %(numbers)s."), circles, names)
    return charts.dots(columns, " ".join(words for words in told if words))


def _over_levels(counts: Mapping[Middle, int]) -> Mapping[int, list[int]]:
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
