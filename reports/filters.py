"""What the comparison page was asked to show, read from the address: the unknown is left out, and said to be."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports import comparison, unknown
from reports.comparison import Asked, Line, SectionLine
from reports.groups import BOTH, NATIONS, ONE_AT_A_TIME, Cut, Named, OwnList, as_may_be_cut, both_nations
from reports.queries import Alike, Place

PUBLISHED, STRENGTHS, WEAKNESSES, SPREAD, DISAGREEMENT = "", "strengths", "weaknesses", "spread", "disagreement"
SORTS = {
    PUBLISHED: gettext_lazy("As published"),
    STRENGTHS: gettext_lazy("Strengths first"),
    WEAKNESSES: gettext_lazy("Weaknesses first"),
    SPREAD: gettext_lazy("Where partnerships differ most"),
    DISAGREEMENT: gettext_lazy("Where reviewers differ most"),
}
KEYS = {
    STRENGTHS: comparison.by_strength,
    WEAKNESSES: comparison.by_weakness,
    SPREAD: comparison.by_spread,
    DISAGREEMENT: comparison.by_disagreement,
}
# A list that is not there has words of its own.
ASKED_FOR = ("force", "family", "kind", "section", "key", "partnership", "sort")


class Offer(NamedTuple):
    """What a person may choose from in a round.

    `places` are the partnerships that may be named; `alike` counts those everywhere, where the area needs them;
    `lists` are those of the area. `regions` are the regions that may be cut in any way (None: every one).
    """

    places: Sequence[Place]
    criteria: Sequence[Asked]
    regions: Collection[str] | None = None
    alike: Sequence[Alike] = ()
    lists: Sequence[OwnList] = ()


@dataclass(frozen=True)
class Filters:
    """A group, a partnership picked out, one section, key criteria, an order, and what could not be done."""

    cut: Cut
    picked: Place | None = None
    section: str = ""
    key_only: bool = False
    sort: str = PUBLISHED
    may_see_reviews: bool = True
    notices: tuple[str, ...] = ()

    @property
    def with_reviews(self) -> bool:
        """Whether the page tells in how many closed reviews another level was seen."""
        return self.sort == DISAGREEMENT

    def shows(self, asked: Asked) -> bool:
        """Say whether a criterion is to be shown."""
        return (not self.section or asked.section == self.section) and (asked.is_key or not self.key_only)

    def covers(self, place: Place) -> bool:
        """Say whether a partnership belongs to the group that is compared."""
        return self.cut.covers(place)

    def in_order(self, lines: Iterable[Line]) -> list[Line]:
        """Return lines in the order asked for."""
        return sorted(lines, key=KEYS[self.sort]) if self.sort else list(lines)

    def sections_in_order(self, sections: Iterable[SectionLine]) -> list[SectionLine]:
        """Return sections in the order asked for."""
        if not self.sort:
            return list(sections)
        key = KEYS[self.sort]
        return sorted(sections, key=lambda section: key(section.line))

    def query(self, **changes: str) -> str:
        """Return the address's query for the same selection, or for one with other values of these names."""
        return urlencode({name: value for name, value in (self.values | changes).items() if value})

    @property
    def values(self) -> dict[str, str]:
        """The same selection as an address names it; blank where nothing is chosen."""
        return _named(self.cut) | {
            "section": self.section,
            "key": "1" if self.key_only else "",
            "partnership": self.picked.slug if self.picked else "",
            "sort": self.sort,
        }

    @property
    def uses_more(self) -> bool:
        """Whether anything is chosen of what is not needed each day."""
        return bool(self.cut.force or self.cut.kind or self.cut.own_list or self.section or self.key_only)


def areas(places: Sequence[Place]) -> list[Named]:
    """Return the areas to choose from: the regions of these partnerships by name, then the nations."""
    regions = {place.region: Named(place.region, place.region_name, place.region_key) for place in places}
    nations = [Named(value, _("All of %(nation)s") % {"nation": each.label}) for value, each in NATIONS.items()]
    return [*sorted(regions.values(), key=lambda area: area.name), *nations, Named(BOTH, both_nations())]


def area_wanted(data: Mapping[str, str], places: Sequence[Place]) -> Named:
    """Return the area that an address asks for, the first region unless it says one; 404 where it may not be seen."""
    wanted = data.get("region", "")
    area = next((area for area in areas(places) if wanted in ("", area.value)), None)
    if area is None or not places:
        raise Http404
    return area


