"""The library as it is delivered, and what a dozen partnerships made up of using it."""

from dataclasses import dataclass

from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from audit.services import record
from casestudies.models import CaseStudy, IndexEntry, Item, Note, Source, field_of
from cdrp_portal.demonstration import shape
from cdrp_portal.demonstration.case_studies import CITED
from cdrp_portal.demonstration.people import OFFICER
from cdrp_portal.demonstration.say import MADE, Teller

FIXTURES = ("case_study_index", "good_practice_sources")
MARK = "Demonstration data: made up. "
VERY, SOMEWHAT, NOT = Note.Usefulness.VERY, Note.Usefulness.SOMEWHAT, Note.Usefulness.NOT
NO, TRYING, SUCCESS, PARTLY, FAILED = (
    Note.Tried.NO,
    Note.Tried.TRYING,
    Note.Tried.SUCCESS,
    Note.Tried.PARTLY,
    Note.Tried.FAILED,
)


@dataclass(frozen=True)
class Kept:
    """One made-up note: whose, how useful, whether tried, and in which words; `by` is a person, or a coordinator."""

    partnership: str
    usefulness: Note.Usefulness
    tried: Note.Tried
    found: str
    result: str = ""
    by: str = ""


LOCKS = (
    Kept("derby", VERY, SUCCESS, "The order of work is what helps: burgled homes first.", "A quarter fewer in a year."),
    Kept("erewash", VERY, SUCCESS, "A warden who comes along doubles the worth of the visit.", "Down by a fifth."),
    Kept("chesterfield", SOMEWHAT, PARTLY, "Landlords took longer here than there.", "Half of the doors by spring."),
    Kept("exeter", VERY, TRYING, "The price of a lock, fitted, is a good argument for the budget."),
    Kept("lincoln", SOMEWHAT, SUCCESS, "Written for terraces; flats need another lock.", "None burgled again so far."),
    Kept("preston", SOMEWHAT, FAILED, "Most of our burglaries are through windows.", "No change after nine months."),
    Kept("plymouth", VERY, TRYING, "Ask landlords first, as they say at the end."),
    Kept("bolsover", NOT, NO, "We have few houses of that age."),
    Kept("amber-valley", VERY, SUCCESS, "For the next bid: it has figures by street.", "Read it out.", OFFICER),
)
WEEKS = (
    Kept("amber-valley", SOMEWHAT, TRYING, "Worth copying in one ward before it is tried in all.", by=OFFICER),
    Kept("derby", VERY, SUCCESS, "One week, one estate, every agency on the street.", "Residents asked for another."),
    Kept("high-peak", SOMEWHAT, PARTLY, "It takes two months to prepare a week.", "Less litter, the same nuisance."),
)
GUIDES = (
    Kept("amber-valley", VERY, TRYING, "Begin with the guide on burglary of homes.", by=OFFICER),
    Kept("ashfield", VERY, SUCCESS, "Short, and its questions are the ones to ask.", "Used at each meeting."),
    Kept("gedling", SOMEWHAT, NO, "American law, but the analysis carries over."),
)
PRIVATE = Kept("amber-valley", NOT, NO, "Not for us; look again when the next round opens.", by=OFFICER)


def load_library(tell: Teller) -> None:
    """Load the index of case studies and the directory of sources, unless they are there."""
    tell.step(_("Loading the library"))
    if not IndexEntry.objects.exists() and not Source.objects.exists():
        call_command("loaddata", *FIXTURES, verbosity=0)
    tell.note(
        _("%(index)s printed case studies and %(sources)s sources")
        % {"index": IndexEntry.objects.count(), "sources": Source.objects.count()}
    )


@transaction.atomic
def keep_notes(tell: Teller) -> None:
    """Keep notes about a case study, a printed one and sources, unless there are any."""
    tell.step(_("Keeping notes"))
    if not Note.objects.exists():
        made = Note.objects.bulk_create(_notes())
        record(kind=MADE, target=made[0], by=None, after={"notes": len(made)})
    tell.note(_("%(count)s notes") % {"count": Note.objects.count()})


def _notes() -> list[Note]:
    partnership, slug = CITED
    locks = CaseStudy.objects.get(partnership__slug=partnership, slug=slug)
    guides, awards = Source.objects.get(slug="pop-guides"), Source.objects.get(slug="tilley-awards")
    weeks = IndexEntry.objects.get(slug="respect-weeks-of-action")
    about: list[tuple[Item, tuple[Kept, ...]]] = [(locks, LOCKS), (weeks, WEEKS), (guides, GUIDES)]
    shared = [_note(item, kept) for item, several in about for kept in several]
    return [*shared, _note(awards, PRIVATE, is_private=True)]


def _note(item: Item, kept: Kept, *, is_private: bool = False) -> Note:
    seat = _seat(kept)
    target = {field_of(type(item)): item}
    return Note(
        partnership=seat.agency.partnership,
        written_by=seat.user,
        code=f"{shape.seeded('note', str(item), kept.partnership).getrandbits(48):012x}",
        usefulness=kept.usefulness,
        tried=kept.tried,
        found=MARK + kept.found,
        result=kept.result,
        is_private=is_private,
        **target,
    )


def _seat(kept: Kept) -> Membership:
    seats = Membership.objects.current().filter(agency__partnership__slug=kept.partnership)
    own = seats.filter(user__email=kept.by) if kept.by else seats.filter(role=Role.COORDINATOR)
    return own.select_related("user", "agency__partnership").order_by("pk")[0]
