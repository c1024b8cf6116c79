"""Documents for the tests of reports: a small one with every awkward kind, and the full Beacon set."""

import dataclasses
import json
from pathlib import Path

from assessments import documents
from assessments.documents import CriterionEntry, Document, EvidenceEntry, IndicatorEntry, LevelEntry, ScaleEntry

PRACTICE = ("Gap identified", "Working towards", "Some success", "Doing well")
STATUTORY = ("Not met", "Partly met", "Met")
FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "beacon_r5.json"


def scale(slug: str, names: tuple[str, ...]) -> ScaleEntry:
    return ScaleEntry(
        slug,
        tuple(
            LevelEntry(at, name.lower().replace(" ", "_"), name, f"{name}, in full.") for at, name in enumerate(names)
        ),
    )


SCALES = (scale("practice", PRACTICE), scale("statutory", STATUTORY))


def criterion(code: str, level: str = "some_success", **changes: object) -> CriterionEntry:
    """A criterion with its answer; a level of "" is "does not apply"."""
    known: dict[str, object] = {
        "code": code,
        "lineage": code.lower().replace(".", "-"),
        "number": int(code.split(".")[1]),
        "title": f"Title of {code}",
        "text": f"Statement of {code}.",
        "kind": "practice",
        "scale": "practice",
        "is_key": False,
        "source": f"Source of {code}",
        "level": level,
        "does_not_apply": not level,
        "reason": f"Reason for {code}.",
    }
    return CriterionEntry(**(known | changes))  # type: ignore[arg-type]


def small(*criteria: CriterionEntry, **changes: object) -> Document:
    """A document with these criteria, or with one of every kind."""
    entries = criteria or (
        criterion(
            "LEAD.1",
            "doing_well",
            is_key=True,
            indicators=tuple(
                IndicatorEntry(n, f"Sign {n}", answer) for n, answer in enumerate(["yes", "partly", "no", ""])
            ),
            evidence=(
                EvidenceEntry("file", "Attendance", media_type="application/pdf", size=2_048),
                EvidenceEntry("link", "Survey", "https://partnership.example/survey"),
                EvidenceEntry("case_study", "Joint patrols", "amber-valley/joint-patrols"),
            ),
        ),
        criterion("LEAD.2", "gap_identified"),
        criterion("LEAD.3", ""),
        criterion("LAW.1", "met", kind="statutory", scale="statutory"),
        criterion("LAW.2", "not_met", kind="statutory", scale="statutory"),
    )
    sections: dict[str, list[CriterionEntry]] = {}
    for entry in entries:
        sections.setdefault(entry.code.split(".")[0], []).append(entry)
    document = Document(
        reference="2027-AMBER-VALLEY-1",
        number=1,
        submitted_at="2027-03-31T15:10:00+00:00",
        submitted_by="Coordinator, Local authority",
        agreed_by=("Local authority", "Police force"),
        is_demonstration=True,
        partnership=documents.PartnershipEntry(
            *("amber-valley", "Amber Valley", "East Midlands", "Government Office for the East Midlands"),
            *("Derbyshire Constabulary", "", "Shire district", "england"),
        ),
        round=documents.RoundEntry("2027", "2027 self-assessment", "2027-01-01", "2027-03-31"),
        criteria=documents.CriteriaEntry("test", "test", "Test criteria 2027", "Test publisher", "A test"),
        scales=SCALES,
        sections=tuple(
            documents.SectionEntry(code, number, f"Section {code}", tuple(members))
            for number, (code, members) in enumerate(sections.items(), start=1)
        ),
    )
    return dataclasses.replace(document, **changes)  # type: ignore[arg-type]


def beacon() -> Document:
    """The 49 Beacon criteria, rated in turn at every level."""
    rows = json.loads(FIXTURE.read_text())
    sections = {row["fields"]["code"]: row["fields"] for row in rows if row["model"] == "hallmarks.section"}
    signs: dict[str, list[IndicatorEntry]] = {}
    for row in rows:
        if row["model"] == "hallmarks.indicator":
            code = row["fields"]["criterion"][-1]
            signs.setdefault(code, []).append(IndicatorEntry(row["fields"]["number"], row["fields"]["text"], "yes"))
    entries: dict[str, list[CriterionEntry]] = {code: [] for code in sections}
    for at, row in enumerate(row for row in rows if row["model"] == "hallmarks.criterion"):
        given = row["fields"]
        entries[given["section"][-1]].append(
            criterion(
                given["code"],
                PRACTICE[at % 4].lower().replace(" ", "_"),
                title=given["title"],
                text=given["text"],
                is_key=given.get("is_key", False),
                source=given["source"],
                indicators=tuple(signs.get(given["code"], ())),
            )
        )
    return small(
        sections=tuple(
            documents.SectionEntry(code, given["number"], given["title"], tuple(entries[code]))
            for code, given in sections.items()
        )
    )
