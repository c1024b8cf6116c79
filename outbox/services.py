"""Mail is written with what it tells of and sent afterwards, each by one sender; none is sent twice."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.failures import Failure, Verdict, of_the_mail, of_the_way
from outbox.models import Message

LONGEST_SUBJECT = 200
PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
# A sender that has not come back after this was cut short: each step with the mail server may take ten seconds.
CUT_SHORT_AFTER = datetime.timedelta(minutes=10)
Clock = Callable[[], datetime.datetime]


class NotInTransactionError(RuntimeError):
    """Raised when mail is about to be written outside the transaction of what it tells of."""


class NotFailed(Exception):
    """Raised when a mail that is to be tried again has not failed, or somebody else was quicker."""


def can_send() -> bool:
    """Say whether the portal has a mail server; without one, mail waits."""
    return bool(settings.EMAIL_HOST)


def write(
    *,
    key: str,
    about: str,
    to: str,
    subject: str,
    body: str,
    partnership: str = "",
    now: datetime.datetime | None = None,
) -> bool:
    """Write one mail in the caller's transaction and say whether it is new; the same key again writes nothing."""
    _require_transaction(key)
    now = now or timezone.now()
    given = {
        "about": about,
        "to": to,
        # A line break in a subject would start another header.
        "subject": " ".join(subject.split())[:LONGEST_SUBJECT],
        "body": body,
        "partnership": partnership,
        "next_attempt_at": now,
        "written_at": now,
    }
    _message, is_new = Message.objects.get_or_create(key=key, defaults=given)
    return is_new


def retry(*, message: Message, now: datetime.datetime | None = None) -> None:
    """Let a mail that failed wait again, in the caller's transaction, which records who asked for it."""
    _require_transaction(message.key)
    failed = Message.objects.filter(pk=message.pk, status=Message.Status.FAILED)
    again = {"status": Message.Status.WAITING, "attempts": 0, "next_attempt_at": now or timezone.now(), "error": ""}
    if not failed.update(**again):
        raise NotFailed


def send_waiting(*, clock: Clock = timezone.now) -> Iterator[Message]:
    """Send what waits, one mail at a time, and yield each as it is afterwards; stop where the server is not there.

    Never call it in a transaction: that somebody sends a mail is committed before the mail server hears of it.
    """
    while message := _claimed(clock()):
        failure = _hand_over(message)
        _settle(message, failure, clock())
        yield message
        if failure is not None and failure.is_general:
            return


def _require_transaction(key: str) -> None:
    if not database.in_atomic_block:
        raise NotInTransactionError(f"{key} was written outside a transaction.")


def _claimed(now: datetime.datetime) -> Message | None:
    """Take the next mail that is due; of several senders one gets it, and the others look for another."""
    mine = {
        "status": Message.Status.SENDING,
        "attempts": F("attempts") + 1,
        "next_attempt_at": now + CUT_SHORT_AFTER,
    }
    while message := Message.objects.due(now).first():
        with transaction.atomic(durable=True):
            taken = Message.objects.due(now).filter(pk=message.pk).order_by().update(**mine)
        if taken:
            message.attempts += 1
            return message
    return None


def _hand_over(message: Message) -> Failure | None:
    # A connection for each mail: one that the server closed in between would leave a mail that may have gone.
    server = get_connection()
    with _closed_quietly(server):
        try:
            server.open()
        except (OSError, ValueError) as error:
            return of_the_way(error)
        try:
            _send(message, server)
        except (OSError, ValueError) as error:
            return of_the_mail(error)
    return None


def _send(message: Message, server: BaseEmailBackend) -> None:
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMessage(message.subject, message.body, to=[message.to], headers=headers, connection=server)
    if mail.send() != 1:
        raise ValueError("the mail has nobody to go to")


@contextmanager
def _closed_quietly(server: BaseEmailBackend) -> Iterator[None]:
    try:
        yield
    finally:
        # The mail was taken or not before; how the server says goodbye changes nothing.
        with suppress(OSError):
            server.close()


def _settle(message: Message, failure: Failure | None, now: datetime.datetime) -> None:
    """Write down how it went; what may have gone stays as it is, so that nobody is mailed twice."""
    if failure is None:
        message.status, message.sent_at, message.error = Message.Status.SENT, now, ""
    else:
        message.error = failure.words
        message.status = _status_after(failure, message.attempts)
        is_waiting = message.status == Message.Status.WAITING
        message.next_attempt_at = now + PAUSES[message.attempts - 1] if is_waiting else now
    message.save(update_fields=["status", "sent_at", "error", "next_attempt_at"])


def _status_after(failure: Failure, attempts: int) -> Message.Status:
    if failure.verdict is Verdict.UNKNOWN:
        return Message.Status.SENDING
    if failure.verdict is Verdict.NEVER or attempts > len(PAUSES):
        return Message.Status.FAILED
    return Message.Status.WAITING
