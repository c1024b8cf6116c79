"""What the comparison page was asked to show, read from the address: anything unknown falls back to the default."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from reports.comparison import Asked, Line, strongest_first, weakest_first
from reports.queries import Place

PUBLISHED, STRENGTHS, WEAKNESSES = "", "strengths", "weaknesses"
SORTS = {PUBLISHED: _("As published"), STRENGTHS: _("Strengths first"), WEAKNESSES: _("Weaknesses first")}


@dataclass(frozen=True)
class Filters:
    """A region, and what of it: one police force, one section, key criteria, a partnership picked out, an order."""

    region: Place
    force: Place | None = None
    picked: Place | None = None
    section: str = ""
    key_only: bool = False
    sort: str = PUBLISHED

    def shows(self, asked: Asked) -> bool:
        """Say whether a criterion is to be shown."""
        return (not self.section or asked.section == self.section) and (asked.is_key or not self.key_only)

    def covers(self, place: Place) -> bool:
        """Say whether a partnership belongs to the group that is compared."""
        return place.region == self.region.region and (self.force is None or place.force == self.force.force)

    def in_order(self, lines: Iterable[Line]) -> list[Line]:
        """Return lines in the order asked for."""
        if self.sort == STRENGTHS:
            return strongest_first(lines)
        return weakest_first(lines) if self.sort == WEAKNESSES else list(lines)

    def query(self) -> str:
        """Return the address's query for the same selection."""
        values = {
            "region": self.region.region,
            "force": self.force.force if self.force else "",
            "section": self.section,
            "key": "1" if self.key_only else "",
            "partnership": self.picked.slug if self.picked else "",
            "sort": self.sort,
        }
        return urlencode({name: value for name, value in values.items() if value})


def read(data: Mapping[str, str], places: Sequence[Place], criteria: Sequence[Asked]) -> Filters:
    """Return what an address asks for; 404 for a region that the person may not compare or that takes no part.

    `places` are the partnerships that the person may compare.
    """
    wanted = data.get("region", "")
    regions = sorted({place.region: place for place in places}.values(), key=lambda place: place.region_name)
    region = next((place for place in regions if wanted in ("", place.region)), None)
    if region is None:
        raise Http404
    near = [place for place in places if place.region == region.region]
    section, sort = data.get("section", ""), data.get("sort", "")
    return Filters(
        region=region,
        force=next((place for place in near if place.force == data.get("force")), None),
        picked=next((p for p in near if p.slug == data.get("partnership") and p.has_submitted), None),
        section=section if any(asked.section == section for asked in criteria) else "",
        key_only=data.get("key") == "1",
        sort=sort if sort in SORTS else PUBLISHED,
    )
