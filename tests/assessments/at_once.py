"""Let several people act at the same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

Act = Callable[[], object]
# Long enough for the other act to do its work; where it must wait for the first, the first goes on after this.
HELD_SECONDS = 0.7


def all_at_once(*acts: Act) -> list[Exception]:
    """Do all of it at once and return what went wrong."""
    start, failed = threading.Barrier(len(acts), timeout=20), list[Exception]()
    threads = [threading.Thread(target=_do, args=[act, start, failed]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failed


class Overlap:
    """One act held in its middle while another is done; the other is over first, unless it has to wait for the one."""

    def __init__(self) -> None:
        self._reached, self._over = threading.Event(), threading.Event()

    def hold(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, which holds whoever called it first when it is done."""

        def held(*args: Any, **kwargs: Any) -> Any:
            result = function(*args, **kwargs)
            if not self._reached.is_set():
                self._reached.set()
                self._over.wait(HELD_SECONDS)
            return result

        return held

    def within(self, act: Act) -> Act:
        """Return an act that begins when the other is held, and lets it go on when it is done."""

        def run() -> None:
            try:
                self._reached.wait(timeout=20)
                act()
            finally:
                self._over.set()

        return run


def _do(act: Act, start: threading.Barrier, failed: list[Exception]) -> None:
    try:
        start.wait()
        act()
    except Exception as problem:  # noqa: BLE001 - what fails in a thread must reach the test
        failed.append(problem)
    finally:
        connections.close_all()
