"""Mail is written with what it tells of, sent once by one of several senders, and tried again after growing pauses."""

import datetime
import smtplib
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from outbox import services
from outbox.models import Message
from tests.assessments.at_once import all_at_once

NOW = datetime.datetime(2027, 3, 19, 14, 0, tzinfo=datetime.UTC)
Status = Message.Status


def write(key: str = "k", now: datetime.datetime = NOW, **changes: str) -> bool:
    given = {"about": "a round", "to": "pat@portal.test", "subject": "A subject", "body": "A text\n", **changes}
    with transaction.atomic():
        return services.write(key=key, now=now, **given)


def send(now: datetime.datetime = NOW) -> list[str]:
    return [message.status for message in services.send_waiting(clock=lambda: now)]


class Server(locmem.EmailBackend):
    """A mail server that fails where and how a test says; what it took is in `mail.outbox`."""

    on_open: Callable[[], None] = staticmethod(lambda: None)
    on_send: Callable[[], None] = staticmethod(lambda: None)

    def open(self) -> bool | None:
        Server.on_open()
        return None

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Server.on_send()
        return super().send_messages(email_messages)


@pytest.fixture(autouse=True)
def _server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "on_open", Server.on_open)
    monkeypatch.setattr(Server, "on_send", Server.on_send)


def fails_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


# Written


def test_mail_stands_or_falls_with_what_it_tells_of(db: None) -> None:
    with transaction.atomic():
        services.write(key="k", about="a", to="pat@portal.test", subject="S", body="B")
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_never_written_or_tried_again_outside_a_transaction() -> None:
    with pytest.raises(services.NotInTransactionError):
        services.write(key="k", about="a", to="pat@portal.test", subject="S", body="B")
    with pytest.raises(services.NotInTransactionError):
        services.retry(message=Message(key="k"))


def test_the_same_key_again_writes_nothing(db: None) -> None:
    assert write("k") is True
    assert write("k", subject="Another") is False
    assert [message.subject for message in Message.objects.all()] == ["A subject"]


def test_a_line_break_in_a_subject_starts_no_header(db: None) -> None:
    write(subject="Hello\r\nBcc: everybody@portal.test " + "x" * 300)
    subject = Message.objects.get().subject
    assert subject.startswith("Hello Bcc: everybody@portal.test x")
    assert len(subject) == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_at_once_write_it_once() -> None:
    assert all_at_once(*[lambda: write("same", now=timezone.now())] * 4) == []
    assert Message.objects.count() == 1


def test_sent_mail_has_its_time_in_the_database_too(db: None) -> None:
    write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(status=Status.SENT)


# Sent


def test_what_waits_is_sent_once(db: None) -> None:
    write("a", partnership="derby")
    assert send() == [Status.SENT]
    assert send() == []
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("A subject", "A text\n", ["pat@portal.test"])
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    message = Message.objects.get()
    assert (message.status, message.attempts, message.sent_at, message.error) == (Status.SENT, 1, NOW, "")


