"""Everything that changes a review: the Government Office's side here, the partnership's in `answering`."""

from reviews.services.asking import (
    AlreadyReplied,
    AlreadyTakenUp,
    ask,
    recommend,
    withdraw_query,
    withdraw_recommendation,
)
from reviews.services.closing import NothingSaid, close_review
from reviews.services.rating import Verdict, save_reviewer_rating, save_summary, verdict_of
from reviews.services.returning import return_submission
from reviews.services.reviewing import Remarks, review_criterion
from reviews.services.sampling import TooFewLeft, draw_sample
from reviews.services.states import (
    NotSubmittedCriterion,
    Refused,
    ReviewClosed,
    ReviewReturned,
    Stale,
    SubmittedAgain,
    Withdrawn,
    WrongLevel,
    refusal_of,
)

__all__ = [
    "AlreadyReplied",
    "AlreadyTakenUp",
    "NotSubmittedCriterion",
    "NothingSaid",
    "Refused",
    "Remarks",
    "ReviewClosed",
    "ReviewReturned",
    "Stale",
    "SubmittedAgain",
    "TooFewLeft",
    "Verdict",
    "Withdrawn",
    "WrongLevel",
    "ask",
    "close_review",
    "draw_sample",
    "recommend",
    "refusal_of",
    "return_submission",
    "review_criterion",
    "save_reviewer_rating",
    "save_summary",
    "verdict_of",
    "withdraw_query",
    "withdraw_recommendation",
]
