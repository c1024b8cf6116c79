"""When an assessment may be written to, and the names of the refusals."""

import datetime

from accounts.prepared import Prepared
from assessments.models import Assessment, Rating, Round
from hallmarks.outline import Question


class Refused(Exception):
    """Raised when an assessment or its review cannot be written to now; each kind says why, for pages in one word."""

    why = "refused"


class AlreadySubmitted(Refused):
    """The assessment was submitted, so its answers are fixed."""

    why = "submitted"


class DeadlinePassed(Refused):
    """The request arrived after the round closed for this partnership."""

    why = "late"


class NotOpenYet(Refused):
    """The round has not begun."""

    why = "early"


class Stale(Refused):
    """Somebody saved this rating after the writer read it; `current` is what they saved."""

    why = "stale"

    def __init__(self, current: Rating) -> None:
        super().__init__("The rating changed since it was read.")
        self.current = current


class WrongLevel(Refused):
    """The level belongs to another criterion's scale."""


class CriteriaChanged(Refused):
    """The round has asked other criteria since the page was opened, so the answer is to a question of before."""

    why = "criteria"


# Read after the lock, which a change of the round's criteria waits for: one statement that locks and reads the round
# would still see the version of before it waited.
_VERSION = Prepared(
    lambda assessment: Round.objects.filter(assessments=assessment).order_by().values_list("version_id"),
    number=["assessment"],
)
_LOCK = Prepared(
    lambda assessment: (
        Assessment.objects.select_for_update()
        .filter(pk=assessment)
        .order_by()
        .values_list("status", "views_revealed_at")
    ),
    number=["assessment"],
)


def lock_open(assessment: Assessment, arrived_at: datetime.datetime) -> Assessment:
    """Lock the assessment's row until the transaction ends and refuse unless it may be written to.

    The lock makes writers of one assessment queue on PostgreSQL; on SQLite the IMMEDIATE transaction does.
    """
    if refusal := _refusal(assessment, _lock(assessment), arrived_at):
        raise refusal
    return assessment


def require_asked(assessment: Assessment, version: int) -> None:
    """Refuse where the round does not ask this version (by its key) any more; the assessment's row is locked."""
    if _VERSION.rows(assessment=assessment.pk) != [(version,)]:
        raise CriteriaChanged


def lock_question(assessment: Assessment, question: Question) -> None:
    """Lock the assessment's row for what hangs on a question and changes no answer; refuse what is asked no more."""
    _lock(assessment)
    require_asked(assessment, question.criterion.version_id)


def lock_begun(assessment: Assessment, arrived_at: datetime.datetime) -> Assessment:
    """Lock the assessment's row for what changes no answer, and refuse only before the round has begun."""
    _lock(assessment)
    if not assessment.has_begun(arrived_at):
        raise NotOpenYet
    return assessment


def refusal_of(assessment: Assessment, arrived_at: datetime.datetime) -> Refused | None:
    """Return what a write would be refused with, or None: a page asks before anybody types or chooses a file."""
    return _refusal(assessment, assessment.status, arrived_at)


def _lock(assessment: Assessment) -> str:
    """Lock the row, learn whether the views were revealed meanwhile, and return the status."""
    status: str
    status, assessment.views_revealed_at = _LOCK.rows(assessment=assessment.pk)[0]
    return status


def _refusal(assessment: Assessment, status: str, arrived_at: datetime.datetime) -> Refused | None:
    if status == Assessment.Status.SUBMITTED:
        return AlreadySubmitted()
    if not assessment.has_begun(arrived_at):
        return NotOpenYet()
    return DeadlinePassed() if arrived_at > assessment.closes_at else None
