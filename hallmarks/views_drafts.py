"""The outline of a draft, and what is done to it without writing: moving, removing, taking back, throwing away."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from hallmarks import access, editing, judging, services
from hallmarks.document import Document
from hallmarks.draft_acts import acts_of
from hallmarks.draft_pages import Desk, changed_page, on_a_draft, place_in
from hallmarks.editing import DOWN, UP
from hallmarks.formats import making
from hallmarks.forms_draft_parts import CopyForm
from hallmarks.models import Version
from hallmarks.preview import counted
from hallmarks.reading import shown
from hallmarks.stored import document_of

MOVES: Mapping[str, tuple[Callable[[Document, str, int], Document], int]] = {
    "section-up": (editing.move_section, UP),
    "section-down": (editing.move_section, DOWN),
    "criterion-up": (editing.move_criterion, UP),
    "criterion-down": (editing.move_criterion, DOWN),
}
# Of many acts the page names the newest.
ACTS_SHOWN = 10


@require_safe
@on_a_draft
def draft(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Show a draft as an outline in which everything can be changed, and what was done to it."""
    acts = acts_of(desk.version.framework_id, desk.version.slug)
    context = {
        "version": desk.version,
        "document": desk.document,
        "seen": desk.seen,
        "counts": counted(desk.document.counts()),
        "acts": acts,
        "acts_shown": acts.all[:ACTS_SHOWN],
        "done": request.GET.get("done", ""),
    }
    return render(request, "hallmarks/drafts/draft.html", context)


@require_POST
@on_a_draft
def move(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Move a section or a criterion one place up or down."""
    wanted = next((name for name in MOVES if name in request.POST), "")
    if not wanted:
        return redirect(desk.address)
    key, (by, step) = request.POST[wanted], MOVES[wanted]
    moved = by(desk.document, key, step)
    words = _("Moved %(what)s up") if step == UP else _("Moved %(what)s down")
    if wanted.startswith("section"):
        what, at = shown(editing.section_of(moved, key).title, 80), f"s-{editing.section_of(moved, key).number}"
    else:
        what, at = editing.placed(moved, key).criterion.code, f"c-{key}"
    return _done(request, desk, moved, act=words % {"what": what}, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@on_a_draft
def remove_criterion(request: SignedInRequest, desk: Desk, lineage: str) -> HttpResponse:
    """Ask once more, then remove a criterion."""
    found = editing.placed(desk.document, lineage)
    words = {"code": found.criterion.code, "title": shown(found.criterion.title, 80)}
    context = {"found": found, "at": f"c-{lineage}"}
    left = editing.remove_criterion(desk.document, lineage)
    at = "sections" if found.is_alone else f"s-{found.section.number}"
    return _removal(request, desk, left, context, act=_("Removed %(code)s, “%(title)s”") % words, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@on_a_draft
def remove_section(request: SignedInRequest, desk: Desk, code: str) -> HttpResponse:
    """Ask once more, then remove a section with its criteria."""
    found = editing.section_of(desk.document, code)
    context = {"section": found, "at": f"s-{found.number}"}
    act = _("Removed the section “%(title)s”") % {"title": shown(found.title, 80)}
    left = editing.remove_section(desk.document, code)
    return _removal(request, desk, left, context, act=act, at="sections")


@require_http_methods(["GET", "HEAD", "POST"])
@on_a_draft
def throw_away(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Ask once more, then throw a draft away; it can be brought back."""
    if request.method != "POST":
        context = {"version": desk.version, "seen": desk.seen, "counts": counted(desk.document.counts())}
        return render(request, "hallmarks/drafts/throw_away.html", context)
    try:
        services.throw_away_draft(version=desk.version, seen=str(request.POST.get("seen", "")), by=request.user)
    except services.DraftChangedError:
        return changed_page(request, desk)
    except services.CriteriaError as refusal:
        messages.error(request, str(refusal))
        return redirect(desk.address)
    text = _("“%(title)s” was thrown away. It can be brought back from this page.")
    messages.success(request, text % {"title": desk.version.title})
    return redirect("hallmarks:index")


@require_POST
def undo(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Take back the newest act on a draft, or do again what was taken back last; so a thrown away draft returns."""
    access.draft_to_edit(request.user, framework, version)
    try:
        stored = services.undo_draft(framework=framework, slug=version, by=request.user, act=_act(request))
    except services.CriteriaError as refusal:
        messages.error(request, str(refusal))
        return redirect("hallmarks:index")
    if stored is None:
        messages.success(request, _("The draft is not there any more. It can be brought back from this page."))
        return redirect("hallmarks:index")
    return redirect(place_in(stored, "acts"))


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Begin a new version from one that is published."""
    found = access.version_to_publish(request.user, framework, version)
    if found.status == Version.Status.DRAFT:
        return redirect("hallmarks:draft", framework, version)
    document = document_of(found)
    sent = (request.POST,) if request.method == "POST" else ()
    taken = {slug.casefold() for slug in found.framework.versions.values_list("slug", flat=True)}
    initial = {"title": found.title, "slug": making.free(found.slug, taken)}
    back = reverse("hallmarks:version", args=[framework, version])
    form = CopyForm(document, *sent, initial=initial, back=back)
    if request.method == "POST" and form.is_sound():
        try:
            begun = services.begin_version(
                version=found, slug=form.said("slug"), title=form.said("title"), by=request.user
            )
        except services.TakenError as refusal:
            form.add_error("slug", str(refusal))
        else:
            return redirect("hallmarks:draft", *begun.natural_key())
    return render(request, "hallmarks/drafts/copy.html", {"form": form, "version": found})


def _removal(
    request: SignedInRequest, desk: Desk, left: Document, context: dict[str, object], *, act: str, at: str
) -> HttpResponse:
    """Ask whether a part may go, and say why not where nothing would be left; then remove it."""
    faults = judging.faults(left, shown_parts=(), before=desk.document)
    if request.method == "POST" and not faults:
        return _done(request, desk, left, act=act, at=at)
    context |= {"version": desk.version, "seen": desk.seen, "faults": faults}
    return render(request, "hallmarks/drafts/remove.html", context)


def _done(request: SignedInRequest, desk: Desk, document: Document, *, act: str, at: str) -> HttpResponse:
    seen = str(request.POST.get("seen", ""))
    try:
        services.edit_draft(version=desk.version, document=document, seen=seen, act=act, by=request.user)
    except services.DraftChangedError:
        return changed_page(request, desk)
    except services.CriteriaError as refusal:
        messages.error(request, str(refusal))
        return redirect(desk.address)
    return redirect(place_in(desk.version, at))


def _act(request: SignedInRequest) -> int:
    given = str(request.POST.get("act", ""))
    if not given.isdecimal() or len(given) > 18:
        raise BadRequest("An act was to be taken back, and it was not said which.")
    return int(given)
