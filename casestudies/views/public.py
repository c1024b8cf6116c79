"""What a partnership shows to the public: the list, each case study as it was last published, its files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casestudies import access
from casestudies.downloads import attachment_response
from casestudies.laid_out import laid_out
from casestudies.queries.reading import shown_to
from casestudies.search.hits import rows_of

PER_PAGE = 20


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what anybody may read, the newest first."""
    entries = access.entries_to_show()
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    context = {"page": page, "rows": rows_of(entries[start : start + PER_PAGE])}
    return render(request, "casestudies/public_index.html", context)


@login_not_required
@require_safe
def article(request: HttpRequest, partnership: str, slug: str) -> HttpResponse:
    """Show the newest version to anybody, with what search engines read of it."""
    desk = access.public_case_study(partnership, slug)
    shown = shown_to(desk)
    context = {
        "case_study": desk.case_study,
        "shown": shown,
        "article": shown.article,
        "laid": laid_out(shown.article),
        "address": settings.SITE_URL + desk.case_study.get_public_url(),
    }
    return render(request, "casestudies/public.html", context)


@login_not_required
@require_safe
def attachment(request: HttpRequest, partnership: str, slug: str, fingerprint: str) -> HttpResponse:
    """Send one file that was published with it."""
    one = access.public_attachment(partnership, slug, fingerprint)
    return attachment_response(one.file, one.name, one.media_type)
