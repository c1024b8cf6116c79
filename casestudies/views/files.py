"""The files of a case study."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from casestudies import access, services, uploads
from casestudies.access import WritingDesk
from casestudies.downloads import attachment_response
from casestudies.forms import AttachmentForm
from casestudies.views.sent import sent

log = logging.getLogger(__name__)


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
        added = _("“{name}” added.").format(name=checked.name)
        messages.success(request, f"{added} {checked.taken_out}".strip())
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
        *sent(request),
        used_bytes=uploads.bytes_used(desk.case_study.partnership),
        count=desk.case_study.attachments.count(),
    )
