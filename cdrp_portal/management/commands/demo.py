"""`manage.py demo [--port N] [--no-serve]`: the portal with made-up data, from an empty folder to a running server."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from cdrp_portal.demonstration import people, steps

HOST = "127.0.0.1"
USUAL_PORT = 8000
HIGHEST_PORT = 65535


class Command(BaseCommand):
    """Fills the database with made-up data, says whom to sign in as, and serves."""

    help = "Set up the portal with demonstration data and serve it on this machine."
    # The first step runs the checks, so that a run says what it does from its first second.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port, and whether to serve at all."""
        parser.add_argument("--port", type=int, default=USUAL_PORT, help="serve on port N instead of 8000")
        parser.add_argument("--no-serve", action="store_true", help="stop before the server")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse where made-up data has no place; else make it and serve."""
        if settings.PRODUCTION:
            raise CommandError(
                _("This is a production portal (PORTAL_PRODUCTION). Demonstration data has no place in it.")
            )
        if not options["no_serve"]:
            _check_port(options["port"])
        folder = settings.VAR_DIR / "demo"
        plan = steps.Plan(folder, people.password(folder))
        self._make(plan)
        self.stdout.write("")
        if options["no_serve"]:
            self.stdout.write(_how_to_serve(options["port"]))
            self._tell_how_to_sign_in(plan.password)
        else:
            self._serve(options["port"], plan.password)

    def _serve(self, port: int, password: str) -> None:
        address = f"http://{HOST}:{port}/"
        self.stdout.write(_("Demonstration data is ready. The portal's address: %(url)s") % {"url": address})
        self._tell_how_to_sign_in(password)
        with _worker():
            call_command("runserver", f"{HOST}:{port}", use_reloader=False)

    def _make(self, plan: steps.Plan) -> None:
        every = steps.every_step(plan)
        teller = Lines(self, len(every))
        try:
            for step in every:
                step(teller)
        except steps.NotForDemonstration as why:
            raise CommandError(str(why)) from None
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Run it again to go on from here."), returncode=130) from None
        except OperationalError as why:
            raise CommandError(_("The database cannot be used: %(why)s") % {"why": why}) from why

    def _tell_how_to_sign_in(self, password: str) -> None:
        self.stdout.write(_("Sign in with this password: %(password)s") % {"password": password})
        self.stdout.write(_("and one of these addresses:"))
        for address in people.ADDRESSES:
            self.stdout.write(f"  {address}")
        self.stdout.flush()


class Lines:
    """Tells steps and progress as lines, at once even through a pipe."""

    def __init__(self, command: BaseCommand, total: int) -> None:
        self.command, self.total, self.number = command, total, 0

    def step(self, text: str) -> None:
        """Begin a line such as "[4/8] Loading …"."""
        self.number += 1
        self._line(f"[{self.number}/{self.total}] {text}")

    def note(self, text: str) -> None:
        """Add a line below the step's."""
        self._line(f"      {text}")

    def _line(self, text: str) -> None:
        self.command.stdout.write(text)
        self.command.stdout.flush()


@contextmanager
def _worker() -> Iterator[None]:
    """Make reports beside the server, one at a time, as long as that runs."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--processes", "1"]
    # Its own group: Ctrl-C is for the server, which then ends it.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _how_to_serve(port: int) -> str:
    command = "script/demo" if port == USUAL_PORT else f"script/demo --port {port}"
    return _("Demonstration data is ready. To serve the portal, run: %(command)s") % {"command": command}


def _check_port(port: int) -> None:
    """Say that a port cannot be had before the half minute of work, not after it."""
    if not 1 <= port <= HIGHEST_PORT:
        raise CommandError(_("--port needs a number from 1 to 65535."))
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as why:
            raise CommandError(
                _("Port %(port)s cannot be used (%(why)s). Give another: --port %(other)s")
                % {"port": port, "why": why.strerror, "other": port % HIGHEST_PORT + 1}
            ) from None
