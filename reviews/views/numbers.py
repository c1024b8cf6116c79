"""Which submission an address asks for."""

from django.http import Http404, HttpRequest


def number_asked(request: HttpRequest) -> int | None:
    """Return the number of an earlier submission that an address asks for; None where it asks for the current one."""
    text = request.GET.get("number", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4 or int(text) == 0:
        raise Http404
    return int(text)
