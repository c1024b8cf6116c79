"""Save a rating so that nobody's work is lost: not to a colleague, not to a retry, not to the deadline."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import Membership
from accounts.prepared import Prepared, columns, instance
from assessments.models import Assessment, IndicatorAnswer, LateDraft, Rating
from assessments.services.states import Stale, WrongLevel, lock_open
from audit.services import record
from hallmarks.models import Level
from hallmarks.outline import Question


@dataclass(frozen=True)
class Answer:
    """What was chosen and typed for one criterion; `indicators` maps an indicator's number to yes, partly or no."""

    level: Level | None = None
    does_not_apply: bool = False
    reason: str = ""
    indicators: dict[int, str] = field(default_factory=dict)

    @property
    def choice(self) -> tuple[Level | None, bool]:
        """The level, or that it does not apply."""
        return self.level, self.does_not_apply

    def as_json(self) -> dict[str, Any]:
        """Return the answer as the audit trail keeps it."""
        return {
            "level": self.level.slug if self.level else "",
            "does_not_apply": self.does_not_apply,
            "reason": self.reason,
            "indicators": {str(number): answer for number, answer in sorted(self.indicators.items())},
        }


COLUMNS = columns("", Rating)
# A row for each indicator that was answered; one row with two blanks where none was.
_RATING = Prepared(
    lambda assessment, criterion: (
        Rating.objects.filter(assessment=assessment, criterion=criterion)
        .order_by()
        .values_list(*COLUMNS, "answers__indicator", "answers__answer")
    ),
    number=["assessment", "criterion"],
)


@transaction.atomic
def save_rating(
    *,
    assessment: Assessment,
    question: Question,
    answer: Answer,
    revision: int,
    save_id: uuid.UUID,
    after_save_id: uuid.UUID | None = None,
    confirms: bool = True,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Rating:
    """Write one answer, if nobody wrote since the writer read `revision`; the same save again changes nothing.

    `after_save_id` names an earlier save of the writer's whose reply was lost: what it wrote is the writer's own.
    An answer that was carried forward is confirmed by another level, and otherwise only where the save `confirms`: a
    space typed in passing is no word on whether it is still true.
    Raises Stale, AlreadySubmitted, DeadlinePassed, NotOpenYet or WrongLevel; then nothing is written.
    """
    saves = {save_id, after_save_id}
    rating, before = open_for_writing(assessment, question, answer.level, revision, saves, arrived_at)
    if before == answer and (rating.is_confirmed or not confirms):
        return rating
    write(rating, question, answer, before, by, save_id, confirms=confirms or answer.choice != before.choice)
    record(
        kind="rating.saved",
        target=rating,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        before=before.as_json() if rating.revision > 1 else None,
        after={**answer.as_json(), "criterion": question.criterion.code, "revision": rating.revision},
        request_id=str(save_id),
    )
    return rating


@transaction.atomic
def keep_late_draft(
    *,
    assessment: Assessment,
    question: Question,
    answer: Answer,
    save_id: uuid.UUID,
    by: Membership,
    arrived_at: datetime.datetime,
) -> LateDraft:
    """Keep what arrived after the deadline, so that nothing typed is lost; it never counts as an answer."""
    draft, is_new = LateDraft.objects.get_or_create(
        save_id=save_id,
        defaults={
            "assessment": assessment,
            "criterion": question.criterion,
            "level": answer.level.name if answer.level else "",
            "reason": answer.reason,
            "answers": answer.as_json()["indicators"],
            "written_by_id": by.user_id,
            "arrived_at": arrived_at,
        },
    )
    if is_new:
        record(
            kind="rating.late",
            target=draft,
            by=by.user,
            role=f"{by.get_role_display()}, {by.agency}",
            partnership=assessment.partnership.slug,
            after=answer.as_json(),
            request_id=str(save_id),
        )
    return draft


def open_for_writing(
    assessment: Assessment,
    question: Question,
    level: Level | None,
    revision: int,
    saves: Collection[uuid.UUID | None],
    arrived_at: datetime.datetime,
) -> tuple[Rating, Answer]:
    """Lock the assessment and return the rating with its answer, or refuse; `saves` are the writer's own."""
    if level and level not in question.levels:
        raise WrongLevel
    lock_open(assessment, arrived_at)
    rating, before = _read(assessment, question)
    if rating.revision != revision and (rating.save_id is None or rating.save_id not in saves):
        raise Stale(rating)
    return rating, before


def _read(assessment: Assessment, question: Question) -> tuple[Rating, Answer]:
    """Return the rating (a new one where there is none) and its answer, in one query."""
    rows = _RATING.rows(assessment=assessment.pk, criterion=question.criterion.pk)
    if not rows:
        return Rating(assessment=assessment, criterion=question.criterion), Answer()
    rating: Rating = instance(Rating, COLUMNS, rows[0][:-2])
    return rating, answer_of(question, rating, {sign: answer for *_rating, sign, answer in rows if sign})


def answer_of(question: Question, rating: Rating, answers: Mapping[int, str]) -> Answer:
    """Return a rating as an answer; `answers` maps an indicator's key to yes, partly or no."""
    numbers = {indicator.pk: indicator.number for indicator in question.indicators}
    return Answer(
        level=question.level_by_id(rating.level_id),
        does_not_apply=rating.does_not_apply,
        reason=rating.reason,
        indicators={numbers[sign]: answer for sign, answer in answers.items()},
    )


def write(
    rating: Rating,
    question: Question,
    answer: Answer,
    before: Answer,
    by: Membership,
    save_id: uuid.UUID,
    *,
    confirms: bool = True,
) -> None:
    """Write an answer over the one before, as the rating's next revision; whoever calls it records the act."""
    rating.level, rating.does_not_apply, rating.reason = answer.level, answer.does_not_apply, answer.reason
    rating.is_confirmed = rating.is_confirmed or confirms
    rating.revision += 1
    rating.save_id = save_id
    rating.updated_by, rating.updated_by_agency = by.user, by.agency.name
    Rating.objects.put(rating)
    if answer.indicators != before.indicators:
        _write_indicators(rating, question, answer.indicators, before.indicators)


def _write_indicators(rating: Rating, question: Question, answers: dict[int, str], before: dict[int, str]) -> None:
    keys = {indicator.number: indicator.pk for indicator in question.indicators}
    cleared = [keys[number] for number in before if number not in answers]
    if cleared:
        rating.answers.filter(indicator__in=cleared).delete()
    changed = {keys[number]: answer for number, answer in answers.items() if before.get(number) != answer}
    if changed:
        IndicatorAnswer.objects.put(rating, changed)
