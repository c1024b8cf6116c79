"""The schemas say what is frozen, whole and in words, and what they do not allow is named with its place."""

import dataclasses
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from assessments import documents
from assessments.documents import ActionEntry, BeforeEntry, SpreadEntry
from assessments.models import Assessment
from reports import attaching, schemas
from reports.schema_check import faults, in_words
from reports.schema_words import WORDS
from reviews import documents as review_documents
from reviews.documents import QuestionEntry, RecommendationEntry, ReviewDocument, ReviewedEntry
from tests.people import Cast
from tests.reports import making
from tests.reviews import reviewing

# The keywords of JSON Schema 2020-12 that we use; whoever validates elsewhere knows them too.
KEYWORDS = {
    *("$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required"),
    *("additionalProperties", "items", "enum", "const", "pattern", "format", "maxLength", "minimum", "maximum"),
}


def full() -> Any:
    """A submission with everything that one can say."""
    entry = making.criterion(
        "LEAD.1",
        "doing_well",
        before=BeforeEntry("2026", "Some success", "higher", False),
        spread=(SpreadEntry("some_success", "doing_well", 2),),
        indicators=(documents.IndicatorEntry(1, "Sign", "yes"),),
        evidence=(documents.EvidenceEntry("file", "A", "", "application/pdf", 5, "a" * 64),),
        carried="some_success",
    )
    action = ActionEntry("LEAD.1", "Meet", "Police force", "2027-06-30", "open")
    return making.small(entry, actions=(action,), portal="https://portal.example", previous_sha256="b" * 64)


def review() -> ReviewDocument:
    return ReviewDocument(
        reference="2027-AMBER-VALLEY-1",
        closed_at="2027-05-01T10:00:00+00:00",
        closed_by="Reviewer",
        region="east-midlands",
        government_office="Government Office for the East Midlands",
        is_demonstration=True,
        submission_sha256="a" * 64,
        summary="Well done.",
        criteria=(ReviewedEntry("LEAD.1", "some_success", False, "Seen"),),
        questions=(QuestionEntry(1, "", "2027-04-20T10:00:00+00:00", "Why?"),),
        recommendations=(RecommendationEntry(1, "LEAD.1", "2027-04-20T10:00:00+00:00", "Go on"),),
        sample=("LEAD.1",),
        returned_at="2027-04-25T10:00:00+00:00",
        return_reason="Not whole",
    )


def value_of(document: Any) -> dict[str, Any]:
    module = review_documents if isinstance(document, ReviewDocument) else documents
    found: dict[str, Any] = json.loads(module.canonical(document))
    return found


def parts_in(schema: dict[str, Any], root: type[Any]) -> dict[str, dict[str, Any]]:
    return {root.__name__: schema, **schema["$defs"]}


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_field_that_is_frozen_is_there_with_its_meaning(kind: str) -> None:
    root = schemas.KINDS[kind].root
    for name, part in parts_in(schemas.schema_of(kind), root).items():
        module = review_documents if hasattr(review_documents, name) and name != "Document" else documents
        frozen = [field.name for field in dataclasses.fields(getattr(module, name))]
        assert list(part["properties"]) == frozen
        assert all(held["description"] for held in part["properties"].values())
        assert part["additionalProperties"] is False


def test_no_meaning_is_left_of_a_field_that_went() -> None:
    known = {
        name: list(part["properties"])
        for kind in schemas.KINDS
        for name, part in parts_in(schemas.schema_of(kind), schemas.KINDS[kind].root).items()
    }
    assert {name: list(words) for name, words in WORDS.items()} == known


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_only_keywords_of_the_dialect_are_used_and_every_pattern_can_be_read(kind: str) -> None:
    def walk(schema: Any) -> None:
        if not isinstance(schema, dict):
            return
        assert set(schema) <= KEYWORDS
        re.compile(schema.get("pattern", ""))
        for inner in (*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), schema.get("items")):
            walk(inner)

    walk(schemas.schema_of(kind))


@pytest.mark.parametrize("document", [full(), making.small(), making.beacon(), review()])
def test_what_is_frozen_fits(document: Any) -> None:
    kind = schemas.REVIEW if isinstance(document, ReviewDocument) else schemas.SUBMISSION
    assert faults(schemas.schema_of(kind), value_of(document)) == ()


