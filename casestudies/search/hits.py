"""What a list shows of each case study that was found, read in one query that is made once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.prepared import Prepared
from casestudies.article import period
from casestudies.models import CaseStudy, SearchEntry
from casestudies.search.engine import Engine
from casestudies.search.marks import beginning, pieces
from partnerships.models import Partnership

PER_PAGE = 10
KEYS = [f"key_{number}" for number in range(PER_PAGE)]
NOBODY = 0
ADDRESSES_KEPT = 4_096
# By how near an entry is: see `SearchEntryQuerySet.nearest_first`.
WHY = {
    0: gettext_lazy("Same family group as %(place)s."),
    1: gettext_lazy("Same kind of area as %(place)s."),
    2: gettext_lazy("Same region as %(place)s."),
}


@dataclass(frozen=True)
class Row:
    """One entry with all that is said of it, as it was published."""

    key: int
    title: str
    summary: str
    slug: str
    place_slug: str
    place: str
    region: str
    effect: str
    from_year: int | None
    to_year: int | None
    is_agreed: bool
    is_retired: bool
    published_at: datetime.datetime

    @property
    def address(self) -> str:
        """The address of the page that reads like an article."""
        return _address("casestudies:detail", self.place_slug, self.slug)

    @property
    def public_address(self) -> str:
        """The address of its page for people who do not sign in, if it has one."""
        return _address("casestudies:public", self.place_slug, self.slug)

    @property
    def period(self) -> str:
        """When it was done."""
        return period(self.from_year, self.to_year)

    @property
    def effect_label(self) -> str:
        """How well its effect is known, "" where nobody measured it."""
        known = {} if self.effect == CaseStudy.Effect.NONE else dict(CaseStudy.Effect.choices)
        return str(known.get(self.effect, ""))


@dataclass(frozen=True)
class Hit:
    """One case study that was found, found words marked; `why` says what makes it like somebody's own place."""

    row: Row
    title: SafeString
    text: SafeString
    why: str = ""


@lru_cache(maxsize=ADDRESSES_KEPT)
def _address(name: str, place: str, slug: str) -> str:
    return str(reverse(name, args=[place, slug]))


COLUMNS = (
    *("pk", "case_study__search_text__title", "case_study__search_text__summary", "case_study__slug"),
    *("partnership__slug", "partnership__name", "partnership__police_force__region__name", "effect"),
    *("from_year", "to_year", "is_agreed", "is_retired", "published_at"),
)


def rows_of(entries: QuerySet[SearchEntry]) -> list[Row]:
    """Return what is said of each of these entries, in their order."""
    return [Row(*row) for row in entries.values_list(*COLUMNS)]


def hits_of(
    found: Sequence[tuple[int, int]], question: str, engine: Engine, place: Partnership | None = None
) -> list[Hit]:
    """Return a page's hits in the order in which they were found; words are marked if there is a question.

    `place` is what they were put in order by.
    """
    if not found:
        return []
    keys = dict(zip(KEYS, [key for key, _step in found] + [NOBODY] * PER_PAGE, strict=False))
    if question:
        rows = _marked(engine).rows(question=question, **keys)
        told = {row[0]: (Row(*row[:-1]), *pieces(row[-1], row[2])) for row in rows}
    else:
        told = {row[0]: (Row(*row), beginning(row[1]), beginning(row[2])) for row in _PLAIN.rows(**keys)}
    return [Hit(*told[key], _why(told[key][0], step, place)) for key, step in found if key in told]


def _why(row: Row, step: int, place: Partnership | None) -> str:
    if place is None or step not in WHY:
        return ""
    return _("Your partnership.") if row.place_slug == place.slug else str(WHY[step]) % {"place": place.name}


def _plain_rows(**keys: int) -> QuerySet[SearchEntry, Any]:
    return SearchEntry.objects.filter(pk__in=keys.values()).order_by().values_list(*COLUMNS)


def _marked(engine: Engine) -> Prepared:
    kind = type(engine).__name__
    if kind not in _MARKED:

        def marked_rows(question: str, **keys: int) -> QuerySet[SearchEntry, Any]:
            entries = SearchEntry.objects.filter(pk__in=keys.values()).order_by()
            return entries.annotate(marked=engine.marked(question)).values_list(*COLUMNS, "marked")

        _MARKED[kind] = Prepared(marked_rows, number=KEYS, text=["question"])
    return _MARKED[kind]


_PLAIN = Prepared(_plain_rows, number=KEYS)
_MARKED: dict[str, Prepared] = {}
