"""Publishing a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from hallmarks import access, services
from hallmarks.models import Version


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Ask once more, then publish a draft for good."""
    found = access.version_to_publish(request.user, framework, version)
    if request.method != "POST" and found.status == Version.Status.DRAFT:
        return render(request, "hallmarks/publish.html", {"version": found})
    try:
        services.publish_version(version=found, by=request.user)
    except services.CriteriaError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Published. Anybody can now read these criteria, and a round can use them."))
    return redirect("hallmarks:version", framework, version)
