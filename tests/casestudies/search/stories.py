"""Published case studies for tests of searching, written and indexed as publishing does it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from casestudies.models import CaseStudy, Tag
from casestudies.search import wanted
from casestudies.search.choices import choices
from casestudies.search.finding import Results, find
from hallmarks.models import Criterion
from partnerships.models import Partnership
from tests.casestudies.making import freeze


def published(
    place: Partnership, by: User, title: str, *criteria: Criterion, tags: Iterable[Tag] = (), **some: Any
) -> CaseStudy:
    """Publish one for any partnership; its address is made of the title's words."""
    words = {"summary": "What was done.", "status": "published"} | some
    slug = f"{slugify(title)[:40]}-{CaseStudy.objects.count()}"
    row = CaseStudy.objects.create(partnership=place, slug=slug, title=title, written_by=by, **words)
    row.tags.set(tags)
    row.criteria.set(criteria)
    freeze(row)
    return row


def look(
    words: str = "",
    said: Mapping[str, str] | None = None,
    *,
    page: str | None = None,
    near: Partnership | None = None,
    **more: str,
) -> Results:
    """Search as the page does for somebody who is signed in."""
    search = wanted.read({"words": words, **(said or {}), **more}, choices(), has_place=near is not None)
    return find(search, page, near)


def titles(results: Results) -> list[str]:
    """Return what was found, in order, without marks."""
    return [hit.row.title for hit in results.hits]
