"""Notes: the notebook, and keeping, changing and deleting what one found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import Membership
from casestudies import library_access as access
from casestudies.forms.notebook import NotebookForm, NoteForm
from casestudies.library_access import Notebook, NoteDesk
from casestudies.models import Item, Note
from casestudies.queries.notebook import Asked, kept, lines, title_of, url_for
from casestudies.services.notebook import NoteChanged, delete_note, save_note, write_note
from casestudies.views.sent import sent
from govuk.forms import require_stamp
from govuk.pagination import paginate


@require_safe
def notebook(request: SignedInRequest) -> HttpResponse:
    """List one's own notes and those of one's partnerships, as the address asks."""
    own = access.notebook_to_read(request.user)
    form = NotebookForm(request.GET)
    asked = form.asked
    page = paginate(kept(own, asked), request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines(own, page.object_list),
        "is_filtered": asked != Asked(),
        "is_several": len(own.partnerships) > 1,
    }
    return render(request, "casestudies/notebook/index.html", context)


def on_case_study(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Keep a note about a case study."""
    return _new(request, *access.case_study_to_note(request.user, partnership, slug))


def on_entry(request: SignedInRequest, shelf: str, slug: str) -> HttpResponse:
    """Keep a note about an entry of the library."""
    return _new(request, *access.entry_to_note(request.user, shelf, slug))


def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change one's own note; what was saved meanwhile from another page is shown beside it."""
    desk = access.note_to_edit(request.user, code)
    form = NoteForm((), *sent(request), initial=NoteForm.initial_of(desk.note))
    require_stamp(form)
    context = _page(form, desk.notebook, desk.note.item) | {"note": desk.note}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/notebook/edit.html", context)
    try:
        save_note(note=desk.note, revision=form.cleaned_data["revision"], words=form.words, by=desk.seat)
    except NoteChanged as changed:
        return _conflict(request, form, context, changed.current)
    return _kept(request, desk.notebook, desk.note.item, _("Your note is saved."))


def delete(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask, then delete a note."""
    desk = access.note_to_delete(request.user, code)
    if request.method != "POST":
        return render(request, "casestudies/notebook/delete.html", _line(desk))
    delete_note(note=desk.note, by=desk.seat)
    messages.success(request, _("The note is deleted."))
    return redirect("casestudies:notebook")


def _new(request: SignedInRequest, own: Notebook, item: Item) -> HttpResponse:
    form = NoteForm(own.partnerships, *sent(request), is_new=True)
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/notebook/new.html", _page(form, own, item))
    write_note(about=item, words=form.words, by=_seat(own, form))
    return _kept(request, own, item, _("Your note is kept."))


def _seat(own: Notebook, form: NoteForm) -> Membership:
    slug = form.cleaned_data.get("partnership", own.partnerships[0].slug)
    place = next(place for place in own.partnerships if place.slug == slug)
    return own.seat_in(place.pk) or own.seats[0]


def _kept(request: SignedInRequest, own: Notebook, item: Item, words: str) -> HttpResponse:
    messages.success(request, words)
    url = url_for(item, own)
    return redirect(f"{url}#notes" if url else "casestudies:notebook")


def _conflict(request: SignedInRequest, form: NoteForm, context: dict[str, Any], current: Note | None) -> HttpResponse:
    if current is None:
        return render(request, "casestudies/notebook/gone.html", context, status=409)
    form.stamp_anew(current.revision)
    return render(request, "casestudies/notebook/edit.html", context | {"theirs": current}, status=409)


def _page(form: NoteForm, own: Notebook, item: Item) -> dict[str, Any]:
    return {"form": form, "item_title": title_of(item, own), "item_url": url_for(item, own)}


def _line(desk: NoteDesk) -> dict[str, Any]:
    [line] = lines(desk.notebook, [desk.note])
    return {"line": line, "note": desk.note}
