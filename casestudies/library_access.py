"""Who may read and keep the library, and whose notes are whose: the check is the fetch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_administrator, standing_of, strongest
from accounts.models import Membership, Role, User
from casestudies.access import case_study_to_read
from casestudies.listed import Entry
from casestudies.models import CaseStudy, IndexEntry, Note, NoteQuerySet, Source
from partnerships.models import Partnership

Shelf = type[IndexEntry] | type[Source]
INDEX, DIRECTORY = "case-studies", "sources"
SHELVES: Mapping[str, Shelf] = {INDEX: IndexEntry, DIRECTORY: Source}


@dataclass(frozen=True)
class Notebook:
    """What one person may read of notes, and the seats from which they write them; without a seat, neither."""

    reader: User
    seats: Sequence[Membership]

    @property
    def partnerships(self) -> list[Partnership]:
        """The partnerships whose notes are theirs too, each once."""
        return list({seat.agency.partnership_id: seat.agency.partnership for seat in self.seats}.values())

    @property
    def notes(self) -> NoteQuerySet:
        """The notes they may read."""
        return Note.objects.seen_by(self.reader, self.partnerships)

    def seat_in(self, partnership_id: int) -> Membership | None:
        """Return the strongest seat in one of the partnerships."""
        return strongest(seat for seat in self.seats if seat.agency.partnership_id == partnership_id)

    def is_own(self, note: Note) -> bool:
        """Say whether they wrote it."""
        return note.written_by_id == self.reader.pk

    @property
    def keeps_library(self) -> bool:
        """Whether they find in the library what was taken off its lists."""
        return standing_of(self.reader).is_administrator

    def may_delete(self, note: Note) -> bool:
        """Say whether they may take it out: their own, and as a coordinator what their partnership shares."""
        seat = self.seat_in(note.partnership_id)
        return self.is_own(note) or (seat is not None and seat.role == Role.COORDINATOR)


@dataclass(frozen=True)
class NoteDesk:
    """One note, and the seat from which its reader may change it."""

    note: Note
    seat: Membership
    notebook: Notebook


def notebook_of(user: User) -> Notebook:
    """Return the notebook of a person, which is empty for those without a seat."""
    return Notebook(user, standing_of(user).memberships)


def notebook_to_read(user: User) -> Notebook:
    """Return the notebook of a member of any partnership; to others it is not there."""
    notebook = notebook_of(user)
    if not notebook.seats:
        raise Http404
    return notebook


def shelf_to_read(slug: str) -> Shelf:
    """Return what a shelf of the library holds; everybody who signs in may read it."""
    if slug not in SHELVES:
        raise Http404
    return SHELVES[slug]


def entry_to_read(user: User, shelf: str, slug: str) -> Entry:
    """Return an entry; one that was taken off the list is there for administrators alone."""
    rows = shelf_to_read(shelf).objects
    found = rows.all() if standing_of(user).is_administrator else rows.listed()
    entry: Entry = get_object_or_404(found, slug=slug)
    return entry


def shelf_to_keep(user: User, shelf: str) -> Shelf:
    """Return what a shelf holds to an administrator; to others the page is not there."""
    require_administrator(user)
    return shelf_to_read(shelf)


def entry_to_keep(user: User, shelf: str, slug: str) -> Entry:
    """Return an entry to an administrator; to others the page is not there."""
    require_administrator(user)
    return entry_to_read(user, shelf, slug)


def case_study_to_note(user: User, partnership: str, slug: str) -> tuple[Notebook, CaseStudy]:
    """Return a case study that a member of any partnership may read; 403 to readers without a seat."""
    case_study = case_study_to_read(user, partnership, slug).case_study
    return _with_seat(user), case_study


def entry_to_note(user: User, shelf: str, slug: str) -> tuple[Notebook, Entry]:
    """Return an entry of the library for a member of any partnership; 403 to readers without a seat."""
    entry = entry_to_read(user, shelf, slug)
    return _with_seat(user), entry


def note_to_edit(user: User, code: str) -> NoteDesk:
    """Return a note to its writer; 403 to colleagues who may read it, 404 to everybody else."""
    desk = _note(user, code)
    if not desk.notebook.is_own(desk.note):
        raise PermissionDenied
    return desk


def note_to_delete(user: User, code: str) -> NoteDesk:
    """Return a note to its writer, and a shared one to its coordinators; 403 to colleagues, 404 to everybody else."""
    desk = _note(user, code)
    if not desk.notebook.may_delete(desk.note):
        raise PermissionDenied
    return desk


def _with_seat(user: User) -> Notebook:
    notebook = notebook_of(user)
    if not notebook.seats:
        raise PermissionDenied
    return notebook


def _note(user: User, code: str) -> NoteDesk:
    notebook = notebook_to_read(user)
    note = get_object_or_404(notebook.notes.with_items(), code=code)
    seat = notebook.seat_in(note.partnership_id)
    if seat is None:
        raise Http404
    return NoteDesk(note, seat, notebook)
