"""Short ways to the states that a region's pages tell: submitted, asked, closed, sent back."""

import datetime

from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, ReviewedSubmission, Round, Submission
from partnerships.models import Partnership
from reviews.models import Query, Review
from tests.assessments import answering


def of(round_: Round, partnership: Partnership) -> Assessment:
    """Return a partnership's assessment in a round."""
    return Assessment.objects.with_round().get(round=round_, partnership=partnership)


def sent(assessment: Assessment, by: User) -> Submission:
    """Rate everything and submit."""
    answering.rate_everything(assessment, by)
    submission: Submission = answering.submit(assessment, by)
    return submission


def asked(submission: Submission, by: User, number: int = 1) -> Review:
    """Ask the partnership so many questions."""
    review, _made = Review.objects.get_or_create(submission=submission)
    for each in range(number):
        Query.objects.create(review=review, question=f"Why {each}?", asked_by=by, asked_at=timezone.now())
    return review


def closed(submission: Submission, by: User) -> Review:
    """Close the review."""
    review, _made = Review.objects.get_or_create(submission=submission)
    now = timezone.now()
    Review.objects.filter(pk=review.pk).update(status=Review.Status.CLOSED, ended_at=now, ended_by=by, return_reason="")
    ReviewedSubmission.objects.create(
        submission=submission,
        closed_at=now,
        document="{}",
        sha256=f"{submission.pk:064d}",
        submission_sha256=submission.sha256,
    )
    return review


def returned(submission: Submission, by: User) -> None:
    """Send it back to be changed and submitted again."""
    review, _made = Review.objects.get_or_create(submission=submission)
    Review.objects.filter(pk=review.pk).update(
        status=Review.Status.RETURNED, ended_at=timezone.now(), ended_by=by, return_reason="Say more"
    )
    Assessment.objects.filter(pk=submission.assessment_id).update(status=Assessment.Status.RETURNED)


def in_days(days: int) -> datetime.date:
    """Return a day counted from today."""
    return timezone.localdate() + datetime.timedelta(days=days)
