"""Record what a meeting decided: the agreed rating, who was there, and who saw it otherwise."""

import datetime
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from assessments.models import Assessment, Decision, Rating
from assessments.services.ratings import Answer, open_for_writing, write
from assessments.services.states import Refused
from audit.services import record
from hallmarks.models import Level
from hallmarks.outline import Question
from partnerships.models import Agency


class WrongAgency(Refused):
    """An agency of another partnership cannot have been present."""


@dataclass(frozen=True)
class Outcome:
    """What the meeting said of one criterion; the signs in place are no part of it and stay as they are."""

    level: Level | None = None
    does_not_apply: bool = False
    reason: str = ""
    present: tuple[Agency, ...] = ()
    dissent: str = ""

    def over(self, before: Answer) -> Answer:
        """Return the answer that this makes of the one before."""
        return replace(before, level=self.level, does_not_apply=self.does_not_apply, reason=self.reason)


@transaction.atomic
def record_decision(
    *,
    assessment: Assessment,
    question: Question,
    outcome: Outcome,
    revision: int,
    save_id: uuid.UUID,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Rating:
    """Write the agreed rating with its decision, if nobody wrote since `revision` was read; sent twice, it is once.

    Raises WrongAgency and what `save_rating` raises; then nothing is written.
    """
    if any(agency.partnership_id != assessment.partnership_id for agency in outcome.present):
        raise WrongAgency
    rating, before = open_for_writing(assessment, question, outcome.level, revision, {save_id}, arrived_at)
    decision = Decision.objects.filter(rating=rating).first() if rating.pk else None
    was = _as_json(before, decision)
    answer = outcome.over(before)
    is_the_same = decision is not None and decision.says(rating) and rating.is_confirmed and before == answer
    if is_the_same and (was["present"], was["dissent"]) == (_names(outcome.present), outcome.dissent):
        return rating
    write(rating, question, answer, before, by, save_id)
    decision = _decide(rating, decision, outcome, by, timezone.localdate(arrived_at))
    record(
        kind="rating.decided",
        target=rating,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        before=was if rating.revision > 1 else None,
        after={**_as_json(answer, decision), "criterion": question.criterion.code, "revision": rating.revision},
        request_id=str(save_id),
    )
    return rating


def _decide(
    rating: Rating, decision: Decision | None, outcome: Outcome, by: Membership, day: datetime.date
) -> Decision:
    decision = decision or Decision(rating=rating)
    decision.level, decision.does_not_apply = outcome.level, outcome.does_not_apply
    # Kept with the decision as well, so that words written later never pass for the meeting's.
    decision.reason = outcome.reason
    decision.dissent, decision.decided_on, decision.recorded_by = outcome.dissent, day, by.user
    decision.save()
    decision.present.set(outcome.present)
    return decision


def _as_json(answer: Answer, decision: Decision | None) -> dict[str, Any]:
    """Return answer and decision as the audit trail keeps them: those of `save_rating`, and what a meeting adds."""
    present = _names(decision.present.all()) if decision else []
    return {**answer.as_json(), "present": present, "dissent": decision.dissent if decision else ""}


def _names(agencies: Any) -> list[str]:
    return sorted(agency.name for agency in agencies)
