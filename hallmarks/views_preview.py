"""What a version changes in another of its line, and what an editor would say about its texts."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from hallmarks import access
from hallmarks.changes_shown import changes_between
from hallmarks.editors_eye import hints as hints_on
from hallmarks.hints_shown import by_kind
from hallmarks.stored import document_of


@require_safe
@login_not_required
def changes(request: HttpRequest, framework: str, version: str) -> HttpResponse:
    """Show what changed since the edition before, or since another that the visitor may read."""
    found = access.version_to_read(request.user, framework, version)
    readable = access.versions_to_read(request.user)
    others = readable.filter(framework=found.framework).exclude(pk=found.pk).order_by("-pk")
    slug = request.GET.get("against")
    chosen = next((other for other in (*others, found) if other.slug == slug), None)
    if slug and chosen is None:
        raise Http404
    against = chosen or readable.edition_before(found)
    context = {
        "version": found,
        "against": against,
        "others": others,
        "shown": changes_between(document_of(found), document_of(against)) if against else None,
    }
    return render(request, "hallmarks/changes.html", context)


@require_safe
def hints(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Show administrators what an editor would say; it stands in nobody's way."""
    found = access.version_to_look_through(request.user, framework, version)
    groups = by_kind(hints_on(document_of(found)))
    return render(request, "hallmarks/hints.html", {"version": found, "groups": groups})
