"""Links between the two sets, and a pilot of the other one, so that what was written there is found again here."""

import datetime
import random

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from assessments import round_services
from assessments.models import Assessment, Evidence, Rating, Round
from assessments.queries import Answered
from audit.services import record
from cdrp_portal.demonstration import answers, rounds, shape, texts
from cdrp_portal.demonstration.answers import Sheet, Writer
from cdrp_portal.demonstration.clock import as_of
from cdrp_portal.demonstration.map import COUNCIL, DISTRICT_COUNCIL
from cdrp_portal.demonstration.people import ADMINISTRATOR, NEIGHBOUR_OFFICER, OFFICER, SENDER
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.models import CrosswalkLink, Version
from hallmarks.outline import Question, outline_of
from hallmarks.services.crosswalk import load_links
from partnerships.models import Partnership, Region, Tier

FILE, SETS = "crosswalk.csv", ("beacon", "hallmarks")
REGION = "east-midlands"
# Who has begun, how many criteria of the other set each has rated, and who wrote it; one has all and sends them.
SENT_BY = "erewash"
BEGUN = {"amber-valley": (36, OFFICER), "derby": (18, NEIGHBOUR_OFFICER), SENT_BY: (1_000, SENDER)}
OPENED_WEEKS_BEFORE, WORKED_DAYS = 4, 20
# Which section of the other set the texts made up for it fit.
LIKE = {"H1": "LEAD", "H2": "COMM", "H3": "AUDIT", "H4": "PROC", "H5": "COMM", "H6": "PEOPLE"}
DOCUMENTS = {
    "H1": ("Standing orders of the strategy group", "Who signs for each authority"),
    "H2": ("Notes of the yearly public meeting", "Leaflet on what was done"),
    "H3": ("Strategic assessment, summary", "List of data received, by quarter"),
    "H4": ("Partnership plan", "Evaluation of two projects"),
    "H5": ("Report on the consultation",),
    "H6": ("Survey of skills in the strategy group",),
}
SHARE_WITH_EVIDENCE = 0.7


def load_crosswalk(tell: Teller) -> None:
    """Load how the two sets correspond, unless links are there."""
    tell.step(_("Loading how the two sets of criteria correspond"))
    if not CrosswalkLink.objects.exists():
        data = (settings.BASE_DIR / "fixtures" / FILE).read_bytes()
        load_links(data=data, left=SETS[0], right=SETS[1], by=None)
    tell.note(_("%(count)s links") % {"count": CrosswalkLink.objects.count()})


@transaction.atomic
def make_pilot(tell: Teller, version: Version) -> None:
    """Open a pilot of the other set in one region, before the newest round, and let a few partnerships begin."""
    tell.step(_("Opening a pilot of “%(title)s”") % {"title": version.title})
    pilot = rounds.pilot()
    if pilot is None:
        newest = rounds.demonstration_rounds()[-1]
        pilot = _open(version, newest)
        _fill(pilot)
    tell.note(_("%(count)s partnerships") % {"count": pilot.assessments.count()})


def _open(version: Version, newest: Round) -> Round:
    administrator = User.objects.get(email=ADMINISTRATOR)
    opens_on = newest.opens_on - datetime.timedelta(weeks=OPENED_WEEKS_BEFORE)
    with as_of(rounds.opening(opens_on)):
        return round_services.open_round(
            slug=f"{newest.slug}{rounds.PILOT}",
            name=_("%(year)s pilot of the Hallmarks") % {"year": newest.slug},
            version=version,
            opens_on=opens_on,
            closes_on=newest.closes_on,
            regions=[Region.objects.get(slug=REGION)],
            by=administrator,
        )


def _fill(pilot: Round) -> None:
    sheets = []
    for assessment in Assessment.objects.with_round().filter(round=pilot, partnership__slug__in=BEGUN):
        number, writer = BEGUN[assessment.partnership.slug]
        who = Writer(User.objects.get(email=writer), _council(assessment.partnership))
        sheet = Sheet(assessment, who, is_submitted=False, sender=who)
        asked = outline_of(pilot.version).applying_to(assessment.partnership, pilot.opens_on)
        chance = shape.seeded("pilot", assessment.partnership.slug)
        dealer = texts.Dealer(chance)
        sheet.answered = [_answered(sheet, question, dealer, chance) for question in asked.questions[:number]]
        sheets.append(sheet)
    answers.save(sheets)
    at = rounds.opening(pilot.opens_on + datetime.timedelta(days=WORKED_DAYS))
    Rating.objects.filter(assessment__round=pilot).update(updated_at=at)
    Evidence.objects.filter(rating__assessment__round=pilot).update(added_at=at)
    record(kind=MADE, target=pilot, by=None, after={"assessments": len(sheets)})


def _answered(sheet: Sheet, question: Question, dealer: texts.Dealer, chance: random.Random) -> Answered:
    """Make up one answer: a level of the criterion's own scale, a reason, and a piece of evidence for most."""
    level = chance.choice(question.levels)
    like = LIKE[question.section.code]
    answered = Answered(question)
    answered.rating = Rating(
        assessment_id=sheet.assessment.pk,
        criterion_id=question.criterion.pk,
        level_id=level.pk,
        reason=dealer.reason(like, level.position),
        revision=1,
        updated_by_id=sheet.writer.user.pk,
        updated_by_agency=sheet.writer.agency,
    )
    if chance.random() < SHARE_WITH_EVIDENCE:
        title = dealer.deal(DOCUMENTS[question.section.code])
        given = {"title": f"{title} (demonstration)", "link": texts.EXAMPLE_SITE + slugify(title)}
        answered.evidence = [Evidence(rating=answered.rating, number=1, added_by=sheet.writer.user, **given)]
    return answered


def _council(partnership: Partnership) -> str:
    return DISTRICT_COUNCIL if partnership.tier == Tier.TWO_TIER else COUNCIL
