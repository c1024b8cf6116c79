"""Searching with PostgreSQL's full text: Snowball's English stems, a GIN index, two ranks.

The first rank is of the few words a text says most and goes over everything that was found; the second is of all its
words, which takes ten times as long for each text, and puts the best of the first in order.
"""

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from casestudies.search.asking import Asked, Term
from casestudies.search.engine import BEGIN, BETWEEN, END, LENGTH, Fit, Found, Slice

# How many are put in order by all their words; no page crosses the end of such a run.
RUN = 100
FOUND = """WITH found AS MATERIALIZED (
    SELECT fit.id, fit.step, matching.score
    FROM casestudies_matching(to_tsquery('casestudies_words', %s)) AS matching
    JOIN ({fit}) AS fit(id, step, published_at) ON fit.id = matching.id
), run AS MATERIALIZED (
    SELECT id, step FROM found ORDER BY step, score DESC, id DESC LIMIT %s OFFSET %s
)
SELECT (SELECT count(*) FROM found), best.id, best.step FROM (SELECT 1) AS one LEFT JOIN (
    SELECT run.id, run.step FROM run JOIN casestudies_searchtext AS words ON words.id = run.id
    ORDER BY run.step, ts_rank(words.whole, to_tsquery('casestudies_words', %s), 1) DESC, run.id DESC
    LIMIT %s OFFSET %s
) AS best ON true"""
MATCHING = "SELECT id FROM casestudies_matching(to_tsquery('casestudies_words', %s))"
MARKED = """ts_headline('casestudies_words', casestudies_searchtext.title, to_tsquery('casestudies_words', %s), %s)
    || %s || ts_headline('casestudies_words', casestudies_searchtext.summary, to_tsquery('casestudies_words', %s),
        CASE WHEN length(casestudies_searchtext.summary) <= %s THEN %s ELSE %s END)
    || %s || ts_headline('casestudies_words', casestudies_searchtext.body, to_tsquery('casestudies_words', %s), %s)"""
AROUND = f'StartSel="{BEGIN}", StopSel="{END}"'
WHOLE, PIECE = f"{AROUND}, HighlightAll=true", f"{AROUND}, MaxFragments=1, MaxWords=40, MinWords=20"


class FullText:
    """PostgreSQL's own full text."""

    def question(self, asked: Asked) -> str:
        """Return a question in the language of to_tsquery."""
        wanted = " & ".join(map(_any, asked.groups))
        return f"({wanted}) & !{_any(asked.without)}" if asked.without else wanted

    def but_not(self, question: str, other: str) -> str:
        """Return the question for what answers one and not the other."""
        return f"({question}) & !({other})"

    def ranked(self, question: str, fit: Fit, part: Slice) -> Found:
        """Return what answers, one part of it."""
        begin = part.offset - part.offset % RUN
        params = [question, *fit.params, RUN, begin, question, part.limit, part.offset - begin]
        with connection.cursor() as cursor:
            cursor.execute(FOUND.format(fit=fit.sql), params)
            rows = cursor.fetchall()
        return Found(rows[0][0], [(key, step) for _total, key, step in rows if key is not None])

    def matching(self, question: str) -> RawSQL:
        """Return the keys of all that answers."""
        return RawSQL(MATCHING, (question,))  # noqa: S611

    def marked(self, question: str) -> RawSQL:
        """Return title, summary and body with marks."""
        params = (question, WHOLE, BETWEEN, question, LENGTH, WHOLE, PIECE, BETWEEN, question, PIECE)
        return RawSQL(MARKED, params, output_field=TextField())  # noqa: S611


def _any(terms: tuple[Term, ...]) -> str:
    return f"({' | '.join(map(_one, terms))})"


def _one(term: Term) -> str:
    between = "' <-> '" if term.is_phrase else "' & '"
    return f"('{between.join(term.words)}')"
