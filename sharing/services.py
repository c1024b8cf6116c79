"""Everything that changes check sheets, yearly plans and calendar links."""

import datetime
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.services import hash_of
from audit.services import record
from partnerships.models import Agency, Partnership
from sharing.models import CalendarFeed, CycleStep, InformationSet, Line, PlanLine, SheetLine
from sharing.periods import Quarter

TOKEN_BYTES = 32


class Stale(Exception):
    """Somebody saved this line after the writer read it; `current` is what they saved."""

    def __init__(self, current: Any) -> None:
        super().__init__("The line changed since it was read.")
        self.current = current


class OtherPartnership(Exception):
    """The agency belongs to another partnership."""


@dataclass(frozen=True)
class Receipt:
    """What is said of one set of information in one quarter."""

    state: str = SheetLine.State.MISSING
    received_from: Agency | None = None
    received_on: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Planned:
    """What is planned for one step of the year."""

    owner: Agency | None = None
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    note: str = ""


@transaction.atomic
def save_sheet_line(
    *,
    partnership: Partnership,
    quarter: Quarter,
    information_set: InformationSet,
    receipt: Receipt,
    revision: int,
    save_id: uuid.UUID,
    by: Membership,
) -> SheetLine:
    """Write what came of one set, if nobody wrote since the writer read `revision`; the same save again is none.

    Raises Stale or OtherPartnership; then nothing is written.
    """
    _refuse_others(partnership, receipt.received_from)
    key = {"partnership": partnership, "year": quarter.year, "quarter": quarter.number}
    line: SheetLine = _put(SheetLine, {**key, "information_set": information_set}, receipt, revision, save_id, by)
    return line


@transaction.atomic
def save_plan_line(
    *,
    partnership: Partnership,
    year: int,
    step: CycleStep,
    planned: Planned,
    revision: int,
    save_id: uuid.UUID,
    by: Membership,
) -> PlanLine:
    """Write what is planned for one step, if nobody wrote since the writer read `revision`; see `save_sheet_line`."""
    _refuse_others(partnership, planned.owner)
    key = {"partnership": partnership, "year": year, "step": step}
    line: PlanLine = _put(PlanLine, key, planned, revision, save_id, by)
    return line


@transaction.atomic
def copy_plan(*, partnership: Partnership, year: int, by: Membership) -> int:
    """Take over owners and days, moved by a year, from the plan before, and return of how many steps.

    A step that has an owner or a day already stays as it is. Raises Stale where somebody writes at the same time.
    """
    here = {line.step_id: line for line in PlanLine.objects.of(partnership, year)}
    copied = 0
    for line in PlanLine.objects.of(partnership, year - 1).select_related("step", "owner"):
        there = here.get(line.step_id)
        if not line.is_planned or (there and (there.is_planned or there.done_on)):
            continue
        planned = Planned(line.owner, line.due_on and _a_year_later(line.due_on), note=there.note if there else "")
        revision = there.revision if there else 0
        save_plan_line(
            partnership=partnership,
            year=year,
            step=line.step,
            planned=planned,
            revision=revision,
            save_id=uuid.uuid4(),
            by=by,
        )
        copied += 1
    return copied


def _a_year_later(day: datetime.date) -> datetime.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


@transaction.atomic
def make_feed(*, by: Membership) -> str:
    """Return a new calendar link for a seat, which is not kept; one made before stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = {"token_hash": hash_of(token), "made_at": timezone.now()}
    feed, is_first = CalendarFeed.objects.update_or_create(membership=by, defaults=made)
    _record_feed("made", feed, by, {"replaces": not is_first})
    return settings.SITE_URL + reverse("sharing:feed", args=[token])


@transaction.atomic
def withdraw_feed(*, by: Membership) -> None:
    """Stop a seat's calendar link, if there is one."""
    feed = CalendarFeed.objects.select_for_update().filter(membership=by).first()
    if feed is not None:
        _record_feed("withdrawn", feed, by, None)
        feed.delete()


def _put(
    model: Any, key: dict[str, Any], entry: Receipt | Planned, revision: int, save_id: uuid.UUID, by: Membership
) -> Any:
    """Write an entry over the revision that was read; what stands there already is no change and no conflict."""
    if entry == type(entry)() and not model.objects.filter(**key).exists():
        return model(**key)
    line, _made = model.objects.select_for_update().get_or_create(**key)
    before, after = {name: getattr(line, name) for name in vars(entry)}, vars(entry)
    if before == after:
        return line
    if line.revision != revision and line.save_id != save_id:
        raise Stale(line)
    for name, value in after.items():
        setattr(line, name, value)
    line.revision += 1
    line.save_id, line.updated_by, line.updated_by_agency = save_id, by.user, by.agency.name
    line.save()
    _record_line(line, key, before if line.revision > 1 else None, after, by)
    return line


def _refuse_others(partnership: Partnership, agency: Agency | None) -> None:
    if agency is not None and agency.partnership_id != partnership.pk:
        raise OtherPartnership


def _record_line(
    line: Line, key: dict[str, Any], before: dict[str, Any] | None, after: dict[str, Any], by: Membership
) -> None:
    where = {name: _said(value) for name, value in key.items() if name != "partnership"}
    record(
        kind=f"{line._meta.model_name}.saved",
        target=line,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=by.agency.partnership.slug,
        before=before and {name: _said(value) for name, value in before.items()},
        after={**where, **{name: _said(value) for name, value in after.items()}, "revision": line.revision},
        request_id=str(line.save_id),
    )


def _record_feed(what: str, feed: CalendarFeed, by: Membership, after: dict[str, Any] | None) -> None:
    record(
        kind=f"calendar.{what}",
        target=feed,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=by.agency.partnership.slug,
        after=after,
    )


def _said(value: Any) -> Any:
    """Return a value as the trail keeps it: reference rows by number, agencies by name."""
    if isinstance(value, InformationSet | CycleStep):
        return value.number
    return value.name if isinstance(value, Agency) else value
