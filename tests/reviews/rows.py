"""A review's rows made directly, for tests of what a partnership reads and of states that pages cannot come to."""

import datetime
import uuid

from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Extension, ReviewedRating, ReviewedSubmission, Submission
from hallmarks.models import Criterion
from reviews import documents
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from tests.assessments.answering import question, rate_everything, seat, submit
from tests.people import Cast


def submitted(assessment: Assessment, cast: Cast) -> Submission:
    """Rate everything at its middle level, submit, and return the submission."""
    rate_everything(assessment, cast.officer)
    made: Submission = submit(assessment, cast.coordinator)
    return made


def begin(submission: Submission) -> Review:
    """Begin the review of a submission."""
    review, _made = Review.objects.get_or_create(submission=submission)
    return review


def say(review: Review, code: str, by: User, *, level: str = "", reason: str = "") -> ReviewerRating:
    """Give a reviewer's level (none: it does not apply) and reason."""
    asked = question(review.submission.assessment, code)
    return ReviewerRating.objects.create(
        review=review,
        criterion=asked.criterion,
        level=asked.level(level),
        does_not_apply=not level,
        reason=reason,
        save_id=uuid.uuid4(),
        updated_by=by,
    )


def ask(review: Review, by: User, text: str = "How do you know?", *, code: str = "", slug: str = "") -> Query:
    """Ask about one criterion, or about the whole; `slug` is what the question's address says."""
    named = {"code": slug} if slug else {}
    return Query.objects.create(
        review=review, criterion=_criterion(review, code), question=text, asked_by=by, asked_at=timezone.now(), **named
    )


def reply(query: Query, by: User, text: str = "From the audit.") -> Query:
    """Write the reply to a question."""
    query.reply, query.replied_by, query.replied_at = text, seat(by), timezone.now()
    query.save()
    return query


def recommend(
    review: Review, by: User, text: str = "Share one audit.", *, code: str = "", slug: str = ""
) -> Recommendation:
    """Recommend something about one criterion, or about the whole; `slug` is what its address says."""
    named = {"code": slug} if slug else {}
    return Recommendation.objects.create(
        review=review, criterion=_criterion(review, code), text=text, made_by=by, made_at=timezone.now(), **named
    )


def draw(review: Review, by: User, *codes: str) -> None:
    """Draw these criteria into the sample."""
    for code in codes:
        SampledCriterion.objects.create(
            review=review,
            criterion=question(review.submission.assessment, code).criterion,
            drawn_by=by,
            drawn_at=timezone.now(),
        )


def close(review: Review, by: User, summary: str = "") -> ReviewedSubmission:
    """Close a review and freeze its levels, in a document that tells only them and the summary."""
    review.status, review.ended_at, review.ended_by = Review.Status.CLOSED, timezone.now(), by
    review.summary = summary or review.summary
    review.save()
    reviewed = ReviewedSubmission.objects.create(
        submission=review.submission,
        closed_at=review.ended_at,
        document=documents.canonical(_document(review)),
        sha256=f"{review.pk:064d}",
        submission_sha256=review.submission.sha256,
    )
    ReviewedRating.objects.bulk_create(
        ReviewedRating(reviewed=reviewed, criterion=said.criterion, level=said.level, reason=said.reason)
        for said in review.ratings.select_related("criterion", "level")
    )
    return reviewed


def _document(review: Review) -> documents.ReviewDocument:
    submission = review.submission
    said = review.ratings.select_related("criterion", "level")
    return documents.ReviewDocument(
        reference=submission.reference,
        closed_at="2027-05-01T09:00:00+00:00",
        closed_by="Reviewer",
        region=submission.region.slug,
        government_office=submission.region.government_office,
        is_demonstration=submission.assessment.round.is_demonstration,
        submission_sha256=submission.sha256,
        summary=review.summary,
        criteria=tuple(
            documents.ReviewedEntry(
                each.criterion.code, each.level.slug if each.level else "", not each.level, each.reason
            )
            for each in said
        ),
    )


def send_back(review: Review, by: User, reason: str = "Say more.", *, until: datetime.date | None = None) -> None:
    """Return a submission with a reason; `until` gives the partnership that day."""
    review.status, review.return_reason = Review.Status.RETURNED, reason
    review.ended_at, review.ended_by = timezone.now(), by
    review.save()
    assessment = review.submission.assessment
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.RETURNED)
    if until:
        Extension.objects.create(
            round=assessment.round, partnership=assessment.partnership, until=until, reason="Returned"
        )


def _criterion(review: Review, code: str) -> Criterion | None:
    return question(review.submission.assessment, code).criterion if code else None
