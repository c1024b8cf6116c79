"""Requests straight into the WSGI application, so that no test client is measured with it."""

import io
import itertools
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.middleware.csrf import _get_new_csrf_string

from accounts.models import User

Send = Callable[..., int]


def sender(user: User) -> Send:
    """Return a function that sends one request as this person and returns the status."""
    handler, cookie, token = WSGIHandler(), _session(user), _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}"

    def send(path: str, data: dict[str, str] | None = None) -> int:
        statuses: list[str] = []
        body = urlencode({**data, "csrfmiddlewaretoken": token}).encode() if data is not None else b""
        answer = handler(_environ(path, body, cookies), lambda status, _headers, *_more: statuses.append(status))
        b"".join(answer)
        answer.close()
        return int(statuses[0][:3])

    return send


def saves(send: Send, url: str) -> Callable[[], None]:
    """Return a function that saves a rating with its indicators, each time a little different, and checks that it did."""
    turns = itertools.count()

    def save() -> None:
        turn = next(turns)
        answer = ["yes", "partly", "no"]
        data = {
            "revision": str(turn),
            "save_id": str(uuid.uuid4()),
            "level": ["some_success", "doing_well"][turn % 2],
            "reason": f"Reason {turn}",
            **{f"indicator_{number}": answer[(turn + number) % 3] for number in range(1, 6)},
        }
        if send(url, data) != 302:
            raise RuntimeError(f"The save at turn {turn} was not accepted.")

    return save


def updates(send: Send, url: str) -> Callable[[], None]:
    """Return a function that sends the bare view a new value each time, so that there is something to commit."""
    turns = itertools.count()

    def update() -> None:
        if send(url, {"name": f"Name {next(turns)}"}) != 200:
            raise RuntimeError("The bare view did not answer 200.")

    return update


def _session(user: User) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return str(request.session.session_key)


def _environ(path: str, body: bytes, cookies: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": cookies,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
    }
