"""What the demonstration's case studies say; none of it ever happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casestudies.models import CaseStudy
from cdrp_portal.demonstration.people import ADMINISTRATOR, COORDINATOR, NEIGHBOUR, OFFICER

CITED = ("amber-valley", "better-locks-on-older-terraces")
CITED_BY = "PROC.7"
MARK = "Demonstration data: this never happened. "
PUBLISHED, DRAFT, RETIRED = CaseStudy.Status.PUBLISHED, CaseStudy.Status.DRAFT, CaseStudy.Status.RETIRED
Effect, PlaceType = CaseStudy.Effect, CaseStudy.PlaceType


@dataclass(frozen=True)
class Story:
    """A made-up case study and whom it belongs to.

    `words` are what its row says, `earlier` what each earlier version said otherwise (the first one first); `agreed`
    is the version that a reviewer agreed to, with the reason.
    """

    partnership: str
    slug: str
    written_by: str
    criteria: tuple[str, ...]
    words: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    status: CaseStudy.Status = PUBLISHED
    is_public: bool = False
    retired_reason: str = ""
    earlier: tuple[Mapping[str, Any], ...] = ()
    agreed: Mapping[int, str] = field(default_factory=dict)


STORIES = (
    Story(
        *CITED,
        OFFICER,
        (CITED_BY, "AUDIT.3", "FOCUS.1"),
        {
            "title": "Better locks on older terraces (demonstration)",
            "summary": MARK + "Front doors on eleven streets of older houses were easy to force. Partners paid for "
            "new locks, fitted them street by street, and burglary in those streets fell by a third.",
            "scanning": "The yearly audit showed that one burglary in five took place on eleven streets. A third of "
            "the homes had been burgled before.",
            "analysis": "Officers walked the streets with a housing surveyor. Most doors had one lock of an old kind, "
            "and most burglaries were in the afternoon. Lighting, which we had suspected, made no difference.",
            "response": "The council, the housing association and the police shared the cost of new locks for 340 "
            "homes. A fitter and a warden visited together, so that each household also got advice. Homes that "
            "had been burgled came first.",
            "assessment": "Burglary on the eleven streets fell from 61 to 40 in a year. Neighbouring streets did not "
            "rise.",
            "what_to_do": "Find the streets where doors give way, and change the locks of every home there, not only "
            "of those that were burgled.",
            "how_to_do_it": "1. Put three years of burglaries on a map, by way of entry.\n2. Walk the streets with a "
            "surveyor.\n3. Agree who pays for which homes.\n4. Fit street by street, with a warden at the door.",
            "who_can_help": "The council’s private sector housing team, the crime prevention officer, the housing "
            "association and the fire service, whose home visits take the advice along.",
            "when_to_do_it": "Begin in June: locks were fitted when evenings grew dark, which is when burglary rises.",
            "cost": "48 pounds a lock, fitted: 16,320 pounds for 340 homes. The council paid half.",
            "time_taken": "Nine months from the first walk to the last lock; a fitter for eleven weeks.",
            "differently": "We would ask landlords first: it took four months to reach them all.",
            "effect": Effect.EVALUATED,
            "effect_words": "Recorded burglary in the year before and the year after, on the eleven streets and on "
            "the nine next to them.",
            "from_year": 2024,
            "to_year": 2025,
            "place_type": PlaceType.RESIDENTIAL,
            "contact_role": "Burglary reduction officer",
            "contact_mailbox": "burglary.reduction@amber-valley.example",
        },
        ("house-burglary", "locks-and-target-hardening", "repeat-victims", "working-with-landlords"),
        is_public=True,
        earlier=(
            {
                "assessment": "Burglary on the eleven streets fell from 31 to 22 in the first half year.",
                "effect": Effect.MONITORED,
                "effect_words": "Recorded burglary, month by month.",
                "differently": "",
            },
        ),
        agreed={
            1: "The partnership looked at how burglars got in before it chose what to do, and asked who else paid. "
            "Worth trying wherever houses are of one age."
        },
    ),
    Story(
        "amber-valley",
        "taxi-marshals-at-weekends",
        COORDINATOR,
        ("RES.2",),
        {
            "title": "Taxi marshals at weekends (demonstration)",
            "summary": MARK + "Queues for taxis after midnight led to fights. Two marshals now keep the queue.",
            "scanning": "Calls to the police between midnight and three came from one square, on two nights a week.",
            "analysis": "We counted the queue on six nights. Most calls came when the wait passed forty minutes.",
            "place_type": PlaceType.TOWN_CENTRE,
            "from_year": 2025,
        },
        ("alcohol-related-violence", "night-time-economy"),
        DRAFT,
    ),
    Story(
        "amber-valley",
        "holiday-football-on-the-estate",
        OFFICER,
        ("PEOPLE.3",),
        {
            "title": "Holiday football on the estate (demonstration)",
            "summary": MARK + "Complaints about young people doubled every August. Football four evenings a week, run "
            "by older teenagers, brought them back to the level of other months.",
            "scanning": "Calls about young people rose from 20 a month to 44 in the summer holidays.",
            "analysis": "Wardens asked sixty young people: most said that there was nothing to do after four o’clock.",
            "response": "The leisure trust opened the pitch, and eight older teenagers were trained to run the games.",
            "assessment": "Calls in August were 23. The year after, without the money for trainers, they rose again.",
            "what_to_do": "Give the hours in which complaints come to young people who will run something in them.",
            "who_can_help": "The leisure trust, the youth service and the neighbourhood wardens.",
            "cost": "6,200 pounds for one summer, most of it for training.",
            "effect": Effect.MONITORED,
            "effect_words": "Calls to the council and the police, by month, for three years.",
            "from_year": 2022,
            "to_year": 2023,
            "place_type": PlaceType.ESTATE,
            "contact_role": "Neighbourhood wardens",
            "contact_mailbox": "wardens@amber-valley.example",
        },
        ("antisocial-behaviour", "mentoring-and-diversion", "youth-crime"),
        RETIRED,
        retired_reason="The pitch was sold and the scheme ended. What we learnt went into our youth plan.",
    ),
    Story(
        "derby",
        "one-desk-for-antisocial-behaviour",
        NEIGHBOUR,
        ("PROC.4", "LEAD.3", "COMM.1"),
        {
            "title": "One desk for reports of antisocial behaviour (demonstration)",
            "summary": MARK + "Residents reported the same nuisance to three bodies and heard back from none. One "
            "desk, shared by the council and the police, now takes every report and answers within two days.",
            "scanning": "In one month 412 reports reached three bodies. When we laid them side by side, 90 were about "
            "the same eight places.",
            "analysis": "Each body kept its own list and closed a report when it had passed it on. Nobody saw the "
            "pattern, and nobody told the resident.",
            "response": "Two clerks from the council and one from the police share a room, a telephone number and a "
            "list. The information sharing protocol was changed by one paragraph to let them.",
            "assessment": "After a year, nine reports in ten had an answer within two days. Repeat reports fell by a "
            "quarter.",
            "what_to_do": "Give residents one place that takes every report and tells them what became of it.",
            "how_to_do_it": "Agree one list and who may see it; then put the people who keep it into one room.",
            "who_can_help": "The council’s customer services, the police control room, housing providers, and whoever "
            "looks after the information sharing protocol.",
            "when_to_do_it": "Before a new telephone or case system is bought: afterwards it costs twice.",
            "cost": "Three posts that existed before; 9,000 pounds for the room and the telephones.",
            "time_taken": "Five months, three of which went into the protocol.",
            "differently": "We would have asked housing associations on the first day.",
            "effect": Effect.INDEPENDENT,
            "effect_words": "The council’s internal audit counted answers and repeat reports in two sample months.",
            "from_year": 2023,
            "place_type": PlaceType.WHOLE_AREA,
            "contact_role": "Antisocial behaviour desk",
            "contact_mailbox": "asb.desk@derby.example",
        },
        ("antisocial-behaviour", "information-sharing", "problem-solving-group"),
        is_public=True,
        earlier=(
            {"effect": Effect.NONE, "effect_words": "", "differently": "", "time_taken": ""},
            {"effect": Effect.MONITORED, "effect_words": "The desk’s own list of reports and answers."},
        ),
        agreed={
            3: "One list, one room, and a resident who hears back. An audit that owed nobody anything saw the same. "
            "Any partnership with more than one door for complaints should read this."
        },
    ),
    Story(
        "derby",
        "text-messages-to-shops",
        NEIGHBOUR,
        ("PROC.4",),
        {
            "title": "Text messages to shops about thefts (demonstration)",
            "summary": MARK + "Forty shops were told by text message when thieves were about. Few acted on it.",
            "scanning": "Shops lost goods to the same few groups, often four or five on one afternoon.",
            "analysis": "Staff knew of a theft next door an hour later, if at all.",
            "response": "One message went to forty shops within ten minutes of each report.",
            "assessment": "Thefts stayed as they were. Staff on tills may not look at their telephones.",
            "differently": "A radio at the till, which somebody hears, instead of a message that nobody reads.",
            "effect": Effect.EVALUATED,
            "effect_words": "Thefts reported by the forty shops and by forty others, for six months.",
            "from_year": 2021,
            "to_year": 2022,
            "place_type": PlaceType.BUSINESS,
            "contact_role": "Business crime partnership",
            "contact_mailbox": "business.crime@derby.example",
        },
        ("business-and-retail-crime", "working-with-businesses"),
    ),
    Story(
        "exeter",
        "safer-walk-home",
        ADMINISTRATOR,
        ("PEOPLE.3", "AUDIT.7"),
        {
            "title": "A safer walk home for students (demonstration)",
            "summary": MARK + "Robberies of students clustered on two footpaths. Trimming hedges, moving lights and "
            "changing the last bus's route brought them down.",
            "scanning": "Sixteen robberies in a term took place on two footpaths between the centre and halls.",
            "analysis": "A survey of 200 students showed that most walked because the last bus left before eleven.",
            "response": "The council cut the hedges and moved six lights. The bus company ran a later bus in term "
            "time, which the students' union paid for in the first year.",
            "assessment": "Five robberies in the same term of the next year. The bus paid for itself by the spring. "
            "We do not know which of the three changes did most.",
            "what_to_do": "Ask why people walk where they are robbed, and change that as well as the path.",
            "how_to_do_it": "A survey of one page in the halls, a walk at night with whoever cuts the hedges, and a "
            "talk with the bus company before the term’s timetable is printed.",
            "who_can_help": "The students’ union, the university’s estates team, the highways team, the bus company.",
            "when_to_do_it": "In May, so that the bus and the lights are there in October.",
            "cost": "11,000 pounds for the lights; the bus needed 4,500 pounds in its first term.",
            "time_taken": "One summer.",
            "differently": "One change at a time on the two paths, so that we knew which one worked.",
            "effect": Effect.EVALUATED,
            "effect_words": "Robberies in the same term of two years.",
            "from_year": 2023,
            "to_year": 2024,
            "place_type": PlaceType.TRANSPORT,
            "contact_role": "Student safety group",
            "contact_mailbox": "student.safety@exeter.example",
        },
        ("better-lighting-and-streets", "robbery-and-theft-from-people"),
        agreed={1: "A plain account of a plain problem, with figures, and honest about what is not known."},
    ),
)
