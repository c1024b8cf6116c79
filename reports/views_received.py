"""What a Government Office took in from other portals."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import RegionalPost
from assessments import documents
from assessments.documents import ActionEntry, Document
from govuk.forms import SummaryItem
from govuk.pagination import paginate
from hallmarks.problems import Problem
from reports import received_access as access
from reports import receiving
from reports.forms_verify import ReceiveForm
from reports.models import ReceivedSubmission
from reports.refusing import NotTakenIn
from reports.services.receiving import take_in
from reviews import reading
from reviews.access import region_to_read

PROBLEMS_IN_SUMMARY = 5


@dataclass(frozen=True)
class Row:
    """One submission of the list, with what it says of itself."""

    received: ReceivedSubmission
    document: Document


class _Action:
    """An improvement action with its day as a day."""

    def __init__(self, entry: ActionEntry) -> None:
        self.text, self.owner = entry.text, entry.owner
        self.due_on = datetime.date.fromisoformat(entry.due_on)


@require_safe
def received(request: SignedInRequest, region: str) -> HttpResponse:
    """List what the region took in, the newest first."""
    place = region_to_read(request.user, region)
    found = ReceivedSubmission.objects.filter(region=place).select_related("received_by")
    page = paginate(found, request.GET.get("page"))
    rows = [Row(each, documents.read(each.document)) for each in page]
    may_add = access.post_that_takes_in(request.user, place) is not None
    return render(request, "reports/received.html", {"region": place, "page": page, "rows": rows, "may_add": may_add})


@require_http_methods(["GET", "HEAD", "POST"])
def received_add(request: SignedInRequest, region: str) -> HttpResponse:
    """Take in a PDF or JSON of another portal; what is wrong with it is said all at once."""
    post = access.post_to_take_in(request.user, region)
    form = ReceiveForm(request.POST, request.FILES) if request.method == "POST" else ReceiveForm()
    if not form.is_valid():
        return render(request, "reports/received_add.html", {"form": form, "region": post.region})
    try:
        made = take_in(frozen=receiving.submission_of(form.data_given), by=post, arrived_at=request.arrived_at)
    except NotTakenIn as refusal:
        return _problems_page(request, form, post, refusal.problems)
    messages.success(request, _("Taken in. This portal did not check who it is from."))
    return redirect("reports:received_submission", post.region.slug, made.sha256)


@require_safe
def received_submission(request: SignedInRequest, region: str, sha256: str) -> HttpResponse:
    """Show what a file from another portal says."""
    found = access.received_to_read(request.user, region, sha256)
    document = documents.read(found.document)
    parts = reading.parts_of(document)
    context = {
        "region": found.region,
        "received": found,
        "document": document,
        "submitted_at": datetime.datetime.fromisoformat(document.submitted_at),
        "verify_at": f"{document.portal.rstrip('/')}/verify/" if document.portal else "",
        "parts": parts,
        "profiles": reading.profiles_of(document, parts),
        "actions": [_Action(each) for each in document.actions],
    }
    return render(request, "reports/received_submission.html", context)


@require_safe
def received_json(request: SignedInRequest, region: str, sha256: str) -> HttpResponse:
    """Give the file as it came, to the letter."""
    found = access.received_to_read(request.user, region, sha256)
    headers = {"Content-Disposition": 'attachment; filename="submission.json"'}
    return HttpResponse(found.document.encode(), content_type="application/json", headers=headers)


def _problems_page(
    request: SignedInRequest, form: ReceiveForm, post: RegionalPost, problems: Sequence[Problem]
) -> HttpResponse:
    named = problems[:PROBLEMS_IN_SUMMARY]
    summary = [SummaryItem(capfirst(str(problem)), f"problem-{number}") for number, problem in enumerate(named, 1)]
    if len(problems) > PROBLEMS_IN_SUMMARY:
        summary.append(SummaryItem(_("The other problems are in the table"), "problems"))
    context = {"form": form, "region": post.region, "problems": problems, "summary": summary, "page_has_errors": True}
    return render(request, "reports/received_add.html", context)
