"""What a comparison reads: who takes part, what was asked, and one grouped count of current submissions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.text import slugify
from django.utils.translation import get_language

from accounts.models import User
from accounts.prepared import Prepared, numbered
from assessments.models import Assessment, ReviewedRating, Round, SubmittedRating
from assessments.queries import asked_in
from casestudies.models import CaseStudy, CaseStudyQuerySet, SearchEntry
from hallmarks.models import Level
from hallmarks.outline import SETS_KEPT, Outline, Question
from partnerships.models import AreaType, FamilyGroup, Region
from reports import comparison
from reports.groups import Cut, Named, OwnList
from reports.trends import Edition
from reviews.models import ComparisonList

SUBMITTED, TODAY = "current__family_group", "partnership__family_group"
FAMILY = ("scheme", "number", "is_demonstration")
FAMILY_COLUMNS = [f"{owner}__{name}" for owner in (SUBMITTED, TODAY) for name in ("pk", *FAMILY)]
PLACE = "submission__assessment__partnership__"
PICKED = f"{PLACE}slug"
# How a submitted rating is known to belong to a group, by what narrows the group.
FIELDS = {
    "region": "submission__region__slug",
    "nation": "submission__region__nation",
    "force": "submission__police_force__slug",
    "family": "submission__family_group",
    "kind": f"{PLACE}area_type",
}
# There are some 15 in each scheme.
FAMILIES_KEPT = 256


@dataclass(frozen=True)
class Place:
    """A partnership in a round: where it stood on the day it submitted, or stands today if it has not.

    Where one criterion was asked about, it says whether it `has_answered`, and its level's `position`: none where the
    criterion does not apply.
    """

    slug: str
    name: str
    region: str
    region_name: str
    region_key: int
    force: str
    force_name: str
    nation: str
    kind: str
    submission: int | None
    family_group: Named | None = None
    has_answered: bool = False
    position: int | None = None

    @property
    def has_submitted(self) -> bool:
        """Whether there is anything of it to compare."""
        return self.submission is not None

    @property
    def family(self) -> str:
        """How an address names its family group; blank if it is in none."""
        return self.family_group.value if self.family_group else ""

    @property
    def kind_name(self) -> str:
        """What its kind of area is called."""
        return str(AreaType(self.kind).label)


@dataclass(frozen=True)
class Alike:
    """How many partnerships share nation, kind and family: all that is known of them outside one's region."""

    nation: str
    kind: str
    members: int
    submitted: int
    family_group: Named | None = None
    region: str = ""
    force: str = ""
    slug: str = ""

    @property
    def family(self) -> str:
        """How an address names its family group; blank if it is in none."""
        return self.family_group.value if self.family_group else ""

    @property
    def kind_name(self) -> str:
        """What their kind of area is called."""
        return str(AreaType(self.kind).label)


def places(round_: Round, regions: frozenset[int] | None, lineage: str = "") -> list[Place]:
    """Return the partnerships of a round in these regions (None: all), by name; one query.

    With a criterion's lineage each comes with its level on it.
    """
    within = numbered("region", () if regions is None else sorted(regions))
    if not within and regions is not None:
        return []
    asked_about = {"lineage": lineage} if lineage else {}
    prepared = _places(len(within), with_answers=bool(lineage))
    rows, language = prepared.rows(round=round_.pk, **within, **asked_about), get_language()
    return [_place(row, language) for row in rows]


def alike(round_: Round) -> list[Alike]:
    """Count a round's partnerships everywhere by nation, kind and family, without a name; one query."""
    rows = _taking_part(round_.pk).order_by().annotate(kind=F("partnership__area_type"))
    rows = rows.annotate(has_submitted=Q(current__isnull=False))
    found = rows.values_list("nation", "kind", "has_submitted", *FAMILY_COLUMNS).annotate(members=Count("pk"))
    return [_alike(*row[:3], members=row[-1], family=row[3:-1]) for row in found]


def asked(round_: Round) -> tuple[comparison.Asked, ...]:
    """Return the round's criteria with the names of their levels, in published order, from memory."""
    return _criteria(asked_in(round_))


@lru_cache(maxsize=SETS_KEPT)
def _criteria(outline: Outline) -> tuple[comparison.Asked, ...]:
    return tuple(_asked(question) for question in outline.questions)


def counts(
    round_: Round,
    cut: Cut,
    *,
    picked: Place | None = None,
    own: Collection[int] | None = None,
    with_reviews: bool = False,
) -> list[comparison.Count]:
    """Count the levels of a group's current submissions by criterion; one grouped query.

    A partnership that is picked out is counted with the group only if it belongs to it. `own` are the regions
    outside of which no partnership may be known by itself (None: there are none such).
    """
    is_inside, one = picked is None or cut.covers(picked), picked.slug if picked else ""
    if cut.is_beyond or cut.own_list or with_reviews:
        group, chosen = within(cut), Q(**{PICKED: one})
        rows = _counted(round_.pk, group, chosen, is_inside, with_reviews)
        rows = rows.annotate(**_sums(group, chosen, own if cut.is_beyond else None, with_reviews))
        return [comparison.Count(*row) for row in rows]
    values = _values(cut)
    prepared = _region_counts(tuple(values), is_inside=is_inside)
    return [comparison.Count(*row) for row in prepared.rows(round=round_.pk, picked=one, **values)]


