"""Raise, change, follow and close improvement actions; whether a round is open makes no difference to them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from assessments.low_levels import is_low
from assessments.models import LONDON, Assessment, ImprovementAction, ProgressNote
from assessments.services.states import Refused, lock_question
from audit.services import record
from hallmarks.outline import Question
from partnerships.models import Agency, Partnership

FURTHEST_YEARS = 10


class ActionRefused(Refused):
    """Raised when an action cannot be as asked; `field` and `message` say where and what to do."""

    field: str | None = None
    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class NotLow(ActionRefused):
    """The criterion is not, or no longer, at a low level."""

    message = _("This criterion is not at a low level now. An improvement action starts from a low level")


class DueInThePast(ActionRefused):
    """The day has passed already."""

    field, message = "due_on", _("The day must be today or later")


class DueTooLate(ActionRefused):
    """The day is so far away that the year must be a slip."""

    field, message = "due_on", _("The day must be within the next 10 years")


class WrongOwner(ActionRefused):
    """The agency belongs to another partnership."""

    field, message = "owner", _("Select an agency of your partnership")


class StaleAction(Refused):
    """Somebody changed the action after the writer read it; `current` is what they saved."""

    def __init__(self, current: ImprovementAction) -> None:
        super().__init__("The action changed since it was read.")
        self.current = current


class ActionClosed(StaleAction):
    """Somebody marked the action as done or dropped it, so it changes no more."""


@dataclass(frozen=True)
class ActionPlan:
    """What will be done, which agency owns it, and by when."""

    text: str
    owner: Agency
    due_on: datetime.date

    @classmethod
    def of(cls, action: ImprovementAction) -> "ActionPlan":
        """Return the plan of an action as it stands."""
        return cls(action.text, action.owner, action.due_on)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as the audit trail keeps it."""
        return {"text": self.text, "owner": self.owner.name, "due_on": self.due_on.isoformat()}


@transaction.atomic
def raise_action(
    *, assessment: Assessment, question: Question, plan: ActionPlan, by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    """Begin an action from a low rating; the same one sent twice (a double click, a retry) is one.

    Raises NotLow, WrongOwner, DueInThePast or DueTooLate; then nothing is written.
    """
    lock_question(assessment, question)
    partnership = Partnership.objects.select_for_update().get(pk=assessment.partnership_id)
    same = ImprovementAction.objects.of(partnership).open().filter(criterion=question.criterion, **vars(plan)).first()
    if same is not None:
        return same
    _check(plan, partnership, _day(arrived_at))
    if not is_low(question, assessment.ratings.filter(criterion=question.criterion).first()):
        raise NotLow
    return _begin(assessment, question, plan, by)


@transaction.atomic
def raise_recommended(
    *, assessment: Assessment, question: Question, plan: ActionPlan, by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    """Begin an action because the Government Office recommended it, at whichever level the criterion is.

    Its caller sees to it that one recommendation begins one action. Raises WrongOwner, DueInThePast or DueTooLate.
    """
    partnership = Partnership.objects.select_for_update().get(pk=assessment.partnership_id)
    _check(plan, partnership, _day(arrived_at))
    return _begin(assessment, question, plan, by)


@transaction.atomic
def change_action(
    *, action: ImprovementAction, plan: ActionPlan, revision: int, by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    """Write a new plan over the one that the writer read (`revision`); a plan that stands already is no conflict.

    A day that has passed may stay as it is. Raises ActionClosed, StaleAction or what `raise_action` raises.
    """
    current = _lock(action)
    before = ActionPlan.of(current)
    if plan == before:
        return current
    _require_fresh(current, revision)
    _check(plan, current.partnership, _day(arrived_at), kept=before.due_on)
    current.text, current.owner, current.due_on = plan.text, plan.owner, plan.due_on
    _write(current)
    _record("changed", current, by, before=before.as_json(), after=plan.as_json())
    return current


@transaction.atomic
def add_note(*, action: ImprovementAction, text: str, by: Membership, arrived_at: datetime.datetime) -> ProgressNote:
    """Add a line on progress, also to a closed action; the last line sent again on the same day is one."""
    current = _lock(action)
    last = current.notes.first()
    if last and (last.text, last.written_by_id, _day(last.written_at)) == (text, by.pk, _day(arrived_at)):
        return last
    note = ProgressNote.objects.create(action=current, text=text, written_by=by)
    _record("noted", current, by, after={"text": text})
    return note


@transaction.atomic
def finish_action(
    *, action: ImprovementAction, revision: int, reason: str = "", by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    """Mark an action as done; `reason` may say what came of it. Raises ActionClosed or StaleAction."""
    return _close(action, ImprovementAction.Status.DONE, revision, reason, by, arrived_at)


@transaction.atomic
def drop_action(
    *, action: ImprovementAction, revision: int, reason: str, by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    """Give an action up, with the reason. Raises ActionClosed or StaleAction."""
    return _close(action, ImprovementAction.Status.DROPPED, revision, reason, by, arrived_at)


@transaction.atomic
def reopen_action(*, action: ImprovementAction, by: Membership) -> ImprovementAction:
    """Put a closed action back among the open ones, because it was closed by mistake; open already is no refusal."""
    current = _lock(action)
    if current.is_open:
        return current
    before = {"status": current.status, "reason": current.closing_reason}
    current.status, current.closing_reason, current.closed_on = ImprovementAction.Status.OPEN, "", None
    _write(current)
    _record("reopened", current, by, before=before, after={"status": current.status})
    return current


def _begin(assessment: Assessment, question: Question, plan: ActionPlan, by: Membership) -> ImprovementAction:
    action = ImprovementAction.objects.create(
        partnership=assessment.partnership, raised_in=assessment, criterion=question.criterion, **vars(plan)
    )
    _record("raised", action, by, after={**plan.as_json(), "criterion": question.criterion.code})
    return action


def _close(
    action: ImprovementAction, status: str, revision: int, reason: str, by: Membership, arrived_at: datetime.datetime
) -> ImprovementAction:
    current = _lock(action)
    if (current.status, current.closing_reason) == (status, reason):
        return current
    _require_fresh(current, revision)
    current.status, current.closing_reason, current.closed_on = status, reason, _day(arrived_at)
    _write(current)
    _record(status, current, by, before={"status": "open"}, after={"status": status, "reason": reason})
    return current


def _check(plan: ActionPlan, partnership: Partnership, today: datetime.date, kept: datetime.date | None = None) -> None:
    if plan.owner.partnership_id != partnership.pk:
        raise WrongOwner
    if plan.due_on < today and plan.due_on != kept:
        raise DueInThePast
    if plan.due_on.year > today.year + FURTHEST_YEARS:
        raise DueTooLate


def _require_fresh(current: ImprovementAction, revision: int) -> None:
    if current.status != ImprovementAction.Status.OPEN:
        raise ActionClosed(current)
    if current.revision != revision:
        raise StaleAction(current)


def _lock(action: ImprovementAction) -> ImprovementAction:
    locked = ImprovementAction.objects.select_for_update(of=("self",)).listed().select_related("partnership")
    return locked.get(pk=action.pk)


def _write(action: ImprovementAction) -> None:
    action.revision += 1
    action.save()


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()


def _record(what: str, action: ImprovementAction, by: Membership, **facts: Any) -> None:
    record(
        kind=f"action.{what}",
        target=action,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=action.partnership.slug,
        **facts,
    )
