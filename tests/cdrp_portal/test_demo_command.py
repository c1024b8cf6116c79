"""`manage.py demo`: what it tells, where it refuses, and what an accident leaves behind."""

import io
import socket
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands.runserver import Command as RunserverCommand
from pytest_django.fixtures import Settings

from accounts.models import User
from assessments.models import IndicatorAnswer, Rating, Submission, SubmittedRating
from audit.models import Event
from cdrp_portal.demonstration import people, steps, submissions
from cdrp_portal.management.commands import demo
from partnerships.models import Partnership
from tests.cdrp_portal.demonstrating import ADDRESSES, Told


def test_it_refuses_in_production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "PRODUCTION", True)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    with pytest.raises(CommandError, match="production"):
        call_command("demo", no_serve=True)
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_it_refuses_a_database_in_real_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    User.objects.create_user("someone@council.example", "Someone real")
    with pytest.raises(CommandError, match="not made up"):
        call_command("demo", no_serve=True, stdout=io.StringIO())
    assert not Partnership.objects.exists()


def test_it_tells_each_step_the_address_and_whom_to_sign_in_as(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setenv("DEMO_PASSWORD", "shown-to-everybody")
    monkeypatch.setattr(steps, "every_step", lambda plan: [lambda tell: tell.step("Doing something")])
    told = io.StringIO()
    call_command("demo", no_serve=True, port=8123, stdout=told)
    words = told.getvalue()
    assert "[1/1] Doing something\n" in words
    assert "To serve the portal, run: script/demo --port 8123\n" in words
    assert "http://" not in words
    assert "shown-to-everybody" in words
    assert all(address in words for address in ADDRESSES)


class Started:
    """Stands in for the process of the worker."""

    def __init__(self, command: list[str], **_options: object) -> None:
        self.command, self.ended = command, ""
        STARTED.append(self)

    def terminate(self) -> None:
        self.ended = "asked"

    def wait(self) -> None:
        self.ended += " and waited for"


STARTED: list[Started] = []


def test_it_serves_at_the_port_that_it_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []

    def runserver(_name: str, address: str, **_options: object) -> None:
        served.append(address)
        assert STARTED[-1].command[-3:] == ["worker", "--processes", "1"]
        assert STARTED[-1].ended == ""

    monkeypatch.setattr(steps, "every_step", lambda plan: [])
    monkeypatch.setattr(demo, "call_command", runserver)
    monkeypatch.setattr("subprocess.Popen", Started)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = io.StringIO()
    call_command("demo", port=port, stdout=told)
    assert served == [f"127.0.0.1:{port}"]
    assert STARTED[-1].ended == "asked and waited for"
    assert f"The portal's address: http://127.0.0.1:{port}/\n" in told.getvalue()


@pytest.mark.parametrize(
    ("address", "given", "links"),
    [
        ("8222", "", "http://127.0.0.1:8222"),
        ("localhost:8222", "", "http://localhost:8222"),
        ("0.0.0.0:8222", "", "http://127.0.0.1:8222"),
        ("[::1]:8222", "", "http://[::1]:8222"),
        ("8222", "https://portal.test", "https://portal.test"),
    ],
)
def test_links_lead_to_the_server_that_is_started(
    address: str, given: str, links: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    served: list[str] = []
    monkeypatch.setenv("SITE_URL", given)
    settings.SITE_URL = given or "http://127.0.0.1:8000"
    monkeypatch.setattr(RunserverCommand, "inner_run", lambda self, *args, **options: served.append(settings.SITE_URL))
    call_command("runserver", address, use_reloader=False)
    assert served == [links]


def test_ctrl_c_is_answered_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(tell: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr(steps, "every_step", lambda plan: [interrupted])
    with pytest.raises(CommandError, match="Run it again"):
        call_command("demo", no_serve=True, stdout=io.StringIO())


def test_a_port_in_use_is_named_before_the_work_begins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match=f"Port {taken.getsockname()[1]} "):
            call_command("demo", port=taken.getsockname()[1])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_must_be_one(port: int) -> None:
    with pytest.raises(CommandError, match="1 to 65535"):
        call_command("demo", port=port)


def test_the_password_is_made_once_and_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    first = people.password(tmp_path / "demo")
    assert len(first) >= 12
    assert people.password(tmp_path / "demo") == first
    assert stat.S_IMODE((tmp_path / "demo" / "password.txt").stat().st_mode) == 0o600
    monkeypatch.setenv("DEMO_PASSWORD", "given-by-hand")
    assert people.password(tmp_path / "demo") == "given-by-hand"


@pytest.mark.django_db
def test_a_run_that_was_cut_short_is_completed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run() -> None:
        for step in steps.content_steps(steps.Plan(tmp_path, "a-password-for-tests", limit=3)):
            step(Told())

    def cut_short(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as accident:
        accident.setattr(submissions, "submit", cut_short)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert (Rating.objects.count(), IndicatorAnswer.objects.count()) == (0, 0)
    run()
    assert Event.objects.filter(kind="demonstration.made", target_type="assessments.round").count() == 4
    assert SubmittedRating.objects.count() == 49 * Submission.objects.count() > 0
