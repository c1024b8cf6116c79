"""One partnership of the pilot sends its assessment, and lets its report tell how its agencies saw each criterion."""

import datetime
import random
import uuid
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from assessments.models import Assessment, Rating, View
from assessments.services.submissions import submit_assessment
from assessments.services.viewing import reveal_views
from cdrp_portal.demonstration import rounds, shape
from cdrp_portal.demonstration.clock import as_of
from cdrp_portal.demonstration.crosswalk import SENT_BY
from cdrp_portal.demonstration.people import SENDER
from cdrp_portal.demonstration.say import Teller
from hallmarks.models import Level

APART, SENT_DAYS_BEFORE = 0.6, 1


@transaction.atomic
def send_pilot(tell: Teller) -> None:
    """Let members of one partnership give views of every criterion, reveal them and submit, unless that was done."""
    tell.step(_("Submitting a pilot assessment that tells how its agencies saw it"))
    assessment = Assessment.objects.with_round().filter(round=rounds.pilot(), partnership__slug=SENT_BY).first()
    if assessment is None or assessment.submissions.exists():
        tell.note(_("Nothing to do"))
        return
    newest = rounds.HOW_MANY - 1
    first_run = rounds.first_run(rounds.demonstration_rounds()[newest], newest)
    at = rounds.opening(first_run - datetime.timedelta(days=SENT_DAYS_BEFORE))
    View.objects.bulk_create(_views(assessment))
    by = Membership.objects.get(user=User.objects.get(email=SENDER))
    names = sorted(assessment.partnership.agencies.values_list("name", flat=True))
    with as_of(at):
        reveal_views(assessment=assessment, by=by, arrived_at=at)
        sent = submit_assessment(assessment=assessment, agreed_by=names, by=by, arrived_at=at, with_spread=True)
    tell.note(sent.reference)


def _views(assessment: Assessment) -> Iterator[View]:
    """Scatter each member's view around what the partnership rates itself."""
    chance = shape.seeded("pilot views", SENT_BY)
    seats = list(Membership.objects.filter(agency__partnership=assessment.partnership).order_by("agency_id", "code"))
    rated = Rating.objects.filter(assessment=assessment, level__isnull=False).select_related("level__scale")
    for rating in rated.order_by("criterion__section__number", "criterion__number"):
        levels = list(rating.level.scale.levels.order_by("position")) if rating.level else []
        for seat in seats:
            yield View(
                assessment=assessment,
                criterion_id=rating.criterion_id,
                member=seat,
                agency_id=seat.agency_id,
                standpoint=seat.standpoint,
                level=_near(rating.level, levels, chance),
                save_id=uuid.UUID(int=chance.getrandbits(128), version=4),
            )


def _near(own: Level | None, levels: list[Level], chance: random.Random) -> Level:
    place = own.position if own else 0
    return levels[max(0, min(len(levels) - 1, round(chance.gauss(place, APART))))]
