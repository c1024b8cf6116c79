import signal
import threading
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from outbox import services
from outbox.models import Message

Status = Message.Status
WORDS = {
    Status.SENT.value: "sent",
    Status.WAITING.value: "to be tried again",
    Status.FAILED.value: "failed",
    Status.SENDING.value: "may have gone, not sent again",
}


class Command(BaseCommand):
    """Sends the mail that waits; several at once do no harm."""

    help = "Send the mail that waits, each once, and say what was sent and what failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how often to look."""
        parser.add_argument("--watch", metavar="SECONDS", type=_seconds, help="keep going and look this often")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send once, or until somebody says stop; then the mail in hand is finished first."""
        if not services.can_send():
            raise CommandError("There is no mail server, so mail waits. Set EMAIL_HOST.")
        with _stop_asked_for() as stop:
            while not stop.is_set():
                close_old_connections()
                self._send(stop, is_quiet=options["watch"] is not None)
                if options["watch"] is None or stop.wait(options["watch"]):
                    return

    def _send(self, stop: threading.Event, *, is_quiet: bool) -> None:
        """Print a line for each mail and the numbers; addresses of people stay out of logs."""
        found: Counter[str] = Counter()
        for message in services.send_waiting():
            found[message.status] += 1
            said = f": {message.error}" if message.error else ""
            self.stdout.write(f"{message.about} {message.partnership} {WORDS[message.status]}{said}")
            if stop.is_set():
                break
        if found or not is_quiet:
            told = [f"{found[status]} {words}" for status, words in WORDS.items() if found[status]]
            self.stdout.write(", ".join(told) + "." if told else "No mail is due.")


def _seconds(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 24 * 60 * 60:
        raise ArgumentTypeError("give a whole number of seconds, from 1 to 86400")
    return int(text)


@contextmanager
def _stop_asked_for() -> Iterator[threading.Event]:
    """Yield what is set on Ctrl-C or when the system stops us: a mail cut short would be one that may have gone."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
