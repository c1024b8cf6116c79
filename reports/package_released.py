"""What a partnership's package holds: itself, and every cell of the release on what it is asked; all have the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from assessments.models import Submission
from partnerships.models import AreaType, FamilyGroup, Nation, Partnership, PoliceForce
from reports import package_tables, release, views_release
from reports.access import Scope
from reports.comparison import Asked
from reports.groups import Named
from reports.package_tables import Counted, Member, Rating
from reports.queries import family_value
from reports.releasing import Released

KINDS = {
    release.REGION: package_tables.REGION,
    release.FORCE: package_tables.FORCE,
    release.FAMILY: package_tables.FAMILY,
    release.AREA: package_tables.AREA,
    release.NATION: package_tables.NATION,
}

# A partnership, and its submission where it had one.
Own = tuple[Partnership, Submission | None]


def own_of(scope: Scope, released: Released) -> list[Own]:
    """Return one's own partnerships as they stood; one query for each."""
    return [views_release.as_it_stood(partnership, released) for partnership in scope.own]


def released_tables(
    scope: Scope, released: Released, own: Iterable[Own], asked: Sequence[Asked]
) -> tuple[list[Member], Iterator[Rating], Iterator[Counted]]:
    """Return one's own partnerships, their own levels at the close, and what is released of groups."""
    return [_member(*each) for each in own], _own_ratings(scope, released, asked), _counts(released, asked, _names())


def _member(known: Partnership, submission: Submission | None) -> Member:
    place = submission or known
    family = place.family_group
    return Member(
        slug=known.slug,
        name=known.name,
        region=Named(place.region.slug, place.region.name),
        force=Named(place.police_force.slug, place.police_force.name),
        family=Named(family_value(family), str(family)) if family else None,
        kind=Named(known.area_type, str(AreaType(known.area_type).label)),
        nation=place.region.nation,
        has_submitted=submission is not None,
    )


def _own_ratings(scope: Scope, released: Released, asked: Sequence[Asked]) -> Iterator[Rating]:
    for partnership in scope.own:
        for criterion in asked:
            yield Rating(partnership.slug, criterion, released.own(partnership.pk, criterion.code))


def _counts(released: Released, asked: Sequence[Asked], names: Mapping[tuple[str, str], Named]) -> Iterator[Counted]:
    """Yield the cells in one order, whichever way they were decided."""
    groups = {group for cells in released.release.cells for group in cells}
    order = list(KINDS)
    for group in sorted(groups, key=lambda each: (order.index(each.kind), names[each].value)):
        for criterion in asked:
            for level, count in zip(criterion.levels, released.counts(criterion.code, group) or (), strict=False):
                yield Counted(KINDS[group.kind], names[group], criterion, level, count)


def _names() -> dict[tuple[str, str], Named]:
    """Return what the groups of a release are called, by kind and by how the release names them; two queries."""
    known = list(PoliceForce.objects.select_related("region"))
    forces = ((release.FORCE, each.slug, Named(each.slug, each.name)) for each in known)
    regions = ((release.REGION, each.region.slug, Named(each.region.slug, each.region.name)) for each in known)
    families = ((release.FAMILY, str(f.pk), Named(family_value(f), str(f))) for f in FamilyGroup.objects.all())
    kinds = ((release.AREA, kind.value, Named(kind.value, str(kind.label))) for kind in AreaType)
    nations = ((release.NATION, each.value, Named(each.value, str(each.label))) for each in Nation)
    every = chain(regions, forces, families, kinds, nations)
    return {(kind, key): named for kind, key, named in every}
