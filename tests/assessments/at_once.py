"""Let several people act at the same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable

from django.db import connections

Act = Callable[[], object]


def all_at_once(*acts: Act) -> list[Exception]:
    """Do all of it at once and return what went wrong."""
    start, failed = threading.Barrier(len(acts), timeout=20), list[Exception]()
    threads = [threading.Thread(target=_do, args=[act, start, failed]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failed


def _do(act: Act, start: threading.Barrier, failed: list[Exception]) -> None:
    try:
        start.wait()
        act()
    except Exception as problem:  # noqa: BLE001 - what fails in a thread must reach the test
        failed.append(problem)
    finally:
        connections.close_all()
