"""Publishing a case study, retiring it, and showing it to the public."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from casestudies import access, services
from casestudies.access import WritingDesk
from casestudies.forms import PublishForm, RetireForm, ShowForm
from casestudies.laid_out import laid_out
from casestudies.queries.publishing import Proof, proof_of
from casestudies.views.sent import sent
from govuk.forms import require_stamp


def publish(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Show what others will read and what to check in it, then publish the text that was on the page."""
    desk = access.case_study_to_publish(request.user, partnership, slug)
    proof = proof_of(desk)
    initial = {"revision": desk.case_study.revision, "seen": proof.seen}
    form = PublishForm(*sent(request), initial=initial, has_findings=bool(proof.found))
    if request.method != "POST":
        return render(request, "casestudies/publish.html", _page(desk, proof, form))
    require_stamp(form)
    if not form.is_valid():
        return render(request, "casestudies/publish.html", _page(desk, proof, form))
    try:
        services.publish_case_study(case_study=desk.case_study, by=desk.seat, **form.cleaned_data)
    except services.Stale as stale:
        return render(request, "casestudies/changed.html", {"case_study": stale.current}, status=409)
    except services.NotChecked:
        # What is to check came up after the page was read: somebody took up the mailbox, say.
        return redirect("casestudies:publish", partnership, slug)
    messages.success(request, _("Published. Everybody who is signed in can read it now."))
    return redirect(desk.case_study)


def retire(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Ask for the reason, then take it out of what others find."""
    desk = access.case_study_to_publish(request.user, partnership, slug)
    form = RetireForm(*sent(request))
    context = {"form": form, "case_study": desk.case_study}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/retire.html", context)
    try:
        services.retire_case_study(case_study=desk.case_study, by=desk.seat, **form.cleaned_data)
    except services.NotPublished:
        return render(request, "casestudies/not_published.html", context, status=409)
    messages.success(request, _("Retired. It stays at its address, with your reason on top."))
    return redirect(desk.case_study)


def show(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Ask who may read it: everybody who signs in, or the public too."""
    desk = access.case_study_to_publish(request.user, partnership, slug)
    form = ShowForm(*sent(request), initial={"audience": "public" if desk.case_study.is_public else "signed_in"})
    context = {"form": form, "case_study": desk.case_study}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/show.html", context)
    is_public = form.cleaned_data["audience"] == "public"
    try:
        services.set_public(case_study=desk.case_study, is_public=is_public, by=desk.seat)
    except services.NotPublished:
        return render(request, "casestudies/not_published.html", context, status=409)
    messages.success(request, _("Everybody can read it now.") if is_public else _("Only who signs in can read it now."))
    return redirect(desk.case_study)


def _page(desk: WritingDesk, proof: Proof, form: PublishForm) -> dict[str, Any]:
    return {
        "form": form,
        "case_study": desk.case_study,
        "proof": proof,
        "article": proof.article,
        "laid": laid_out(proof.article),
    }