def test_a_submission_and_its_review_fit(assessment: Assessment, cast: Cast) -> None:
    submission = reviewing.submitted(assessment, cast)
    reviewing.give(submission, "LEAD.1", cast.reviewer, "doing_well", "Seen")
    reviewing.summarise(submission, cast.reviewer, "Well done")
    reviewing.close(submission, cast.reviewer)
    submission.refresh_from_db()
    assert faults(schemas.schema_of(schemas.SUBMISSION), json.loads(submission.document)) == ()
    assert faults(schemas.schema_of(schemas.REVIEW), json.loads(submission.reviewed.document)) == ()


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"number": "1"}, "number", "a text, not a whole number"),
        ({"number": True}, "number", "true or false, not a whole number"),
        ({"number": 1.0}, "number", "1.0, not a whole number"),
        ({"number": 0}, "number", "0 is less than 1"),
        ({"number": 2**60}, "number", "is more than"),
        ({"reference": "x" * 20_001}, "reference", "longer than 20000"),
        ({"reference": None}, "reference", "null, not a text"),
        ({"submitted_at": "yesterday"}, "submitted_at", "not a day or a time"),
        ({"submitted_at": "2027-03-31T15:10:00"}, "submitted_at", "not a day or a time"),
        ({"submitted_at": "0001-01-01T00:00:00+00:00"}, "submitted_at", "not a day or a time"),
        ({"previous_sha256": "a" * 64 + "\n"}, "previous_sha256", "does not have the form"),
        ({"agreed_by": ["A", 2]}, "agreed_by 2", "a whole number, not a text"),
        ({"agreed_by": "A"}, "agreed_by", "a text, not a list"),
        ({"sections": {}}, "sections", "an object, not a list"),
        ({"name_of_officer": "Pat"}, "the file", "“name_of_officer” is not a field"),
        ({"schema": "cdrp-portal/submission/2"}, "schema", "not “cdrp-portal/submission/1”"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(change: dict[str, Any], place: str, words: str) -> None:
    (fault,) = faults(schemas.schema_of(schemas.SUBMISSION), value_of(making.small()) | change)
    assert fault.place == place
    assert words in fault.text


def test_what_is_missing_is_named_and_places_count_from_one() -> None:
    value = value_of(making.small())
    del value["sections"][0]["criteria"][1]["title"]
    value["sections"][0]["criteria"][0]["kind"] = "wishful"
    found = faults(schemas.schema_of(schemas.SUBMISSION), value)
    assert [fault.place for fault in found] == ["sections 1, criteria 1, kind", "sections 1, criteria 2"]
    assert "“title” is missing" in found[1].text
    assert "practice, statutory" in found[0].text


def test_faults_are_named_up_to_a_number() -> None:
    assert len(faults(schemas.schema_of(schemas.SUBMISSION), value_of(making.small()) | {"agreed_by": [1] * 900})) == 50


def test_a_list_of_its_own_has_places_too() -> None:
    (fault,) = faults({"type": "array", "items": {"type": "string"}}, ["a", 2])
    assert (fault.place, in_words(())) == ("2", "the file")


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_anybody_reads_it_at_the_address_it_names(kind: str, client: Client, settings: Settings, db: None) -> None:
    settings.SITE_URL = "https://portal.example"
    answer = client.get(reverse("reports:schema", args=[kind]))
    schema = json.loads(answer.content)
    assert schema["$id"] == f"https://portal.example/schemas/{kind}-1.json"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert answer["Content-Type"] == "application/schema+json; charset=utf-8"
    # The address inside reports is written without asking the portal, so it must not move.
    assert attaching.SCHEMA_PATH % {"name": kind} == reverse("reports:schema", args=[kind])


def test_there_is_no_other_schema(client: Client, db: None) -> None:
    assert client.get("/schemas/person-1.json").status_code == 404
    assert client.get("/schemas/submission-2.json").status_code == 404


def test_the_page_says_in_words_what_every_field_means(client: Client, db: None) -> None:
    page = client.get(reverse("reports:schemas")).content.decode()
    names = {field for words in WORDS.values() for field in words}
    assert [name for name in names if f"<code>{name}</code>" not in page] == []
    assert "cdrp-portal/submission/1" in page
    assert "cdrp-portal/review/1" in page
