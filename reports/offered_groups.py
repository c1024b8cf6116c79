"""The groups to choose from, each with how many have submitted; a group of one is no group to compare with."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.comparison import FEWEST_ELSEWHERE
from reports.groups import Named, OwnList
from reports.queries import Alike, Place

FEWEST_MEMBERS = 2


class Known(NamedTuple):
    """Everybody of an area; and of them those that the reader knows by name, where the others are only counted."""

    everybody: Iterable[Place | Alike]
    own: Iterable[Place] | None = None


class Sizes:
    """How many partnerships each group of one kind has, how many submitted, and how many of those lie elsewhere."""

    def __init__(self, known: Known, value_of: Callable[[Place | Alike], str]) -> None:
        self.members, self.submitted = Counter[str](), Counter[str]()
        for each in known.everybody:
            members, submitted = (
                (each.members, each.submitted) if isinstance(each, Alike) else (1, int(each.has_submitted))
            )
            self.members[value_of(each)] += members
            self.submitted[value_of(each)] += submitted
        own = [] if known.own is None else [value_of(place) for place in known.own if place.has_submitted]
        self.elsewhere = Counter[str]() if known.own is None else self.submitted - Counter(own)


def offered(named: Iterable[Named], sizes: Sizes, chosen: Named | None) -> list[Named]:
    """Return the groups of at least two, and the one that is chosen, under names that tell how many submitted."""
    kept = (each for each in named if sizes.members[each.value] >= FEWEST_MEMBERS or each == chosen)
    return [Named(each.value, _told(each, sizes), each.key) for each in kept]


def lists_offered(lists: Iterable[OwnList], places: Iterable[Place]) -> list[Named]:
    """Return every list, under a name that tells how many of it submitted: whoever made it may change it."""
    sent = frozenset(place.slug for place in places if place.has_submitted)
    return [Named(each.value, _with_number(each.name, len(each.members & sent))) for each in lists]


def _told(each: Named, sizes: Sizes) -> str:
    if 0 < sizes.elsewhere[each.value] < FEWEST_ELSEWHERE:
        return _("%(name)s: too few to show") % {"name": each.name}
    return _with_number(each.name, sizes.submitted[each.value])


def _with_number(name: str, submitted: int) -> str:
    words = _("%(name)s: %(n)s submitted") if submitted else _("%(name)s: none submitted")
    return words % {"name": name, "n": submitted}