def editions(rounds: Iterable[Round]) -> list[Edition]:
    """Return what was asked in each round, from memory."""
    return [Edition(round_.slug, round_.name, asked(round_)) for round_ in rounds]


def counts_by_round(
    rounds: Collection[Round],
    cut: Cut,
    lineage: str,
    *,
    picked: Place | None = None,
    own: Collection[int] | None = None,
) -> dict[str, list[comparison.Count]]:
    """Count a group's levels on one criterion by round; one grouped query however many rounds there are."""
    group, one = within(cut), Q(**{PICKED: picked.slug if picked else ""})
    # In earlier rounds the partnership may have been elsewhere, so whether it is in the group differs by round.
    rows = current_ratings(_on(lineage, rounds), _either(group, one) if picked else group)
    grouped = rows.values_list("submission__assessment__round__slug", "criterion__code", "level__position")
    found: dict[str, list[comparison.Count]] = {}
    for round_, *row in grouped.annotate(**_sums(group, one, own if cut.is_beyond else None, with_reviews=False)):
        found.setdefault(round_, []).append(comparison.Count(*row))
    return found


def within(cut: Cut) -> Q:
    """Return the condition by which a submitted rating belongs to a group."""
    group = _group(**_values(cut))
    return group & Q(**{f"{PLACE}slug__in": sorted(cut.own_list.members)}) if cut.own_list else group


def current_ratings(*conditions: Q | Combinable) -> QuerySet[SubmittedRating]:
    """Return the lines of submissions that count, in no order."""
    return SubmittedRating.objects.filter(*conditions, submission__is_current=True).order_by()


def lists(region: int, user: User) -> list[OwnList]:
    """Return the lists of a region (by its key) that a person may compare with, and their partnerships; one query."""
    found: dict[tuple[str, str], set[str]] = {}
    for code, name, member in _LISTS.rows(region=region, user=user.pk):
        found.setdefault((code, name), set()).add(member)
    return [OwnList(*head, frozenset(members)) for head, members in found.items()]


def _lists_query(region: int, user: int) -> QuerySet[ComparisonList, Any]:
    known = ComparisonList.objects.of(Region(pk=region), User(pk=user))
    return known.values_list("code", "name", "partnerships__slug")


_LISTS = Prepared(_lists_query, number=["region", "user"])


def studies_of_the_best(round_: Round, lineage: str) -> CaseStudyQuerySet:
    """Return published case studies on a criterion by those at its top level where a reviewer saw the same; one query.

    Only current submissions with a closed review count; a partnership appears here as the author of what it
    published, with the one level that both agreed on.
    """
    top = Level.objects.filter(scale=OuterRef("level__scale"), position__gt=OuterRef("level__position"))
    seen_too = ReviewedRating.objects.filter(
        reviewed__submission=OuterRef("submission"), criterion=OuterRef("criterion"), level=OuterRef("level")
    )
    agreed = current_ratings(
        _on(lineage, [round_]),
        Q(level__isnull=False),
        ~Exists(top),
        Exists(seen_too),
    )
    return studies_on(lineage).filter(partnership__in=agreed.values("submission__assessment__partnership"))


def studies_on(lineage: str) -> CaseStudyQuerySet:
    """Return case studies that speak to a criterion as they were published, whatever anybody's level; one query."""
    return (
        CaseStudy.objects.published()
        .filter(Exists(SearchEntry.objects.filter(case_study=OuterRef("pk"), criteria__lineage=lineage)))
        .with_place()
        .with_words_for()
        .order_by("partnership__name", F("shown_title"))
    )


def family_value(family: FamilyGroup) -> str:
    """Return how addresses name a family group."""
    return slugify(f"{family.scheme}-{family.number}")


def _on(lineage: str, rounds: Collection[Round]) -> Q:
    return Q(submission__assessment__round__in=rounds, criterion__lineage=lineage)


@cache
def _places(regions: int, *, with_answers: bool) -> Prepared:
    """Return the read for so many regions (0: all), with answers on a criterion or without."""
    keys = ["round", *numbered("region", range(regions))]
    return Prepared(_places_query, number=keys, text=["lineage"] if with_answers else [])


def _places_query(round: int, lineage: str = "", **regions: int) -> QuerySet[Any]:
    answers = SubmittedRating.objects.filter(submission=OuterRef("current__pk"), criterion__lineage=lineage)
    rows = _taking_part(round).order_by("partnership__name")
    if regions:
        rows = rows.filter(region_id__in=regions.values())
    if lineage:
        rows = rows.annotate(
            has_answered=Exists(answers), position=Subquery(answers.order_by().values("level__position")[:1])
        )
    columns = ("partnership__slug", "partnership__name", "region", "region_name", "region_id", "force", "force_name")
    answer = ("has_answered", "position") if lineage else ()
    return rows.values_list(*columns, "nation", "partnership__area_type", "current__pk", *FAMILY_COLUMNS, *answer)


