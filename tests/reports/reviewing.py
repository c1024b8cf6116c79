"""Closed reviews for the tests of reports, and documents that tell everything a document can."""

import dataclasses

from assessments.documents import (
    HIGHER,
    LOWER,
    SAME,
    ActionEntry,
    BeforeEntry,
    Document,
    EvidenceEntry,
    IndicatorEntry,
    SpreadEntry,
    canonical,
    fingerprint,
)
from reports import contexts
from reports.parts import FULL, ReportContext
from reviews.documents import QuestionEntry, RecommendationEntry, ReviewDocument, ReviewedEntry
from tests.reports import making
from tests.reports.making import criterion

SHA, REVIEW_SHA = "ab" * 32, "cd" * 32
OFFICE = "Government Office for the East Midlands"
PORTAL = "https://portal.example"


def then(level: str, change: str, *, is_reworded: bool = False) -> BeforeEntry:
    return BeforeEntry("2026 self-assessment", level, change, is_reworded)


def told() -> Document:
    """A document with a portal, actions, what was before, and how agencies saw it."""
    spread = (
        SpreadEntry("gap_identified", "gap_identified", 2),
        SpreadEntry("gap_identified", "working_towards", 1),
        SpreadEntry("some_success", "some_success", 1),
    )
    signs = tuple(IndicatorEntry(n, f"Sign {n}", answer) for n, answer in enumerate(["yes", "partly", "no", ""]))
    return making.small(
        criterion(
            "LEAD.1",
            "working_towards",
            indicators=signs,
            spread=spread,
            before=then("Gap identified", HIGHER),
            evidence=(
                EvidenceEntry("link", "Survey", "https://partnership.example/survey"),
                EvidenceEntry("case_study", "Joint patrols", "amber-valley/joint-patrols"),
            ),
        ),
        criterion("LEAD.2", "gap_identified", before=then("Some success", LOWER, is_reworded=True)),
        criterion("LEAD.3", "", before=then("Some success", "")),
        criterion("LEAD.4", "doing_well", is_key=True, before=then("Doing well", SAME)),
        criterion("LAW.1", "met", kind="statutory", scale="statutory", spread=(SpreadEntry("met", "met", 3),)),
        criterion("LAW.2", "not_met", kind="statutory", scale="statutory", before=then("", "")),
        portal=PORTAL,
        actions=(
            ActionEntry("LEAD.2", "Share one audit", "Police force", "2027-09-30", "open"),
            ActionEntry("", "An old promise", "Local authority", "2027-02-01", "open"),
        ),
    )


def review(document: Document, **changes: object) -> ReviewDocument:
    """A closed review of a document: the same level but for the second criterion, which it sees as lower or higher."""
    entries = list(document.every_criterion())
    seen = [ReviewedEntry(each.code, each.level, each.does_not_apply, f"Seen: {each.code}.") for each in entries]
    seen[1] = dataclasses.replace(seen[1], level="doing_well", does_not_apply=False)
    known: dict[str, object] = {
        "reference": document.reference,
        "closed_at": "2027-05-12T09:00:00+00:00",
        "closed_by": f"Reviewer, {OFFICE}",
        "region": "east-midlands",
        "government_office": OFFICE,
        "is_demonstration": True,
        "submission_sha256": fingerprint(canonical(document)),
        "summary": "A careful piece of work.\n\nThe audit is the place to begin.",
        "criteria": tuple(seen),
        "questions": (
            QuestionEntry(
                1,
                "LEAD.1",
                "2027-04-10T09:00:00+00:00",
                "Who chairs it?",
                "The chief executive does.",
                "2027-04-12T09:00:00+00:00",
                "Coordinator, Local authority",
            ),
            QuestionEntry(1, "", "2027-04-11T09:00:00+00:00", "What is next?"),
        ),
        "recommendations": (
            RecommendationEntry(1, "LEAD.1", "2027-05-01T09:00:00+00:00", "Name a deputy."),
            RecommendationEntry(1, "", "2027-05-02T09:00:00+00:00", "Meet every quarter."),
        ),
    }
    return ReviewDocument(**(known | changes))  # type: ignore[arg-type]


def reviewed(document: Document, form: str = FULL, **changes: object) -> ReportContext:
    """The report of a document with a closed review of it."""
    print_ = fingerprint(canonical(document))
    return contexts.of_reviewed(document, print_, review(document, **changes), REVIEW_SHA, form=form)
