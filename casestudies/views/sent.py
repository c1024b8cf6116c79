"""What a page was sent."""

from typing import Any

from accounts.http import SignedInRequest


def sent(request: SignedInRequest) -> tuple[Any, ...]:
    """Return what a form is bound to."""
    # An empty POST is a form sent empty, not a form not sent.
    return (request.POST, request.FILES) if request.method == "POST" else ()
