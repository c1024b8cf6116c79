"""Whom a comparison is about: an area, and what of it; and which groups may be cut together."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Nation

# A region in Wales is called as the nation is, so nations have names of their own in addresses.
NATIONS = {f"nation-{nation.value}": nation for nation in Nation}
BOTH = "both-nations"


class Member(Protocol):
    """Whoever can belong to a group: a partnership, or several alike that are only counted."""

    @property
    def region(self) -> str: ...
    @property
    def nation(self) -> str: ...
    @property
    def force(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def slug(self) -> str: ...


@dataclass(frozen=True)
class Named:
    """Something to choose: how an address names it, and how people do; `key` is a row's where one is needed."""

    value: str
    name: str
    key: int = 0


@dataclass(frozen=True)
class OwnList:
    """A list of one's own, or one shared in the region."""

    value: str
    name: str
    members: frozenset[str]


@dataclass(frozen=True)
class Cut:
    """The partnerships compared: those of a region or of a nation, and of them one force, family, kind or list."""

    area: Named
    force: Named | None = None
    family: Named | None = None
    kind: Named | None = None
    own_list: OwnList | None = None

    @property
    def region(self) -> str:
        """The region's slug; blank for a group beyond one region."""
        return "" if self.is_beyond else self.area.value

    @property
    def nation(self) -> str:
        """The nation; blank for a region, which lies in one, and for both nations."""
        return NATIONS[self.area.value].value if self.area.value in NATIONS else ""

    @property
    def is_beyond(self) -> bool:
        """Whether it reaches beyond one region."""
        return self.area.value in NATIONS or self.area.value == BOTH

    @property
    def parts(self) -> list[Named | OwnList]:
        """What of the area is compared, each of which narrows it."""
        return [part for part in (self.own_list, self.force, self.family, self.kind) if part]

    @property
    def name(self) -> str:
        """What the group is called on the page and in the file."""
        if len(self.parts) == 1 and self.force:
            return self.force.name
        return ", ".join([*(part.name for part in self.parts), self.area.name])

    def covers(self, member: Member) -> bool:
        """Say whether a partnership belongs to the group."""
        chosen = ((self.force, member.force), (self.family, member.family), (self.kind, member.kind))
        return (
            self.region in ("", member.region)
            and self.nation in ("", member.nation)
            and all(part is None or part.value == value for part, value in chosen)
            and (self.own_list is None or member.slug in self.own_list.members)
        )


ONE_AT_A_TIME: Promise = gettext_lazy(
    "Beyond your own region one grouping is shown at a time: a nation, a family group or a kind of area. "
    "What you chose besides is left out."
)


def as_may_be_cut(cut: Cut, regions: Collection[str] | None) -> tuple[Cut, bool]:
    """Return the group as somebody may see it, and whether something was left out for that.

    `regions` are those that the person may cut in any way (None: every one). Elsewhere groups must not be cut
    together, or the differences between them would tell of single partnerships.
    """
    if regions is None or not cut.is_beyond:
        return cut, False
    family = cut.family
    kind = None if family else cut.kind
    area = Named(BOTH, both_nations()) if family or kind else cut.area
    allowed = replace(cut, area=area, force=None, family=family, kind=kind, own_list=None)
    # A nation that gives way to a family is no surprise: the group is named on the page.
    return allowed, len(cut.parts) > len(allowed.parts)


def both_nations() -> str:
    """Return what England and Wales are called together."""
    return _("England and Wales")
