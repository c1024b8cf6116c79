"""Everything that changes an assessment."""

from assessments.services.evidence import (
    add_file,
    add_link,
    cite_case_study,
    remove_evidence,
)
from assessments.services.ratings import (
    Answer,
    keep_late_draft,
    save_rating,
)
from assessments.services.states import (
    AlreadySubmitted,
    DeadlinePassed,
    NotOpenYet,
    Refused,
    Stale,
    WrongLevel,
    refusal_of,
)
from assessments.services.submissions import Incomplete, submit_assessment

__all__ = [
    "AlreadySubmitted",
    "Answer",
    "DeadlinePassed",
    "Incomplete",
    "NotOpenYet",
    "Refused",
    "Stale",
    "WrongLevel",
    "add_file",
    "add_link",
    "cite_case_study",
    "keep_late_draft",
    "refusal_of",
    "remove_evidence",
    "save_rating",
    "submit_assessment",
]
