"""When an assessment may be written to, and the names of the refusals."""

import datetime

from accounts.prepared import Prepared
from assessments.models import Assessment, Rating


class Refused(Exception):
    """Raised when an assessment cannot be written to now; each kind says why."""


class AlreadySubmitted(Refused):
    """The assessment was submitted, so its answers are fixed."""


class DeadlinePassed(Refused):
    """The request arrived after the round closed for this partnership."""


class NotOpenYet(Refused):
    """The round has not begun."""


class Stale(Refused):
    """Somebody saved this rating after the writer read it; `current` is what they saved."""

    def __init__(self, current: Rating) -> None:
        super().__init__("The rating changed since it was read.")
        self.current = current


class WrongLevel(Refused):
    """The level belongs to another criterion's scale."""


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
    status, assessment.views_revealed_at = _LOCK.rows(assessment=assessment.pk)[0]
    if status == Assessment.Status.SUBMITTED:
        raise AlreadySubmitted
    if not assessment.has_begun(arrived_at):
        raise NotOpenYet
    if arrived_at > assessment.closes_at:
        raise DeadlinePassed
    return assessment
