"""Count what a request asks of the database (BEGIN, SAVEPOINT and their like do not count), and calls of functions."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

NOT_QUESTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


class Counted:
    """The queries of a block, once it has ended."""

    queries: list[str]

    @property
    def number(self) -> int:
        return len(self.queries)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count the queries of a block."""
    result = Counted()
    with CaptureQueriesContext(connection) as captured:
        yield result
    result.queries = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(NOT_QUESTIONS)]


def calls(act: Callable[[], object]) -> int:
    """Count the calls of Python functions in an act: the same on a busy machine, and growing with the work."""
    number = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return number
