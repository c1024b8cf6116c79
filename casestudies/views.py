"""Pages of case studies: the list, reading, writing, publishing, files."""

import logging
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import standing_of
from accounts.http import SignedInRequest
from accounts.models import Role
from casestudies import access, services, uploads
from casestudies.access import WritingDesk
from casestudies.downloads import attachment_response
from casestudies.forms import AttachmentForm, EditForm, PublishForm, StoryForm
from casestudies.models import CaseStudy
from casestudies.sara import STEPS
from govuk.forms import require_stamp
from govuk.pagination import paginate
from hallmarks.models import Criterion

log = logging.getLogger(__name__)

PER_PAGE = 20


def index(request: SignedInRequest) -> HttpResponse:
    """List what the person may read: their own partnership's first."""
    standing = standing_of(request.user)
    own = {seat.agency.partnership for seat in standing.memberships}
    mine_first = CaseStudy.objects.own_first(own).with_place()
    context = {
        "page": paginate(mine_first, request.GET.get("page"), PER_PAGE),
        "may_write_for": sorted((one for one in own if standing.is_at_least(Role.OFFICER, one)), key=str),
    }
    return render(request, "casestudies/index.html", context)


def detail(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Show a case study as an article."""
    desk = access.case_study_to_read(request.user, partnership, slug)
    criteria = desk.case_study.criteria.in_order().select_related("version__framework")
    context = {
        "desk": desk,
        "case_study": desk.case_study,
        "parts": [(step, getattr(desk.case_study, step.field)) for step in STEPS],
        "criteria": criteria.order_by("version__framework__title", "version", "section__number", "number"),
        "attachments": desk.case_study.attachments.all(),
    }
    return render(request, "casestudies/detail.html", context)


def new(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Begin a case study."""
    seat = access.partnership_to_write_for(request.user, partnership)
    form = StoryForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        case_study = services.create_case_study(
            partnership=seat.agency.partnership, story=form.story, criteria=form.chosen, by=seat
        )
        return _saved(request, case_study)
    return render(request, "casestudies/new.html", {"form": form, "partnership": seat.agency.partnership})


def edit(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Change a case study; a colleague's text saved meanwhile is shown beside one's own."""
    desk = access.case_study_to_edit(request.user, partnership, slug)
    form = EditForm(*_sent(request), initial=EditForm.initial_of(desk.case_study))
    require_stamp(form)
    context: dict[str, Any] = {"form": form, "case_study": desk.case_study}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/edit.html", context)
    try:
        case_study = services.save_case_study(
            case_study=desk.case_study,
            revision=form.cleaned_data["revision"],
            story=form.story,
            criteria=form.chosen,
            by=desk.seat,
        )
    except services.Stale as stale:
        context |= {"theirs": _differences(form, stale.current), "current": stale.current}
        form.stamp_anew(stale.current.revision)
        return render(request, "casestudies/edit.html", context, status=409)
    return _saved(request, case_study)


def publish(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Ask, then let every signed-in person read the text that was on the page."""
    desk = access.case_study_to_publish(request.user, partnership, slug)
    case_study = desk.case_study
    form = PublishForm(*_sent(request), initial={"revision": case_study.revision})
    if request.method != "POST":
        blank = [step.title for step in STEPS if not getattr(case_study, step.field)]
        context = {"form": form, "case_study": case_study, "blank": blank}
        return render(request, "casestudies/publish.html", context)
    require_stamp(form)
    try:
        services.publish_case_study(case_study=case_study, revision=form.cleaned_data["revision"], by=desk.seat)
    except services.Stale as stale:
        return render(request, "casestudies/changed.html", {"case_study": stale.current}, status=409)
    messages.success(request, _("Published. Everybody who is signed in can read it now."))
    return redirect(case_study)


def attachments(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """List a case study's files and add one."""
    desk = access.case_study_to_edit(request.user, partnership, slug)
    form = _attachment_form(request, desk)
    context = {"form": form, "case_study": desk.case_study, "attachments": desk.case_study.attachments.all()}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/attachments.html", context)
    checked = form.cleaned_data["file"]
    try:
        services.add_attachment(case_study=desk.case_study, checked=checked, by=desk.seat)
    except services.AlreadyAttached:
        # The same file again: a second click, or a retry after a lost answer.
        messages.success(request, _("“{name}” is attached already.").format(name=checked.name))
    except uploads.UploadRefused as refusal:
        form.add_error("file", refusal.message)
        return render(request, "casestudies/attachments.html", context)
    except uploads.StorageFull:
        log.exception("no room for a file at %s", request.path)
        return render(request, "casestudies/storage_full.html", context, status=507)
    else:
        messages.success(request, _("“{name}” added.").format(name=checked.name))
    return redirect("casestudies:attachments", partnership, slug)


def attachment(request: SignedInRequest, partnership: str, slug: str, fingerprint: str) -> HttpResponse:
    """Send one file."""
    one = access.attachment_to_read(request.user, partnership, slug, fingerprint)
    return attachment_response(one.file, one.name, one.media_type)


def attachment_remove(request: SignedInRequest, partnership: str, slug: str, fingerprint: str) -> HttpResponse:
    """Ask, then take one file off."""
    desk, one = access.attachment_to_remove(request.user, partnership, slug, fingerprint)
    if request.method != "POST":
        context = {"case_study": desk.case_study, "attachment": one}
        return render(request, "casestudies/attachment_remove.html", context)
    services.remove_attachment(attachment=one, by=desk.seat)
    messages.success(request, _("“{name}” removed.").format(name=one.name))
    return redirect("casestudies:attachments", partnership, slug)


def _attachment_form(request: SignedInRequest, desk: WritingDesk) -> AttachmentForm:
    return AttachmentForm(
        *_sent(request),
        used_bytes=uploads.bytes_used(desk.case_study.partnership),
        count=desk.case_study.attachments.count(),
    )


def _sent(request: SignedInRequest) -> tuple[Any, ...]:
    # An empty POST is a form sent empty, not a form not sent.
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _saved(request: SignedInRequest, case_study: CaseStudy) -> HttpResponse:
    messages.success(request, _("“{title}” saved.").format(title=case_study.title))
    return redirect("casestudies:index") if request.POST.get("then") == "later" else redirect(case_study)


def _differences(form: EditForm, current: CaseStudy) -> list[tuple[str, str]]:
    """Return what a colleague wrote wherever it is not what this form says: the question and their answer."""
    mine, theirs = form.story, services.Story.of(current)
    names = ("title", "summary", *(step.field for step in STEPS))
    found = [
        (str(form.fields[name].label), getattr(theirs, name))
        for name in names
        if getattr(mine, name) != getattr(theirs, name)
    ]
    criteria = list(current.criteria.in_order())
    if set(criteria) != set(form.chosen):
        found.append((str(form.fields["criteria"].label), _titles(criteria)))
    return found


def _titles(criteria: list[Criterion]) -> str:
    return "\n".join(criterion.title for criterion in criteria)
