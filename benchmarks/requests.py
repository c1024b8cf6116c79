"""What a signed-in person's browser sends, and the acts that are measured."""

import io
import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.middleware.csrf import _get_new_csrf_string

from accounts.models import User

Send = Callable[..., int]


@dataclass(frozen=True)
class Visitor:
    """A signed-in person's cookies and form token."""

    cookies: str
    token: str


def visitor(user: User) -> Visitor:
    """Sign a person in and return what their browser would send."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    token = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return Visitor(cookies, token)


def in_process(person: Visitor) -> Send:
    """Return a function that gives one request to the WSGI application itself, so that its queries can be counted."""
    handler = WSGIHandler()

    def send(path: str) -> int:
        statuses: list[str] = []
        place, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": person.cookies,
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
        }
        answer = handler(environ, lambda status, _headers, *_more: statuses.append(status))  # type: ignore[arg-type]
        b"".join(answer)
        answer.close()
        return int(statuses[0][:3])

    return send


def saves(send: Send, url: str) -> Callable[[], None]:
    """Return a function that saves a rating with five indicators, all changed each time, and checks that it did."""
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


def gives(send: Send, url: str) -> Callable[[], None]:
    """Return a function that gives a view, another one each time, and checks that it did."""
    turns = itertools.count()

    def give() -> None:
        turn = next(turns)
        data = {
            "revision": str(turn),
            "save_id": str(uuid.uuid4()),
            "level": ["some_success", "doing_well"][turn % 2],
            "comment": f"Comment {turn}",
            "next": "LEAD.3",
        }
        if send(url, data) != 302:
            raise RuntimeError(f"The view at turn {turn} was not accepted.")

    return give


def updates(send: Send, url: str) -> Callable[[], None]:
    """Return a function that sends the bare view a new value each time, so that there is something to commit."""
    turns = itertools.count()

    def update() -> None:
        if send(url, {"name": f"Name {next(turns)}"}) != 200:
            raise RuntimeError("The bare view did not answer 200.")

    return update
