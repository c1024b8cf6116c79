"""The quarterly check sheet: what arrived, what is missing, and one page to write down each set."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from govuk.forms import require_stamp
from sharing import access, queries, services
from sharing.access import Desk
from sharing.forms import ReceiptForm
from sharing.models import InformationSet, SheetLine
from sharing.periods import FIRST, QUARTERS, Quarter, quarter_of, quarters_back

QUARTERS_LISTED = 8


def index(request: SignedInRequest, partnership: str) -> HttpResponseRedirect:
    """Lead to the sheet of the quarter that is under way."""
    desk = access.desk_to_read(request.user, partnership)
    now = quarter_of(timezone.localdate(request.arrived_at))
    return redirect("sharing:sheet", desk.partnership.slug, now.year, now.number)


def sheet(request: SignedInRequest, partnership: str, year: int, quarter: int) -> HttpResponse:
    """Show a check sheet, what is missing first."""
    desk = access.desk_to_read(request.user, partnership)
    today = timezone.localdate(request.arrived_at)
    asked = quarter_or_404(year, quarter, today)
    found = queries.sheet_of(desk.partnership, asked)
    latest = quarters_back(quarter_of(today), QUARTERS_LISTED)
    context = {
        "desk": desk,
        "sheet": found,
        "quarter": asked,
        "is_over": asked.ends_on < today,
        "others": queries.counts_of(desk.partnership, latest, len(found.rows)),
        "State": SheetLine.State,
    }
    return render(request, "sharing/sheet.html", context)


def line(request: SignedInRequest, partnership: str, year: int, quarter: int, number: int) -> HttpResponse:
    """Show one set of information, and save what came of it."""
    desk = access.desk_to_write(request.user, partnership)
    today = timezone.localdate(request.arrived_at)
    asked, one = quarter_or_404(year, quarter, today), get_object_or_404(InformationSet, number=number)
    form = _form(request, desk, asked, one, today)
    context: dict[str, Any] = {"desk": desk, "quarter": asked, "one": one, "form": form}
    if request.method != "POST":
        return render(request, "sharing/sheet_line.html", context)
    require_stamp(form)
    if not form.is_valid():
        return render(request, "sharing/sheet_line.html", context)
    try:
        _save(desk, asked, one, form)
    except services.Stale as stale:
        form.stamp_anew(stale.current.revision)
        return render(request, "sharing/sheet_line.html", {**context, "theirs": stale.current}, status=409)
    return _onward(request, desk, asked, number)


def quarter_or_404(year: int, number: int, today: datetime.date) -> Quarter:
    """Return a quarter that has begun since sharing began; 404 for any other."""
    quarter = Quarter(year, number)
    if number not in QUARTERS or not FIRST <= quarter <= quarter_of(today):
        raise Http404
    return quarter


def _form(
    request: SignedInRequest, desk: Desk, quarter: Quarter, one: InformationSet, today: datetime.date
) -> ReceiptForm:
    there = SheetLine.objects.of(desk.partnership, quarter).listed().filter(information_set=one).first()
    sender = None if there else queries.usual_sender(desk.partnership, one)
    sent = [request.POST] if request.method == "POST" else []
    return ReceiptForm(quarter, today, desk.partnership, *sent, initial=ReceiptForm.initial_of(there, sender))


def _save(desk: Desk, quarter: Quarter, one: InformationSet, form: ReceiptForm) -> SheetLine:
    return services.save_sheet_line(
        partnership=desk.partnership,
        quarter=quarter,
        information_set=one,
        receipt=form.receipt,
        **form.stamp,
        by=desk.seat,
    )


def _onward(request: SignedInRequest, desk: Desk, quarter: Quarter, number: int) -> HttpResponseRedirect:
    """Go to the next set that is missing, or back to the sheet."""
    messages.success(request, _("Set %(number)s saved.") % {"number": number})
    here = [desk.partnership.slug, quarter.year, quarter.number]
    following = queries.sheet_of(desk.partnership, quarter).next_missing(number)
    if request.POST.get("then") == "back" or following is None:
        return redirect("sharing:sheet", *here)
    return redirect("sharing:sheet_line", *here, following)
