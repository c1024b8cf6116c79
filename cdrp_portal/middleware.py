"""What every request and every response has, whatever the page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

Handler = Callable[[HttpRequest], HttpResponseBase]

TRUSTED_TYPES = "require-trusted-types-for 'script'"


def arrival_time(get_response: Handler) -> Handler:
    """Note when the request arrived, before anything else can take time: deadlines are judged by it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def browser_defences(get_response: Handler) -> Handler:
    """Tell the browser on every response what the page may not do, and never to keep signed-in pages."""
    policy = "; ".join(" ".join([name, *values]) for name, values in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Django's admin builds its pages with strings, so Trusted Types stays off there.
        trusted = "" if request.path.startswith("/admin/") else f"; {TRUSTED_TYPES}"
        response.headers.setdefault("Content-Security-Policy", policy + trusted)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    return middleware
