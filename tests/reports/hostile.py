"""Documents with the largest texts that the forms take, and with what no form would take, for the tests of reports."""

import dataclasses

from assessments.documents import (
    ActionEntry,
    CriterionEntry,
    Document,
    EvidenceEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
)
from assessments.models.improving import ACTION_LENGTH
from assessments.models.ratings import REASON_LENGTH
from reports.parts import FULL, ReportContext
from reviews.documents import QuestionEntry, RecommendationEntry, ReviewedEntry
from reviews.models import QUESTION_LENGTH, RECOMMENDATION_LENGTH, REPLY_LENGTH, SUMMARY_LENGTH
from tests.reports import making
from tests.reports.reviewing import PORTAL, reviewed, then

AT = "2027-04-10T09:00:00+00:00"


def words(length: int) -> str:
    """So many characters of ordinary words."""
    return ("Wherever members of many agencies meet and agree " * (length // 40 + 1))[:length].strip()


def largest() -> Document:
    """The 49 Beacon criteria, each with the longest of everything."""
    document = making.beacon()
    evidence = tuple(
        EvidenceEntry("link", words(200), f"https://partnership.example/{'path/' * 30}{n}") for n in range(5)
    )

    def fill(entry: CriterionEntry) -> CriterionEntry:
        before = then("Some success", "lower")
        return dataclasses.replace(
            entry, title=words(200), text=words(2_000), reason=words(REASON_LENGTH), evidence=evidence, before=before
        )

    return dataclasses.replace(
        document,
        portal=PORTAL,
        partnership=dataclasses.replace(document.partnership, name=words(80), police_force=words(120)),
        agreed_by=tuple(f"{words(100)} {n}" for n in range(20)),
        submitted_by=f"Coordinator, {words(120)}",
        sections=tuple(
            dataclasses.replace(each, title=words(200), criteria=tuple(map(fill, each.criteria)))
            for each in document.sections
        ),
        scales=tuple(_long_names(scale) for scale in document.scales),
        actions=tuple(
            ActionEntry("LEAD.1", words(ACTION_LENGTH), words(120), "2027-09-30", "open") for _n in range(147)
        ),
    )


def _long_names(scale: ScaleEntry) -> ScaleEntry:
    levels = (
        dataclasses.replace(each, name=f"{each.name} {words(40)}", descriptor=words(400)) for each in scale.levels
    )
    return dataclasses.replace(scale, levels=tuple(levels))


def largest_reviewed(form: str = FULL) -> ReportContext:
    """The same with the longest review."""
    document = largest()
    entries = list(document.every_criterion())
    return reviewed(
        document,
        form,
        summary=words(SUMMARY_LENGTH),
        return_reason=words(SUMMARY_LENGTH),
        returned_at=AT,
        criteria=tuple(ReviewedEntry(each.code, "doing_well", False, words(2_000)) for each in entries),
        recommendations=tuple(RecommendationEntry(1, each.code, AT, words(RECOMMENDATION_LENGTH)) for each in entries),
        questions=tuple(
            QuestionEntry(1, each.code, AT, words(QUESTION_LENGTH), words(REPLY_LENGTH), AT, words(120))
            for each in entries
        ),
    )


def many(count: int = 500) -> Document:
    """So many criteria in twenty sections, some of them statutory."""
    signs = tuple(IndicatorEntry(n, words(100), "yes") for n in range(4))
    return making.small(
        *(
            making.criterion(
                f"S{at % 20}.{at}", ("gap_identified", "doing_well")[at % 2], indicators=signs, reason=words(300)
            )
            for at in range(count)
        ),
        *(making.criterion(f"LAW.{at}", "met", kind="statutory", scale="statutory") for at in range(60)),
        portal=PORTAL,
    )


def steps(count: int = 200) -> Document:
    """A scale of so many levels, and a criterion at each."""
    levels = tuple(LevelEntry(at, f"level_{at}", f"Level {at}", words(100)) for at in range(count))
    return making.small(
        *(making.criterion(f"LEAD.{at}", f"level_{at}", scale="long") for at in range(count)),
        scales=(ScaleEntry("long", levels),),
    )


def shouting() -> Document:
    """A set of 49 criteria with every title and name in the widest letters, without a space."""
    document = largest()

    def shout(entry: CriterionEntry) -> CriterionEntry:
        return dataclasses.replace(entry, title="W" * 200, text="W" * 200, reason="W" * 200, evidence=())

    return dataclasses.replace(
        document,
        partnership=dataclasses.replace(document.partnership, name="W" * 80),
        sections=tuple(
            dataclasses.replace(
                each, title="\N{CJK UNIFIED IDEOGRAPH-4E2D}" * 200, criteria=tuple(map(shout, each.criteria))
            )
            for each in document.sections
        ),
    )
