"""Pages of a long list, tolerant of any page number a visitor may send."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PER_PAGE = 25


class PageLink(NamedTuple):
    """One place in the row of page numbers; no number stands for pages left out."""

    number: int | None
    is_current: bool


def paginate(rows: QuerySet[Any] | Sequence[Any], page: str | None, per_page: int = PER_PAGE) -> Page[Any]:
    """The page asked for; the first if that is no number, the last if it is beyond the end."""
    paginator = Paginator(rows, per_page)
    return paginator.get_page(1 if (page or "").startswith("-") else page)


def page_links(page: Page[Any]) -> list[PageLink]:
    """The numbers GOV.UK shows: first, last, the current page and its neighbours, gaps marked."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [PageLink(n if isinstance(n, int) else None, n == page.number) for n in shown]
