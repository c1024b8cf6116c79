"""What heat maps and strengths read: the packed levels of whole rounds, one string a partnership."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce

from assessments.models import Assessment, Round
from reports.counted import counted_marks
from reports.heat_map import Row

# Where the packed levels stand among a row's columns.
LEVELS = [column.name for column in fields(Row)].index("levels")


def rows(rounds: Iterable[Round], regions: Collection[int] | None = None) -> dict[str, list[Row]]:
    """Return the partnerships of each round in these regions (None: all), by name; one query.

    Where a partnership has submitted, its region and police force are those of that day.
    """
    asked = {round_.slug: round_ for round_ in rounds}
    found: dict[str, list[Row]] = {slug: [] for slug in asked}
    marks = {slug: counted_marks(round_) for slug, round_ in asked.items()}
    for slug, *row in _taking_part(asked.values(), regions):
        row[LEVELS] = marks[slug](row[LEVELS])
        found[slug].append(Row(*row))
    return found


def _taking_part(rounds: Collection[Round], regions: Collection[int] | None) -> Any:
    known = (
        Assessment.objects.filter(round__in=list(rounds))
        .annotate(current=FilteredRelation("submissions", condition=Q(submissions__is_current=True)))
        .annotate(
            region=Coalesce("current__region__slug", "partnership__police_force__region__slug"),
            region_name=Coalesce("current__region__name", "partnership__police_force__region__name"),
            region_key=Coalesce("current__region_id", "partnership__police_force__region_id"),
            nation=Coalesce("current__region__nation", "partnership__police_force__region__nation"),
            force_name=Coalesce("current__police_force__name", "partnership__police_force__name"),
            packed=Coalesce("current__levels", Value("")),
            has_current=Q(current__isnull=False),
            kind=F("partnership__area_type"),
            family=F("current__family_group"),
        )
        .order_by("partnership__name")
    )
    if regions is not None:
        known = known.filter(region_key__in=regions)
    place = ("region", "region_name", "region_key", "nation", "force_name")
    columns = ("partnership__slug", "partnership__name", *place, "packed", "has_current", "kind", "family")
    return known.values_list("round__slug", *columns)
