"""Made-up check sheets for two quarters and yearly plans for two partnerships."""

import datetime
import random
import uuid
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from audit.services import record
from cdrp_portal.demonstration.people import COORDINATOR, NEIGHBOUR
from cdrp_portal.demonstration.say import MADE, Teller
from partnerships.models import Partnership
from sharing.models import CycleStep, InformationSet, PlanLine, SheetLine
from sharing.periods import quarter_of
from sharing.queries import usual_sender

KEEPERS = {"amber-valley": COORDINATOR, "derby": NEIGHBOUR}
SEED = "information sharing"
MARK = "Demonstration data: made up."
# What never came last quarter, and what has come so far in this one, by number.
MISSED = {"amber-valley": {6, 11, 12}, "derby": {12}}
CAME_SO_FAR = 0.6
# Steps are spread over the year in their order; one that is due by now is done, but for these.
LATE_STEPS = {"amber-valley": {8, 11}, "derby": {13}}
LAST_DUE_DAY = 350


@transaction.atomic
def make_sharing(tell: Teller) -> None:
    """Fill the check sheets of this quarter and the last, and the plan of this year, where there are none."""
    tell.step(_("Filling check sheets and yearly plans"))
    today = timezone.localdate()
    empty = Partnership.objects.filter(slug__in=KEEPERS, sheet_lines=None, plan_lines=None)
    for partnership in empty.order_by("slug"):
        _fill(partnership, today)
    tell.note(
        _("%(received)s sets received, %(planned)s steps planned")
        % {"received": SheetLine.objects.filter(state="received").count(), "planned": PlanLine.objects.count()}
    )


def _fill(partnership: Partnership, today: datetime.date) -> None:
    chance = random.Random(f"{SEED} {partnership.slug}")  # noqa: S311 - data to look at, not secrets
    keeper = Membership.objects.select_related("user", "agency").get(user__email=KEEPERS[partnership.slug])
    lines, plan = list(_sheets(partnership, keeper, today, chance)), list(_plan(partnership, today, chance))
    for line in (*lines, *plan):
        line.note, line.revision, line.save_id = MARK, 1, uuid.UUID(int=chance.getrandbits(128), version=4)
        line.updated_by, line.updated_by_agency = keeper.user, keeper.agency.name
    SheetLine.objects.bulk_create(lines)
    PlanLine.objects.bulk_create(plan)
    record(kind=MADE, target=partnership, by=None, after={"sheet_lines": len(lines), "plan_lines": len(plan)})


def _sheets(
    partnership: Partnership, keeper: Membership, today: datetime.date, chance: random.Random
) -> Iterator[SheetLine]:
    now, sets = quarter_of(today), list(InformationSet.objects.all())
    senders = {one.number: usual_sender(partnership, one) or keeper.agency for one in sets}
    for quarter in (now.previous, now):
        days = (min(today - datetime.timedelta(days=1), quarter.ends_on) - quarter.starts_on).days
        for one in sets:
            came = chance.random() < CAME_SO_FAR if quarter == now else one.number not in MISSED[partnership.slug]
            if came and days >= 0:
                yield SheetLine(
                    partnership=partnership,
                    year=quarter.year,
                    quarter=quarter.number,
                    information_set=one,
                    state=SheetLine.State.RECEIVED,
                    received_from=senders[one.number],
                    received_on=quarter.starts_on + datetime.timedelta(days=chance.randrange(days + 1)),
                )


def _plan(partnership: Partnership, today: datetime.date, chance: random.Random) -> Iterator[PlanLine]:
    agencies, steps = list(partnership.agencies.all()), list(CycleStep.objects.all())
    for place, step in enumerate(steps, start=1):
        due_on = datetime.date(today.year, 1, 1) + datetime.timedelta(days=LAST_DUE_DAY * place // len(steps))
        is_done = due_on < today and step.number not in LATE_STEPS[partnership.slug]
        yield PlanLine(
            partnership=partnership,
            year=today.year,
            step=step,
            owner=chance.choice(agencies),
            due_on=due_on,
            done_on=due_on - datetime.timedelta(days=chance.randrange(10)) if is_done else None,
        )
