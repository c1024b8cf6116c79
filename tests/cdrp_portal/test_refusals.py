"""Being refused: the way on stays on the page, the answer never becomes an error, the log stays short."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from cdrp_portal import context_processors, logs, settings
from tests.counting import counted
from tests.people import Cast

SignIn = Callable[[User | None], Client]
NOWHERE, NOT_MINE = "/nowhere/", "/assessments/2027/amber-valley/submit/"


@pytest.mark.parametrize(("address", "status"), [(NOWHERE, 404), (NOT_MINE, 403)])
def test_the_way_on_stays_on_the_page(address: str, status: int, world: None, cast: Cast, sign_in: SignIn) -> None:
    Round.objects.update(is_demonstration=True)
    client = sign_in(cast.officer)
    answer = client.get(address)
    assert answer.status_code == status
    page = answer.content.decode()
    for part in ('aria-label="Menu"', ">Case studies</a>", cast.officer.name, "Sign out", "Demonstration data"):
        assert part in page
    with counted() as asked:
        client.get(address)
    assert asked.number <= 7, asked.queries


def test_a_page_that_is_not_there_asks_little(world: None, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.officer)
    client.get(NOWHERE)
    with counted() as asked:
        client.get(NOWHERE)
    assert asked.number <= 5, asked.queries


def test_a_visitor_is_offered_to_sign_in(client: Client, db: None) -> None:
    page = client.get(NOWHERE)
    assert page.status_code == 404
    assert ">Sign in</a>" in page.content.decode()


@pytest.mark.parametrize("page", [(NOWHERE, 404), (NOT_MINE, 403)])
@pytest.mark.parametrize("trouble", [OperationalError, ZeroDivisionError])
def test_trouble_with_the_frame_leaves_the_bare_page(
    page: tuple[str, int],
    trouble: type[Exception],
    world: None,
    cast: Cast,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_args: object) -> None:
        raise trouble

    client = sign_in(cast.officer)
    monkeypatch.setattr(context_processors, "_where", fail)
    answer = client.get(page[0])
    assert answer.status_code == page[1]
    assert "Go to the start page" in answer.content.decode()
    assert cast.officer.name not in answer.content.decode()
    assert "could not be made" in caplog.text


def test_a_message_waits_for_the_page_that_was_asked_for(client: Client, db: None) -> None:
    request = HttpRequest()
    request.META["HTTP_HOST"] = "testserver"
    stored = CookieStorage(request)
    stored.add(messages.SUCCESS, "Saved, said once")
    response: Any = client.get(NOWHERE)
    stored.update(response)
    client.cookies["messages"] = response.cookies["messages"].value
    assert "Saved, said once" not in client.get(NOWHERE).content.decode()
    assert "Saved, said once" in client.get("/").content.decode()


def record(status: int) -> logging.LogRecord:
    made = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "Forbidden: /x/", (), (ValueError, ValueError(), None)
    )
    made.status_code = status
    return made


@pytest.mark.parametrize(
    ("status", "keep", "is_kept", "has_traceback"),
    [
        (403, True, True, False),
        (404, True, True, False),
        (403, False, False, False),
        (404, False, False, False),
        (500, False, True, True),
        (400, False, True, True),
    ],
)
def test_an_everyday_refusal_is_one_line_at_most(status: int, keep: bool, is_kept: bool, has_traceback: bool) -> None:
    made = record(status)
    assert logs.EverydayRefusals(keep_a_line=keep).filter(made) is is_kept
    assert not is_kept or (made.exc_info is not None) is has_traceback


def test_a_newcomer_sees_no_warning_of_an_ordinary_refusal(
    world: None, cast: Cast, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in(cast.officer)
    assert (client.get(NOT_MINE).status_code, client.get(NOWHERE).status_code) == (403, 404)
    assert caplog.records == []
    loggers: dict[str, object] = dict(settings.LOGGING["loggers"])  # type: ignore[call-overload]
    assert loggers["django.request"] == {"filters": ["everyday"]}
