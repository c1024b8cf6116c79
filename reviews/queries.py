"""A region's rounds and its partnerships' progress; ratings are counted here and never read."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from assessments.documents import Document, EvidenceEntry
from assessments.models import Assessment, AssessmentQuerySet, Round, Submission, SubmissionQuerySet
from assessments.round_progress import Count, Tally
from assessments.round_queries import tally_by_region_and_round
from casestudies.models import CaseStudy
from partnerships.models import Region
from reviews.models import Query
from reviews.worklist import status_bar

# How many of the newest submissions a first page names.
NEWEST = 5


@dataclass(frozen=True)
class RegionRounds:
    """A region with its rounds, newest first, and how far it is in each."""

    region: Region
    rounds: Sequence[tuple[Round, Tally]]


@dataclass(frozen=True)
class Glance:
    """A region in one round, as a Government Office's first page shows it: how far it is, and what came last."""

    round: Round
    tally: Tally
    counts: tuple[Count, ...]
    newest: tuple[Submission, ...]

    @property
    def bar(self) -> SafeString:
        """How many partnerships are in each state, drawn."""
        return status_bar(self.counts)


def assessments_of(region: Region) -> AssessmentQuerySet:
    """Return a region's assessments: what was submitted counts where the partnership was on that day."""
    sent = FilteredRelation("submissions", condition=Q(submissions__is_current=True))
    return Assessment.objects.annotate(sent=sent, sent_at=F("sent__submitted_at")).filter(
        Q(sent__region=region) | Q(sent=None, partnership__police_force__region=region)
    )


def rounds_of(region: Region) -> Sequence[Round]:
    """Return the rounds in which the region takes part, newest first, those to come included."""
    part = Exists(assessments_of(region).order_by().filter(round=OuterRef("pk")))
    return list(Round.objects.filter(part).select_related("version").order_by("-opens_on"))


def regions_with_rounds(regions: Sequence[Region], today: datetime.date) -> list[RegionRounds]:
    """Return each region with the rounds it takes part in, newest first, in two queries."""
    waits = Query.objects.unanswered().filter(
        review__submission__assessment=OuterRef("pk"), review__submission__is_current=True
    )
    tallies = tally_by_region_and_round(regions, today, Exists(waits))
    rounds = Round.objects.filter(pk__in={round_ for _region, round_ in tallies}).order_by("-opens_on")
    return [RegionRounds(region, _rounds(region, list(rounds), tallies)) for region in regions]


def glances_of(regions: Sequence[Region], today: datetime.date) -> list[tuple[Region, list[Glance]]]:
    """Return each region with its newest round that has begun and all that are open, in three queries."""
    found = [(each.region, _worth_a_glance(each, today)) for each in regions_with_rounds(regions, today)]
    newest = _newest(regions, {round_.pk for _region, rounds in found for round_, _tally in rounds})
    return [
        (region, [_glance(round_, tally, newest.get((region.pk, round_.pk), []), today) for round_, tally in rounds])
        for region, rounds in found
    ]


def published_case_studies(document: Document) -> set[str]:
    """Return which of the case studies that a submission cites are published, as its evidence names them; one query."""
    return published_among([piece for entry in document.every_criterion() for piece in entry.evidence])


def published_among(evidence: Sequence[EvidenceEntry]) -> set[str]:
    """Return which of the case studies among this evidence are published; no query where there is none."""
    cited = {piece.target for piece in evidence if piece.kind == "case_study"}
    if not cited:
        return set()
    slugs = [target.rpartition("/")[2] for target in cited]
    found = CaseStudy.objects.to_read().filter(slug__in=slugs).values_list("partnership__slug", "slug")
    return {f"{partnership}/{slug}" for partnership, slug in found} & cited


def others_of(submission: Submission) -> SubmissionQuerySet:
    """Return what else the partnership submitted in the same region, newest first, without the documents."""
    mine = Submission.objects.filter(
        assessment__partnership=submission.assessment.partnership, region=submission.region
    )
    return mine.exclude(pk=submission.pk).select_related("assessment__round").defer("document")


def _worth_a_glance(found: RegionRounds, today: datetime.date) -> list[tuple[Round, Tally]]:
    begun = [(round_, tally) for round_, tally in found.rounds if round_.opens_on <= today]
    return begun[:1] + [(round_, tally) for round_, tally in begun[1:] if round_.closes_on >= today]


def _newest(regions: Sequence[Region], rounds: set[int]) -> Mapping[tuple[int, int], list[Submission]]:
    place = Window(RowNumber(), partition_by=["region", "assessment__round"], order_by=["-submitted_at", "-pk"])
    current = Submission.objects.current().filter(region__in=regions, assessment__round__in=rounds)
    newest: dict[tuple[int, int], list[Submission]] = {}
    for each in (
        current.annotate(place=place)
        .filter(place__lte=NEWEST)
        .select_related("assessment__partnership")
        .defer("document")
        .order_by("place")
    ):
        newest.setdefault((each.region_id, each.assessment.round_id), []).append(each)
    return newest


def _glance(round_: Round, tally: Tally, newest: Sequence[Submission], today: datetime.date) -> Glance:
    return Glance(round_, tally, tally.counts(is_over=round_.closes_on < today), tuple(newest))


def _rounds(
    region: Region, rounds: Sequence[Round], tallies: Mapping[tuple[int, int], Tally]
) -> list[tuple[Round, Tally]]:
    return [(round_, tallies[region.pk, round_.pk]) for round_ in rounds if (region.pk, round_.pk) in tallies]
