"""Keep what somebody found: a note beside an item, for its writer alone or for the partnership.

The trail keeps that a note was written, changed or deleted, and never its words: they are the partnership's alone.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from accounts.models import Membership, new_code
from audit.services import record
from casestudies.models import Item, Note, field_of
from partnerships.models import Partnership

WORDS = {"found", "result"}


class NoteChanged(Exception):
    """The note was changed or deleted after its writer read it; `current` is what it says now, or None."""

    def __init__(self, current: Note | None) -> None:
        super().__init__("The note changed since it was read.")
        self.current = current


@dataclass(frozen=True)
class NoteWords:
    """What a note says, as a form sends it."""

    found: str
    usefulness: str
    tried: str = Note.Tried.NO.value
    result: str = ""
    is_private: bool = False

    @classmethod
    def of(cls, note: Note) -> "NoteWords":
        """Return the words as they stand."""
        return cls(note.found, note.usefulness, note.tried, note.result, note.is_private)


@transaction.atomic
def write_note(*, about: Item, words: NoteWords, by: Membership) -> Note:
    """Keep a note; the same one sent twice by one person (a double click, a retry) is kept once."""
    partnership = Partnership.objects.select_for_update().get(pk=by.agency.partnership_id)
    own = Note.objects.about(about).filter(partnership=partnership, written_by=by.user)
    same = own.filter(**asdict(words)).first()
    if same is not None:
        return same
    target = {field_of(type(about)): about}
    note = Note.objects.create(partnership=partnership, written_by=by.user, code=new_code(), **target, **asdict(words))
    _record("written", note, by, after=_without_words(words))
    return note


@transaction.atomic
def save_note(*, note: Note, revision: int, words: NoteWords, by: Membership) -> Note:
    """Write a note anew over the one that was read (`revision`); raises NoteChanged if that is no longer there."""
    current = _lock(note)
    before = NoteWords.of(current)
    if before == words:
        return current
    if current.revision != revision:
        raise NoteChanged(current)
    for name, said in asdict(words).items():
        setattr(current, name, said)
    current.revision += 1
    current.save()
    changed = [name for name, said in asdict(words).items() if said != asdict(before)[name]]
    _record("saved", current, by, _without_words(before), _without_words(words) | {"changed": changed})
    return current


@transaction.atomic
def delete_note(*, note: Note, by: Membership) -> None:
    """Take a note out for good; the trail keeps that there was one."""
    current = Note.objects.select_for_update().filter(pk=note.pk).first()
    if current is not None:
        _record("deleted", current, by, before=_without_words(NoteWords.of(current)))
        current.delete()


def _lock(note: Note) -> Note:
    current = Note.objects.select_for_update().filter(pk=note.pk).first()
    if current is None:
        raise NoteChanged(None)
    return current


def _without_words(words: NoteWords) -> dict[str, Any]:
    return {name: said for name, said in asdict(words).items() if name not in WORDS}


def _record(what: str, note: Note, by: Membership, before: Any = None, after: Any = None) -> None:
    record(
        kind=f"note.{what}",
        target=note,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=note.partnership.slug,
        before=before,
        after=after,
    )
