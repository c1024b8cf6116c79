"""Administrators keep the library up to date: add an entry, change it, take it off the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from casestudies import library_access as access
from casestudies.forms.library import FORMS, EntryForm, initial_of, stamp_anew
from casestudies.listed import Entry, heading_of
from casestudies.models import IndexEntry
from casestudies.services.library import EntryChanged, add_entry, save_entry
from casestudies.views.sent import sent
from govuk.forms import require_stamp


def new(request: SignedInRequest, shelf: str) -> HttpResponse:
    """Put an entry on a list of the library."""
    model = access.shelf_to_keep(request.user, shelf)
    form = FORMS[model](*sent(request), is_new=True)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "shelf": shelf, "is_index": model is IndexEntry}
        return render(request, "casestudies/library/new.html", context)
    return _saved(request, shelf, add_entry(words=form.words, by=request.user))


def edit(request: SignedInRequest, shelf: str, slug: str) -> HttpResponse:
    """Change an entry; what somebody else saved meanwhile is shown beside one's own words."""
    entry = access.entry_to_keep(request.user, shelf, slug)
    form = FORMS[type(entry)](*sent(request), initial=initial_of(entry))
    require_stamp(form)
    context: dict[str, Any] = {"form": form, "entry": entry, "heading": heading_of(entry), "shelf": shelf}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/library/edit.html", context)
    try:
        revision = form.cleaned_data["revision"]
        saved = save_entry(entry=entry, revision=revision, words=form.words, by=request.user)
    except EntryChanged as changed:
        context |= {"theirs": _theirs(form, changed.current)}
        stamp_anew(form, changed.current.revision)
        return render(request, "casestudies/library/edit.html", context, status=409)
    return _saved(request, shelf, saved)


def _saved(request: SignedInRequest, shelf: str, entry: Entry) -> HttpResponse:
    messages.success(request, _("“{title}” saved.").format(title=heading_of(entry)))
    return redirect("casestudies:library_entry", shelf, entry.slug)


def _theirs(form: EntryForm, current: Entry) -> list[tuple[str, str]]:
    """Return what somebody else saved wherever it is not what this form says: the question and their answer."""
    mine, told = form.words, []
    for name in mine.__dataclass_fields__:
        theirs = getattr(current, name)
        if theirs != getattr(mine, name):
            told.append((str(form.fields[name].label), _in_words(form, name, theirs)))
    return told


def _in_words(form: EntryForm, name: str, said: Any) -> str:
    if name == "is_listed":
        said = "yes" if said else "no"
    choices = {str(value): str(label) for value, label in getattr(form.fields[name], "choices", ())}
    codes = str(said).split("|") if choices else []
    return ", ".join(choices.get(code, code) for code in codes) if choices else str(said or "")
