"""A closed review as a document: plain data, canonical JSON, chained to the submission by its fingerprint."""

import json
from dataclasses import dataclass, field
from typing import Any

SCHEMA = "cdrp-portal/review/1"
# Only a review that was closed as returned tells these; left out elsewhere, so that every document written again is
# the text whose fingerprint was kept.
OF_A_RETURN = {"returned_at", "return_reason"}


@dataclass(frozen=True)
class ReviewedEntry:
    """What the Government Office saw of one criterion; `level` is a level's slug, or "" where it does not apply."""

    code: str
    level: str
    does_not_apply: bool
    reason: str


@dataclass(frozen=True)
class QuestionEntry:
    """A question and its reply, if there is one; `criterion` is a code, or "" for the whole.

    `submission` is the number of the submission it was asked of: one that was returned before may be among them.
    """

    submission: int
    criterion: str
    asked_at: str
    question: str
    reply: str = ""
    replied_at: str = ""
    replied_by: str = ""


@dataclass(frozen=True)
class RecommendationEntry:
    """What the Government Office would have the partnership do; `criterion` is a code, or "" for the whole."""

    submission: int
    criterion: str
    made_at: str
    text: str


@dataclass(frozen=True)
class ReviewDocument:
    """Everything a closed review says. It names roles and offices, never people. Times are ISO 8601 in UTC."""

    reference: str
    closed_at: str
    closed_by: str
    region: str
    government_office: str
    is_demonstration: bool
    submission_sha256: str
    summary: str
    criteria: tuple[ReviewedEntry, ...]
    questions: tuple[QuestionEntry, ...] = ()
    recommendations: tuple[RecommendationEntry, ...] = ()
    sample: tuple[str, ...] = ()
    returned_at: str = ""
    return_reason: str = ""
    schema: str = field(default=SCHEMA)


def canonical(document: ReviewDocument) -> str:
    """Return the document as JSON in one fixed form, so that the same content always has the same fingerprint."""
    return json.dumps(document, default=_held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> ReviewDocument:
    """Return the document that a canonical text holds; raises ValueError for another schema."""
    data: dict[str, Any] = json.loads(text)
    if data.get("schema") != SCHEMA:
        raise ValueError(f"This is not a {SCHEMA} document.")
    return ReviewDocument(
        **{
            **data,
            "criteria": tuple(ReviewedEntry(**entry) for entry in data["criteria"]),
            "questions": tuple(QuestionEntry(**entry) for entry in data["questions"]),
            "recommendations": tuple(RecommendationEntry(**entry) for entry in data["recommendations"]),
            "sample": tuple(data["sample"]),
        }
    )


def why_returned(text: str) -> str:
    """Return why the submission was returned, from the text of a review that was closed as returned; else blank."""
    return str(json.loads(text).get("return_reason", ""))


def _held(entry: Any) -> dict[str, Any]:
    return {name: held for name, held in vars(entry).items() if held or name not in OF_A_RETURN}
