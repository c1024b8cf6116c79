"""Sessions that end, and a sign-in that loses nothing."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import resend

Handler = Callable[[HttpRequest], HttpResponseBase]
SIGNED_IN, LAST_SEEN = "signed_in_at", "last_seen_at"
# Writing the session at every request would cost a commit each; the idle limit is counted in hours.
SEEN_STEP_SECONDS = 300
# Our scripts say so of what nobody did: a page left open must not keep its session alive.
UNATTENDED = "X-Unattended"


def session_limits(get_response: Handler) -> Handler:
    """End a session after its whole life, or after hours without a request, whichever comes first.

    A request for a page where nobody is to leave a trace is none: it neither ends a session nor keeps it alive.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_tracked = not request.path_info.startswith(settings.UNTRACKED_PATHS)
        if is_tracked and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _end_or_touch(request, int(time.time()))
        return get_response(request)

    return middleware


def _end_or_touch(request: HttpRequest, now: int) -> None:
    began = request.session.setdefault(SIGNED_IN, now)
    seen = request.session.get(LAST_SEEN, now)
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        logout(request)
    elif LAST_SEEN not in request.session or (now - seen > SEEN_STEP_SECONDS and UNATTENDED not in request.headers):
        request.session[LAST_SEEN] = now


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Ask for sign-in on every page that does not say it is public; what was being sent stays on the screen."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Answer a signed-out request: scripts get 401, forms get their text back, pages go to sign-in."""
        if resend.is_from_script(request):
            return JsonResponse({"error": "signed-out"}, status=401)
        if request.method == "POST":
            return resend.page(request, status=401, because=_("You were signed out before this could be saved."))
        return _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
