"""A meeting's agenda: criteria in the order in which it is worth talking about them, and what is agreed already.

The order is that of `agreement.Spread.width`, widest first; after them come criteria of which one agency alone
gave a view, and last those that nobody gave a view of. Equals stay in published order. Before the reveal nobody's view
is known here, so all stay in published order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.agency_views import CriterionViews
from assessments.decided import Agreed
from assessments.models import Decision, Rating
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
    return Agenda(tuple(sorted(items, key=lambda item: item.views.order)), is_revealed)
