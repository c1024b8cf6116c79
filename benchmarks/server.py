"""The portal as it is served in production: gunicorn, on loopback, with the bare view beside the real ones."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from benchmarks.requests import Send, Visitor
from tests.throwaway_postgres import free_port

START_SECONDS = 20


@contextmanager
def serving() -> Iterator[int]:
    """Serve with one worker until the block ends; yields the port."""
    port = free_port()
    words = ["--no-control-socket", "--workers", "1", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *words, "benchmarks.wsgi:application"])  # noqa: S603
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def sender(port: int, visitor: Visitor) -> Send:
    """Return a function that sends one request over a connection of its own and returns the status."""
    headers = {"Cookie": visitor.cookies, "Content-Type": "application/x-www-form-urlencoded"}

    def send(path: str, data: dict[str, str] | None = None) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        body = urlencode({**data, "csrfmiddlewaretoken": visitor.token}) if data is not None else None
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    return send


def _wait_for(port: int) -> None:
    for _try in range(START_SECONDS * 10):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start.")
