"""Notes beside an item and in the notebook, and the counts that everybody may read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casestudies.library_access import DIRECTORY, INDEX, Notebook, notebook_of
from casestudies.listed import heading_of
from casestudies.models import CaseStudy, IndexEntry, Item, Note, NoteQuerySet, Source, field_of, newest_of
from casestudies.use import NOBODY, Use

# Beyond this the notebook has them all.
BESIDE = 20
KINDS: Mapping[str, Promise] = {
    field_of(CaseStudy): _("Case study"),
    field_of(IndexEntry): _("Case study in the library"),
    field_of(Source): _("Source"),
}


@dataclass(frozen=True)
class Line:
    """One note as its reader sees it; `url` is blank where the item itself is no longer there for them."""

    note: Note
    title: str
    kind: Promise
    url: str
    is_own: bool
    may_delete: bool


@dataclass(frozen=True)
class Beside:
    """What stands next to an item: the counts for everybody, the notes for those whose they are."""

    use: Use
    lines: Sequence[Line]
    has_more: bool
    may_write: bool
    add_url: str


@dataclass(frozen=True)
class Asked:
    """What of the notebook a reader asked for."""

    whose: str = ""
    kind: str = ""
    tried: str = ""
    words: str = ""


def uses_of(items: Collection[Item]) -> dict[int, Use]:
    """Return by number how the items of one kind were used; a partnership counts once, and not for its own work."""
    if not items:
        return {}
    field = field_of(type(next(iter(items))))
    notes = Note.objects.shared().filter(**{f"{field}__in": items}).order_by()
    if field == field_of(CaseStudy):
        notes = notes.exclude(case_study__partnership=F("partnership"))
    rows = notes.values_list(field).annotate(
        noted=_partnerships(Q()),
        tried_it=_partnerships(~Q(tried=Note.Tried.NO)),
        succeeded=_partnerships(Q(tried=Note.Tried.SUCCESS)),
    )
    return {row[0]: Use(*row[1:]) for row in rows}


def beside(user: User, item: Item) -> Beside:
    """Return what stands next to an item on its own page."""
    notebook = notebook_of(user)
    may_read = bool(notebook.seats)
    notes = list(notebook.notes.about(item)[: BESIDE + 1]) if may_read else []
    for note in notes:
        setattr(note, field_of(type(item)), item)
    return Beside(
        use=uses_of([item]).get(item.pk, NOBODY),
        lines=lines(notebook, notes[:BESIDE]),
        has_more=len(notes) > BESIDE,
        may_write=may_read,
        add_url=add_url(item),
    )


def kept(notebook: Notebook, asked: Asked) -> NoteQuerySet:
    """Return the notes of a notebook that were asked for, the newest first."""
    notes = notebook.notes.with_items()
    if asked.whose:
        notes = notes.filter(written_by=notebook.reader)
    if asked.whose == "private":
        notes = notes.filter(is_private=True)
    if asked.kind:
        notes = notes.filter(**{f"{asked.kind}__isnull": False})
    if asked.tried:
        notes = notes.filter(tried=asked.tried)
    for word in asked.words.split():
        notes = notes.filter(Q(found__icontains=word) | Q(result__icontains=word))
    return notes


def lines(notebook: Notebook, notes: Iterable[Note]) -> list[Line]:
    """Return notes with what each is about, as their reader may know it."""
    return [
        Line(
            note=note,
            title=title_of(note.item, notebook),
            kind=KINDS[field_of(type(note.item))],
            url=url_for(note.item, notebook),
            is_own=notebook.is_own(note),
            may_delete=notebook.may_delete(note),
        )
        for note in notes
    ]


def title_of(item: Item, notebook: Notebook) -> str:
    """Return what an item is called: of others' case studies, what they published, not what they work on."""
    if not isinstance(item, CaseStudy):
        return heading_of(item)
    newest = newest_of(item)
    is_own = any(place.pk == item.partnership_id for place in notebook.partnerships)
    return str(newest.document["title"]) if newest and not is_own else item.title


def url_of(item: Item) -> str:
    """Return the address of an item's own page."""
    if isinstance(item, CaseStudy):
        return item.get_absolute_url()
    return reverse("casestudies:library_entry", args=[_shelf(item), item.slug])


def add_url(item: Item) -> str:
    """Return the address at which a note about an item is written."""
    if isinstance(item, CaseStudy):
        return reverse("casestudies:note_on_case_study", args=[item.partnership.slug, item.slug])
    return reverse("casestudies:note_on_entry", args=[_shelf(item), item.slug])


def url_for(item: Item, notebook: Notebook) -> str:
    """Return the address of an item's own page, or a blank where it is not there for the reader any more."""
    is_there = isinstance(item, CaseStudy) or item.is_listed or notebook.keeps_library
    return url_of(item) if is_there else ""


def _shelf(entry: IndexEntry | Source) -> str:
    return INDEX if isinstance(entry, IndexEntry) else DIRECTORY


def _partnerships(which: Q) -> Count:
    return Count("partnership", filter=which, distinct=True)
