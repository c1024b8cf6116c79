"""The pages on which the parts of a draft are written."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from hallmarks import editing
from hallmarks.draft_pages import Desk, form_page, on_a_draft
from hallmarks.forms_draft_criterion import CriterionForm, NewCriterionForm, NewSectionForm
from hallmarks.forms_draft_parts import DetailsForm, ScaleForm, SectionForm
from hallmarks.models import Criterion, CrosswalkLink
from hallmarks.reading import shown

forms_only = require_http_methods(["GET", "HEAD", "POST"])


@forms_only
@on_a_draft
def details(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Change title, source and dates."""
    form = DetailsForm(desk.document, *_sent(request), back=desk.address, seen=desk.seen)
    return form_page(request, desk, form, title=_("Title, source and dates"), at="details")


@forms_only
@on_a_draft
def section(request: SignedInRequest, desk: Desk, code: str) -> HttpResponse:
    """Give a section another title or code."""
    found = editing.section_of(desk.document, code)
    form = SectionForm(desk.document, found, *_sent(request), back=desk.address, seen=desk.seen)
    return form_page(request, desk, form, title=_("Change a section"), at=f"s-{found.number}")


@forms_only
@on_a_draft
def section_add(request: SignedInRequest, desk: Desk) -> HttpResponse:
    """Add a section with its first criterion."""
    used = _used(desk)
    form = NewSectionForm(desk.document, used, *_sent(request), back=desk.address, seen=desk.seen)
    return form_page(request, desk, form, title=_("Add a section"), at=f"s-{len(desk.document.sections) + 1}")


@forms_only
@on_a_draft
def criterion(request: SignedInRequest, desk: Desk, lineage: str) -> HttpResponse:
    """Change a criterion."""
    form = CriterionForm.of(desk.document, lineage, *_sent(request), back=desk.address, seen=desk.seen)
    title = shown(form.entry.title, 100)
    return form_page(
        request,
        desk,
        form,
        title=_("Change %(code)s") % {"code": form.entry.code},
        caption=title,
        at=f"c-{lineage}",
        remove=reverse("hallmarks:draft_remove", args=[*desk.version.natural_key(), lineage]),
    )


@forms_only
@on_a_draft
def criterion_add(request: SignedInRequest, desk: Desk, code: str) -> HttpResponse:
    """Add a criterion to a section."""
    caption = editing.section_of(desk.document, code).title
    used = _used(desk)
    form = NewCriterionForm(desk.document, code, used, *_sent(request), back=desk.address, seen=desk.seen)

    def place() -> str:
        return f"c-{form.typed_entry().lineage}"

    return form_page(request, desk, form, title=_("Add a criterion"), caption=caption, at=place)


@forms_only
@on_a_draft
def scale(request: SignedInRequest, desk: Desk, slug: str) -> HttpResponse:
    """Change the levels of a scale."""
    found = editing.scale_of(desk.document, slug)
    form = ScaleForm(desk.document, found, *_sent(request), back=desk.address, seen=desk.seen)
    return form_page(request, desk, form, title=_("Change the levels"), at=f"scale-{slug}")


def _sent(request: SignedInRequest) -> tuple[object, ...]:
    # An empty POST is a form sent empty, not a form not sent.
    return (request.POST,) if request.method == "POST" else ()


def _used(desk: Desk) -> set[str]:
    """Return every lineage that means something in this line of sets already."""
    line = desk.version.framework_id
    return Criterion.objects.lineages_of(line) | CrosswalkLink.objects.lineages_of(line)
