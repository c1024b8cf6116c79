"""Lists of partnerships to compare with each other: their owner makes, changes, shares and deletes them."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from audit.services import record
from partnerships.models import Partnership, Region
from reviews.models import ComparisonList


class ListRefused(Exception):
    """Raised when a list cannot be kept as it was asked for; then nothing is written."""


class ListNameTaken(ListRefused):
    """The owner has another list of this name in the region."""


class NobodyListed(ListRefused):
    """The list names no partnership."""


class NotInTheRegion(ListRefused):
    """The list names a partnership of another region."""


@transaction.atomic
def create_list(
    *, region: Region, name: str, is_shared: bool, partnerships: Collection[Partnership], by: User
) -> ComparisonList:
    """Make a list of a region's partnerships. Raises ListNameTaken, NobodyListed or NotInTheRegion."""
    made = ComparisonList(region=region, owner=by, name=name, is_shared=is_shared)
    _keep(made, partnerships)
    _record("comparison_list.created", made, by, after=_told(made))
    return made


@transaction.atomic
def change_list(
    *, own_list: ComparisonList, name: str, is_shared: bool, partnerships: Collection[Partnership], by: User
) -> ComparisonList:
    """Change a list's name, who may use it and whom it names. Raises what `create_list` raises."""
    changed = ComparisonList.objects.select_for_update(of=("self",)).select_related("region").get(pk=own_list.pk)
    before = _told(changed)
    changed.name, changed.is_shared = name, is_shared
    _keep(changed, partnerships)
    _record("comparison_list.changed", changed, by, before=before, after=_told(changed))
    return changed


@transaction.atomic
def delete_list(*, own_list: ComparisonList, by: User) -> None:
    """Delete a list; what it named is kept in the audit trail."""
    _record("comparison_list.deleted", own_list, by, before=_told(own_list))
    own_list.delete()


def _keep(one: ComparisonList, partnerships: Collection[Partnership]) -> None:
    if not partnerships:
        raise NobodyListed
    # Another region's partnerships could be picked out one by one if a list might name them.
    if any(partnership.region.pk != one.region_id for partnership in partnerships):
        raise NotInTheRegion
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise ListNameTaken from error
    one.partnerships.set(partnerships)


def _told(one: ComparisonList) -> dict[str, Any]:
    members = one.partnerships.order_by("slug").values_list("slug", flat=True)
    return {"name": one.name, "is_shared": one.is_shared, "partnerships": list(members)}


def _record(kind: str, one: ComparisonList, by: User, before: Any = None, after: Any = None) -> None:
    record(kind=kind, target=one, by=by, role=one.region.government_office, before=before, after=after)
