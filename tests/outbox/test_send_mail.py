"""The command that sends: it says how each mail went, keeps going when asked, and stops between two mails."""

import datetime
import os
import signal
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from outbox import services
from outbox.management.commands import send_mail
from outbox.models import Message


@pytest.fixture(autouse=True)
def _mail_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = "mail.portal.test"
    # The test's own transaction would end with its connection.
    monkeypatch.setattr(send_mail, "close_old_connections", lambda: None)


def write(key: str, to: str = "pat@portal.test") -> None:
    with transaction.atomic():
        services.write(key=key, about="reminders/2027", to=to, subject="S", body="B", partnership="derby")


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("send_mail", *arguments, stdout=output)
    return output.getvalue()


def test_it_says_what_was_sent_and_failed_and_names_nobody(db: None) -> None:
    write("a")
    write("b", to="")
    assert run().splitlines() == [
        "reminders/2027 derby sent",
        "reminders/2027 derby failed: The mail could not be put together; check the address.",
        "1 sent, 1 failed.",
    ]
    assert run() == "No mail is due.\n"


def test_without_a_mail_server_it_says_what_to_set_and_mail_waits(db: None, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    write("a")
    with pytest.raises(CommandError, match="Set EMAIL_HOST"):
        run()
    assert Message.objects.get().status == Message.Status.WAITING


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "1e9", "86401"])
def test_it_refuses_to_look_too_often_or_never(seconds: str) -> None:
    with pytest.raises(CommandError, match="whole number of seconds"):
        run("--watch", seconds)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_the_mail_in_hand(
    db: None, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    write("a")
    write("b")
    handler = signal.getsignal(number)
    send = services._send

    def send_and_be_told(*arguments: object) -> None:
        send(*arguments)  # type: ignore[arg-type]
        os.kill(os.getpid(), number)

    monkeypatch.setattr(services, "_send", send_and_be_told)
    assert run("--watch", "3600").splitlines() == ["reminders/2027 derby sent", "1 sent."]
    assert list(Message.objects.values_list("key", "status")) == [("a", "sent"), ("b", "waiting")]
    assert len(mail.outbox) == 1
    assert signal.getsignal(number) is handler


def test_watching_it_looks_again_and_is_quiet_where_nothing_is_due(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def wait(self: object, seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) == 1:
            write("later")
        return len(waited) == 3

    monkeypatch.setattr("threading.Event.wait", wait)
    assert run("--watch", "5").splitlines() == ["reminders/2027 derby sent", "1 sent."]
    assert waited == [5, 5, 5]


def test_nothing_is_sent_before_its_time(db: None) -> None:
    write("a")
    Message.objects.update(next_attempt_at=timezone.now() + datetime.timedelta(hours=1))
    assert run() == "No mail is due.\n"
