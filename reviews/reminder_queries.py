"""Who owes something in a region's round and can be reminded, and the reminders that were written."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from accounts.models import Membership
from assessments.models import Round
from assessments.round_progress import State, days_left
from outbox.models import Message
from partnerships.models import Region
from reviews.region_queries import standings_of, state_on
from reviews.reminders import Kind, Person, Place, Plan, Reminder, Standing, about, key, last_reminded, remedy_of
from reviews.worklist import TO_REMIND

# How a mail about several partnerships names them.
SEVERAL = ""
STANDINGS = {
    Message.Status.SENT.value: Standing.SENT,
    Message.Status.WAITING.value: Standing.WAITING,
    Message.Status.SENDING.value: Standing.WAITING,
    Message.Status.FAILED.value: Standing.FAILED,
}


@dataclass(frozen=True)
class Reminders:
    """All that the page of a region's reminders tells: what can be sent, what was."""

    plans: tuple[Plan, ...]
    written: tuple[Reminder, ...]

    def plan(self, kind: Kind) -> Plan:
        """Return the plan of one kind."""
        return next(plan for plan in self.plans if plan.kind is kind)

    @property
    def troubles(self) -> list[Reminder]:
        """Return the reminders with which something went wrong, the newest first."""
        return [reminder for reminder in self.written if reminder.needs_telling]


def reminders_of(region: Region, round_: Round, now: datetime.datetime) -> Reminders:
    """Return a region's reminders in a round, in three queries."""
    today = timezone.localdate(now)
    owing = [(row, state_on(row, today)) for row in standings_of(region, round_, today)]
    people = _coordinators([row.partnership_id for row, _state in owing])
    names = {row.partnership.slug: row.partnership.name for row, _state in owing}
    written = _written(region, round_, names, now)
    plans = [_plan(kind, owing, people, written, about(kind, region.slug, round_.slug), now) for kind in Kind]
    still = {(plan.kind, slug) for plan in plans for place in plan.places for slug in (place.slug, SEVERAL)}
    return Reminders(tuple(plans), tuple(_with_remedy(each, written, still, today) for each in written))


def _coordinators(partnerships: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    seats = Membership.objects.coordinators().filter(agency__partnership__in=partnerships)
    found: dict[int, list[tuple[int, str]]] = {}
    rows = seats.order_by("user").values_list("agency__partnership", "user", "user__email").distinct()
    for partnership, user, email in rows:
        found.setdefault(partnership, []).append((user, email))
    return found


def _plan(
    kind: Kind,
    owing: Sequence[tuple[Any, State]],
    people: dict[int, list[tuple[int, str]]],
    written: Sequence[Reminder],
    subject: str,
    now: datetime.datetime,
) -> Plan:
    today = timezone.localdate(now)
    keys, last = {each.key for each in written}, last_reminded(written, kind)
    places = [
        Place(
            slug=row.partnership.slug,
            name=row.partnership.name,
            state=state,
            closes_on=row.closes_on,
            days_left=days_left(row.closes_on, today),
            questions=row.questions,
            people=tuple(
                Person(user, email, is_reminded=key(subject, user, now) in keys)
                for user, email in people.get(row.partnership_id, [])
            ),
            last=last.get(row.partnership.slug),
        )
        for row, state in owing
        if _owes(kind, row, state, today)
    ]
    return Plan(kind, tuple(sorted(places, key=lambda place: (place.days_left, place.name))))


def _owes(kind: Kind, row: Any, state: State, today: datetime.date) -> bool:
    if kind is Kind.REPLY:
        return bool(row.questions)
    return state in TO_REMIND and row.round.opens_on <= today <= row.closes_on


def _written(region: Region, round_: Round, names: dict[str, str], now: datetime.datetime) -> list[Reminder]:
    kinds = {about(kind, region.slug, round_.slug): kind for kind in Kind}
    return [
        Reminder(
            pk=message.pk,
            key=message.key,
            kind=kinds[message.about],
            partnership=message.partnership,
            name=names.get(message.partnership, message.partnership),
            written_at=message.written_at,
            standing=Standing.UNCERTAIN if message.may_have_gone(now) else STANDINGS[message.status],
            error=message.error,
            next_attempt_at=message.next_attempt_at,
        )
        for message in Message.objects.about_any(kinds)
    ]


def _with_remedy(
    reminder: Reminder, written: Sequence[Reminder], still: Collection[tuple[Kind, str]], today: datetime.date
) -> Reminder:
    is_owed = (reminder.kind, reminder.partnership) in still
    return replace(reminder, remedy=remedy_of(reminder, written, today, is_owed=is_owed))
