"""Fill one round: every partnership's answers, and the submissions of those that sent them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from assessments.models import LONDON, Assessment, Evidence, Rating, Round
from audit.models import Event
from audit.services import record
from casestudies.models import CaseStudy
from cdrp_portal.demonstration import actions, answers, carrying, rounds, shape, submissions
from cdrp_portal.demonstration.answers import Sheet, Writer
from cdrp_portal.demonstration.case_studies import CITED
from cdrp_portal.demonstration.clock import working_day
from cdrp_portal.demonstration.map import COUNCIL, DISTRICT_COUNCIL
from cdrp_portal.demonstration.people import ADMINISTRATOR
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.outline import Outline, outline_of
from partnerships.models import Partnership, Tier

AT_A_TIME = 94
# The partnerships whose people may sign in, so that there is something to show and something left to do.
SHOWN = ("amber-valley", "derby", "erewash", "exeter")
OPEN_PROGRESS = {
    "amber-valley": shape.Progress(33, is_submitted=False),
    "derby": shape.Progress(43, is_submitted=False),
    "erewash": shape.Progress(49, is_submitted=True),
}
# Before the views were revealed and the meeting held: days before the first run.
WRITTEN_UNTIL = {"derby": 10}
FIRST_DAYS = 14
OFFICE_HOURS = range(9, 17)
LAST_CHANGE = datetime.time(8, 40)
SATURDAY = 5


@dataclass(frozen=True)
class Task:
    """One round to fill; `number` is its place among the three, and the last is open."""

    round: Round
    number: int
    outline: Outline
    writers: dict[int, Writer]
    senders: dict[int, Writer]
    usual_writer: User
    study: CaseStudy | None

    @property
    def is_open(self) -> bool:
        """Whether partnerships are still at work on it."""
        return self.number == rounds.HOW_MANY - 1

    @property
    def last_day(self) -> datetime.date:
        """The last day on which anything happened: the day before the first run, or the day it closed."""
        if self.is_open:
            return self.first_run - datetime.timedelta(days=1)
        return self.round.closes_on

    @property
    def first_run(self) -> datetime.date:
        """The day on which the demonstration was made, from which all rounds' days are counted."""
        return rounds.first_run(self.round, self.number)

    def writer(self, partnership: Partnership) -> Writer:
        """Return the partnership's own person, or the portal's where it has none."""
        council = DISTRICT_COUNCIL if partnership.tier == Tier.TWO_TIER else COUNCIL
        return self.writers.get(partnership.pk, Writer(self.usual_writer, council))


def fill_round(tell: Teller, number: int, limit: int | None = None) -> None:
    """Write the answers of one demonstration round in one transaction; `limit` fills the first partnerships only."""
    round_ = rounds.demonstration_rounds()[number]
    assessments = _assessments(round_)[:limit]
    tell.step(_("Writing %(count)s assessments of the %(round)s") % {"count": len(assessments), "round": round_.name})
    with transaction.atomic():
        # Two runs at once: the second waits here until the first has filled the round.
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if Event.objects.about(locked).filter(kind=MADE).exists():
            tell.note(_("They are there"))
            return
        task = _task(round_, number)
        for done in _fill(task, assessments):
            tell.note(_("%(done)s of %(total)s") % {"done": done, "total": len(assessments)})
        _carry(task)
        record(kind=MADE, target=round_, by=None, after={"assessments": len(assessments)})


def _carry(task: Task) -> None:
    if task.is_open:
        carrying.carry(task.round, rounds.opening(task.round.opens_on), writers=task.writers, by=task.usual_writer)


def _assessments(round_: Round) -> list[Assessment]:
    """Return the round's assessments, those with people first."""
    every = Assessment.objects.filter(round=round_).with_round().prefetch_related("partnership__agencies")
    return sorted(every, key=lambda found: (found.partnership.slug not in SHOWN, found.partnership.slug))


