"""A case study as an article, and its versions."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from casestudies import access
from casestudies.laid_out import laid_out
from casestudies.queries.notebook import beside
from casestudies.queries.reading import shown_to, version_shown, versions_of


def detail(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Show a case study as an article: the newest version, or to members their working text."""
    desk = access.case_study_to_read(request.user, partnership, slug)
    shown = shown_to(desk)
    context = {
        "desk": desk,
        "case_study": desk.case_study,
        "shown": shown,
        "article": shown.article,
        "laid": laid_out(shown.article),
        "notebook": beside(request.user, desk.case_study),
    }
    return render(request, "casestudies/detail.html", context)


def versions(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """List what was published: when, by whom, and what changed."""
    desk = access.case_study_to_read(request.user, partnership, slug)
    told = versions_of(desk.case_study)
    title = told[0].article.title if told and not desk.seat else desk.case_study.title
    context = {"desk": desk, "case_study": desk.case_study, "versions": told, "title": title}
    return render(request, "casestudies/versions.html", context)


def version(request: SignedInRequest, partnership: str, slug: str, number: int) -> HttpResponse:
    """Show one version as it was published."""
    desk, row = access.version_to_read(request.user, partnership, slug, number)
    shown = version_shown(desk, row)
    context = {
        "desk": desk,
        "case_study": desk.case_study,
        "shown": shown,
        "article": shown.article,
        "laid": laid_out(shown.article),
    }
    return render(request, "casestudies/version.html", context)
