"""What a comparison reads: who takes part, what was asked, and one grouped count of current submissions."""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from assessments.models import Assessment, Round, SubmittedRating
from hallmarks.models import Criterion
from reports import comparison

# A criterion comes once for each level of its scale, lowest first.
IN_ORDER = ("section__number", "number", "scale__levels__position")


@dataclass(frozen=True)
class Place:
    """A partnership in a round: where it stood on the day it submitted, or stands today if it has not."""

    slug: str
    name: str
    region: str
    region_name: str
    force: str
    force_name: str
    submission: int | None

    @property
    def has_submitted(self) -> bool:
        """Whether there is anything of it to compare."""
        return self.submission is not None


def places(round_: Round, regions: frozenset[int] | None) -> list[Place]:
    """Return the partnerships of a round in these regions (None: all), by name; one query."""
    rows = (
        Assessment.objects.filter(round=round_)
        .annotate(current=FilteredRelation("submissions", condition=Q(submissions__is_current=True)))
        .annotate(
            region_id=Coalesce("current__region_id", "partnership__police_force__region_id"),
            region=Coalesce("current__region__slug", "partnership__police_force__region__slug"),
            region_name=Coalesce("current__region__name", "partnership__police_force__region__name"),
            force=Coalesce("current__police_force__slug", "partnership__police_force__slug"),
            force_name=Coalesce("current__police_force__name", "partnership__police_force__name"),
        )
        .order_by("partnership__name")
    )
    if regions is not None:
        rows = rows.filter(region_id__in=regions)
    columns = ("partnership__slug", "partnership__name", "region", "region_name", "force", "force_name", "current__pk")
    return [Place(*row) for row in rows.values_list(*columns)]


def asked(round_: Round) -> tuple[comparison.Asked, ...]:
    """Return the round's criteria with the names of their levels, in published order; one query."""
    levels: dict[Criterion, list[str]] = {}
    criteria = Criterion.objects.filter(version=round_.version_id).annotate(level=F("scale__levels__name"))
    for criterion in criteria.in_order().select_related("scale").order_by(*IN_ORDER):
        levels.setdefault(criterion, []).append(criterion.level)  # type: ignore[attr-defined]
    return tuple(_asked(criterion, tuple(names)) for criterion, names in levels.items())


def counts(round_: Round, region: str, force: str = "", partnership: str = "") -> list[comparison.Count]:
    """Count the levels of a region's (or one of its police forces') current submissions; one grouped query.

    A partnership that is picked out is counted with the group only if it belongs to it.
    """
    group = Q(submission__police_force__slug=force) if force else Q()
    picked = Q(submission__assessment__partnership__slug=partnership)
    rows = (
        SubmittedRating.objects.filter(
            submission__is_current=True, submission__assessment__round=round_, submission__region__slug=region
        )
        .order_by()
        .values_list("criterion__code", "level__position")
        .annotate(partnerships=Count("pk", filter=group), picked=Count("pk", filter=picked))
    )
    return [comparison.Count(*row) for row in rows]


def _asked(criterion: Criterion, levels: tuple[str, ...]) -> comparison.Asked:
    return comparison.Asked(
        code=criterion.code,
        title=criterion.title,
        section=criterion.section.code,
        section_title=criterion.section.title,
        is_statutory=criterion.is_statutory,
        is_key=criterion.is_key,
        levels=levels,
        is_ordered=criterion.scale.is_ordered,
    )
