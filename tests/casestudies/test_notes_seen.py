"""Of a note everybody sees what docs/who_sees_what.md says, and no more: its table is read, every page opened."""

import itertools
import operator
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casestudies.models import Item, Note
from hallmarks.models import Version
from tests.casestudies.making import make_case_study
from tests.casestudies.shelving import keep, keep_private, make_printed, make_source
from tests.people import Cast

SignIn = Callable[[User | None], Client]
DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "who_sees_what.md"
WORDS, COUNT = (
    "words, what came of it, its writer's name",
    "that one more partnership used the item, or reports success",
)
CANARIES = {WORDS: ("Canary-found", "Canary-result", "Pat Officer"), COUNT: ("Used by 1 partnership, 1 reports",)}
SHARED, PRIVATE = "the partnership", "its writer alone"
READERS = {
    "its writer": ("officer",),
    "colleagues": ("coordinator", "viewer", "colleague"),
    "other partnerships": ("neighbour",),
    "Government Offices": ("reviewer", "reviewer_elsewhere"),
    "administrators": ("administrator",),
    "former members": ("former",),
    "public": ("visitor",),
}


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Return what the document says, by part and audience: for each kind of reader one word."""
    is_row = operator.methodcaller("startswith", "|")
    found = [
        list(lines) for is_table, lines in itertools.groupby(DOCUMENT.read_text().splitlines(), is_row) if is_table
    ]
    lines = next(lines for lines in found if lines[0].startswith("| part of a note"))
    heading, _rule, *body = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {(part, kept): dict(zip(heading[2:], cells, strict=True)) for part, kept, *cells in body}


def pages(client: Client, note: Note, addresses: tuple[str, ...]) -> str:
    own = [reverse(f"casestudies:{name}", args=[note.code]) for name in ("note_edit", "note_delete")]
    answers = [client.get(url) for url in (*addresses, *own)]
    # The frame names whoever is signed in.
    texts = [answer.content.decode().partition("<main")[2] for answer in answers if answer.status_code == 200]
    return "".join(texts)


def addresses(item: Item, kind: str) -> tuple[str, ...]:
    if kind == "study":
        own = reverse("casestudies:detail", args=["derby", item.slug])
    else:
        own = reverse("casestudies:library_entry", args=[kind, item.slug])
    names = ("casestudies:notebook", "casestudies:library", "casestudies:index", "home")
    lists = (*map(reverse, names), reverse("casestudies:library_shelf", args=["sources"]))
    searches = (f"{reverse(f'casestudies:{name}')}?words=Canary" for name in ("index", "library"))
    return (own, *lists, *searches)


@pytest.mark.parametrize("kind", ["study", "case-studies", "sources"])
@pytest.mark.parametrize("kept", [SHARED, PRIVATE])
def test_everybody_sees_what_the_table_says(
    kept: str, kind: str, cast: Cast, sign_in: SignIn, version: Version
) -> None:
    item, people = make_item(kind, cast), cast.everybody()
    note = make_note(kept, item, cast)
    opened = addresses(item, kind)
    seen = {who: pages(sign_in(people[who]), note, opened) for whos in READERS.values() for who in whos}
    for part, canaries in CANARIES.items():
        expected = {reader: {word == "yes"} for reader, word in table()[part, kept].items()}
        for canary in canaries:
            found = {reader: {canary in seen[who] for who in whos} for reader, whos in READERS.items()}
            assert found == expected, canary


def make_item(kind: str, cast: Cast) -> Item:
    if kind == "study":
        return make_case_study(cast.neighbour, is_published=True)
    return make_source(cast.administrator) if kind == "sources" else make_printed(cast.administrator)


def make_note(kept: str, item: Item, cast: Cast) -> Note:
    if kept == SHARED:
        return keep(cast.officer, item, "Canary-found", tried="success", result="Canary-result")
    note = keep_private(cast.officer, item, "Canary-found")
    Note.objects.update(result="Canary-result")
    return note


def test_the_table_speaks_of_everybody() -> None:
    assert set(table()) == {(part, kept) for part in (WORDS, COUNT) for kept in (SHARED, PRIVATE)}
    assert all(set(row) == set(READERS) for row in table().values())
