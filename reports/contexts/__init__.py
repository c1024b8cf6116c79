"""What a report says, made from the frozen documents alone, so that an old report can never change."""

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import override

from assessments.documents import Document
from reports import summing
from reports.contexts import cover, criteria, ends, office, summary, tables
from reports.contexts.matter import Matter, matter_of
from reports.parts import FULL, ReportContext
from reviews.documents import ReviewDocument


def of_submission(
    document: Document, fingerprint: str, *, form: str = FULL, language: str = settings.LANGUAGE_CODE
) -> ReportContext:
    """Return the report of a submitted document with its SHA-256."""
    with override(language):
        return _context(matter_of(document, fingerprint, form), language)


def of_reviewed(
    document: Document,
    fingerprint: str,
    review_document: ReviewDocument,
    review_fingerprint: str,
    *,
    form: str = FULL,
    language: str = settings.LANGUAGE_CODE,
) -> ReportContext:
    """Return the report of a submission with its closed review; raises ValueError if it is a review of another."""
    if review_document.submission_sha256 != fingerprint:
        raise ValueError("This review is of another submission.")
    with override(language):
        matter = matter_of(document, fingerprint, form, review_document)
        return _context(replace(matter, review_fingerprint=review_fingerprint), language)


def of_draft(
    document: Document, on: datetime.date, *, form: str = FULL, language: str = settings.LANGUAGE_CODE
) -> ReportContext:
    """Return the report of an assessment that is still being written, as of a day; it says so on every page."""
    with override(language):
        matter = replace(matter_of(document, "", form), is_draft=True, drafted_on=on.isoformat())
        return _context(matter, language)


def _context(matter: Matter, language: str) -> ReportContext:
    document, practice, statutory = matter.document, matter.practice, matter.statutory
    top, bottom = summary.end_names(matter)
    lead, lead_rest = summary.lead(matter)
    sections, laws = criteria.sections(matter, practice), criteria.sections(matter, statutory)
    written, actions = criteria.written_out(matter), ends.actions(matter)
    of_practice, of_law = tables.tables(matter, written)
    citations, sources = ends.citations(matter), ends.sources(matter)
    return ReportContext(
        **_cover(matter, language),
        lead=lead,
        lead_rest=lead_rest,
        or_better=summing.or_better(summing.main_scale(document, practice)),
        practice_labels=summary.levels(matter, practice),
        statutory_labels=summary.levels(matter, statutory),
        top_name=top,
        bottom_name=bottom,
        summary=summary.summary(matter, sections, ends.every_action(matter)),
        sections=criteria.kept(sections, written),
        statutory=criteria.kept(laws, written),
        statutory_lead=summing.share(document, statutory),
        statutory_counts=summing.in_words(document, statutory),
        statutory_bar=summary.statutory_bar(matter),
        table=of_practice,
        statutory_table=of_law,
        actions=actions.kept,
        more_actions=actions.more,
        citations=citations.kept,
        more_citations=citations.more,
        sources=sources.kept,
        more_sources=sources.more,
        criteria_source=document.criteria.source,
        office=office.office(matter),
    )


def _cover(matter: Matter, language: str) -> dict[str, Any]:
    document = matter.document
    return {
        "form": matter.form,
        "language": language,
        "partnership": cover.short_name(matter),
        "kind_of_partnership": cover.kind_of_partnership(matter),
        "round": document.round.name,
        "heading": cover.heading(matter),
        "foot": cover.foot(matter),
        "reference": document.reference,
        "fingerprint": matter.fingerprint,
        "verification": cover.verification(matter),
        "made_at": matter.review.closed_at if matter.review else document.submitted_at,
        "is_draft": matter.is_draft,
        "is_demonstration": document.is_demonstration,
        "facts": tuple(cover.facts(matter)),
        "profile": cover.profile(matter),
    }
