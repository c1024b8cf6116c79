"""What waits for a person: the rounds open to their partnerships, those that are over, and what their agency owes."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.access import Standing
from accounts.models import Role
from assessments import services
from assessments.models import LONDON, Assessment, ImprovementAction, Submission
from assessments.progress import Progress
from assessments.queries import progress_of
from assessments.view_queries import own_way, with_own_given
from assessments.view_walk import Way
from partnerships.models import Partnership, Region
from reviews.partnership_queries import Waiting, sent_with_reviews, waiting_of
from reviews.queries import Glance, glances_of

DUE_WITHIN = datetime.timedelta(days=30)
MOST_ACTIONS = 5


@dataclass(frozen=True)
class Job:
    """One assessment of one's own: how far it is, what was submitted, what its reviews ask, and the way to views.

    `way` is the person's own through the form of views while they may be given; afterwards all may be seen.
    """

    assessment: Assessment
    progress: Progress
    submission: Submission | None
    is_open: bool
    may_rate: bool
    waiting: Waiting | None = None
    way: Way | None = None
    shows_views: bool = False
    is_withdrawn: bool = False

    @property
    def questions(self) -> int:
        """How many questions of the Government Office wait for a reply."""
        return self.waiting.questions if self.waiting else 0

    @property
    def is_reviewed(self) -> bool:
        """Whether the review of what counts is closed, so that there is a report with it."""
        closed = self.waiting.review.submission_id if self.waiting and self.waiting.is_closed else None
        return self.submission is not None and self.submission.pk == closed


@dataclass(frozen=True)
class Work:
    """What *Your work* lists: one's assessments now, earlier and to come, whom one writes for, regions one reviews."""

    now: tuple[Job, ...]
    earlier: tuple[Job, ...]
    later: tuple[Assessment, ...]
    may_write_for: tuple[Partnership, ...]
    regions: tuple[tuple[Region, list[Glance]], ...]

    @property
    def asked(self) -> tuple[Job, ...]:
        """Those with questions that wait for a reply."""
        return tuple(job for job in (*self.now, *self.earlier) if job.questions)


def work_of(standing: Standing, at: datetime.datetime) -> Work:
    """Return the assessments of a person's partnerships and their regions' rounds, in seven queries at most."""
    own = {seat.agency.partnership for seat in standing.memberships}
    seats = [seat for place in own if (seat := standing.membership_in(place))]
    assessments = (
        with_own_given(Assessment.objects.with_round(), seats)
        .filter(partnership__in=own)
        .prefetch_related("ratings", Prefetch("submissions", sent_with_reviews(), to_attr="sent"))
        .order_by("-round__opens_on", "partnership__name")
    )
    jobs = list(_jobs((one for one in assessments if one.has_begun(at)), standing, at))
    newest = jobs[0].assessment.round.opens_on if jobs else None
    now = tuple(job for job in jobs if job.is_open or job.assessment.round.opens_on == newest)
    return Work(
        now=now,
        earlier=tuple(job for job in jobs if job not in now),
        later=tuple(one for one in sorted(assessments, key=_opening) if not one.has_begun(at)),
        may_write_for=tuple(sorted((one for one in own if standing.is_at_least(Role.OFFICER, one)), key=str)),
        regions=tuple(glances_of([post.region for post in standing.posts], at.astimezone(LONDON).date())),
    )


def _opening(assessment: Assessment) -> tuple[datetime.date, str]:
    return assessment.round.opens_on, assessment.partnership.name


def actions_due(standing: Standing, at: datetime.datetime) -> list[ImprovementAction]:
    """Return what the person's agencies promised and has a day within a month or behind us; at most five, one query."""
    agencies = {seat.agency_id for seat in standing.memberships}
    due = ImprovementAction.objects.due_by(at.astimezone(LONDON).date() + DUE_WITHIN).filter(owner__in=agencies)
    return list(due.listed().select_related("partnership")[:MOST_ACTIONS])


def _jobs(assessments: Iterable[Assessment], standing: Standing, at: datetime.datetime) -> Iterator[Job]:
    for assessment in assessments:
        seat = standing.membership_in(assessment.partnership)
        sent: list[Submission] = assessment.sent  # type: ignore[attr-defined]
        current = next((submission for submission in sent if submission.is_current), None)
        yield Job(
            assessment=assessment,
            progress=progress_of(assessment),
            submission=current if assessment.is_submitted else None,
            is_open=assessment.is_open(at),
            is_withdrawn=assessment.status == Assessment.Status.DRAFT and any(one.withdrawn_at for one in sent),
            may_rate=seat is not None and seat.role != "viewer",
            waiting=waiting_of(sent),
            way=None if services.view_refusal_of(assessment, at) else own_way(assessment),
            shows_views=assessment.views_are_revealed(at),
        )
