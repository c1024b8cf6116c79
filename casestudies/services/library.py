"""Keep the library up to date: entries of the index and sources, added, changed, taken off the list."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from audit.services import record
from casestudies.models import IndexEntry, LinkState, Source

Entry = IndexEntry | Source
SLUG_LENGTH = 70
# The address of the page where an entry is added.
TAKEN = {"new"}


class EntryChanged(Exception):
    """Somebody changed the entry after it was read; `current` is what they saved."""

    def __init__(self, current: Entry) -> None:
        super().__init__("The entry changed since it was read.")
        self.current = current


@dataclass(frozen=True, kw_only=True)
class ListedWords:
    """What an administrator says of an entry, whichever its kind."""

    source: str
    note: str = ""
    web_address: str = ""
    link_state: str = LinkState.UNCHECKED.value
    link_checked_on: datetime.date | None = None
    is_listed: bool = True


@dataclass(frozen=True, kw_only=True)
class IndexWords(ListedWords):
    """What the index says of a case study that is printed elsewhere."""

    place: str
    title: str = ""
    hallmarks: str = ""
    pages: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceWords(ListedWords):
    """What the directory says of a source."""

    name: str
    kind: str
    organisation: str = ""
    description: str = ""


@transaction.atomic
def add_entry(*, words: IndexWords | SourceWords, by: User) -> Entry:
    """Put an entry on the list; the same words sent twice (a double click, a retry) make one."""
    model = IndexEntry if isinstance(words, IndexWords) else Source
    same: Entry | None = model.objects.filter(**asdict(words)).first()
    if same is not None:
        return same
    entry: Entry = model.objects.create(slug=_free_slug(model, words), **asdict(words))
    _record("added", entry, by, after=_plain(asdict(words)))
    return entry


@transaction.atomic
def save_entry(*, entry: Entry, revision: int, words: IndexWords | SourceWords, by: User) -> Entry:
    """Write an entry anew over the one that was read (`revision`); raises EntryChanged if that is no longer there."""
    current: Entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    after = asdict(words)
    before = {name: getattr(current, name) for name in after}
    if before == after:
        return current
    if current.revision != revision:
        raise EntryChanged(current)
    for name, said in after.items():
        setattr(current, name, said)
    current.revision += 1
    current.save()
    changed = [name for name in after if before[name] != after[name]]
    _record("saved", current, by, _only(before, changed), _only(after, changed))
    return current


def _free_slug(model: type[IndexEntry] | type[Source], words: IndexWords | SourceWords) -> str:
    called = (words.title or words.place) if isinstance(words, IndexWords) else words.name
    stem = slugify(called)[:SLUG_LENGTH].strip("-") or "entry"
    taken = {*model.objects.filter(slug__startswith=stem).values_list("slug", flat=True), *TAKEN}
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def _only(words: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return _plain({name: words[name] for name in names})


def _plain(words: dict[str, Any]) -> dict[str, Any]:
    return {name: said.isoformat() if isinstance(said, datetime.date) else said for name, said in words.items()}


def _record(what: str, entry: Entry, by: User, before: Any = None, after: Any = None) -> None:
    record(kind=f"library.{what}", target=entry, by=by, role="Administrator", before=before, after=after)
