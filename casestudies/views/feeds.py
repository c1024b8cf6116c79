"""What is new among the case studies on public pages, as an Atom feed: of all, or of a search."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

from casestudies import access
from casestudies.search import wanted
from casestudies.search.choices import choices
from casestudies.search.finding import newest
from casestudies.search.hits import Row
from casestudies.search.wanted import Search

SECONDS, MOST = 15 * 60, 20
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@login_not_required
@cache_control(public=True, max_age=SECONDS)
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """Tell what was published last; nobody signs in to it, so it is the same for everybody."""
    search = wanted.read(request.GET, choices(), has_place=False)
    atom = _begun(search)
    for row in newest(search, access.entries_to_show(), MOST):
        _add(atom, row)
    return HttpResponse(atom.writeString("utf-8"), content_type=MEDIA_TYPE)


def _begun(search: Search) -> Atom1Feed:
    title = _("New case studies")
    query = search.address(sort="", mine="")
    here = settings.SITE_URL + reverse("casestudies:feed")
    return Atom1Feed(
        title=f"{title}: {search.words}" if search.words else title,
        link=settings.SITE_URL
        + (f"{reverse('casestudies:index')}?{query}" if query else reverse("casestudies:public_index")),
        description=None,
        subtitle=_("What partnerships did about a problem, and whether it worked."),
        feed_url=f"{here}?{query}" if query else here,
        language=get_language(),
    )


def _add(atom: Atom1Feed, row: Row) -> None:
    link = settings.SITE_URL + row.public_address
    atom.add_item(
        title=row.title,
        link=link,
        # Feeds carry summaries as HTML.
        description=escape(row.summary),
        unique_id=link,
        author_name=row.place,
        pubdate=row.published_at,
        updateddate=row.published_at,
    )
