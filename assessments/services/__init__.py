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
)
from assessments.services.submissions import Incomplete, submit_assessment
from assessments.services.viewing import StaleView, TooFewAgencies, ViewsRevealed, reveal_views, save_view

__all__ = [
    "AlreadySubmitted",
    "Answer",
    "DeadlinePassed",
    "Incomplete",
    "NotOpenYet",
    "Refused",
    "Stale",
    "StaleView",
    "TooFewAgencies",
    "ViewsRevealed",
    "WrongLevel",
    "add_file",
    "add_link",
    "cite_case_study",
    "keep_late_draft",
    "remove_evidence",
    "reveal_views",
    "save_rating",
    "save_view",
    "submit_assessment",
]