def _taking_part(round_: int) -> QuerySet[Any]:
    return (
        Assessment.objects.filter(round=round_)
        .annotate(current=FilteredRelation("submissions", condition=Q(submissions__is_current=True)))
        .annotate(
            region_id=Coalesce("current__region_id", "partnership__police_force__region_id"),
            region=Coalesce("current__region__slug", "partnership__police_force__region__slug"),
            region_name=Coalesce("current__region__name", "partnership__police_force__region__name"),
            nation=Coalesce("current__region__nation", "partnership__police_force__region__nation"),
            force=Coalesce("current__police_force__slug", "partnership__police_force__slug"),
            force_name=Coalesce("current__police_force__name", "partnership__police_force__name"),
        )
    )


def _values(cut: Cut) -> dict[str, Any]:
    """Return what narrows a group, but for a list: values of `FIELDS`."""
    values = {
        "region": cut.region,
        "nation": cut.nation,
        "force": cut.force and cut.force.value,
        "family": cut.family and cut.family.key,
        "kind": cut.kind and cut.kind.value,
    }
    return {name: value for name, value in values.items() if value}


def _group(**values: Any) -> Q:
    return Q(**{FIELDS[name]: value for name, value in values.items()})


def _counted(round_: int, group: Q, one: Q, is_inside: bool, with_reviews: bool) -> QuerySet[SubmittedRating, Any]:
    """Return the ratings of a group, and of one partnership besides, by criterion and level."""
    rows = current_ratings(Q(submission__assessment__round=round_), group if is_inside else _either(group, one))
    if with_reviews:
        here = Q(submission__reviewed__ratings__criterion=F("criterion"))
        rows = rows.annotate(reviewers=FilteredRelation("submission__reviewed__ratings", condition=here))
    return rows.values_list("criterion__code", "level__position")


@cache
def _region_counts(names: tuple[str, ...], *, is_inside: bool) -> Prepared:
    """Return the read of a region's counts, narrowed by these `FIELDS`."""

    def query(round: int, picked: str, **values: Any) -> QuerySet[SubmittedRating, Any]:
        group, one = _group(**values), Q(**{PICKED: picked})
        counted = _counted(round, group, one, is_inside, with_reviews=False)
        return counted.annotate(partnerships=Count("pk", filter=group), picked=Count("pk", filter=one))

    keys = [name for name in names if name == "family"]
    return Prepared(query, text=["picked", *(name for name in names if name not in keys)], number=["round", *keys])


def _either(group: Q, one: Q) -> Q:
    """Return the condition for a group and one partnership besides; a group without conditions has everybody."""
    return group | one if group else group


def _place(row: Sequence[Any], language: str | None) -> Place:
    end = 10 + len(FAMILY_COLUMNS)
    cells: list[Any] = [*row[:10], _family(row[9] is not None, row[10:end], language), *row[end:]]
    return Place(*cells)


def _family(is_submitted: bool, columns: Sequence[Any], language: str | None) -> Named | None:
    """Return a family as addresses and people name it: the one of the day, where there is a submission."""
    half = len(FAMILY) + 1
    key, *family = columns[:half] if is_submitted else columns[half:]
    return None if key is None else _named_family(key, *family, language)


@lru_cache(maxsize=FAMILIES_KEPT)
def _named_family(key: int, scheme: str, number: int, is_made_up: bool, _language: str | None) -> Named:
    family = FamilyGroup(scheme=scheme, number=number, is_demonstration=is_made_up)
    return Named(family_value(family), str(family), key)


def _alike(nation: str, kind: str, is_submitted: bool, *, members: int, family: Sequence[Any]) -> Alike:
    return Alike(nation, kind, members, members if is_submitted else 0, _family(is_submitted, family, get_language()))


def _sums(group: Q, one: Q, own: Collection[int] | None, with_reviews: bool) -> dict[str, Any]:
    """Return what each count holds: members of the group, the one picked out, those outside `own`, and reviews."""
    sums: dict[str, Any] = {
        "partnerships": Count("pk", filter=group),
        "picked": Count("pk", filter=one),
        "elsewhere": Value(0) if own is None else Count("pk", filter=group & ~Q(submission__region__in=own)),
    }
    if with_reviews:
        same = Q(reviewers__level=F("level")) | Q(reviewers__level=None, level=None)
        sums["reviewed"] = Count("reviewers", filter=group)
        sums["differing"] = Count("reviewers", filter=group) - Count("reviewers", filter=group & same)
    return sums


def _asked(question: Question) -> comparison.Asked:
    criterion = question.criterion
    return comparison.Asked(
        code=criterion.code,
        title=criterion.title,
        section=question.section.code,
        section_title=question.section.title,
        is_statutory=question.is_statutory,
        is_key=criterion.is_key,
        levels=tuple(level.name for level in question.levels),
        is_ordered=criterion.scale.is_ordered,
        lineage=criterion.lineage,
    )
