"""A few made-up case studies, one of them still a draft."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from casestudies.models import CaseStudy
from cdrp_portal.demonstration.people import ADMINISTRATOR, COORDINATOR, NEIGHBOUR, OFFICER
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership

CITED = ("amber-valley", "better-locks-on-older-terraces")
CITED_BY = "PROC.7"
MARK = "Demonstration data: this never happened. "


@dataclass(frozen=True)
class Parts:
    """What a case study says: a summary and the four SARA steps."""

    summary: str
    scanning: str
    analysis: str
    response: str = ""
    assessment: str = ""


@dataclass(frozen=True)
class Story:
    """A made-up case study and whom it belongs to."""

    partnership: str
    slug: str
    title: str
    written_by: str
    criteria: tuple[str, ...]
    status: CaseStudy.Status
    parts: Parts


STORIES = (
    Story(
        *CITED,
        "Better locks on older terraces (demonstration)",
        OFFICER,
        (CITED_BY, "AUDIT.3", "FOCUS.1"),
        CaseStudy.Status.PUBLISHED,
        Parts(
            summary=MARK + "Front doors on eleven streets of older houses were easy to force. Partners paid for "
            "new locks, fitted them street by street, and burglary in those streets fell by a third.",
            scanning="The yearly audit showed that one burglary in five took place on eleven streets. A third of "
            "the homes had been burgled before.",
            analysis="Officers walked the streets with a housing surveyor. Most doors had one lock of an old kind, "
            "and most burglaries were in the afternoon. Lighting, which we had suspected, made no difference.",
            response="The council, the housing association and the police shared the cost of new locks for 340 "
            "homes. A fitter and a warden visited together, so that each household also got advice. Homes that "
            "had been burgled came first.",
            assessment="Burglary on the eleven streets fell from 61 to 40 in a year. Neighbouring streets did not "
            "rise. Each lock cost 48 pounds, fitted. Next time we would ask landlords first: it took four months "
            "to reach them all.",
        ),
    ),
    Story(
        "amber-valley",
        "taxi-marshals-at-weekends",
        "Taxi marshals at weekends (demonstration)",
        COORDINATOR,
        ("RES.2",),
        CaseStudy.Status.DRAFT,
        Parts(
            summary=MARK + "Queues for taxis after midnight led to fights. Two marshals now keep the queue.",
            scanning="Calls to the police between midnight and three came from one square, on two nights a week.",
            analysis="We counted the queue on six nights. Most calls came when the wait passed forty minutes.",
        ),
    ),
    Story(
        "derby",
        "one-desk-for-antisocial-behaviour",
        "One desk for reports of antisocial behaviour (demonstration)",
        NEIGHBOUR,
        ("PROC.4", "LEAD.3", "COMM.1"),
        CaseStudy.Status.PUBLISHED,
        Parts(
            summary=MARK + "Residents reported the same nuisance to three bodies and heard back from none. One "
            "desk, shared by the council and the police, now takes every report and answers within two days.",
            scanning="In one month 412 reports reached three bodies. When we laid them side by side, 90 were about "
            "the same eight places.",
            analysis="Each body kept its own list and closed a report when it had passed it on. Nobody saw the "
            "pattern, and nobody told the resident.",
            response="Two clerks from the council and one from the police share a room, a telephone number and a "
            "list. The information sharing protocol was changed by one paragraph to let them.",
            assessment="After a year, nine reports in ten had an answer within two days. Repeat reports fell by a "
            "quarter. The desk costs three posts that existed before.",
        ),
    ),
    Story(
        "exeter",
        "safer-walk-home",
        "A safer walk home for students (demonstration)",
        ADMINISTRATOR,
        ("PEOPLE.3", "AUDIT.7"),
        CaseStudy.Status.PUBLISHED,
        Parts(
            summary=MARK + "Robberies of students clustered on two footpaths. Trimming hedges, moving lights and "
            "changing the last bus's route brought them down.",
            scanning="Sixteen robberies in a term took place on two footpaths between the centre and halls.",
            analysis="A survey of 200 students showed that most walked because the last bus left before eleven.",
            response="The council cut the hedges and moved six lights. The bus company ran a later bus in term "
            "time, which the students' union paid for in the first year.",
            assessment="Five robberies in the same term of the next year. The bus paid for itself by the spring. "
            "We do not know which of the three changes did most.",
        ),
    ),
)


@transaction.atomic
def make_case_studies(tell: Teller, version: Version) -> None:
    """Write the case studies that are not there."""
    tell.step(_("Writing case studies"))
    made = [_make(story, version) for story in STORIES if not _of(story).exists()]
    if made:
        record(kind=MADE, target=made[0], by=None, after={"case_studies": len(made)})
    tell.note(_("%(count)s case studies") % {"count": len(STORIES)})


def _of(story: Story) -> QuerySet[CaseStudy]:
    return CaseStudy.objects.filter(partnership__slug=story.partnership, slug=story.slug)


def _make(story: Story, version: Version) -> CaseStudy:
    study = CaseStudy.objects.create(
        partnership=Partnership.objects.get(slug=story.partnership),
        slug=story.slug,
        title=story.title,
        status=story.status,
        written_by=User.objects.get(email=story.written_by),
        **asdict(story.parts),
    )
    study.criteria.set(Criterion.objects.filter(version=version, code__in=story.criteria))
    return study
