"""Give back what a person typed when a form could not be taken: signed out, stale token or no database."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

# Never sent back to the screen: the token is made anew, passwords and codes are typed anew.
SECRET = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


def is_from_script(request: HttpRequest) -> bool:
    """Say whether our own script sent it and wants JSON, not a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def page(request: HttpRequest, *, status: int, because: str) -> HttpResponse:
    """Return a page that shows what was sent and offers to send it again; it asks nothing of the database."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET
        for value in values
        if isinstance(value, str)
    ]
    context = {
        "because": because,
        "fields": fields,
        "typed": [value for _name, value in fields if len(value) > 40 or " " in value],
        "action": request.get_full_path(),
        "has_files": bool(request.FILES),
        "signed_out": status == 401,
        "csrf_token": get_token(request),
    }
    return HttpResponse(loader.render_to_string("accounts/resend.html", context), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer to send again a form of ours whose token went stale; give a stranger's form nothing."""
    if is_from_script(request):
        return JsonResponse({"error": "token", "token": get_token(request)}, status=403)
    if not _is_ours(request):
        return render(request, "403_csrf.html", status=403)
    return page(request, status=403, because=_("This page was open while you signed in again somewhere else."))


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