def _task(round_: Round, number: int) -> Task:
    people = Membership.objects.filter(user__is_demonstration=True).exclude(role=Role.VIEWER)
    seats = list(people.select_related("user", "agency").order_by("pk"))
    return Task(
        round=round_,
        number=number,
        outline=outline_of(round_.version),
        writers=_writers(seats),
        senders=_writers(seat for seat in seats if seat.role == Role.COORDINATOR),
        usual_writer=User.objects.get(email=ADMINISTRATOR),
        study=CaseStudy.objects.filter(partnership__slug=CITED[0], slug=CITED[1]).first(),
    )


def _writers(seats: Iterable[Membership]) -> dict[int, Writer]:
    return {seat.agency.partnership_id: Writer(seat.user, seat.agency.name) for seat in seats}


def _fill(task: Task, assessments: Sequence[Assessment]) -> Iterator[int]:
    for start in range(0, len(assessments), AT_A_TIME):
        sheets = [_sheet(task, assessment) for assessment in assessments[start : start + AT_A_TIME]]
        days = [_day(task, sheet) for sheet in sheets]
        answers.save(sheets)
        _date(sheets, days)
        actions.make(sheets, days, task.first_run)
        sent = [(sheet, _hour(sheet, day)) for sheet, day in zip(sheets, days, strict=True) if sheet.is_submitted]
        submissions.submit([sheet for sheet, _at in sent], [at for _sheet, at in sent])
        yield start + len(sheets)


def _sheet(task: Task, assessment: Assessment) -> Sheet:
    partnership = assessment.partnership
    questions = answers.questions_of(task.outline)
    progress = _progress(task, partnership.slug, len(questions))
    writer = task.writer(partnership)
    sender = task.senders.get(partnership.pk, writer)
    sheet = Sheet(assessment, writer, progress.is_submitted, sender)
    lines = shape.lines(partnership.slug, task.number, questions)
    rated = shape.rated_first(partnership.slug, lines, progress.rated)
    answers.fill(sheet, task.outline, rated, task.study if task.is_open else None)
    return sheet


def _progress(task: Task, slug: str, questions: int) -> shape.Progress:
    if task.is_open:
        return OPEN_PROGRESS.get(slug) or shape.open_progress(slug, questions)
    return shape.closed_progress(slug, task.number, questions, surely=slug in SHOWN)


def _day(task: Task, sheet: Sheet) -> datetime.date:
    """Return the day on which a sheet was last worked on, and sent if it was."""
    if task.is_open and sheet.assessment.partnership.slug in WRITTEN_UNTIL:
        until = datetime.timedelta(days=WRITTEN_UNTIL[sheet.assessment.partnership.slug])
        return working_day(task.first_run - until)
    span = (task.last_day - task.round.opens_on).days
    chance = shape.seeded("day", sheet.assessment.partnership.slug, task.number)
    day = task.round.opens_on + datetime.timedelta(days=chance.randint(FIRST_DAYS, span))
    after_weekend = datetime.timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)
    return min(day + after_weekend, task.last_day)


def _hour(sheet: Sheet, day: datetime.date) -> datetime.datetime:
    chance = shape.seeded("hour", sheet.assessment.partnership.slug, day)
    time = datetime.time(chance.choice(OFFICE_HOURS), chance.randrange(60))
    return datetime.datetime.combine(day, time, tzinfo=LONDON)


def _date(sheets: Sequence[Sheet], days: Sequence[datetime.date]) -> None:
    # Both columns fill themselves with the present moment on insert, so the made-up one is written after it.
    by_day = defaultdict(list)
    for sheet, day in zip(sheets, days, strict=True):
        by_day[day].append(sheet.assessment.pk)
    for day, assessments in by_day.items():
        at = datetime.datetime.combine(day, LAST_CHANGE, tzinfo=LONDON)
        Rating.objects.filter(assessment__in=assessments).update(updated_at=at)
        Evidence.objects.filter(rating__assessment__in=assessments).update(added_at=at)
