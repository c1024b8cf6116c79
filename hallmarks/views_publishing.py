"""Confirming lineage, publishing and withdrawing."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from hallmarks import access, services
from hallmarks.consequences import consequences
from hallmarks.forms_publishing import PublishForm, WithdrawForm
from hallmarks.lineage_queries import table_of
from hallmarks.lineage_table import LineageTable
from hallmarks.models import Version

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_form
def lineage(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Show what each criterion of a draft continues, and take what a person says of it."""
    found = access.version_to_publish(request.user, framework, version)
    before = Version.objects.continued_by(found)
    if found.status != Version.Status.DRAFT or before is None:
        messages.info(request, _no_table(found))
        return redirect("hallmarks:version", framework, version)
    table, confirmed = table_of(found, before, _sent(request))
    if request.method == "POST" and "look" not in request.POST and _confirm(request, found, table):
        return redirect("hallmarks:publish", framework, version)
    context = {
        "version": found,
        "before": before,
        "table": table,
        "confirmed": confirmed if request.method != "POST" else None,
        "page_has_errors": bool(table.error_summary),
    }
    return render(request, "hallmarks/lineage.html", context)


@require_form
def publish(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Say what follows, ask for the day in force, then publish a draft for good."""
    found = access.version_to_publish(request.user, framework, version)
    back = reverse("hallmarks:version", args=[framework, version])
    if found.status != Version.Status.DRAFT:
        messages.info(request, _("“%(title)s” is already published.") % {"title": found.title})
        return redirect(back)
    day = found.in_force_from or timezone.localdate()
    form = PublishForm(_sent(request), initial={"in_force_from": day}, back=back)
    if form.is_valid():
        try:
            services.publish_version(version=found, by=request.user, **form.cleaned_data)
        except services.CriteriaError as refusal:
            form.add_error("in_force_from" if isinstance(refusal, services.DayError) else None, str(refusal))
        else:
            messages.success(request, _("Published. Anybody can now read these criteria, and a round can use them."))
            return redirect(back)
    context = {"version": found, "form": form, "what": consequences(found), "back": back}
    return render(request, "hallmarks/publish.html", context)


@require_form
def withdraw(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Say what follows, ask for the reason, then withdraw a published version for good."""
    found = access.version_to_publish(request.user, framework, version)
    back = reverse("hallmarks:version", args=[framework, version])
    if found.status != Version.Status.PUBLISHED:
        messages.info(request, str(services.refusal_to_withdraw(found)))
        return redirect(back)
    form = WithdrawForm(_sent(request), back=back)
    if form.is_valid():
        try:
            services.withdraw_version(version=found, by=request.user, **form.cleaned_data)
        except services.CriteriaError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Withdrawn. Nothing that was answered under these criteria has changed."))
            return redirect(back)
    context = {"version": found, "form": form, "refusal": services.refusal_to_withdraw(found)}
    return render(request, "hallmarks/withdraw.html", context)


def _sent(request: SignedInRequest) -> QueryDict | None:
    """Return what was sent, be it empty, or None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def _confirm(request: SignedInRequest, found: Version, table: LineageTable) -> bool:
    """Confirm what was sent; where that is refused, say so on the table, which keeps every choice."""
    if table.error_summary:
        return False
    seen = request.POST.get("seen", "")
    try:
        services.confirm_lineage(version=found, chosen=table.chosen, seen=seen, by=request.user)
    except services.CriteriaError as refusal:
        table.refusal = str(refusal)
        return False
    messages.success(request, _("Lineage confirmed. Look at what follows, then publish."))
    return True


def _no_table(found: Version) -> str:
    if found.status != Version.Status.DRAFT:
        return _("“%(title)s” is already published.") % {"title": found.title}
    return _("These are the first criteria of their line, so there is nothing that they could continue.")
