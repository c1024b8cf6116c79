"""Give a view in private, and reveal everybody's: what members do before the meeting."""

import datetime
import uuid

from django.db import transaction

from accounts.models import Membership
from assessments.models import Assessment, View
from assessments.services.states import (
    Refused,
    WrongLevel,
    lock_begun,
    lock_open,
    refusal_of,
    require_asked,
)
from audit.services import record
from hallmarks.models import Level
from hallmarks.outline import Question

MIN_AGENCIES = 3


class ViewsRevealed(Refused):
    """The views are shown, or their day is over, so nobody can change theirs any more."""

    why = "revealed"


class TooFewAgencies(Refused):
    """Fewer than three agencies gave a view, and the day for views has not passed."""

    why = "few"


class StaleView(Refused):
    """The same member changed the view elsewhere; `current` is what stands."""

    why = "stale"

    def __init__(self, current: View) -> None:
        super().__init__("The view changed since it was read.")
        self.current = current


def view_refusal_of(assessment: Assessment, arrived_at: datetime.datetime) -> Refused | None:
    """Return what giving a view would be refused with, or None: a page asks before anybody chooses and types."""
    return ViewsRevealed() if assessment.views_are_frozen(arrived_at) else refusal_of(assessment, arrived_at)


@transaction.atomic
def save_view(
    *,
    assessment: Assessment,
    question: Question,
    level: Level | None,
    comment: str,
    revision: int,
    save_id: uuid.UUID,
    by: Membership,
    arrived_at: datetime.datetime,
) -> View:
    """Write one member's view, if it is as the member last read it; the same save again is no conflict.

    Without a level it keeps that the member was asked and cannot say; then there is no comment either.
    Raises ViewsRevealed, StaleView, WrongLevel or what `lock_open` raises; then nothing is written.
    """
    if level and level not in question.levels:
        raise WrongLevel
    lock_open(assessment, arrived_at)
    if assessment.views_are_frozen(arrived_at):
        raise ViewsRevealed
    view = View(
        assessment=assessment,
        criterion=question.criterion,
        member=by,
        agency=by.agency,
        standpoint=by.standpoint,
        level=level,
        comment=comment,
        save_id=save_id,
    )
    if not View.objects.put(view, over=revision):
        require_asked(assessment, question.criterion.version_id)
        raise StaleView(View.objects.get(assessment=assessment, criterion=question.criterion, member=by))
    # That somebody gave a view is no secret from those who read the trail; what it says is.
    record(kind="view.saved", target=view, by=by.user, role=str(by.agency), partnership=assessment.partnership.slug)
    return view


@transaction.atomic
def take_view_back(
    *, assessment: Assessment, question: Question, revision: int, by: Membership, arrived_at: datetime.datetime
) -> None:
    """Delete one member's view before anybody else saw it; there is nothing to do where it is gone already.

    Raises ViewsRevealed, StaleView or what `lock_open` raises; then it stays.
    """
    lock_open(assessment, arrived_at)
    require_asked(assessment, question.criterion.version_id)
    if assessment.views_are_frozen(arrived_at):
        raise ViewsRevealed
    view = View.objects.filter(assessment=assessment, criterion=question.criterion, member=by).first()
    if view is None:
        return
    if view.revision != revision:
        raise StaleView(view)
    record(
        kind="view.taken_back", target=view, by=by.user, role=str(by.agency), partnership=assessment.partnership.slug
    )
    view.delete()


@transaction.atomic
def reveal_views(*, assessment: Assessment, by: Membership, arrived_at: datetime.datetime) -> None:
    """Show all members all views and freeze them; revealing twice changes nothing.

    It changes no answer, so it may be done after submission and after the round: nobody's view stays shut in for ever.
    Raises NotOpenYet, or TooFewAgencies; who has left gives their agency no voice.
    """
    lock_begun(assessment, arrived_at)
    if assessment.views_are_frozen(arrived_at):
        return
    if assessment.views.asked().voices().seated_at(arrived_at).values("agency").distinct().count() < MIN_AGENCIES:
        raise TooFewAgencies
    assessment.views_revealed_at = arrived_at
    assessment.save(update_fields=["views_revealed_at"])
    record(
        kind="views.revealed",
        target=assessment,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
    )
