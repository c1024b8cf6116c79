"""Partnerships that agreed to be asked about what they do well, and a few questions that nobody really mailed."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership
from assessments.helper_queries import helpers_on, named_on
from assessments.low_levels import is_low
from assessments.models import LONDON, Assessment, ReviewedRating
from assessments.queries import questions_for
from casestudies.models import CaseStudy, Enquiry, HelpOffer
from casestudies.services import Ask, ask_helper, offer_help
from cdrp_portal.demonstration import rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.people import COORDINATOR, NEIGHBOUR, OFFICER, SENDER
from cdrp_portal.demonstration.say import Teller
from hallmarks.models import Criterion
from outbox.models import Message
from partnerships.models import Partnership

HOW_MANY = 60
# They agree wherever reviews stand, so that their coordinators have a page to look at.
ALWAYS = ("amber-valley", "derby")
ROLES = ("Community safety team", "Partnership office", "Partnership coordinator", "Neighbourhood safety team")
MARK = "Demonstration data: made up. "
SENT_AFTER = datetime.timedelta(minutes=1)
WHY_FAILED = "The mail server refused the address: 550 5.1.1 (demonstration)"
TOP = 3


@dataclass(frozen=True)
class Question:
    """One made-up question: who asks, how many days before the first run, in which words, and whether mail failed."""

    by: str
    days_before: int
    text: str
    has_failed: bool = False


FROM_AMBER_VALLEY = (
    Question(
        OFFICER,
        12,
        "We are at the beginning with this. What did you do in the first three months, and who had to agree to it?",
    ),
    Question(COORDINATOR, 4, "How many hours a week does it take, and whose hours are they?", has_failed=True),
)
TO_AMBER_VALLEY = (
    Question(NEIGHBOUR, 8, "Could two of us come to your next meeting and listen? We would bring our own figures."),
    Question(SENDER, 2, "What did you stop doing to make room for this?"),
)


@transaction.atomic
def make_helping(tell: Teller) -> None:
    """Let some partnerships agree to be asked, and ask a few questions, unless that was done; no mail goes out."""
    tell.step(_("Finding partnerships that others may ask"))
    if not HelpOffer.objects.exists():
        for place in _who_agrees():
            _agree(place)
        _ask_some()
    facts = {"offers": HelpOffer.objects.current().count(), "questions": Enquiry.objects.count()}
    tell.note(_("%(offers)s partnerships may be asked, %(questions)s questions, none really sent") % facts)


def _who_agrees() -> list[Partnership]:
    """Return those who always do, then others of whom reviewers saw most at the top, first who wrote about it."""
    place = "reviewed__submission__assessment__partnership__slug"
    praised = Counter(ReviewedRating.objects.filter(level__position=TOP).order_by().values_list(place, flat=True))
    wrote = set(CaseStudy.objects.published().values_list("partnership__slug", flat=True))
    others = sorted(praised.keys() - set(ALWAYS))
    drawn = sorted(others, key=lambda slug: (slug not in wrote, -praised[slug]))
    return list(Partnership.objects.filter(slug__in=[*ALWAYS, *drawn][:HOW_MANY]).order_by("slug"))


def _agree(place: Partnership) -> None:
    chance = shape.seeded("offer", place.slug)
    seats = Membership.objects.coordinators().of(place).select_related("user", "agency__partnership")
    at = _moment(20 + chance.randrange(60), 10)
    words = {"role": chance.choice(ROLES), "mailbox": f"partnership@{place.slug}.example"}
    with as_of(at):
        offer_help(**words, read=0, by=seats.order_by("pk")[0], arrived_at=at)


def _ask_some() -> None:
    amber_valley = Partnership.objects.get(slug=ALWAYS[0])
    low = _low_of(amber_valley)
    for question, criterion in zip(FROM_AMBER_VALLEY, low, strict=False):
        _ask(question, criterion, helpers_on(criterion, amber_valley)[0].candidate.place.slug)
    for line in named_on(amber_valley)[:1]:
        for question in TO_AMBER_VALLEY:
            _ask(question, line.criterion, amber_valley.slug)


def _low_of(place: Partnership) -> Sequence[Criterion]:
    """Return what a partnership rates low in the newest round and somebody may be asked about."""
    newest = Assessment.objects.with_criteria().filter(partnership=place, round__is_demonstration=True)
    assessment = newest.order_by("-round__opens_on")[0]
    ratings = {rating.criterion_id: rating for rating in assessment.ratings.select_related("level")}
    asked = [
        question.criterion
        for question in questions_for(assessment).questions
        if is_low(question, ratings.get(question.criterion.pk))
    ]
    return [criterion for criterion in asked if helpers_on(criterion, place)]


def _ask(question: Question, criterion: Criterion, helper: str) -> None:
    seat = Membership.objects.current().select_related("user", "agency__partnership").get(user__email=question.by)
    studies = CaseStudy.objects.published().filter(partnership__slug=helper, criteria=criterion)
    asked = Ask(
        helper=Partnership.objects.get(slug=helper),
        criterion=criterion,
        case_study=studies.first(),
        text=MARK + question.text,
        reply_to=f"partnership@{seat.agency.partnership.slug}.example",
    )
    at = _moment(question.days_before, 14)
    with as_of(at):
        save_id = uuid.UUID(int=shape.seeded("asked", question.by, question.days_before).getrandbits(128))
        made = ask_helper(ask=asked, save_id=save_id, by=seat, arrived_at=at)
    _settle(made, at, has_failed=question.has_failed)


def _settle(enquiry: Enquiry, at: datetime.datetime, *, has_failed: bool) -> None:
    """Say at once what became of the mail, so that none is sent."""
    message = Message.objects.get(key__endswith=str(enquiry.save_id))
    message.attempts, message.next_attempt_at = 1, at + SENT_AFTER
    if has_failed:
        message.status, message.error = Message.Status.FAILED, WHY_FAILED
    else:
        message.status, message.sent_at = Message.Status.SENT, at + SENT_AFTER
    message.save()


def _moment(days_before: int, hour: int) -> datetime.datetime:
    newest = rounds.HOW_MANY - 1
    first_run = rounds.first_run(rounds.demonstration_rounds()[newest], newest)
    day = working_day(first_run - datetime.timedelta(days=days_before))
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=LONDON)
