"""The lists of the library, under their headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from casestudies.library_access import Shelf
from casestudies.listed import HALLMARK_GROUPS, KIND_GROUPS, Entry, Group, codes_of
from casestudies.models import IndexEntry, Source
from casestudies.queries.notebook import uses_of
from casestudies.use import NOBODY, Use
from govuk.pagination import paginate

PER_PAGE = 50
GROUPS: Mapping[Shelf, Sequence[Group]] = {IndexEntry: HALLMARK_GROUPS, Source: KIND_GROUPS}


@dataclass(frozen=True)
class Row:
    """One entry under one heading; an entry of the index stands under each of its hallmarks."""

    group: Group
    entry: Entry
    use: Use


@dataclass(frozen=True)
class Shown:
    """One page of a list, and how many entries it holds in all, each counted once."""

    page: Page[tuple[Group, int]]
    rows: Sequence[Row]
    number: int


def shelf_page(shelf: Shelf, *, words: str, group: str, page: str | None, with_unlisted: bool) -> Shown:
    """Return the entries that hold all of the words, under the headings asked for."""
    found = (shelf.objects.all() if with_unlisted else shelf.objects.listed()).telling_of(words.split()).in_order()
    places = list(_places(shelf, dict(found.values_list("pk", shelf.GROUPED_BY)), group))
    asked = paginate(places, page, PER_PAGE)
    entries = shelf.objects.in_bulk([pk for _group, pk in asked.object_list])
    uses = uses_of(list(entries.values()))
    rows = [Row(heading, entries[pk], uses.get(pk, NOBODY)) for heading, pk in asked.object_list]
    return Shown(asked, rows, len({pk for _group, pk in places}))


def _places(shelf: Shelf, grouped: Mapping[int, str], only: str) -> Iterator[tuple[Group, int]]:
    for group in GROUPS[shelf]:
        if only in {"", group.code}:
            yield from ((group, pk) for pk, text in grouped.items() if group.code in codes_of(text))
