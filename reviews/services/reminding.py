"""Remind the partnerships of a region: the mails are written with the record of who sent them, and sent afterwards."""

import datetime

from django.db import transaction

from accounts.models import RegionalPost
from assessments.models import Round
from audit.services import record
from outbox import services as outbox
from outbox.models import Message
from partnerships.models import Region
from reviews import letters
from reviews.reminder_queries import reminders_of
from reviews.reminders import Kind, Letter, about, key
from reviews.services.states import role_of


@transaction.atomic
def remind(*, region: Region, round_: Round, kind: Kind, by: RegionalPost, now: datetime.datetime) -> int:
    """Write to everybody who owes something and was not written to today; return how many mails were written.

    Who presses twice, or at the same moment as somebody else, writes nothing twice: each mail's key is unique.
    """
    plan = reminders_of(region, round_, now).plan(kind)
    written = [letter for letter in plan.letters if _write(letter, kind, region, round_, now)]
    if written:
        told = sorted({place.slug for letter in written for place in letter.places})
        after = {"region": region.slug, "of": kind.value, "partnerships": told, "mails": len(written)}
        record(kind="reminders.written", target=round_, by=by.user, role=role_of(by), after=after)
    return len(written)


@transaction.atomic
def send_again(*, region: Region, round_: Round, messages: set[int], by: RegionalPost, now: datetime.datetime) -> int:
    """Let reminders wait again that failed today and still hold; return how many, none where somebody was quicker."""
    offered = {reminder.pk for reminder in reminders_of(region, round_, now).written if reminder.may_retry}
    again = [each for each in Message.objects.filter(pk__in=offered & messages) if _retry(each, now)]
    if again:
        after = {"region": region.slug, "mails": len(again), "partnerships": sorted({m.partnership for m in again})}
        record(kind="reminders.tried_again", target=round_, by=by.user, role=role_of(by), after=after)
    return len(again)


def _write(letter: Letter, kind: Kind, region: Region, round_: Round, now: datetime.datetime) -> bool:
    subject = about(kind, region.slug, round_.slug)
    return outbox.write(
        key=key(subject, letter.person.pk, now),
        about=subject,
        to=letter.person.email,
        subject=letters.subject_of(letter, kind, round_),
        body=letters.text_of(letter, kind, region, round_),
        partnership=letter.partnership,
        now=now,
    )


def _retry(message: Message, now: datetime.datetime) -> bool:
    try:
        outbox.retry(message=message, now=now)
    except outbox.NotFailed:
        return False
    return True
