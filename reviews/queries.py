"""A region's rounds and its partnerships' progress; ratings are counted here and never read."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from assessments.models import Assessment, AssessmentQuerySet, Round, Submission, SubmissionQuerySet
from assessments.round_progress import Tally, days_left, state_of
from assessments.round_queries import criteria_asked, tally_by_region_and_round, with_progress
from partnerships.models import Region
from reviews.worklist import Line


@dataclass(frozen=True)
class RegionRounds:
    """A region with its rounds, newest first, and how far it is in each."""

    region: Region
    rounds: Sequence[tuple[Round, Tally]]


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


def lines_of(region: Region, round_: Round, today: datetime.date) -> list[Line]:
    """Return one line for each of the region's partnerships in a round, in two queries."""
    asked = criteria_asked(round_.version)
    found = with_progress(assessments_of(region).filter(round=round_).with_round())
    return [_line(assessment, asked(assessment.partnership), today) for assessment in found]


def regions_with_rounds(regions: Sequence[Region]) -> list[RegionRounds]:
    """Return each region with the rounds it takes part in, newest first, in two queries."""
    tallies = tally_by_region_and_round(regions)
    rounds = Round.objects.filter(pk__in={round_ for _region, round_ in tallies}).order_by("-opens_on")
    return [RegionRounds(region, _rounds(region, list(rounds), tallies)) for region in regions]


def others_of(submission: Submission) -> SubmissionQuerySet:
    """Return what else the partnership submitted in the same region, newest first, without the documents."""
    mine = Submission.objects.filter(
        assessment__partnership=submission.assessment.partnership, region=submission.region
    )
    return mine.exclude(pk=submission.pk).select_related("assessment__round").defer("document")


def _rounds(
    region: Region, rounds: Sequence[Round], tallies: Mapping[tuple[int, int], Tally]
) -> list[tuple[Round, Tally]]:
    return [(round_, tallies[region.pk, round_.pk]) for round_ in rounds if (region.pk, round_.pk) in tallies]


def _line(assessment: Any, asked: int, today: datetime.date) -> Line:
    # Any: the annotations of `assessments_of` and `with_progress` are not the model's own attributes.
    left = days_left(assessment.closes_on, today)
    is_submitted = assessment.status == Assessment.Status.SUBMITTED
    return Line(
        slug=assessment.partnership.slug,
        name=assessment.partnership.name,
        force=assessment.partnership.police_force.name,
        state=state_of(is_submitted=is_submitted, is_begun=assessment.changed_at is not None, days_left=left),
        rated=asked if is_submitted else assessment.rated,
        asked=asked,
        closes_on=assessment.closes_on,
        days_left=left,
        is_extended=assessment.closes_on > assessment.round.closes_on,
        changed_at=assessment.sent_at or assessment.changed_at,
    )
