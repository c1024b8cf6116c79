"""A round that has closed, with enough partnerships for a release, for the tests of it."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence

from django.utils import timezone

from accounts.models import User
from assessments import documents
from assessments.models import Assessment, Round, Submission
from hallmarks.outline import outline_of
from partnerships.models import AreaType, Partnership, PoliceForce
from tests.reports import making

# LEAD.1, LEAD.2, LAW.1, LAW.2 of tests/criteria.py, in published order.
MIXED = ("0120", "1211", "2302", "3010", "1121", "2212", "0310", "3121", "2010", "1302", "2111", "0222")
# What nobody here reads, and what must be readable all the same.
DOCUMENT = documents.canonical(making.small())


def close(round_: Round, days_ago: int = 5) -> datetime.datetime:
    """Let a round have closed some days ago, and return the moment."""
    Round.objects.filter(pk=round_.pk).update(
        opens_on=timezone.localdate() - datetime.timedelta(days=100),
        closes_on=timezone.localdate() - datetime.timedelta(days=days_ago),
    )
    round_.refresh_from_db()
    return round_.closes_at


def neighbours(
    force: PoliceForce, number: int, prefix: str = "n", area: str = AreaType.SHIRE_DISTRICT
) -> list[Partnership]:
    """Make partnerships of one force."""
    return Partnership.objects.bulk_create(
        Partnership(slug=f"{prefix}-{n}", name=f"Secret {prefix} {n}", police_force=force, area_type=area)
        for n in range(number)
    )


def send(
    round_: Round, partnership: Partnership, levels: str, by: User, at: datetime.datetime, **changes: object
) -> Submission:
    """Submit packed levels at a moment, as the current submission."""
    assessment, _made = Assessment.objects.get_or_create(round=round_, partnership=partnership)
    assessment.submissions.update(is_current=False)
    number = assessment.submissions.count() + 1
    reference = f"{round_.slug}-{partnership.slug}-{number}"
    known = {
        "region": partnership.region,
        "police_force": partnership.police_force,
        "family_group": partnership.family_group,
    }
    return Submission.objects.create(
        assessment=assessment,
        number=number,
        reference=reference,
        submitted_by=by,
        submitted_at=at,
        document=DOCUMENT,
        sha256=hashlib.sha256(reference.encode()).hexdigest(),
        levels=levels,
        **(known | changes),
    )


def fill(
    round_: Round, partnerships: Sequence[Partnership], by: User, at: datetime.datetime, levels: Sequence[str] = MIXED
) -> Mapping[str, Submission]:
    """Submit for each of the partnerships, with levels in turn."""
    assert len(levels[0]) == len(outline_of(round_.version).questions)
    return {
        partnership.slug: send(round_, partnership, levels[n % len(levels)], by, at)
        for n, partnership in enumerate(partnerships)
    }
