"""`manage.py worker`: make the reports that are missing, and send the mail that waits, as long as it runs."""

import os
import signal
import threading
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from outbox import services as mail
from reports.making import Makers, Making, working
from reports.pdf import PdfUnavailable
from reports.stored import Report

MOST = 16


class Command(BaseCommand):
    """Makes what is missing; several at once do no harm."""

    help = "Make the reports that are missing, newest first, and send the mail that waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to go on, how many at once, and how often to look."""
        parser.add_argument("--once", action="store_true", help="stop when nothing is missing")
        parser.add_argument("--processes", metavar="N", type=_processes, help="so many reports at once (2 at most)")
        parser.add_argument("--watch", metavar="SECONDS", type=_seconds, default=2, help="look this often; 2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until there is nothing left, or until somebody says stop; then the report in hand is finished first."""
        number = options["processes"] or min(2, os.cpu_count() or 1)
        with working(), _stop_asked_for() as stop, closing(Makers(number)) as makers:
            making = Making(number, self._tell, lambda: self._is_over(stop))
            while not stop.is_set():
                close_old_connections()
                self._work(making, makers)
                if options["once"] or stop.wait(options["watch"]):
                    break
        self.stdout.write(f"Reports made: {making.made}. Could not be made: {making.failed}.")

    def _work(self, making: Making, makers: Makers) -> None:
        try:
            making.make(makers)
        except PdfUnavailable as why:
            raise CommandError(f"This machine cannot make PDFs: {why} See the README for what to install.") from why

    def _is_over(self, stop: threading.Event) -> bool:
        """Say whether somebody said stop; what mail waits is sent first, so that it never waits for all reports."""
        if mail.can_send():
            for _message in mail.send_waiting():
                if stop.is_set():
                    break
        return stop.is_set()

    def _tell(self, report: Report, why: str) -> None:
        what = f"{report.submission.reference} {'reviewed, ' if report.reviewed else ''}{report.form}"
        self.stdout.write(f"{what}: could not be made. {why}" if why else f"{what}: made")
        self.stdout.flush()


def _processes(text: str) -> int:
    return _whole(text, MOST)


def _seconds(text: str) -> int:
    return _whole(text, 24 * 60 * 60)


def _whole(text: str, most: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise ArgumentTypeError(f"give a whole number from 1 to {most}")
    return int(text)


@contextmanager
def _stop_asked_for() -> Iterator[threading.Event]:
    """Yield what is set on Ctrl-C or when the system stops us: then the reports in hand are finished, and no other."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
