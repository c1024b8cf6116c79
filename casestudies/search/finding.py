"""Find case studies: what answers a search, a page of it at a time, and what may have been meant where nothing does.

Everything that was published is found here, so only for people who signed in; `newest` takes what it may look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection

from casestudies.models import SearchEntry, SearchEntryQuerySet, SearchWord
from casestudies.search import suggesting
from casestudies.search.asking import Asked
from casestudies.search.engine import Engine, Fit, Found, Slice, listed
from casestudies.search.hits import PER_PAGE, Hit, Row, hits_of, rows_of
from casestudies.search.postgresql import FullText
from casestudies.search.sqlite import Fts5
from casestudies.search.wanted import NEAREST, NEWEST, Search
from partnerships.models import Partnership

ENGINES: dict[str, Engine] = {"postgresql": FullText(), "sqlite": Fts5()}
LAST_PAGE = 1_000_000
MOST_OTHERS = 5
# Beyond these nobody can tell what was meant, and looking would take long.
MOST_KNOWN = 12_000
# Searches whose SQL is kept: they differ by filters and by whom they are like, not by words.
KEPT = 256

# Family, kind of area and police force: all by which others are like a place.
Alike = tuple[int | None, str, int]


@dataclass(frozen=True)
class Results:
    """A page of hits; `is_any` where no case study has all the words; `meant` has the words of a better question.

    `others` have some of the words, where so few have all that one page shows them.
    """

    page: Page[Any]
    hits: Sequence[Hit]
    others: Sequence[Hit] = ()
    is_any: bool = False
    meant: str = ""

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count


def find(search: Search, page: str | None = None, place: Partnership | None = None) -> Results:
    """Return a page of what answers a search, and if it asks so what is most like `place` first."""
    place = place if search.sort == NEAREST else None
    asked, number = search.asked, _page_number(page)
    results = _answers(search, asked, number, place)
    if not asked.has_words or results.total >= PER_PAGE or (results.total and not asked.has_several):
        return results
    if results.total:
        return replace(results, others=_others(search, asked))
    if asked.has_several:
        # Nearness would put what has one of the words before what has nearly all of them.
        results = _answers(search, asked.any_of(), number, place if search.asked_sort else None)
        results = replace(results, is_any=bool(results.total))
    return replace(results, meant=_meant(search))


def newest(search: Search, entries: SearchEntryQuerySet, most: int) -> list[Row]:
    """Return what answers a search among `entries`, the newest first."""
    entries = search.narrow(entries)
    if search.asked.has_words:
        entries = entries.filter(pk__in=engine().matching(engine().question(search.asked)))
    return rows_of(entries.order_by("-published_at", "-pk")[:most])


def engine() -> Engine:
    """Return the full text of the database in use."""
    return ENGINES[connection.vendor]


@lru_cache(maxsize=KEPT)
def _fit(search: Search, near: Alike | None) -> Fit:
    """Return what a search goes through as SQL; Django takes longer to make it than a database to answer."""
    entries = search.narrow(SearchEntry.objects.all())
    return Fit.of(entries.nearest_first(*near) if near else entries)


def _answers(search: Search, asked: Asked, number: int, place: Partnership | None) -> Results:
    question = engine().question(asked) if asked.has_words else ""
    found = _found(search, question, number, place)
    if number > (last := max(1, -(-found.total // PER_PAGE))):
        number = last
        found = _found(search, question, number, place)
    paginator: Paginator[Any] = Paginator(range(found.total), PER_PAGE)
    return Results(Page(range(found.total), number, paginator), hits_of(found.rows, question, engine(), place))


def _found(search: Search, question: str, number: int, place: Partnership | None) -> Found:
    """Return one page: by rank, or where nobody asked for words or for ranks, the newest first."""
    part = Slice((number - 1) * PER_PAGE, PER_PAGE)
    alike = (place.family_group_id, place.area_type, place.police_force_id) if place else None
    fit = _fit(search.without_words(), alike)
    if question and search.sort != NEWEST:
        return engine().ranked(question, fit, part)
    return listed(fit, engine().matching(question) if question else None, part)


def _others(search: Search, asked: Asked) -> list[Hit]:
    """Return the best of what has some of the words and not all."""
    question = engine().but_not(engine().question(asked.any_of()), engine().question(asked))
    found = engine().ranked(question, _fit(search.without_words(), None), Slice(0, MOST_OTHERS))
    return hits_of(found.rows, question, engine())


def _page_number(page: str | None) -> int:
    if page is None or not (page.isascii() and page.isdigit()):
        return 1
    return min(max(1, int(page[:9])), LAST_PAGE)


def _meant(search: Search) -> str:
    """Return the words with what was mistyped put right, or "" where nothing better is known; one query."""
    words = suggesting.worth_asking(search.asked.words)
    if not words:
        return ""
    likely = SearchWord.objects.like(words, 2).values_list("word", "number")
    found = suggesting.suggestions(words, list(likely[:MOST_KNOWN]))
    return suggesting.put_right(search.words, found)
