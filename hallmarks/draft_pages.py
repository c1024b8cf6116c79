"""What every page of a draft shares: opening it, saving what was typed, and saying what somebody else did meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.forms import Textarea, TextInput
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from hallmarks import access, services
from hallmarks.document import Document
from hallmarks.draft_acts import acts_of, document_seen
from hallmarks.editing import NotThere
from hallmarks.forms_draft_criterion import NewSectionForm
from hallmarks.forms_draft_parts import DetailsForm, ScaleForm
from hallmarks.forms_drafts import DraftForm, plain_lines
from hallmarks.models import DraftSnapshot, Version
from hallmarks.stored import document_of

Rest = ParamSpec("Rest")


@dataclass(frozen=True)
class Desk:
    """A draft as it is now: its row, what it says, and the hash by which a page says what it was made from."""

    version: Version
    document: Document
    seen: str

    @classmethod
    def of(cls, version: Version) -> "Desk":
        """Read a draft."""
        document = document_of(version)
        return cls(version, document, document.sha256())

    @property
    def address(self) -> str:
        """The outline of the draft."""
        return reverse("hallmarks:draft", args=self.version.natural_key())


def place_in(version: Version, at: str) -> str:
    """Return the address of a place in a draft's outline, which says there what was done."""
    return f"{reverse('hallmarks:draft', args=version.natural_key())}?{urlencode({'done': at})}#{at}"


View = Callable[Concatenate[SignedInRequest, Desk, Rest], HttpResponse]


def on_a_draft(view: View[Rest]) -> Callable[..., HttpResponse]:
    """Give a view the draft that its address names; what cannot be edited gets a page that says why."""

    @wraps(view)
    def opened(request: SignedInRequest, framework: str, version: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = access.draft_to_edit(request.user, framework, version)
        if isinstance(found, DraftSnapshot):
            return _cannot(request, "hallmarks/drafts/thrown_away.html", {"act": found}, status=404)
        if found.status != Version.Status.DRAFT:
            return _cannot(request, "hallmarks/drafts/fixed.html", {"version": found}, status=200)
        desk = Desk.of(found)
        try:
            return view(request, desk, *args, **kwargs)
        except NotThere:
            if request.method != "POST":
                raise Http404 from None
            return changed_page(request, desk)

    return opened


def form_page(
    request: SignedInRequest,
    desk: Desk,
    form: DraftForm,
    *,
    title: str,
    at: str | Callable[[], str],
    caption: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a form, or save what was typed in it and go back to its place in the outline."""
    page = {"form": form, "version": desk.version, "title": title, "caption": caption, "back": desk.address, **context}
    if request.method != "POST" or not form.is_sound():
        return render(request, "hallmarks/drafts/form.html", page)
    try:
        services.edit_draft(
            version=desk.version, document=form.typed(), seen=form.stamp, act=form.act(), by=request.user
        )
    except services.DraftChangedError:
        return _conflict(request, desk, form, page)
    except services.CriteriaError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "hallmarks/drafts/form.html", page, status=409)
    return redirect(place_in(desk.version, at() if callable(at) else at))


def changed_page(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Say what somebody else did meanwhile, where an act without words was refused, or its place is gone."""
    seen = str(request.POST.get("seen", ""))
    acts = acts_of(desk.version.framework_id, desk.version.slug).since(seen)
    context = {"version": desk.version, "acts": acts, "back": desk.address, "typed": _typed(request)}
    return render(request, "hallmarks/drafts/changed.html", context, status=409)


def _conflict(request: SignedInRequest, desk: Desk, form: DraftForm, page: dict[str, Any]) -> HttpResponse:
    """Show what was typed again, beside what somebody else saved; sent once more, it is saved over that."""
    line, slug = desk.version.framework_id, desk.version.slug
    acts = acts_of(line, slug).since(form.stamp)
    try:
        theirs = form.theirs(document_seen(line, slug, form.stamp))
    except NotThere:
        theirs = form.theirs(None)
    form.stamp_anew(desk.seen)
    page |= {"theirs": theirs, "acts": acts, "is_conflict": True}
    return render(request, "hallmarks/drafts/form.html", page, status=409)


def _cannot(request: SignedInRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    is_sent = request.method == "POST"
    return render(request, template, {**context, "typed": _typed(request)}, status=409 if is_sent else status)


def _typed(request: SignedInRequest) -> list[tuple[str, str]]:
    """Return what somebody typed on a page that cannot be shown again, so that nothing of it is lost."""
    sent = [(name.partition("-")[0], value) for name, value in request.POST.items() if isinstance(value, str)]
    return [(str(LABELS[name]), plain_lines(value)) for name, value in sent if name in LABELS and value.strip()]


LABELS = {
    "name": _("Name of the level"),
    "descriptor": _("What it means"),
    **{
        name: field.label or ""
        for form in (DetailsForm, ScaleForm, NewSectionForm)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, (TextInput, Textarea))
    },
}
