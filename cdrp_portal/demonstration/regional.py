"""What one Government Office did besides reviewing: lists to compare with, and reminders that nobody really got."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import RegionalPost
from assessments.models import LONDON, Round
from cdrp_portal.demonstration import rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.say import Teller
from outbox.models import Message
from partnerships.models import AreaType, Partnership
from reviews.models import ComparisonList
from reviews.reminders import Kind
from reviews.services.lists import create_list
from reviews.services.reminding import remind

REVIEWER = "reviewer@east-midlands.example"
FORCE, LARGER = "derbyshire-constabulary", ("derby", "leicester", "lincoln", "northampton", "nottingham")
# Days before the first run, and the hour.
REMINDED = {Kind.SUBMIT: (9, 10), Kind.REPLY: (1, 14)}
SHARE_FAILED = 0.08
WHY_FAILED = "The mail server refused the address: 550 5.1.1 (demonstration)"
SENT_AFTER = datetime.timedelta(minutes=1)


@transaction.atomic
def work_in_a_region(tell: Teller) -> None:
    """Make lists and reminders for the reviewer of one region, unless there are some; no mail goes out."""
    tell.step(_("Reminding the partnerships of one region"))
    post = RegionalPost.objects.select_related("user", "region").get(user__email=REVIEWER)
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    if not ComparisonList.objects.filter(region=post.region).exists():
        _make_lists(post, round_)
    if Message.objects.exists():
        tell.note(_("They were reminded"))
        return
    for kind, moment in REMINDED.items():
        _remind(post, round_, kind, *moment)
    tell.note(_("%(count)s reminders, none really sent") % {"count": Message.objects.count()})


def _make_lists(post: RegionalPost, round_: Round) -> None:
    here = Partnership.objects.filter(police_force__region=post.region).with_area()
    lists = (
        (
            _("Districts of one county (demonstration)"),
            True,
            here.filter(police_force__slug=FORCE, area_type=AreaType.SHIRE_DISTRICT),
        ),
        (_("Larger towns (demonstration)"), False, here.filter(slug__in=LARGER)),
    )
    for name, is_shared, places in lists:
        with as_of(_moment(round_, *REMINDED[Kind.SUBMIT])):
            create_list(region=post.region, name=name, is_shared=is_shared, partnerships=list(places), by=post.user)


def _remind(post: RegionalPost, round_: Round, kind: Kind, days_before: int, hour: int) -> None:
    """Write the reminders as the portal does, and say at once what became of each, so that none is sent."""
    at = _moment(round_, days_before, hour)
    with as_of(at):
        remind(region=post.region, round_=round_, kind=kind, by=post, now=at)
    written = Message.objects.filter(status=Message.Status.WAITING, written_at=at)
    for place, message in enumerate(written):
        _settle(message, place, at)
    Message.objects.bulk_update(written, ["status", "attempts", "error", "sent_at", "next_attempt_at"])


def _settle(message: Message, place: int, at: datetime.datetime) -> None:
    message.attempts, message.next_attempt_at = 1, at + SENT_AFTER
    # The first of each kind failed, so that there is one to look at.
    if place == 0 or shape.seeded("mail", message.key).random() < SHARE_FAILED:
        message.status, message.error = Message.Status.FAILED, WHY_FAILED
    else:
        message.status, message.sent_at = Message.Status.SENT, at + SENT_AFTER


def _moment(round_: Round, days_before: int, hour: int) -> datetime.datetime:
    first_run = rounds.first_run(round_, rounds.HOW_MANY - 1)
    day = working_day(first_run - datetime.timedelta(days=days_before))
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=LONDON)
