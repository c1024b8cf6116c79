"""What a database has to be able to do to search: both that the portal runs on do it their own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL

from casestudies.models import SearchEntryQuerySet
from casestudies.search.asking import Asked

# Stand around the words that were found, and between title, summary and body; no published text has them.
BEGIN, END, BETWEEN = "\x02", "\x03", "\x1e"
# A summary that is no longer is shown whole.
LENGTH = 260
LISTED = """WITH fit(id, step, published_at) AS ({fit})
SELECT (SELECT count(*) FROM fit {where}), best.id, best.step FROM (SELECT 1) AS one LEFT JOIN (
    SELECT id, step FROM fit {where} ORDER BY step, published_at DESC, id DESC LIMIT %s OFFSET %s
) AS best ON 1 = 1"""


@dataclass(frozen=True)
class Fit:
    """The entries that a search goes through, as SQL: key, step (how near it is; 0 if not asked), when published."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, entries: SearchEntryQuerySet) -> "Fit":
        """Return entries as SQL."""
        rows: QuerySet[Any, Any] = entries if "step" in entries.query.annotations else entries.annotate(step=Value(0))
        return cls(*rows.order_by().values_list("pk", "step", "published_at").query.sql_with_params())


@dataclass(frozen=True)
class Found:
    """How many answer a question, and of one part of them key and step, best first."""

    total: int
    rows: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Slice:
    """The part of a list that one page shows."""

    offset: int
    limit: int


class Engine(Protocol):
    """Full text of one database."""

    def question(self, asked: Asked) -> str:
        """Return a question in the engine's own language; every word of it in quotes, so that none is an operator."""
        ...

    def but_not(self, question: str, other: str) -> str:
        """Return the question for what answers one and not another."""
        ...

    def ranked(self, question: str, fit: Fit, part: Slice) -> Found:
        """Return what answers a question among those that fit, by step and then by rank; one query."""
        ...

    def matching(self, question: str) -> RawSQL:
        """Return an expression for the keys of every text that answers a question, in no order."""
        ...

    def marked(self, question: str) -> RawSQL:
        """Return an expression on a text: title, a piece of the summary and one of the body, found words marked."""
        ...


def listed(fit: Fit, matching: RawSQL | None, part: Slice) -> Found:
    """Return a part of what fits without ranks, the nearest and then the newest first; one query on either database."""
    where, which = (f"WHERE id IN ({matching.sql})", matching.params) if matching else ("", ())
    with connection.cursor() as cursor:
        cursor.execute(LISTED.format(fit=fit.sql, where=where), [*fit.params, *which, *which, part.limit, part.offset])
        rows = cursor.fetchall()
    return Found(rows[0][0], [(key, step) for _total, key, step in rows if key is not None])
