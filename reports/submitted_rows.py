"""Rows of what was submitted, with its reviews: documents are read one at a time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Case, F, Q, TextField, Value, When
from django.urls import reverse

from assessments.models import Submission
from reports import answer_tables as tables
from reports.review_tables import REVIEWS
from reports.spooled import Line
from reviews import documents as review_documents
from reviews.models import Review

# How many documents are in memory at once.
CHUNK = 20
TEXT = "text_asked"
# What is asked of each submission, in the order in which `_sent` takes it.
COLUMNS = (
    *("assessment__partnership__slug", "reference", "number", "submitted_at", "is_current", "withdrawn_at"),
    *("region__name", "police_force__name", "family_group__scheme", "family_group__number"),
    *("sha256", "previous_sha256", "reviewed__closed_at", "reviewed__sha256", "reviewed__submission_sha256"),
    *("region__government_office", "review__status", "review__ended_at", "review__summary", "review__return_reason"),
    *("reviewed__document", TEXT),
)


def sent(which: Q, told: Q, *, as_office: bool) -> Iterator[Line]:
    """Yield submissions with their reviews, and what the documents of those in `told` say; one query."""
    asked = Case(When(told, then=F("document")), default=Value(""), output_field=TextField())
    found = Submission.objects.filter(which).annotate(**{TEXT: asked})
    ordered = found.order_by("assessment__partnership__slug", "number")
    for row in ordered.values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        yield from _sent(*row, as_office=as_office)


def _sent(*row: Any, as_office: bool) -> Iterator[Line]:
    partnership, reference, number, at, is_current, withdrawn_at, region, force, scheme, group, *rest = row
    *hashes, office, status, ended_at, summary, return_reason, review, text = rest
    family = f"{scheme}, {group}" if scheme else ""
    head = [partnership, reference, number, at, is_current, withdrawn_at, region, force, family]
    yield tables.SUBMISSIONS, [*head, *hashes]
    if status and (as_office or status != Review.Status.OPEN):
        why = return_reason or (review_documents.why_returned(review) if review else "")
        yield REVIEWS, [partnership, reference, office, str(Review.Status(status).label), ended_at, summary, why]
    if text:
        yield from lines(partnership, reference, json.loads(text))


def lines(partnership: str, reference: str, document: Mapping[str, Any]) -> Iterator[Line]:
    """Yield what one document says, each row after its table's name."""
    here = (partnership, reference)
    edition = document.get("criteria", {}).get("version", "")
    scales = {
        scale["slug"]: {level["slug"]: level for level in scale["levels"]} for scale in document.get("scales", ())
    }
    for section in document.get("sections", ()):
        for entry in section["criteria"]:
            yield from _criterion((*here, edition, entry["code"]), entry, scales[entry["scale"]])
    for number, action in enumerate(document.get("actions", ()), start=1):
        plan = (action["criterion"], action["text"], action["owner"], action["due_on"], action["status"])
        yield tables.PLANNED, [*here, number, *plan]


def _criterion(
    place: Sequence[str], entry: Mapping[str, Any], levels: Mapping[str, Mapping[str, Any]]
) -> Iterator[Line]:
    level = levels.get(entry["level"], {"position": None, "name": ""})
    said = [level["position"], level["name"], entry["does_not_apply"], entry["reason"]]
    # What was submitted is confirmed and asked; who saved it last is not frozen.
    yield tables.ANSWERS, [*place, *said, True, True, None, "", None]
    for sign in entry["indicators"]:
        if sign["answer"]:
            yield tables.SIGNS, [*place, sign["number"], sign["answer"]]
    for number, piece in enumerate(entry["evidence"], start=1):
        yield tables.EVIDENCE, [*place, number, *_evidence(place[1], piece)]
    if before := entry.get("before"):
        row = (before["round"], before["level"], before["change"], before["is_reworded"])
        yield tables.MOVEMENT, [*place, *row]
    for seen in entry.get("spread", ()):
        yield tables.SPREAD, [*place, levels[seen["low"]]["name"], levels[seen["high"]]["name"], seen["agencies"]]


def _evidence(reference: str, piece: Mapping[str, Any]) -> list[object]:
    target = piece["target"]
    if piece["kind"] == "file" and piece["sha256"] and reference:
        target = settings.SITE_URL + reverse("assessments:submitted_file", args=[reference, piece["sha256"]])
    return [piece["kind"], piece["title"], target, piece["media_type"], piece["size"] or None, piece["sha256"], None]
