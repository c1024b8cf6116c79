"""Save a whole page of a review at once, so that none of its texts is kept without the others."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import RegionalPost
from assessments.models import Submission
from hallmarks.outline import Question
from reviews.services.asking import ask, recommend
from reviews.services.rating import Verdict, save_reviewer_rating


@dataclass(frozen=True)
class Remarks:
    """What was chosen and typed for one criterion; no verdict leaves the reviewer's rating as it is."""

    verdict: Verdict | None = None
    question: str = ""
    recommendation: str = ""


@transaction.atomic
def review_criterion(
    *,
    submission: Submission,
    question: Question,
    remarks: Remarks,
    revision: int,
    save_id: uuid.UUID,
    by: RegionalPost,
    arrived_at: datetime.datetime,
) -> None:
    """Save a verdict, ask and recommend, or do nothing of it; raises what each of the three raises."""
    about: dict[str, Any] = {"submission": submission, "question": question}
    if remarks.verdict:
        save_reviewer_rating(**about, verdict=remarks.verdict, revision=revision, save_id=save_id, by=by)
    if remarks.question:
        ask(**about, text=remarks.question, by=by, arrived_at=arrived_at)
    if remarks.recommendation:
        recommend(**about, text=remarks.recommendation, by=by, arrived_at=arrived_at)