def read(data: Mapping[str, str], area: Named, offer: Offer) -> Filters:
    """Return what an address asks for of an area, as far as the person may have it."""
    asked_for, unknown = _cut(data, area, offer)
    cut, is_less = as_may_be_cut(asked_for, offer.regions)
    section, sort = data.get("section", ""), data.get("sort", "")
    may_see_reviews = offer.regions is None or not cut.is_beyond
    is_hidden = sort == DISAGREEMENT and not may_see_reviews
    notices = [_list_is_gone(area)] if unknown else []
    notices += [str(ONE_AT_A_TIME)] if is_less else []
    notices += [_reviews_stay()] if is_hidden else []
    found = Filters(
        cut=cut,
        picked=_picked(data.get("partnership"), near(offer.places, cut)),
        section=section if any(asked.section == section for asked in offer.criteria) else "",
        key_only=data.get("key") == "1",
        sort=sort if sort in SORTS and not is_hidden else PUBLISHED,
        may_see_reviews=may_see_reviews,
    )
    return replace(found, notices=(*notices, *_unknown(data, asked_for, found, near(offer.places, cut))))


def near(places: Sequence[Place], cut: Cut) -> list[Place]:
    """Return the partnerships of a group's area that may be named: all of them, where it is more than a region."""
    return [place for place in places if cut.region in ("", place.region)]


def families(members: Iterable[Place | Alike]) -> list[Named]:
    """Return the family groups that these belong to, by number."""
    found = {member.family_group for member in members if member.family_group}
    return sorted(found, key=lambda family: (len(family.name), family.name))


def kinds(members: Iterable[Place | Alike]) -> list[Named]:
    """Return the kinds of area that these are, by name."""
    found = {member.kind: member for member in members}.values()
    return sorted((Named(each.kind, each.kind_name) for each in found), key=lambda kind: kind.name)


def forces(members: Iterable[Place]) -> list[Named]:
    """Return the police forces of these partnerships, by name."""
    return sorted({Named(m.force, m.force_name) for m in members}, key=lambda force: force.name)


def _cut(data: Mapping[str, str], area: Named, offer: Offer) -> tuple[Cut, bool]:
    """Return the group asked for, and whether it named a list that is not there."""
    whole = Cut(area)
    inside = near(offer.places, whole)
    everybody = offer.alike or inside
    listed = data.get("list", "")
    own_list = next((each for each in offer.lists if each.value == listed), None)
    cut = Cut(
        area=area,
        force=_chosen(forces(inside), data.get("force")),
        family=_chosen(families(everybody), data.get("family")),
        kind=_chosen(kinds(everybody), data.get("kind")),
        own_list=own_list,
    )
    return cut, bool(listed) and own_list is None


def _named(cut: Cut) -> dict[str, str]:
    """Return how an address names a group."""
    return {
        "region": cut.area.value,
        "force": cut.force.value if cut.force else "",
        "family": cut.family.value if cut.family else "",
        "kind": cut.kind.value if cut.kind else "",
        "list": cut.own_list.value if cut.own_list else "",
    }


def _unknown(data: Mapping[str, str], asked_for: Cut, found: Filters, places: Sequence[Place]) -> list[str]:
    """Say what of the address is not known; what is known and left out has its own notice."""
    sort, picked = data.get("sort", ""), data.get("partnership")
    kept = found.values | _named(asked_for) | ({"sort": sort} if sort in SORTS else {})
    late = [place for place in places if place.slug == picked and not place.has_submitted]
    words = [_("%(name)s has not submitted in this round, so it is not picked out.") % {"name": p.name} for p in late]
    names = [name for name in ASKED_FOR if name != "partnership" or not late]
    return [*words, *unknown.told(data, kept, names)]


def _picked(slug: str | None, places: Iterable[Place]) -> Place | None:
    return next((place for place in places if place.slug == slug and place.has_submitted), None)


def _chosen(named: Iterable[Named], value: str | None) -> Named | None:
    return next((each for each in named if each.value == value), None)


def _list_is_gone(area: Named) -> str:
    about = _("This is about %(area)s.") % {"area": area.name}
    if Cut(area).is_beyond:
        return _("A list is of one region, so the list in this address is left out. ") + about
    words = _("The list in this address is not there any more, or is not shared with you, so it is left out. ")
    return words + about


def _reviews_stay() -> str:
    return _("What reviewers saw is shown for your own region only, so the order is as published.")
