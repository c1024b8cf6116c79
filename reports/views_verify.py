"""Anybody may check a report: reference and fingerprint, or the PDF itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import throttle
from accounts.http import PortalRequest
from reports import verification
from reports.forms_verify import NOT_A_PDF, VerifyForm
from reports.verification import Verdict

# Nobody finds a fingerprint by trying; the limit keeps whoever tries from keeping the database busy.
WRONG = throttle.Limit("verify", 100, 15 * 60)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: PortalRequest, reference: str = "") -> HttpResponse:
    """Show the form, and answer it; an address with a reference only fills that in."""
    if request.method != "POST":
        return render(request, "reports/verify.html", {"form": VerifyForm(initial={"reference": reference})})
    address = throttle.address_of(request.META)
    try:
        throttle.refuse_if_full(WRONG, address)
    except throttle.TooManyFailures as full:
        return _wait(request, full.minutes)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reports/verify.html", {"form": form})
    return _answer(request, form, address)


def _answer(request: PortalRequest, form: VerifyForm, address: str) -> HttpResponse:
    verdict, tried = _looked_up(form)
    if verdict is None:
        throttle.count_failure(WRONG, address, tried)
    if verdict is None and form.is_data:
        form.add_error("file", NOT_A_PDF)
        return render(request, "reports/verify.html", {"form": form})
    file = form.cleaned_data["file"]
    context = {"verdict": verdict, "form": form, "by_file": file, "reference": form.cleaned_data.get("reference")}
    return render(request, "reports/verified.html", context)


def _looked_up(form: VerifyForm) -> tuple[Verdict | None, str]:
    """Return what is known, and what was asked, for the count of those who try."""
    given = form.cleaned_data
    if given["file"]:
        sha256 = verification.sha256_of(given["file"].chunks())
        return verification.of_file(sha256), sha256
    reference, marks = given["reference"], given["fingerprint"]
    return verification.of_fingerprint(reference, marks), f"{reference} {marks}"


def _wait(request: PortalRequest, minutes: int) -> HttpResponse:
    response = render(request, "reports/verify.html", {"form": VerifyForm(), "minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
