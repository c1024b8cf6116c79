"""A region's partnerships in one round: how far each is, what waits for it and what is late; never what it answered."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Membership
from assessments.models import AssessmentQuerySet, ImprovementAction, ReviewedSubmission, Round, Submission
from assessments.round_progress import State, days_left, reviewed_state, state_of
from assessments.round_queries import criteria_asked, with_progress
from outbox.models import Message
from partnerships.models import Region
from reviews.models import Query, Review, ReviewerRating
from reviews.queries import assessments_of
from reviews.reminders import Kind, about
from reviews.worklist import Line

# The review of what an assessment submitted last.
OF_REVIEW = {"submission__assessment": OuterRef("pk"), "submission__is_current": True}
# What counts as a change: the partnership's steps, and the Government Office's own.
MOMENTS = ("sent_at", "changed_at", "said_at", "asked_at", "replied_at", "ended_at", "withdrawn_at")


def lines_of(region: Region, round_: Round, today: datetime.date) -> list[Line]:
    """Return one line for each of the region's partnerships in a round, in two queries."""
    asked = criteria_asked(round_)
    return [_line(each, asked(each.partnership), today) for each in standings_of(region, round_, today)]


def standings_of(region: Region, round_: Round, today: datetime.date) -> Iterable[Any]:
    """Return the region's assessments in a round with all that their states follow from, in one query.

    Any: the annotations are not the model's own attributes.
    """
    found = with_progress(assessments_of(region).filter(round=round_).with_round())
    earlier = _earlier(region)
    return _with_review(found, today).annotate(
        can_be_reminded=_can_be_reminded(region, round_, today),
        withdrawn_at=Subquery(_sent_here(region).values("withdrawn_at")[:1]),
        earlier_round=Subquery(earlier.values("assessment__round__slug")[:1]),
        earlier_round_name=Subquery(earlier.values("assessment__round__name")[:1]),
    )


def state_on(assessment: Any, today: datetime.date) -> State:
    """Return the state of one of `standings_of`; what was closed as returned is closed."""
    if assessment.is_submitted or assessment.is_closed:
        return reviewed_state(has_questions=assessment.questions > 0, is_closed=assessment.is_closed)
    return state_of(
        is_submitted=False,
        is_returned=assessment.is_returned,
        is_begun=assessment.changed_at is not None,
        days_left=days_left(assessment.closes_on, today),
    )


def _with_review(assessments: AssessmentQuerySet, today: datetime.date) -> AssessmentQuerySet:
    current = {f"review__{name}": value for name, value in OF_REVIEW.items()}
    late = ImprovementAction.objects.open().filter(partnership=OuterRef("partnership"), due_on__lt=today)
    reviewed = ReviewerRating.objects.filter(**current)
    # What a closed review left unanswered stays so.
    asked = Query.objects.unanswered().filter(**current).exclude(review__status=Review.Status.CLOSED)
    queries = Query.objects.filter(**current)
    closed = ReviewedSubmission.objects.filter(submission__assessment=OuterRef("pk"), submission__is_current=True)
    return assessments.annotate(
        reviewed=_number(reviewed, "review"),
        questions=_number(asked, "review"),
        overdue=_number(late, "partnership"),
        is_closed=Exists(closed),
        said_at=_latest(reviewed, "updated_at"),
        asked_at=_latest(queries, "asked_at"),
        replied_at=_latest(queries, "replied_at"),
        ended_at=Subquery(Review.objects.filter(**OF_REVIEW).values("ended_at")[:1]),
    )


def _can_be_reminded(region: Region, round_: Round, today: datetime.date) -> Q:
    """Say whether there is a coordinator to write to, and today's mail was not written yet."""
    coordinators = Membership.objects.coordinators().filter(agency__partnership=OuterRef("partnership"))
    mails = Message.objects.filter(about=about(Kind.SUBMIT, region.slug, round_.slug))
    written = mails.filter(partnership=OuterRef("partnership__slug"), written_at__date=today)
    return Q(Exists(coordinators), ~Exists(written))


def _sent_here(region: Region) -> QuerySet[Submission]:
    """Return what an assessment submitted to this office, the last first: where that was withdrawn, nothing counts."""
    return Submission.objects.filter(assessment=OuterRef("pk"), region=region).order_by("-number")


def _earlier(region: Region) -> QuerySet[Submission]:
    """Return what the partnership submitted to the same office in rounds that opened before, the newest first."""
    return Submission.objects.filter(
        is_current=True,
        region=region,
        assessment__partnership=OuterRef("partnership"),
        assessment__round__opens_on__lt=OuterRef("round__opens_on"),
    ).order_by("-assessment__round__opens_on", "-pk")


def _latest(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by().values("review").annotate(last=Max(column)).values("last"))


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(of).annotate(n=Count("pk")).values("n")), 0)


def _line(assessment: Any, asked: int, today: datetime.date) -> Line:
    state = state_on(assessment, today)
    changes = (getattr(assessment, name) for name in MOMENTS)
    return Line(
        slug=assessment.partnership.slug,
        name=assessment.partnership.name,
        force=assessment.partnership.police_force.name,
        force_slug=assessment.partnership.police_force.slug,
        state=state,
        rated=asked if state.is_sent else assessment.rated,
        asked=asked,
        reviewed=assessment.reviewed,
        questions=assessment.questions,
        overdue=assessment.overdue,
        closes_on=assessment.closes_on,
        days_left=days_left(assessment.closes_on, today),
        is_extended=assessment.closes_on > assessment.round.closes_on,
        can_be_reminded=assessment.can_be_reminded,
        changed_at=max((moment for moment in changes if moment), default=None),
        submitted_at=assessment.sent_at,
        withdrawn_at=assessment.withdrawn_at,
        earlier_round=assessment.earlier_round or "",
        earlier_round_name=assessment.earlier_round_name or "",
    )
