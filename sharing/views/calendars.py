"""The yearly plan in one's own calendar: a page that makes and withdraws the link, and what the link answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.http import PortalRequest, SignedInRequest
from sharing import access, queries, services
from sharing.access import Desk
from sharing.icalendar import calendar as icalendar
from sharing.models import CalendarFeed
from sharing.views.plans import year_or_404

PRODUCT = "-//Partnership self-assessment//Yearly plan//EN"
# Nobody guesses 256 bits; the limit keeps whoever tries from keeping the database busy.
WRONG_LINKS = throttle.Limit("calendar", 100, 15 * 60)


@never_cache
def calendar(request: SignedInRequest, partnership: str, year: int) -> HttpResponse:
    """Explain the subscription; make the link, which is shown once, or withdraw it."""
    desk = access.desk_to_read(request.user, partnership)
    context = {"desk": desk, "year": year_or_404(year, timezone.localdate(request.arrived_at))}
    if request.method == "POST":
        return _act(request, desk, context)
    feed = CalendarFeed.objects.filter(membership=desk.seat).first()
    return render(request, "sharing/calendar.html", {**context, "feed": feed})


@login_not_required
@require_safe
def feed(request: PortalRequest, token: str) -> HttpResponse:
    """Answer a calendar program: the days of the plan, for as long as the link's owner is a member."""
    address = throttle.address_of(request.META)
    try:
        throttle.refuse_if_full(WRONG_LINKS, address)
        membership = access.feed_of_token(token).membership
    except throttle.TooManyFailures as full:
        return HttpResponse(status=429, headers={"Retry-After": str(full.minutes * 60)})
    except Http404:
        throttle.count_failure(WRONG_LINKS, address, token)
        raise
    partnership = membership.agency.partnership
    events = queries.events_of(partnership, since=timezone.localdate(request.arrived_at).year - 1)
    name = _("%(name)s partnership: yearly plan") % {"name": partnership.name}
    return HttpResponse(
        icalendar(name, PRODUCT, events),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="plan.ics"', "Cache-Control": "private, max-age=900"},
    )


def _act(request: SignedInRequest, desk: Desk, context: dict[str, Any]) -> HttpResponse:
    wanted = request.POST.get("then")
    if wanted == "make":
        return render(request, "sharing/calendar.html", {**context, "link": services.make_feed(by=desk.seat)})
    if wanted != "withdraw":
        raise BadRequest("A form came without saying what to do.")
    services.withdraw_feed(by=desk.seat)
    messages.success(request, _("The calendar link no longer works."))
    return redirect("sharing:calendar", desk.partnership.slug, context["year"])
