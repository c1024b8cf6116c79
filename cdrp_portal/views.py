"""Pages that belong to no one app: the way in, your work, the promises, and what to say when things fail."""

import logging
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import resend
from accounts.access import standing_of
from accounts.models import User
from casestudies.models import CaseStudy
from cdrp_portal.work import actions_due, work_of
from hallmarks.models import Version

log = logging.getLogger(__name__)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the start page to visitors and your work to those signed in."""
    if not isinstance(request.user, User):
        versions = Version.objects.published().select_related("framework")
        return render(request, "cdrp_portal/start.html", {"versions": versions})
    standing = standing_of(request.user)
    studies = CaseStudy.objects.filter(partnership__agencies__memberships__in=standing.memberships)
    context = {
        "standing": standing,
        "work": work_of(standing, timezone.now()),
        "actions_due": actions_due(standing, timezone.now()),
        "case_studies": studies.select_related("partnership").distinct()[:5],
    }
    return render(request, "cdrp_portal/your_work.html", context)


@login_not_required
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """Say who may read what, and when."""
    return render(request, "cdrp_portal/who_sees_what.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement."""
    return render(request, "cdrp_portal/accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Give the privacy notice."""
    return render(request, "cdrp_portal/privacy.html")


@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    """List the cookies, all of them necessary."""
    names = {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "cdrp_portal/cookies.html", names)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer “ok” if the database answers; for the machine that watches."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what was wrong with a request that could not be read, such as a form that is too large."""
    return HttpResponse(loader.render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a role does not allow this, with the way back to what it allows."""
    return _refusal(request, "403.html", 403, because=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page is not there, or not for this person: which of the two is nobody's business."""
    return _refusal(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away, with what was typed still there, and 500 for our own faults."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    log.error("database trouble at %s", request.path)
    if request.method == "POST":
        response = resend.page(request, status=503, because=_("The portal could not save just now."))
    else:
        response = HttpResponse(loader.render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = "30"
    return response


def _refusal(request: HttpRequest, template: str, status: int, *, because: str = "") -> HttpResponse:
    """Say no inside the whole frame, or on a bare page if the frame cannot be made, with the same status."""
    context = {"exception": because}
    try:
        page = loader.render_to_string(template, {**context, "frame": "base.html"}, request)
    except Exception:
        # The frame asks the database; what was refused stays refused when the database is away.
        log.exception("the frame of %s could not be made", template)
        page = loader.render_to_string(template, context)
    return HttpResponse(page, status=status)
