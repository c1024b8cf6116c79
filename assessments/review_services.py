"""What a Government Office's review does to an assessment: it sends it back, or what it said is kept beside it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assessments.documents import fingerprint
from assessments.models import Assessment, ReviewedRating, ReviewedSubmission, Round, Submission
from assessments.round_services import ExtensionInThePast, RoundRefused, give_until
from audit.services import record
from hallmarks.models import Criterion, Level

# For how long a submission can be returned, counted from the day on which it is.
LONGEST_RETURN = datetime.timedelta(days=365)


class NotSubmitted(RoundRefused):
    """The assessment is with the partnership already, so there is nothing to send back."""

    message = gettext_lazy("The partnership can change its answers already")


class BeforeItCloses(RoundRefused):
    """The partnership has longer than that already."""

    field = "until"

    def __init__(self, day: datetime.date) -> None:
        super().__init__()
        self.day = day


class TooFarAhead(RoundRefused):
    """The partnership would have longer than anybody needs; `day` is the last that can be given."""

    field = "until"

    def __init__(self, day: datetime.date) -> None:
        super().__init__()
        self.day = day


@dataclass(frozen=True)
class ReviewedLine:
    """What a reviewer saw of one criterion; no level means that it does not apply."""

    criterion: Criterion
    level: Level | None
    reason: str


@transaction.atomic
def return_assessment(
    *, assessment: Assessment, until: datetime.date, reason: str, by: User, role: str
) -> datetime.date:
    """Let the partnership edit again what it submitted, until the end of a day; return that day.

    The submission stays the current one until the next. Raises NotSubmitted, or what `_check_until` raises.
    """
    locked = Assessment.objects.select_for_update(of=("self",)).with_round().get(pk=assessment.pk)
    if not locked.is_submitted:
        raise NotSubmitted
    round_ = Round.objects.select_for_update().get(pk=locked.round_id)
    _check_until(until, locked.closes_on)
    if until > locked.closes_on:
        words = _("Returned by the Government Office")
        give_until(round_=round_, partnership=locked.partnership, until=until, reason=words, by=by, role=role)
    Assessment.objects.filter(pk=locked.pk).update(status=Assessment.Status.RETURNED)
    record(
        kind="review.returned",
        target=locked,
        by=by,
        role=role,
        partnership=locked.partnership.slug,
        after={"reason": reason, "until": until},
    )
    return until


def _check_until(until: datetime.date, closes_on: datetime.date) -> None:
    """Raise ExtensionInThePast, BeforeItCloses or TooFarAhead unless the partnership can be given that day."""
    today = timezone.localdate()
    if until < today:
        raise ExtensionInThePast
    if until < closes_on:
        raise BeforeItCloses(closes_on)
    last = max(closes_on, today + LONGEST_RETURN)
    if until > last:
        raise TooFarAhead(last)


@transaction.atomic
def keep_review(
    *,
    submission: Submission,
    text: str,
    lines: Iterable[ReviewedLine],
    closed_at: datetime.datetime,
    by: User,
    role: str,
    is_as_returned: bool = False,
) -> ReviewedSubmission:
    """Keep a closed review as a second document, chained to the submission's by its fingerprint; it never changes.

    `is_as_returned` tells the history that the submission was sent back and no other came.
    """
    reviewed = ReviewedSubmission.objects.create(
        submission=submission,
        closed_at=closed_at,
        document=text,
        sha256=fingerprint(text),
        submission_sha256=submission.sha256,
    )
    ReviewedRating.objects.bulk_create(
        ReviewedRating(reviewed=reviewed, criterion=line.criterion, level=line.level, reason=line.reason)
        for line in lines
    )
    record(
        kind="review.closed",
        target=submission.assessment,
        by=by,
        role=role,
        partnership=submission.assessment.partnership.slug,
        after={
            "reference": submission.reference,
            "sha256": reviewed.sha256,
            **({"as_returned": True} if is_as_returned else {}),
        },
    )
    return reviewed
