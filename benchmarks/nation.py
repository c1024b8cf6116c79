"""Ten rounds of the whole nation: 376 partnerships, 49 criteria, 184,240 submitted ratings, made without chance."""

import datetime
import hashlib
from collections.abc import Iterable

from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Round, Submission, SubmittedRating
from hallmarks.models import Criterion, Level, Version
from partnerships.models import FamilyGroup, Partnership, PoliceForce

FIXTURES = ("regions", "police_forces", "partnerships")
SLUG, FIRST_YEAR, LAST_YEAR, FAMILIES = "nation-", 2017, 2026, 13
# Odd numbers without a common factor: levels differ by partnership, criterion and year, and come out the same each run.
STEPS = (7, 3, 5)


def prepare() -> None:
    """Load every real partnership over the tests' few, and deal made-up families."""
    # The tests' forces have real names under other slugs.
    PoliceForce.objects.update(name=Concat("name", Value(" of the tests")))
    call_command("loaddata", *FIXTURES, verbosity=0)
    _deal_families()


def fill(by: User, version: Version, years: Iterable[int]) -> int:
    """Let every partnership submit in a round of each year, the last of which closed yesterday; return the ratings."""
    criteria = list(Criterion.objects.filter(version=version).in_order())
    levels = list(Level.objects.filter(scale=criteria[0].scale_id).order_by("position"))
    for year in years:
        _round(by, version, year, LAST_YEAR + 1 - year, criteria, levels)
    return SubmittedRating.objects.filter(submission__assessment__round__slug__startswith=SLUG).count()


def _deal_families() -> None:
    groups = [FamilyGroup.objects.create(scheme="Benchmark", number=n, is_demonstration=True) for n in range(FAMILIES)]
    places = list(Partnership.objects.order_by("slug"))
    for number, place in enumerate(places):
        place.family_group = groups[number % FAMILIES]
    Partnership.objects.bulk_update(places, ["family_group"], batch_size=200)


def _round(by: User, version: Version, year: int, back: int, criteria: list[Criterion], levels: list[Level]) -> None:
    closes_on = timezone.localdate() - datetime.timedelta(days=365 * (back - 1) + 1)
    round_ = Round.objects.create(
        slug=f"{SLUG}{year}",
        name=f"Nation {year}",
        version=version,
        opens_on=closes_on - datetime.timedelta(days=60),
        closes_on=closes_on,
    )
    places = list(Partnership.objects.with_area())
    Assessment.objects.bulk_create(
        Assessment(round=round_, partnership=place, status=Assessment.Status.SUBMITTED) for place in places
    )
    submissions = [
        _submission(by, assessment, number, year, len(criteria))
        for number, assessment in enumerate(
            round_.assessments.select_related("partnership__police_force", "partnership__family_group")
        )
    ]
    Submission.objects.bulk_create(submissions, batch_size=200)
    SubmittedRating.objects.bulk_create(
        (
            SubmittedRating(submission=each, criterion=criterion, level=levels[int(mark)])
            for each in submissions
            for criterion, mark in zip(criteria, each.levels, strict=True)
        ),
        batch_size=5_000,
    )


def _submission(by: User, assessment: Assessment, number: int, year: int, criteria: int) -> Submission:
    place, reference = assessment.partnership, f"{assessment.round_id}-{assessment.partnership_id}"
    one, two, three = STEPS
    return Submission(
        assessment=assessment,
        number=1,
        reference=reference,
        submitted_by=by,
        submitted_at=assessment.round.closes_at - datetime.timedelta(days=1),
        region=place.region,
        police_force=place.police_force,
        family_group=place.family_group,
        document="{}",
        sha256=hashlib.sha256(reference.encode()).hexdigest(),
        levels="".join(str((number * one + asked * two + year * three + number // 9) % 4) for asked in range(criteria)),
    )
