"""Count what a request asks of the database; BEGIN, SAVEPOINT and their like are not questions."""

from collections.abc import Iterator
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
