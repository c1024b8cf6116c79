"""What partnerships say about themselves: rounds, answers, how they are agreed, what follows, and the submission."""

from assessments.models.agreeing import (
    COMMENT_LENGTH,
    DISSENT_LENGTH,
    FEWEST_ANSWERS,
    MAX_ANSWERS,
    Decision,
    Presence,
    Survey,
    SurveyCount,
    View,
)
from assessments.models.improving import ACTION_LENGTH, NOTE_LENGTH, ImprovementAction, ProgressNote
from assessments.models.moving import Move
from assessments.models.ratings import REASON_LENGTH, Evidence, IndicatorAnswer, LateDraft, Rating, RatingQuerySet
from assessments.models.rounds import (
    EXTENDED,
    LATE,
    LONDON,
    SEATS,
    WITHDRAWN,
    Assessment,
    AssessmentQuerySet,
    Extension,
    Round,
    end_of_day,
)
from assessments.models.submissions import (
    ReviewedRating,
    ReviewedSubmission,
    Submission,
    SubmissionQuerySet,
    SubmittedRating,
)

__all__ = [
    "ACTION_LENGTH",
    "COMMENT_LENGTH",
    "DISSENT_LENGTH",
    "EXTENDED",
    "FEWEST_ANSWERS",
    "LATE",
    "LONDON",
    "MAX_ANSWERS",
    "NOTE_LENGTH",
    "REASON_LENGTH",
    "SEATS",
    "WITHDRAWN",
    "Assessment",
    "AssessmentQuerySet",
    "Decision",
    "Evidence",
    "Extension",
    "ImprovementAction",
    "IndicatorAnswer",
    "LateDraft",
    "Move",
    "Presence",
    "ProgressNote",
    "Rating",
    "RatingQuerySet",
    "ReviewedRating",
    "ReviewedSubmission",
    "Round",
    "Submission",
    "SubmissionQuerySet",
    "SubmittedRating",
    "Survey",
    "SurveyCount",
    "View",
    "end_of_day",
]
