"""Short ways for the tests of comparison: many partnerships, closed reviews, lists."""

import hashlib
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from assessments.models import ReviewedRating, ReviewedSubmission, Submission
from hallmarks.models import Criterion, Level
from partnerships.models import AreaType, FamilyGroup, Partnership, PoliceForce
from reviews.models import ComparisonList

FAMILY = "test-scheme-7"


def family() -> FamilyGroup:
    """Family group 7, as an address names it: `FAMILY`."""
    return FamilyGroup.objects.get_or_create(scheme="Test scheme", number=7)[0]


def neighbours(force: PoliceForce, number: int, prefix: str = "n", kind: str = AreaType.UNITARY) -> list[Partnership]:
    """Make partnerships of family group 7 beside each other."""
    group = family()
    return Partnership.objects.bulk_create(
        Partnership(
            slug=f"{prefix}-{n}", name=f"{prefix.upper()} {n}", police_force=force, area_type=kind, family_group=group
        )
        for n in range(number)
    )


def review(submission: Submission, levels: Mapping[str, int | None]) -> ReviewedSubmission:
    """Close a review in which the Government Office saw these levels; what is left out was not looked at."""
    closed = ReviewedSubmission.objects.create(
        submission=submission,
        closed_at=timezone.now(),
        document="{}",
        sha256=hashlib.sha256(f"review {submission.reference}".encode()).hexdigest(),
        submission_sha256=submission.sha256,
    )
    for code, position in levels.items():
        criterion = Criterion.objects.get(version=submission.assessment.round.version_id, code=code)
        level = None if position is None else Level.objects.get(scale=criterion.scale, position=position)
        ReviewedRating.objects.create(reviewed=closed, criterion=criterion, level=level)
    return closed


def make_list(owner: User, *partnerships: Partnership, name: str = "Towns", is_shared: bool = False) -> ComparisonList:
    """Make a list of the first partnership's region."""
    made = ComparisonList.objects.create(
        region=partnerships[0].region, owner=owner, name=name, is_shared=is_shared, code=name.lower()
    )
    made.partnerships.set(partnerships)
    return made