@pytest.mark.django_db(transaction=True)
def test_it_cannot_be_sent_inside_a_transaction() -> None:
    write()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_that_somebody_sends_it_is_committed_before_the_server_hears_of_it() -> None:
    seen: list[str] = []
    write()
    Server.on_send = lambda: seen.extend(_from_elsewhere())
    send()
    assert seen == [Status.SENDING]


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_once_send_each_mail_once() -> None:
    for number in range(30):
        write(f"m{number}", subject=f"Mail {number}", now=timezone.now())
    assert all_at_once(*[lambda: list(services.send_waiting())] * 3) == []
    assert Counter(message.subject for message in mail.outbox) == Counter(f"Mail {n}" for n in range(30))
    assert set(Message.objects.values_list("status", "attempts")) == {(Status.SENT.value, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_another_sender_took_meanwhile_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    due = type(Message.objects.all()).due

    def due_and_taken(self: object, now: datetime.datetime) -> object:
        monkeypatch.undo()
        found = list(due(self, now)[:1])  # type: ignore[arg-type]
        assert send() == [Status.SENT]
        return _Found(found)

    monkeypatch.setattr(type(Message.objects.all()), "due", due_and_taken)
    assert send() == []
    assert len(mail.outbox) == 1


class _Found(list[Message]):
    def first(self) -> Message | None:
        return self[0] if self else None


def _from_elsewhere() -> list[str]:
    """Return what another connection sees."""
    seen: list[str] = []
    all_at_once(lambda: seen.extend(Message.objects.values_list("status", flat=True)))
    return seen


# Not sent


def test_a_server_that_is_away_is_tried_after_growing_pauses_and_then_no_more(db: None) -> None:
    Server.on_open = fails_with(ConnectionRefusedError(111, "refused at 10.0.0.1"))
    write()
    now, pauses = NOW, []
    while send(now) == [Status.WAITING]:
        message = Message.objects.get()
        assert message.error == "The mail server could not be reached."
        assert send(message.next_attempt_at - datetime.timedelta(seconds=1)) == []
        pauses.append(message.next_attempt_at - now)
        now = message.next_attempt_at
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 30, 120]
    message = Message.objects.get()
    assert (message.status, message.attempts) == (Status.FAILED, 5)
    assert send(now + datetime.timedelta(days=9)) == []


def test_where_the_server_is_away_the_others_are_not_tried(db: None) -> None:
    Server.on_open = fails_with(TimeoutError("timed out"))
    write("a")
    write("b")
    assert send() == [Status.WAITING]
    assert list(Message.objects.values_list("key", "attempts")) == [("a", 1), ("b", 0)]


def test_an_address_that_is_refused_for_good_is_not_tried_again(db: None) -> None:
    Server.on_send = fails_with(smtplib.SMTPRecipientsRefused({"pat@portal.test": (550, b"No such user")}))
    write("a")
    write("b")
    assert send() == [Status.FAILED, Status.FAILED]
    message = Message.objects.get(key="a")
    assert (message.attempts, message.error) == (1, "The mail server refused the address: 550 No such user")


def test_one_that_works_after_a_pause_is_sent_and_its_reason_goes(db: None) -> None:
    Server.on_send = fails_with(smtplib.SMTPDataError(451, b"Busy"))
    write()
    assert send() == [Status.WAITING]
    Server.on_send = lambda: None
    assert send(NOW + datetime.timedelta(minutes=1)) == [Status.SENT]
    assert Message.objects.get().error == ""


def test_one_that_may_have_gone_is_not_sent_again(db: None) -> None:
    Server.on_send = fails_with(smtplib.SMTPServerDisconnected("Connection unexpectedly closed"))
    write()
    assert send() == [Status.SENDING]
    Server.on_send = lambda: None
    assert send(NOW + datetime.timedelta(days=1)) == []
    message = Message.objects.get()
    assert message.may_have_gone(NOW)
    with pytest.raises(services.NotFailed), transaction.atomic():
        services.retry(message=message)
    assert mail.outbox == []


def test_one_whose_sender_was_stopped_may_have_gone(db: None) -> None:
    class PowerCut(BaseException):
        pass

    def cut() -> None:
        raise PowerCut

    Server.on_send = cut
    write()
    with pytest.raises(PowerCut):
        send()
    Server.on_send = lambda: None
    assert send(NOW + datetime.timedelta(days=1)) == []
    message = Message.objects.get()
    assert message.status == Status.SENDING
    assert not message.may_have_gone(NOW)
    assert message.may_have_gone(NOW + services.CUT_SHORT_AFTER)


def test_one_with_nobody_to_go_to_is_not_called_sent(db: None) -> None:
    write(to="")
    assert send() == [Status.FAILED]


def test_how_the_server_says_goodbye_changes_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "close", lambda self: fails_with(TimeoutError())())
    write()
    assert send() == [Status.SENT]


# Tried again by a person


def test_what_failed_waits_again_and_only_once(db: None) -> None:
    write()
    Message.objects.update(status=Status.FAILED, attempts=5, error="No such user")
    message, later = Message.objects.get(), NOW + datetime.timedelta(hours=1)
    with transaction.atomic():
        services.retry(message=message, now=later)
        with pytest.raises(services.NotFailed):
            services.retry(message=message, now=later)
    message.refresh_from_db()
    assert (message.status, message.attempts, message.error) == (Status.WAITING, 0, "")
    assert send(NOW) == []
    assert send(later) == [Status.SENT]


@pytest.mark.parametrize("status", [Status.WAITING, Status.SENDING])
def test_only_what_failed_can_be_tried_again(db: None, status: str) -> None:
    write()
    Message.objects.update(status=status)
    with pytest.raises(services.NotFailed), transaction.atomic():
        services.retry(message=Message.objects.get())


def test_no_mail_server_is_told(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert not services.can_send()
    settings.EMAIL_HOST = "mail.portal.test"
    assert services.can_send()
