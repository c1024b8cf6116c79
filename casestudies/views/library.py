"""The library as readers see it: the index of case studies, the directory of sources, one entry."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import standing_of
from accounts.http import SignedInRequest
from casestudies import library_access as access
from casestudies import listed
from casestudies.forms.library import ShelfForm
from casestudies.library_access import INDEX
from casestudies.models import IndexEntry
from casestudies.queries.library import shelf_page
from casestudies.queries.notebook import beside


@require_safe
def shelf(request: SignedInRequest, shelf: str = INDEX) -> HttpResponse:
    """List what the library holds of one kind, under its headings; words and heading come by the address."""
    model, may_keep = access.shelf_to_read(shelf), standing_of(request.user).is_administrator
    form = ShelfForm(model, request.GET)
    form.is_valid()
    said = form.cleaned_data
    words, group, page = said.get("words", ""), said.get("group", ""), request.GET.get("page")
    shown = shelf_page(model, words=words, group=group, page=page, with_unlisted=may_keep)
    context = {
        "form": form,
        "shelf": shelf,
        "is_index": model is IndexEntry,
        "shown": shown,
        "is_filtered": bool(words or group),
        "may_keep": may_keep,
    }
    return render(request, "casestudies/library/shelf.html", context)


@require_safe
def entry(request: SignedInRequest, shelf: str, slug: str) -> HttpResponse:
    """Show one entry with what is known of it, and the notes about it."""
    one = access.entry_to_read(request.user, shelf, slug)
    context = {
        "entry": one,
        "heading": listed.heading_of(one),
        "shelf": shelf,
        "is_index": isinstance(one, IndexEntry),
        "hallmarks": [(code, listed.HALLMARKS.get(code, code)) for code in _codes(one)],
        "notebook": beside(request.user, one),
        "may_keep": standing_of(request.user).is_administrator,
    }
    return render(request, "casestudies/library/entry.html", context)


def _codes(one: listed.Entry) -> list[str]:
    return listed.codes_of(one.hallmarks) if isinstance(one, IndexEntry) and one.hallmarks else []
