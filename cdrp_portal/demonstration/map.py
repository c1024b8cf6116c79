"""The map of the demonstration: real regions, forces and areas, with a seat for each agency that the law names."""

from collections.abc import Iterator

from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from cdrp_portal.demonstration import shape
from cdrp_portal.demonstration.say import MADE, Teller
from partnerships.models import Agency, AgencyKind, AreaType, FamilyGroup, Partnership, Region, Tier
from sharing.models import InformationSet

FIXTURES = ("regions", "police_forces", "partnerships", "agency_kinds")
SHARING_FIXTURES = ("information_sets", "annual_cycle")
SCHEME = "Demonstration grouping"

# Thirteen groups, as there were; which areas they held was never published, so this dealing is made up.
GROUPS = {
    AreaType.SHIRE_DISTRICT: (1, 2, 3, 4, 5, 6, 7),
    AreaType.UNITARY: (8, 9),
    AreaType.METROPOLITAN: (10,),
    AreaType.LONDON_BOROUGH: (11, 12),
    AreaType.WELSH_UNITARY: (13,),
    AreaType.CITY_CORPORATION: (11,),
    AreaType.SCILLY: (8,),
}

COUNCIL, DISTRICT_COUNCIL, COUNTY_COUNCIL = "Council", "District council", "County council"


def load_map(tell: Teller) -> None:
    """Load regions, forces, partnerships, kinds of agency and what partners share, unless they are there."""
    tell.step(_("Loading regions, police forces, partnerships and kinds of agency"))
    if not Region.objects.exists():
        call_command("loaddata", *FIXTURES, verbosity=0)
    if not InformationSet.objects.exists():
        call_command("loaddata", *SHARING_FIXTURES, verbosity=0)
    tell.note(
        _("%(partnerships)s partnerships in %(regions)s regions")
        % {"partnerships": Partnership.objects.count(), "regions": Region.objects.count()}
    )


@transaction.atomic
def make_agencies_and_groups(tell: Teller) -> None:
    """Give each partnership its responsible authorities and a group to be compared with."""
    tell.step(_("Making agencies and family groups"))
    _make_agencies()
    _deal_groups()
    tell.note(_("%(count)s agencies") % {"count": Agency.objects.count()})


def _make_agencies() -> None:
    kinds = list(AgencyKind.objects.filter(role=AgencyKind.Role.RESPONSIBLE))
    seats = [
        Agency(partnership=partnership, kind=kind, name=name)
        for partnership in Partnership.objects.filter(agencies=None).with_area()
        for kind in kinds
        for name in names_of(kind, partnership)
    ]
    if seats:
        Agency.objects.bulk_create(seats)
        record(kind=MADE, target=kinds[0], by=None, after={"agencies": len(seats)})


def names_of(kind: AgencyKind, partnership: Partnership) -> Iterator[str]:
    """Yield what bodies of this kind are called in a partnership: none, one, or two councils under a county."""
    if kind.nation not in {"", partnership.nation}:
        return
    if kind.code == "police":
        yield partnership.police_force.name
    elif kind.code != "local_authority":
        yield kind.name
    elif partnership.tier == Tier.TWO_TIER:
        yield from (DISTRICT_COUNCIL, COUNTY_COUNCIL)
    else:
        yield COUNCIL


def _deal_groups() -> None:
    bare = list(Partnership.objects.filter(family_group=None).order_by("slug"))
    if not bare:
        return
    groups = _groups()
    for kind, numbers in GROUPS.items():
        places = {place.slug: place for place in bare if place.area_type == kind}
        for slug, number in shape.spread(list(places), numbers).items():
            places[slug].family_group = groups[number]
    Partnership.objects.bulk_update(bare, ["family_group"], batch_size=200)
    record(kind=MADE, target=groups[1], by=None, after={"grouped": len(bare)})


def _groups() -> dict[int, FamilyGroup]:
    numbers = sorted({number for several in GROUPS.values() for number in several})
    FamilyGroup.objects.bulk_create(
        [FamilyGroup(scheme=SCHEME, number=number, is_demonstration=True) for number in numbers],
        ignore_conflicts=True,
    )
    return {group.number: group for group in FamilyGroup.objects.filter(scheme=SCHEME)}
