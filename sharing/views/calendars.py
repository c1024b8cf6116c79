"""The yearly plan in one's own calendar: a page that makes and withdraws the link, and what the link answers."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
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
    link = request.session.pop(_link_key(desk), None) if request.method == "GET" and feed else None
    return render(request, "sharing/calendar.html", {**context, "feed": feed, "link": link})


@login_not_required
@require_safe
def feed(request: PortalRequest, token: str) -> HttpResponseBase:
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
    if membership.user.is_demonstration:
        name = _("%(name)s (Demonstration data)") % {"name": name}
    return _file(request, icalendar(name, PRODUCT, events))


def _file(request: PortalRequest, content: bytes) -> HttpResponseBase:
    """Send a calendar, or say that it is still the one that the program has."""
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "Cache-Control": "private, max-age=900"}
    response = get_conditional_response(request, etag=headers["ETag"]) or HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="plan.ics"'},
    )
    for header, value in headers.items():
        response[header] = value
    return response


def _act(request: SignedInRequest, desk: Desk, context: dict[str, Any]) -> HttpResponse:
    wanted = request.POST.get("then")
    if wanted == "make":
        # Shown on the next page, once: to load that page again makes no other link.
        request.session[_link_key(desk)] = services.make_feed(by=desk.seat)
        return redirect("sharing:calendar", desk.partnership.slug, context["year"])
    if wanted != "withdraw":
        raise BadRequest("A form came without saying what to do.")
    services.withdraw_feed(by=desk.seat)
    messages.success(request, _("The calendar link no longer works."))
    return redirect("sharing:calendar", desk.partnership.slug, context["year"])


def _link_key(desk: Desk) -> str:
    return f"calendar link {desk.seat.pk}"
