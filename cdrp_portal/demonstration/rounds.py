"""Two closed rounds and an open one, with dates set at the first run and left alone from then on."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import round_services
from assessments.models import LONDON, Round
from cdrp_portal.demonstration.clock import as_of
from cdrp_portal.demonstration.people import ADMINISTRATOR
from cdrp_portal.demonstration.say import Teller
from hallmarks.models import Version

HOW_MANY = 3
# How the address of a pilot of the other set ends, which is none of these rounds.
PILOT = "-pilot"
OPENED_AT = datetime.time(8, 40)
OPENED_WEEKS_AGO, CLOSES_IN_WEEKS, WEEKS_BETWEEN = 6, 5, 52


@transaction.atomic
def make_rounds(tell: Teller, version: Version) -> None:
    """Open a round six weeks ago that closes in five, and one in each of the two years before."""
    tell.step(_("Opening rounds"))
    if not demonstration_rounds():
        _open_all(version, timezone.localdate())
    for round_ in demonstration_rounds():
        tell.note(
            _("%(round)s: %(opens)s to %(closes)s")
            % {"round": round_.name, "opens": _day(round_.opens_on), "closes": _day(round_.closes_on)}
        )


def demonstration_rounds() -> list[Round]:
    """Return the rounds that the first run made, oldest first."""
    made = Round.objects.filter(is_demonstration=True).exclude(slug__endswith=PILOT)
    return list(made.select_related("version__framework").order_by("opens_on")[:HOW_MANY])


def pilot() -> Round | None:
    """Return the pilot of the other set, if there is one."""
    return Round.objects.filter(is_demonstration=True, slug__endswith=PILOT).first()


def opening(opens_on: datetime.date) -> datetime.datetime:
    """Return the moment at which a round was opened."""
    return datetime.datetime.combine(opens_on, OPENED_AT, tzinfo=LONDON)


def first_run(round_: Round, number: int) -> datetime.date:
    """Return the day on which the demonstration was made; `number` is the round's place, the oldest's is 0."""
    later = WEEKS_BETWEEN * (HOW_MANY - 1 - number)
    return round_.opens_on + datetime.timedelta(weeks=OPENED_WEEKS_AGO + later)


def _open_all(version: Version, today: datetime.date) -> None:
    administrator = User.objects.get(email=ADMINISTRATOR)
    previous = None
    for years_ago in reversed(range(HOW_MANY)):
        day = today - datetime.timedelta(weeks=WEEKS_BETWEEN * years_ago)
        slug = str(today.year - years_ago)
        opens_on = day - datetime.timedelta(weeks=OPENED_WEEKS_AGO)
        with as_of(opening(opens_on)):
            previous = round_services.open_round(
                slug=slug,
                name=f"{slug} self-assessment",
                version=version,
                opens_on=opens_on,
                closes_on=day + datetime.timedelta(weeks=CLOSES_IN_WEEKS),
                previous=previous,
                # There is nothing to carry forward yet: the rounds are filled one after the other.
                starts_empty=True,
                by=administrator,
            )


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"
