"""Attach files, web addresses and case studies to a rating; download them; take them off."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from assessments import access, documents, services
from assessments.access import Desk
from assessments.forms import CaseStudyForm, FileForm, LinkForm
from assessments.forms_linked import LinkedForm
from assessments.forms_sheets import SheetForm
from assessments.linked_answers import answer_named, with_evidence
from assessments.models import Evidence
from assessments.sheet_queries import logs_to_cite
from assessments.views.changed import asks_another, changed_meanwhile
from assessments.views.criterion import Place, place_of
from casestudies.downloads import attachment_response
from casestudies.models import CaseStudy
from casestudies.uploads import CheckedFile, StorageFull, bytes_used, written
from govuk.forms import GovukForm

log = logging.getLogger(__name__)


def add_file(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Attach a file."""

    def act(desk: Desk, place: Place, form: GovukForm) -> None:
        data = form.cleaned_data
        services.add_file(**_where(request, desk, place), title=data["title"], checked=data["file"])

    def make(desk: Desk) -> GovukForm:
        return FileForm(*_sent(request), used_bytes=bytes_used(desk.assessment.partnership))

    return _add(request, (round, partnership, code), make, act, "file")


def add_link(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Attach a web address."""

    def act(desk: Desk, place: Place, form: GovukForm) -> None:
        services.add_link(**_where(request, desk, place), **form.cleaned_data)

    return _add(request, (round, partnership, code), lambda desk: LinkForm(*_sent(request)), act, "link")


def cite(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Cite a case study."""

    def act(desk: Desk, place: Place, form: GovukForm) -> None:
        services.cite_case_study(**_where(request, desk, place), **form.cleaned_data)

    def make(desk: Desk) -> GovukForm:
        return CaseStudyForm(CaseStudy.objects.citable_by(desk.assessment.partnership), *_sent(request))

    return _add(request, (round, partnership, code), make, act, "case_study")


def add_sheet(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Attach what the partnership's own check sheets say of the criterion today, as a file that does not change."""
    today = timezone.localdate(request.arrived_at)

    def act(desk: Desk, place: Place, form: GovukForm) -> None:
        log = form.cleaned_data["sheet"]
        text = log.text(desk.assessment, place.question.criterion, today)
        services.add_file(**_where(request, desk, place), title=log.title, checked=written(log.title, text))

    def make(desk: Desk) -> GovukForm:
        logs = logs_to_cite(desk.assessment, place_of(desk, code).question.criterion, today)
        if not logs:
            raise Http404
        return SheetForm(logs, *_sent(request))

    return _add(request, (round, partnership, code), make, act, "sheet")


def use_linked(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Attach what the partnership attached to a linked criterion of another set; all of it is ticked."""

    def act(desk: Desk, place: Place, form: GovukForm) -> None:
        services.use_evidence(**_where(request, desk, place), **form.cleaned_data)

    def make(desk: Desk) -> GovukForm:
        question = place_of(desk, code).question
        answer = answer_named(desk.assessment, question, request.GET.get("from", ""))
        if answer is None:
            raise Http404
        with_evidence(None, [answer])
        if not answer.usable():
            raise Http404
        return LinkedForm(answer, *_sent(request))

    return _add(request, (round, partnership, code), make, act, "linked")


def remove(request: SignedInRequest, round: str, partnership: str, code: str, number: int) -> HttpResponse:
    """Ask, then take one piece of evidence off."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    place = place_of(desk, code)
    evidence = _piece(desk, place, number)
    context = {"assessment": desk.assessment, "place": place, "evidence": evidence}
    if refusal := services.refusal_of(desk.assessment, request.arrived_at):
        return _closed(request, context, refusal)
    if request.method != "POST":
        return render(request, "assessments/evidence_remove.html", context)
    try:
        services.remove_evidence(
            assessment=desk.assessment, evidence=evidence, by=desk.seat, arrived_at=request.arrived_at
        )
    except services.Refused as late:
        return _closed(request, context, late)
    messages.success(request, _("Evidence removed."))
    return redirect("assessments:criterion", round, partnership, code)


def download(request: SignedInRequest, round: str, partnership: str, code: str, number: int) -> HttpResponseBase:
    """Send a file to a member of the partnership."""
    desk = access.assessment_to_read(request.user, round, partnership)
    evidence = _piece(desk, place_of(desk, code), number)
    if not evidence.file:
        raise Http404
    return attachment_response(evidence.file, evidence.title, evidence.media_type)


def submitted_file(request: SignedInRequest, reference: str, sha256: str) -> HttpResponseBase:
    """Send a file that a submission names to those who may read the submission."""
    submission = access.submission_by_reference(request.user, reference)
    named = documents.read(submission.document).every_criterion()
    if not any(piece.sha256 == sha256 for entry in named for piece in entry.evidence):
        raise Http404
    rows = Evidence.objects.filter(rating__assessment=submission.assessment, sha256=sha256)
    evidence = rows.exclude(file="").first()
    if evidence is None:
        raise Http404
    return attachment_response(evidence.file, evidence.title, evidence.media_type)


def _add(
    request: SignedInRequest,
    address: tuple[str, str, str],
    make: Callable[[Desk], GovukForm],
    act: Callable[[Desk, Place, GovukForm], None],
    kind: str,
) -> HttpResponse:
    """Show one of the three forms, or act on it and go back to the criterion; refusals stay on the form."""
    desk = access.assessment_to_rate(request.user, *address[:2])
    place = place_of(desk, address[2])
    if asks_another(request, place.question):
        return changed_meanwhile(request, desk, place.question)
    context = {"assessment": desk.assessment, "place": place, "kind": kind}
    if refusal := services.refusal_of(desk.assessment, request.arrived_at):
        return _closed(request, context, refusal)
    form = make(desk)
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        try:
            act(desk, place, form)
        except StorageFull:
            log.exception("no room for a file at %s", request.path)
            return render(request, "assessments/storage_full.html", context, status=507)
        except services.Refused as late:
            return _closed(request, context, late)
        else:
            messages.success(request, f"{_('Evidence added.')} {_taken_out(form)}".strip())
            return redirect("assessments:criterion", *address)
    return render(request, "assessments/evidence_add.html", context)


def _taken_out(form: GovukForm) -> str:
    """Say what was taken out of the file of a form that has one."""
    file = form.cleaned_data.get("file")
    return file.taken_out if isinstance(file, CheckedFile) else ""


def _closed(request: SignedInRequest, context: dict[str, Any], refusal: services.Refused) -> HttpResponse:
    return render(request, "assessments/closed.html", {**context, "why": refusal.why}, status=409)


def _sent(request: SignedInRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _where(request: SignedInRequest, desk: Desk, place: Place) -> dict[str, Any]:
    return {
        "assessment": desk.assessment,
        "question": place.question,
        "by": desk.seat,
        "arrived_at": request.arrived_at,
    }


def _piece(desk: Desk, place: Place, number: int) -> Evidence:
    return get_object_or_404(
        Evidence.objects.select_related("rating__criterion"),
        rating__assessment=desk.assessment,
        rating__criterion=place.question.criterion,
        number=number,
    )
