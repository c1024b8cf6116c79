"""Who does a criterion well and agreed to be named: read in one query, ordered by `helpers`."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from assessments.helpers import MOST, Candidate, Helper, Place, Study, nearest
from assessments.models import ReviewedRating, SubmittedRating
from casestudies.models import HelpOffer, SearchEntry
from hallmarks.models import Criterion, Level
from partnerships.models import AreaType, Nation, Partnership

WHOSE, ROUND = "submission__assessment__partnership", "submission__assessment__round"
# What an offer says of its partnership, by name.
COLUMNS = {
    "slug": "partnership__slug",
    "name": "partnership__name",
    "family": "partnership__family_group",
    "area": "partnership__area_type",
    "region": "partnership__police_force__region",
    "region_name": "partnership__police_force__region__name",
    "nation": "partnership__police_force__region__nation",
}


def helpers_on(criterion: Criterion, partnership: Partnership, most: int | None = MOST) -> tuple[Helper, ...]:
    """Return whom a partnership may ask about a criterion or its forerunners (no `most`: all); one query."""
    own = Partnership.objects.filter(pk=partnership.pk)
    rows = (
        HelpOffer.objects.current()
        .exclude(partnership=partnership)
        .annotate(
            line=_newest_line(criterion.lineage),
            study=_study(criterion.lineage),
            own_region=Subquery(own.values("police_force__region")),
            own_nation=Subquery(own.values("police_force__region__nation")),
        )
        .order_by("pk")
        .values("line", "study", "own_region", "own_nation", "role", **{name: F(at) for name, at in COLUMNS.items()})
    )
    found = [row for row in rows if row["line"] and row["line"]["is_agreed"]]
    if not found:
        return ()
    where = found[0]["own_region"], found[0]["own_nation"]
    asker = Place(partnership.slug, partnership.family_group_id, partnership.area_type, *where)
    return nearest(asker, map(_candidate, found), most)


def named_on(partnership: Partnership) -> Sequence[SubmittedRating]:
    """Return what a partnership does well now, whether or not it agreed to be named: criteria in order; one query."""
    rows = _reviewed().filter(**{WHOSE: partnership}).select_related("criterion__section", ROUND)
    newest: dict[str, Any] = {}
    for row in rows.order_by(f"-{ROUND}__opens_on", "criterion__section__number", "criterion__number"):
        newest.setdefault(row.criterion.lineage, row)
    return [row for row in newest.values() if row.is_agreed]


def _reviewed() -> QuerySet[SubmittedRating]:
    """Return answers with a closed review, each with whether it is at the top level and the reviewer saw the same.

    Rounds that still run are left out: while partnerships answer, nobody reads what another one chose.
    """
    higher = Level.objects.filter(scale=OuterRef("level__scale"), position__gt=OuterRef("level__position"))
    seen_too = ReviewedRating.objects.filter(
        reviewed__submission=OuterRef("submission"), criterion=OuterRef("criterion"), level=OuterRef("level")
    )
    over = {f"{ROUND}__closes_on__lt": timezone.localdate()}
    return SubmittedRating.objects.filter(
        submission__is_current=True, submission__reviewed__isnull=False, **over
    ).annotate(is_agreed=ExpressionWrapper(~Exists(higher) & Exists(seen_too), BooleanField()))


def _newest_line(lineage: str) -> Subquery:
    """What was seen in the newest of a partnership's closed reviews that had the criterion to see."""
    lines = _reviewed().filter(Q(criterion__lineage=lineage), **{WHOSE: OuterRef("partnership")})
    words = JSONObject(
        is_agreed=F("is_agreed"),
        level=F("level__name"),
        round=F(f"{ROUND}__name"),
        opened=F(f"{ROUND}__opens_on"),
    )
    return Subquery(lines.order_by(f"-{ROUND}__opens_on", "-pk").values(said=words)[:1])


def _study(lineage: str) -> Subquery:
    """The partnership's best published case study on a criterion, by what was published and not by drafts."""
    entries = SearchEntry.objects.in_use().filter(partnership=OuterRef("partnership"), criteria__lineage=lineage)
    words = JSONObject(slug=F("case_study__slug"), title=F("case_study__search_text__title"), is_agreed=F("is_agreed"))
    return Subquery(entries.order_by("-is_agreed", "-published_at", "-pk").values(said=words)[:1])


def _candidate(row: Mapping[str, Any]) -> Candidate:
    line = row["line"]
    return Candidate(
        place=Place(row["slug"], row["family"], row["area"], row["region"], row["nation"]),
        name=row["name"],
        role=row["role"],
        level=line["level"],
        round=line["round"],
        opened=datetime.date.fromisoformat(line["opened"]),
        area_name=str(AreaType(row["area"]).label),
        region_name=row["region_name"],
        nation_name=str(Nation(row["nation"]).label),
        study=_read(row["study"]),
    )


def _read(found: Mapping[str, Any] | None) -> Study | None:
    if found is None or not found["title"]:
        return None
    return Study(found["slug"], found["title"], bool(found["is_agreed"]))
