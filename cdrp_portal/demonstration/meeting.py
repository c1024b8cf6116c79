"""One made-up meeting: views revealed, the widest differences agreed, and two answers changed afterwards."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership
from assessments import services
from assessments.agenda import Item
from assessments.agreement import far_from_most, median
from assessments.meeting_queries import meeting_agenda
from assessments.models import LONDON, Assessment, Round
from cdrp_portal.demonstration import rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.people import NEIGHBOUR, NEIGHBOUR_OFFICER
from cdrp_portal.demonstration.say import Teller
from partnerships.models import Agency

HELD_BY = "derby"
DECIDED = 14
# Days before the first run, and the hour.
REVEALED, HELD, CHANGED = (8, 16), (5, 10), (4, 9)
MINUTES_EACH = 4
REASONS = {
    0: "None of the agencies present could show it. We say so, and will put it right.",
    1: "It is in the plan and two agencies have begun; the others could show nothing yet.",
    2: "All agencies present could name what they do; it does not reach every part of the area yet.",
    3: "Every agency could show it, and the figures of last year bear it out.",
}
MENDED = "The minutes of the strategy group, item 4, show what was agreed and by whom."


@transaction.atomic
def hold_meeting(tell: Teller) -> None:
    """Reveal one partnership's views and record what its meeting agreed, through the portal's own services."""
    tell.step(_("Holding a meeting"))
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    found = Assessment.objects.with_round().filter(round=round_, partnership__slug=HELD_BY)
    assessment = found.filter(views_revealed_at=None, views__isnull=False).distinct().first()
    if assessment is None:
        tell.note(_("It was held"))
        return
    coordinator, officer = (_seat(email) for email in (NEIGHBOUR, NEIGHBOUR_OFFICER))
    at = _moment(round_, *REVEALED)
    with as_of(at):
        services.reveal_views(assessment=assessment, by=coordinator, arrived_at=at)
    items = _decide(assessment, coordinator, _moment(round_, *HELD))
    _change(assessment, items[:2], officer, _moment(round_, *CHANGED))
    tell.note(_("%(count)s criteria agreed in %(name)s") % {"count": len(items), "name": assessment.partnership.name})


def _seat(email: str) -> Membership:
    return Membership.objects.current().select_related("user", "agency__partnership").get(user__email=email)


def _moment(round_: Round, days_before: int, hour: int) -> datetime.datetime:
    first_run = round_.opens_on + datetime.timedelta(weeks=rounds.OPENED_WEEKS_AGO)
    day = working_day(first_run - datetime.timedelta(days=days_before))
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=LONDON)


def _decide(assessment: Assessment, by: Membership, start: datetime.datetime) -> list[Item]:
    """Agree what stands first on the agenda, some minutes each; return it as it was before."""
    chance = shape.seeded("meeting", assessment.partnership.slug)
    agencies = list(Agency.objects.filter(partnership=assessment.partnership))
    items = list(meeting_agenda(assessment, start).items[:DECIDED])
    for turn, item in enumerate(items):
        at = start + datetime.timedelta(minutes=turn * MINUTES_EACH)
        with as_of(at):
            services.record_decision(
                assessment=assessment,
                question=item.question,
                outcome=_outcome(item, agencies, chance),
                revision=item.rating.revision if item.rating else 0,
                save_id=_save_id(chance),
                by=by,
                arrived_at=at,
            )
    return items


def _outcome(item: Item, agencies: Sequence[Agency], chance: random.Random) -> services.Outcome:
    """Return the middle of what agencies see, agreed by most of them; whoever is far from it is told."""
    voices = item.views.spread.agencies
    position = median(end for middle in voices.values() for end in middle).low
    absent = set(chance.sample(agencies, chance.choice((0, 0, 1))))
    away = next((name for name, middle in voices.items() if far_from_most(position, {name: middle})), "")
    seen = {"agency": away, "level": item.views.in_words(voices[away])} if away else {}
    return services.Outcome(
        level=item.question.levels[position],
        reason=REASONS[position],
        present=tuple(agency for agency in agencies if agency not in absent),
        dissent=_("%(agency)s saw %(level)s") % seen if seen else "",
    )


def _change(assessment: Assessment, items: Sequence[Item], by: Membership, at: datetime.datetime) -> None:
    """Let an officer choose another level than one that was agreed, and mend the words of another."""
    chance = shape.seeded("after the meeting", assessment.partnership.slug)
    for turn, item in enumerate(items):
        rating = assessment.ratings.prefetch_related("answers").get(criterion=item.question.criterion)
        signs = {row.indicator_id: row.answer for row in rating.answers.all()}
        was = services.answer_of(item.question, rating, signs)
        place = was.level.position if was.level else 0
        other = item.question.levels[place - 1 if place else place + 1]
        answer = replace(was, reason=f"{was.reason} {MENDED}", level=was.level if turn else other)
        with as_of(at + datetime.timedelta(minutes=turn * MINUTES_EACH)):
            services.save_rating(
                assessment=assessment,
                question=item.question,
                answer=answer,
                revision=rating.revision,
                save_id=_save_id(chance),
                by=by,
                arrived_at=at,
            )


def _save_id(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
