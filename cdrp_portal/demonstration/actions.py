"""Improvement actions of one round: raised from low ratings, some of them done, dropped or overdue by the first run."""

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from accounts.models import Membership, Role
from assessments import documents, queries
from assessments.low_levels import coverage
from assessments.models import LONDON, ImprovementAction, ProgressNote, Round
from cdrp_portal.demonstration import action_texts, rounds, shape
from cdrp_portal.demonstration.answers import Sheet
from cdrp_portal.demonstration.people import ADDRESSES
from hallmarks.outline import Question

FEWEST, MOST, MOST_NOTES = 2, 5, 2
SHORTEST_DAYS, LONGEST_DAYS = 42, 330
SOONEST_DONE_DAYS, LATE_DAYS = 20, 45
SHARE_CLOSED_EARLY, SHARE_CLOSED_WHEN_DUE, SHARE_CLOSED_LONG_AFTER = 0.15, 0.7, 0.95
LONG_AFTER = datetime.timedelta(days=200)
SHARE_DROPPED = 0.15
# Where people may sign in: when, counted from the first run, actions of their own agency fall due and are still open.
PRESSING = {"amber-valley": (-21, 10, 24), "derby": (-9, 15)}
NOTED_AT = datetime.time(11, 20)
Status = ImprovementAction.Status


def make(sheets: Sequence[Sheet], days: Sequence[datetime.date], today: datetime.date) -> None:
    """Write the sheets' actions, raised on `days`, as they stand on the day of the first run (`today`)."""
    made = [(action, day) for sheet, day in zip(sheets, days, strict=True) for action in _actions(sheet, day, today)]
    ImprovementAction.objects.bulk_create([action for action, _day in made])
    _make_notes(made, today)


def open_on(sheets: Sequence[Sheet], days: Iterable[datetime.date]) -> list[tuple[documents.ActionEntry, ...]]:
    """Return for each sheet what its partnership still had to do on a day, as the submission of that day tells it."""
    by_place: dict[int, list[ImprovementAction]] = defaultdict(list)
    places = [sheet.assessment.partnership_id for sheet in sheets]
    for action in ImprovementAction.objects.filter(partnership__in=places).listed():
        by_place[action.partnership_id].append(action)
    return [
        tuple(
            queries.action_entry(action, action.criterion.code)
            for action in by_place[place]
            if action.closed_on is None or action.closed_on > day
        )
        for place, day in zip(places, days, strict=True)
    ]


def _actions(sheet: Sheet, day: datetime.date, today: datetime.date) -> Iterator[ImprovementAction]:
    assessment, place = sheet.assessment, sheet.assessment.partnership
    chance = shape.seeded("actions", place.slug, assessment.round.slug)
    agencies = sorted(place.agencies.all(), key=lambda agency: agency.name)
    low = coverage(((answered.question, answered.rating) for answered in sheet.answered), ()).low
    pressing = iter(PRESSING.get(place.slug, ()) if _is_last_closed(assessment.round, today) else ())
    for number, question in enumerate(_some(low, chance)):
        action = ImprovementAction(
            code=f"{chance.getrandbits(48):012x}",
            partnership=place,
            raised_in=assessment,
            criterion=question.criterion,
            text=_promise(place.slug, question.section.code, assessment.round.opens_on.year + number),
            owner=chance.choice(agencies),
            due_on=day + datetime.timedelta(days=chance.randint(SHORTEST_DAYS, LONGEST_DAYS)),
        )
        days = next(pressing, None)
        if days is None:
            settle(action, day, today, chance)
        else:
            action.due_on = today + datetime.timedelta(days=days)
            action.owner = next(agency for agency in agencies if agency.name == sheet.writer.agency)
        yield action


def _is_last_closed(round_: Round, today: datetime.date) -> bool:
    return datetime.timedelta() < today - round_.closes_on < datetime.timedelta(weeks=rounds.WEEKS_BETWEEN)


def _promise(slug: str, section: str, turn: int) -> str:
    """Return a text of the section's in an order of the partnership's own, so that one year does not repeat another."""
    pool = action_texts.PROMISES.get(section, action_texts.PROMISES["LEAD"])
    return shape.seeded("promises", slug, section).sample(pool, len(pool))[turn % len(pool)]


def _some(low: Sequence[Question], chance: random.Random) -> list[Question]:
    wanted = min(len(low), chance.randint(FEWEST, MOST))
    return [low[place] for place in sorted(chance.sample(range(len(low)), wanted))]


def settle(action: ImprovementAction, raised: datetime.date, today: datetime.date, chance: random.Random) -> None:
    """Let an action raised on a day end as such actions do, or go on; write nothing."""
    first = raised + datetime.timedelta(days=SOONEST_DONE_DAYS)
    last = min(action.due_on + datetime.timedelta(days=LATE_DAYS), today - datetime.timedelta(days=1))
    if last <= first or chance.random() > _share_closed(action.due_on, today):
        return
    is_dropped = chance.random() < SHARE_DROPPED
    action.status = Status.DROPPED if is_dropped else Status.DONE
    action.closing_reason = chance.choice(action_texts.REASONS_TO_DROP if is_dropped else action_texts.OUTCOMES)
    action.closed_on = first + datetime.timedelta(days=chance.randrange((last - first).days))
    action.revision = 2


def _share_closed(due_on: datetime.date, today: datetime.date) -> float:
    if due_on >= today:
        return SHARE_CLOSED_EARLY
    return SHARE_CLOSED_LONG_AFTER if today - due_on > LONG_AFTER else SHARE_CLOSED_WHEN_DUE


def _make_notes(made: Sequence[tuple[ImprovementAction, datetime.date]], today: datetime.date) -> None:
    """Write up to two notes on actions of partnerships that have people, dated between the raising and its end."""
    places = {action.partnership_id for action, _day in made}
    seats = Membership.objects.filter(agency__partnership__in=places, user__email__in=ADDRESSES).exclude(
        role=Role.VIEWER
    )
    writers = {seat.agency.partnership_id: seat for seat in seats.select_related("agency").order_by("-pk")}
    notes = [
        (ProgressNote(action=action, text=text, written_by=writers[action.partnership_id]), day)
        for action, raised in made
        if action.partnership_id in writers
        for text, day in _noted(action, raised, action.closed_on or today)
    ]
    ProgressNote.objects.bulk_create([note for note, _day in notes])
    # The column fills itself with the present moment on insert, so the made-up one is written after it.
    for note, day in notes:
        note.written_at = datetime.datetime.combine(day, NOTED_AT, tzinfo=LONDON)
    ProgressNote.objects.bulk_update([note for note, _day in notes], ["written_at"])


def _noted(action: ImprovementAction, raised: datetime.date, end: datetime.date) -> Iterable[tuple[str, datetime.date]]:
    chance = shape.seeded("notes", action.code)
    between = range(1, (end - raised).days)
    texts = chance.sample(action_texts.NOTES, min(len(between), chance.randint(0, MOST_NOTES)))
    days = sorted(chance.sample(between, len(texts)))
    return [(text, raised + datetime.timedelta(days=day)) for text, day in zip(texts, days, strict=True)]
