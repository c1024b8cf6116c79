"""Searching with FTS5: Porter's stems, BM25."""

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from casestudies.search.asking import Asked, Term
from casestudies.search.engine import BEGIN, BETWEEN, END, Fit, Found, Slice

# What a word counts in title, summary and body.
FOUND = """WITH fit(id, step, published_at) AS NOT MATERIALIZED ({fit}), found AS MATERIALIZED (
    SELECT words.rowid AS id, fit.step AS step, bm25(casestudies_searchtext_words, 10.0, 4.0, 1.0) AS score
    FROM casestudies_searchtext_words AS words JOIN fit ON fit.id = words.rowid
    WHERE casestudies_searchtext_words MATCH %s
)
SELECT (SELECT count(*) FROM found), best.id, best.step FROM (SELECT 1) LEFT JOIN (
    SELECT id, step FROM found ORDER BY step, score, id DESC LIMIT %s OFFSET %s
) AS best"""
MATCHING = "SELECT rowid FROM casestudies_searchtext_words WHERE casestudies_searchtext_words MATCH %s"
MARKED = """SELECT highlight(casestudies_searchtext_words, 0, %s, %s) || %s
    || snippet(casestudies_searchtext_words, 1, %s, %s, '…', 50) || %s
    || snippet(casestudies_searchtext_words, 2, %s, %s, '…', 40)
    FROM casestudies_searchtext_words
    WHERE casestudies_searchtext_words MATCH %s AND rowid = casestudies_searchtext.id"""


class Fts5:
    """SQLite's own full text."""

    def question(self, asked: Asked) -> str:
        """Return a question in FTS5's language."""
        wanted = " AND ".join(map(_any, asked.groups))
        return f"({wanted}) NOT {_any(asked.without)}" if asked.without else wanted

    def but_not(self, question: str, other: str) -> str:
        """Return the question for what answers one and not the other."""
        return f"({question}) NOT ({other})"

    def ranked(self, question: str, fit: Fit, part: Slice) -> Found:
        """Return what answers, one part of it."""
        with connection.cursor() as cursor:
            cursor.execute(FOUND.format(fit=fit.sql), [*fit.params, question, part.limit, part.offset])
            rows = cursor.fetchall()
        return Found(rows[0][0], [(key, step) for _total, key, step in rows if key is not None])

    def matching(self, question: str) -> RawSQL:
        """Return the keys of all that answers."""
        return RawSQL(MATCHING, (question,))  # noqa: S611

    def marked(self, question: str) -> RawSQL:
        """Return title, summary and body with marks."""
        around = (BEGIN, END)
        params = (*around, BETWEEN, *around, BETWEEN, *around, question)
        return RawSQL(MARKED, params, output_field=TextField())  # noqa: S611


def _any(terms: tuple[Term, ...]) -> str:
    return f"({' OR '.join(map(_one, terms))})"


def _one(term: Term) -> str:
    between = " " if term.is_phrase else '" AND "'
    return f'("{between.join(term.words)}")'
