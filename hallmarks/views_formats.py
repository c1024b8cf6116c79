"""Criteria as files: what anybody may read, anybody may take away, and load into a portal of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from govuk import downloads
from hallmarks import access, formats
from hallmarks.stored import document_of


@require_safe
@login_not_required
def version_file(request: HttpRequest, framework: str, version: str, form: str) -> HttpResponse:
    """Give a set in one of the formats; a draft only to those who may read it."""
    found = access.version_to_read(request.user, framework, version)
    if form not in formats.FORMATS:
        raise Http404
    content = formats.write(form, document_of(found))
    headers = downloads.headers(form, found.framework.slug, found.slug)
    return HttpResponse(content, content_type=formats.FORMATS[form].media_type, headers=headers)
