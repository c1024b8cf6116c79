"""Entries of the library and notes for tests, made the way people make them."""

from typing import Any

from accounts.models import User
from casestudies.models import CaseStudy, IndexEntry, Item, Note, Source, field_of
from casestudies.services.library import IndexWords, SourceWords, add_entry
from casestudies.services.notebook import NoteWords, write_note
from tests.casestudies.making import seat_of
from tests.people import Cast

GUIDE = "Delivering Safer Communities (2007), appendix L"


def make_printed(by: User, title: str = "Weeks of action", **words: Any) -> IndexEntry:
    """Put a case study that is printed elsewhere on the list."""
    said = {"place": "Liverpool", "hallmarks": "H5", "pages": "47", "source": GUIDE} | words
    entry = add_entry(words=IndexWords(title=title, **said), by=by)
    assert isinstance(entry, IndexEntry)
    return entry


def make_source(by: User, name: str = "Problem guides", **words: Any) -> Source:
    """Put a source on the list."""
    said = {"kind": "how_to_do_it", "source": "Good practice paper", "web_address": "http://www.guides.example"} | words
    entry = add_entry(words=SourceWords(name=name, **said), by=by)
    assert isinstance(entry, Source)
    return entry


def keep(by: User, about: Item, found: str = "Worth reading.", tried: str = "no", result: str = "") -> Note:
    """Keep a note for the partnership of a person of the cast."""
    return write_note(about=about, words=NoteWords(found, "very", tried, result), by=seat_of(by))


def keep_private(by: User, about: Item, found: str = "For me.", tried: str = "success") -> Note:
    """Keep a note that is its writer's alone."""
    return write_note(about=about, words=NoteWords(found, "very", tried, is_private=True), by=seat_of(by))


def make_library(cast: Cast) -> None:
    """Make one entry of each kind and notes of an officer, one of which addresses name "kept"."""
    keep(cast.officer, make_printed(cast.administrator))
    for study in CaseStudy.objects.published():
        keep(cast.officer, study)
    note = keep(cast.officer, make_source(cast.administrator))
    Note.objects.filter(pk=note.pk).update(code="kept")


def fill_library(cast: Cast, number: int = 60) -> None:
    """Put as many entries of each kind on the list, and let each be noted; each partnership notes what it may read."""
    names = [f"Many {n}" for n in range(number)]
    IndexEntry.objects.bulk_create(IndexEntry(slug=f"many-{n}", title=name) for n, name in enumerate(names))
    Source.objects.bulk_create(Source(slug=f"many-{n}", name=name, kind="awards") for n, name in enumerate(names))
    studies = list(CaseStudy.objects.published()[:number])
    items: list[Item] = [*IndexEntry.objects.all(), *Source.objects.all(), *studies, *studies[:1] * number]
    seat = seat_of(cast.officer)
    Note.objects.bulk_create(
        Note(
            **{field_of(type(item)): item},
            partnership=seat.agency.partnership,
            written_by=seat.user,
            code=f"many-{n}",
            found="Found",
            usefulness="very",
        )
        for n, item in enumerate(items)
    )
