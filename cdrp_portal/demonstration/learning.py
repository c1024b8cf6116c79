"""Case studies of partnerships that do something well, as a reviewer of their region saw too."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.models import ReviewedRating
from audit.services import record
from casestudies.models import CaseStudy, Tag
from cdrp_portal.demonstration import shape
from cdrp_portal.demonstration.case_studies import MARK, Past, publish_made_up
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership

TOP = 3
AGREED = "Our review of its answers saw the same: it works there, and others can do it without new money."


@dataclass(frozen=True)
class Practice:
    """Something that is done well: the criterion it is about, and the four SARA steps."""

    code: str
    slug: str
    title: str
    summary: str
    scanning: str
    analysis: str
    response: str
    assessment: str
    what_to_do: str
    tags: tuple[str, ...] = ()


PRACTICES = (
    Practice(
        "LEAD.1",
        "chief-officers-take-turns",
        "Chief officers take turns in the chair (demonstration)",
        "Meetings were well attended and decided little. The chair now changes every quarter, and whoever chairs "
        "answers for what was decided before.",
        "Of forty decisions in a year, eleven had nobody's name beside them.",
        "Members said in a short survey that decisions were the chair's, and not theirs.",
        "Each agency chairs for a quarter, opens with what was decided last time, and says what was done.",
        "A year later every decision had a name, and nine in ten were carried out by their day.",
        "Let whoever chairs answer for what was decided before.",
        ("problem-solving-group",),
    ),
    Practice(
        "LEAD.3",
        "one-page-of-priorities",
        "One page of priorities for every team (demonstration)",
        "Teams did not know the partnership's priorities. One page, changed once a year, now hangs in every office.",
        "Asked in the autumn, one member of staff in five could name a priority.",
        "The strategy had ninety pages, and no team had been given a part that was about its own work.",
        "Each team got one page: three priorities, and what this team does for each.",
        "A year later four in five could name all three, and two teams had proposed a fourth.",
        "Give each team one page with its own part of the priorities.",
    ),
    Practice(
        "AUDIT.6",
        "asking-at-the-school-gate",
        "Asking residents where they already are (demonstration)",
        "Few people answered the yearly survey. Asking at markets, schools and surgeries tripled the answers.",
        "Of two thousand letters, ninety came back, most of them from one neighbourhood.",
        "Those who had not answered said that the form was long and that nothing had come of the last one.",
        "Three questions on a card, asked in person in eleven places, and a notice there of what changed.",
        "Three hundred answers came from all neighbourhoods; two of the five priorities changed because of them.",
        "Ask three questions where people are already waiting.",
    ),
    Practice(
        "PEOPLE.1",
        "a-morning-for-new-members",
        "A morning for whoever is new (demonstration)",
        "New members took half a year to find their way. A morning with each agency shortened that to a month.",
        "In one year seven of nineteen members were new, and three of them had never met the others' teams.",
        "Whoever was new had been given papers, and had nobody to ask.",
        "A morning twice a year: an hour with each agency's front line, and a named member to ask.",
        "New members now speak at their first meeting; two agencies use the morning for their own staff too.",
        "Show new members the front line of every agency, twice a year.",
    ),
    Practice(
        "PROC.1",
        "meeting-papers-in-two-sides",
        "Papers of two sides, a week before (demonstration)",
        "Papers came late and were long. Two sides, a week before, and nothing handed out at the table.",
        "Half of the papers of one year came on the day of the meeting.",
        "Members had read a third of them, by their own account.",
        "One form for every paper: what is asked, why, what it costs; the chair sends back what is longer.",
        "Meetings are an hour shorter, and no decision was put off because somebody had not read the paper.",
        "Limit papers to two sides, and send back what is longer.",
    ),
)


@transaction.atomic
def make_practices(tell: Teller, version: Version) -> None:
    """Write one case study for each practice at a partnership that does it well, unless they are there."""
    tell.step(_("Writing case studies of what is done well"))
    made = [study for study in (_made(practice, version) for practice in PRACTICES) if study]
    if made:
        record(kind=MADE, target=made[0], by=None, after={"case_studies": len(made)})
    tell.note(_("%(count)s case studies") % {"count": CaseStudy.objects.filter(slug__in=_slugs()).count()})


def _slugs() -> list[str]:
    return [practice.slug for practice in PRACTICES]


def _made(practice: Practice, version: Version) -> CaseStudy | None:
    place = None if CaseStudy.objects.filter(slug=practice.slug).exists() else _best(practice.code, version)
    if place is None:
        return None
    seats = Membership.objects.current().filter(role=Role.COORDINATOR, agency__partnership=place)
    study = CaseStudy.objects.create(
        partnership=place,
        slug=practice.slug,
        title=practice.title,
        summary=MARK + practice.summary,
        scanning=practice.scanning,
        analysis=practice.analysis,
        response=practice.response,
        assessment=practice.assessment,
        what_to_do=practice.what_to_do,
        effect=CaseStudy.Effect.MONITORED,
        from_year=timezone.localdate().year - 1,
        to_year=timezone.localdate().year,
        place_type=CaseStudy.PlaceType.WHOLE_AREA,
        contact_role="Partnership coordinator",
        contact_mailbox=f"partnership@{place.slug}.example",
        status=CaseStudy.Status.PUBLISHED,
        written_by=seats.select_related("user")[0].user,
    )
    study.criteria.set(Criterion.objects.filter(version=version, code=practice.code))
    study.tags.set(Tag.objects.filter(slug__in=practice.tags))
    publish_made_up(study, Past(agreed={1: AGREED}))
    return study


def _best(code: str, version: Version) -> Partnership | None:
    """Return whom a reviewer saw at the top as well, in the newest round for which there is anybody, and most often."""
    agreed = ReviewedRating.objects.filter(
        criterion__version=version,
        criterion__code=code,
        level__position=TOP,
        reviewed__submission__is_current=True,
        reviewed__submission__ratings__criterion=F("criterion"),
        reviewed__submission__ratings__level=F("level"),
    )
    place = "reviewed__submission__assessment__partnership__slug"
    newest = Max("reviewed__submission__assessment__round__opens_on")
    rows = agreed.order_by().values_list(place).annotate(newest, Count("pk"))
    best = max(rows, key=lambda row: (*row[1:], shape.seeded("practice", code, row[0]).random()), default=None)
    return Partnership.objects.get(slug=best[0]) if best else None
