"""A case study for print: one published version, fit for the PDF maker, with what stands beside it today."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from casestudies.access import Desk
from casestudies.article import Article
from casestudies.laid_out import LaidOut, laid_out
from casestudies.models import CaseStudy, CaseStudyVersion
from casestudies.queries.reading import Shown, version_shown
from reports.plain_text import printable


@dataclass(frozen=True)
class File:
    """A file that can be had at the address of the case study."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class PrintedCaseStudy:
    """All that the pages for print say. It names nobody."""

    case_study: CaseStudy
    shown: Shown
    article: Article
    laid: LaidOut
    files: Sequence[File]
    agreed: str
    retired: str
    address: str


def printed(desk: Desk, version: CaseStudyVersion) -> PrintedCaseStudy:
    """Return what is printed of a version; the address is the public one where that shows the same."""
    case_study, shown = desk.case_study, version_shown(desk, version)
    article = _printable(shown.article)
    is_public = case_study.is_on_public_page and desk.newest == version
    address = case_study.get_public_url() if is_public else case_study.get_absolute_url()
    return PrintedCaseStudy(
        case_study=case_study,
        shown=shown,
        article=article,
        laid=laid_out(article),
        files=[File(printable(file.name), file.kind, file.size) for file in shown.files],
        agreed=printable(shown.endorsement.reason) if shown.endorsement else "",
        retired=printable(case_study.retired_reason),
        address=settings.SITE_URL + address,
    )


def html_of(one: PrintedCaseStudy) -> str:
    """Return the text that the PDF maker gets."""
    return render_to_string("reports/case_study.html", {"printed": one, "stylesheet": "own:report.css"})


def _printable(article: Article) -> Article:
    said: dict[str, Any] = {each.name: getattr(article, each.name) for each in fields(article)}
    texts = {name: printable(value) for name, value in said.items() if isinstance(value, str)}
    return Article(**said | texts)
