"""Everything that changes an assessment."""

from assessments.services.carrying import Copied, NothingToConfirm, carry_forward, confirm_rating
from assessments.services.deciding import Outcome, WrongAgency, record_decision
from assessments.services.evidence import (
    add_file,
    add_link,
    cite_case_study,
    remove_evidence,
)
from assessments.services.improving import (
    ActionClosed,
    ActionPlan,
    ActionRefused,
    StaleAction,
    add_note,
    change_action,
    drop_action,
    finish_action,
    raise_action,
    raise_recommended,
)
from assessments.services.presence import leave, note_presence
from assessments.services.ratings import (
    Answer,
    answer_of,
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
from assessments.services.surveys import (
    ClosingDayRefused,
    SurveyClosed,
    SurveyOpened,
    answer_survey,
    close_survey,
    open_survey,
    renew_link,
)
from assessments.services.viewing import (
    StaleView,
    TooFewAgencies,
    ViewsRevealed,
    reveal_views,
    save_view,
    view_refusal_of,
)
from assessments.services.withdrawing import (
    NothingToWithdraw,
    ReviewWasClosed,
    withdraw_submission,
    withdrawal_refusal_of,
)

__all__ = [
    "ActionClosed",
    "ActionPlan",
    "ActionRefused",
    "AlreadySubmitted",
    "Answer",
    "ClosingDayRefused",
    "Copied",
    "DeadlinePassed",
    "Incomplete",
    "NotOpenYet",
    "NothingToConfirm",
    "NothingToWithdraw",
    "Outcome",
    "Refused",
    "ReviewWasClosed",
    "Stale",
    "StaleAction",
    "StaleView",
    "SurveyClosed",
    "SurveyOpened",
    "TooFewAgencies",
    "ViewsRevealed",
    "WrongAgency",
    "WrongLevel",
    "add_file",
    "add_link",
    "add_note",
    "answer_of",
    "answer_survey",
    "carry_forward",
    "change_action",
    "cite_case_study",
    "close_survey",
    "confirm_rating",
    "drop_action",
    "finish_action",
    "keep_late_draft",
    "leave",
    "note_presence",
    "open_survey",
    "raise_action",
    "raise_recommended",
    "record_decision",
    "refusal_of",
    "remove_evidence",
    "renew_link",
    "reveal_views",
    "save_rating",
    "save_view",
    "submit_assessment",
    "view_refusal_of",
    "withdraw_submission",
    "withdrawal_refusal_of",
]
