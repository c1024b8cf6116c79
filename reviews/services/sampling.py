"""Draw criteria at random, for which the partnership is to show evidence, and ask for it."""

import datetime
import random

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import RegionalPost
from assessments.models import Submission, SubmittedRating
from audit.services import record
from hallmarks.models import Criterion
from hallmarks.outline import outline_by_id
from reviews.models import SampledCriterion
from reviews.services.asking import ask
from reviews.services.opening import lock_open
from reviews.services.states import Refused, role_of


class TooFewLeft(Refused):
    """Fewer criteria than that can still be drawn; `left` says how many."""

    why = "too-few"

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} criteria can be drawn.")
        self.left = left


@transaction.atomic
def draw_sample(
    *,
    submission: Submission,
    number: int,
    by: RegionalPost,
    arrived_at: datetime.datetime,
    chance: random.Random | None = None,
) -> list[Criterion]:
    """Draw so many of the criteria that apply and were not drawn before; each is as likely as any other.

    One question about each asks for the evidence, so that it can be told in a reply when nothing can be edited.
    What was drawn of an earlier submission in the same round stays drawn. Raises TooFewLeft.
    """
    review = lock_open(submission, by)
    left = list(undrawn(submission))
    if not 0 < number <= len(left):
        raise TooFewLeft(len(left))
    drawn = (chance or random.SystemRandom()).sample(left, number)
    SampledCriterion.objects.bulk_create(
        SampledCriterion(review=review, criterion=criterion, drawn_by=by.user, drawn_at=arrived_at)
        for criterion in drawn
    )
    record(
        kind="review.sampled",
        target=review,
        by=by.user,
        role=role_of(by),
        partnership=submission.assessment.partnership.slug,
        after={"drawn": sorted(criterion.code for criterion in drawn), "of": len(left)},
    )
    _ask_for_evidence(submission, drawn, by, arrived_at)
    return drawn


def _ask_for_evidence(
    submission: Submission, drawn: list[Criterion], by: RegionalPost, arrived_at: datetime.datetime
) -> None:
    outline = outline_by_id(submission.assessment.round.version_id)
    keys = {criterion.pk for criterion in drawn}
    text = _("This criterion was drawn at random. Please say what evidence there is, and where it can be seen.")
    for question in outline.questions:
        if question.criterion.pk in keys:
            ask(submission=submission, question=question, text=text, by=by, arrived_at=arrived_at)


def undrawn(submission: Submission) -> list[Criterion]:
    """Return the criteria that the partnership answered as applying and that were not drawn, in published order."""
    drawn = SampledCriterion.objects.filter(review__submission__assessment=submission.assessment_id)
    rows = (
        SubmittedRating.objects.filter(submission=submission)
        .exclude(level=None)
        .exclude(criterion__in=drawn.values("criterion"))
    )
    return [row.criterion for row in rows.select_related("criterion").order_by("pk")]
