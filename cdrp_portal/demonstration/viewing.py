"""Made-up members of forty-four partnerships, and the views they gave before their meeting in the open round."""

import random
import uuid
from collections.abc import Iterator, Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, Standpoint, User
from assessments.models import Assessment, Round, View
from audit.models import Event
from audit.services import record
from cdrp_portal.demonstration import answers, rounds, shape, texts
from cdrp_portal.demonstration.filling import SHOWN
from cdrp_portal.demonstration.people import ADDRESSES, OFFICER, VIEWER
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.outline import Outline, Question, outline_of
from partnerships.models import Agency

PARTNERSHIPS = 44
SHARE_WITH_DELIVERY, SHARE_WITH_COMMENT = 0.8, 0.2
# Where views are still private, and where a meeting reveals them.
PRIVATE, AT_THE_MEETING = "amber-valley", "derby"
# How many of the key criteria those who may sign in have given a view of; all others gave all.
GIVEN_SO_FAR = {OFFICER: 9, VIEWER: 0}
SHARE_WITHOUT_LEVEL = 0.03
# Delivery staff see more of what goes wrong; agencies differ by about a level.
SEEN_LOWER_BY_DELIVERY, BETWEEN_AGENCIES, BETWEEN_MEMBERS = 0.7, 0.5, 0.5
STANDPOINT_NAMES = {Standpoint.STRATEGIC: "strategic", Standpoint.DELIVERY: "delivery"}


@transaction.atomic
def make_views(tell: Teller, limit: int | None = None) -> None:
    """Give forty-four partnerships members with views, revealed in most; one is not, and one waits for its meeting."""
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    tell.step(_("Giving views before the meeting"))
    if View.objects.filter(assessment__round=round_).exists():
        tell.note(_("They are there"))
        return
    assessments = _assessments(round_)[: min(PARTNERSHIPS, limit or PARTNERSHIPS)]
    outline = outline_of(round_.version)
    seats = _seats(assessments)
    views = [view for assessment in assessments for view in _views(assessment, outline, seats[assessment.pk])]
    View.objects.bulk_create(views, batch_size=500)
    _reveal(assessments)
    record(kind=MADE, target=assessments[0], by=None, after={"views": len(views), "partnerships": len(assessments)})
    tell.note(_("%(views)s views in %(count)s partnerships") % {"views": len(views), "count": len(assessments)})


def _assessments(round_: Round) -> list[Assessment]:
    every = Assessment.objects.filter(round=round_).with_round().prefetch_related("partnership__agencies")
    chance = shape.seeded("views")
    order = {slug: chance.random() for slug in sorted(found.partnership.slug for found in every)}
    order |= {slug: place - len(SHOWN) for place, slug in enumerate(SHOWN)}
    return sorted(every, key=lambda found: order[found.partnership.slug])


def _seats(assessments: Sequence[Assessment]) -> dict[int, list[Membership]]:
    """Make a strategic member of every agency, and a delivery member of most; with them come those who can sign in."""
    closed = make_password(None)
    found: dict[int, list[Membership]] = {assessment.pk: [] for assessment in assessments}
    people: list[User] = []
    for assessment in assessments:
        slug = assessment.partnership.slug
        chance = shape.seeded("members", slug)
        for number, agency in enumerate(sorted(assessment.partnership.agencies.all(), key=lambda one: one.name), 1):
            for standpoint in _standpoints(chance):
                person = User(
                    email=f"member-{number}-{standpoint}@{slug}.example",
                    name=f"{agency.name}, {STANDPOINT_NAMES[standpoint]} (demonstration)",
                    password=closed,
                    is_demonstration=True,
                )
                people.append(person)
                code = f"{chance.getrandbits(48):012x}"
                seat = Membership(code=code, user=person, agency=agency, role=Role.VIEWER, standpoint=standpoint)
                found[assessment.pk].append(seat)
    User.objects.bulk_create(people)
    Membership.objects.bulk_create([seat for seats in found.values() for seat in seats])
    for assessment in assessments:
        own = Membership.objects.filter(user__email__in=ADDRESSES, agency__partnership=assessment.partnership)
        found[assessment.pk].extend(own.select_related("agency", "user").order_by("pk"))
    return found


def _standpoints(chance: random.Random) -> list[Standpoint]:
    with_delivery = chance.random() < SHARE_WITH_DELIVERY
    return [Standpoint.STRATEGIC, *([Standpoint.DELIVERY] if with_delivery else [])]


def _views(assessment: Assessment, outline: Outline, seats: Sequence[Membership]) -> Iterator[View]:
    """Scatter each member's view of the key criteria around what the partnership rates itself."""
    slug, newest = assessment.partnership.slug, rounds.HOW_MANY - 1
    lines = shape.lines(slug, newest, answers.questions_of(outline))
    chance = shape.seeded("given", slug)
    leaning = {agency: chance.gauss(0, BETWEEN_AGENCIES) for agency in sorted({seat.agency_id for seat in seats})}
    asked = 0
    for question, line in zip(outline.questions, lines, strict=True):
        if not question.criterion.is_key or line.level is None:
            continue
        asked += 1
        for seat in seats:
            if asked > GIVEN_SO_FAR.get(seat.user.email, asked):
                continue
            lower = SEEN_LOWER_BY_DELIVERY * (seat.standpoint == Standpoint.DELIVERY)
            score = line.level + leaning[seat.agency_id] - lower + chance.gauss(0, BETWEEN_MEMBERS)
            yield _view(assessment, question, seat, round(max(0, min(len(question.levels) - 1, score))), chance)


def _view(assessment: Assessment, question: Question, seat: Membership, position: int, chance: random.Random) -> View:
    agency: Agency = seat.agency
    comment = chance.choice(texts.COMMENTS[position]) if chance.random() < SHARE_WITH_COMMENT else ""
    can_say = bool(comment) or chance.random() > SHARE_WITHOUT_LEVEL
    return View(
        assessment=assessment,
        criterion=question.criterion,
        member=seat,
        agency=agency,
        standpoint=seat.standpoint,
        level=question.levels[position] if can_say else None,
        comment=comment,
        save_id=uuid.UUID(int=chance.getrandbits(128), version=4),
    )


def _reveal(assessments: Sequence[Assessment]) -> None:
    """Reveal the views of three of four partnerships, but for the one that keeps them and the one that meets."""
    for number, assessment in enumerate(assessments):
        slug = assessment.partnership.slug
        if slug not in {PRIVATE, AT_THE_MEETING} and (slug in SHOWN or number % 4):
            made = Event.objects.about(assessment.round).filter(kind=MADE).order_by("pk").first()
            assessment.views_revealed_at = made.at if made else None
    Assessment.objects.bulk_update(assessments, ["views_revealed_at"])
