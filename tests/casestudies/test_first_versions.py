"""What was published before there were versions is version 1 afterwards, and drafts are none."""

from importlib import import_module
from typing import Any

from django.apps import apps

from casestudies.article import document_of, working_article
from casestudies.models import CaseStudy, CaseStudyVersion, Tag
from hallmarks.models import Criterion, Version
from tests.casestudies.making import make_attachment, make_case_study
from tests.people import Cast

freeze = import_module("casestudies.migrations.0004_first_versions").freeze


def test_published_rows_are_frozen_as_they_read(cast: Cast, version: Version) -> None:
    published = make_case_study(cast.officer, *Criterion.objects.all(), from_year=2006, cost="1 pound")
    published.tags.set([Tag.objects.create(slug="burglary", name="Burglary")])
    make_attachment(published, cast.officer)
    make_case_study(cast.officer, title="A draft")
    CaseStudy.objects.filter(pk=published.pk).update(status="published")
    for _again in range(2):
        freeze(apps, None)
    made = CaseStudyVersion.objects.get()
    assert (made.case_study, made.number, made.published_by) == (published, 1, cast.officer)
    assert made.document == _as_stored(
        document_of(working_article(CaseStudy.objects.with_article().get(pk=published.pk)))
    )


def _as_stored(document: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in document.items()}
