"""The ten made-up people who may sign in to the demonstration, their one password, and those who only wrote."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, RegionalPost, Role, Standpoint, User
from audit.services import record
from cdrp_portal.demonstration import shape
from cdrp_portal.demonstration.map import COUNCIL, DISTRICT_COUNCIL
from cdrp_portal.demonstration.say import MADE, Teller
from partnerships.models import Agency, Partnership, Region, Tier

PASSWORD_BYTES = 12


@dataclass(frozen=True)
class Member:
    """A made-up member of a partnership; `agency` is an agency's name, or "" for the police force."""

    email: str
    name: str
    partnership: str
    agency: str
    role: Role
    standpoint: Standpoint = Standpoint.DELIVERY


@dataclass(frozen=True)
class Reviewer:
    """A made-up person in a Government Office."""

    email: str
    name: str
    region: str


COORDINATOR = "coordinator@amber-valley.example"
OFFICER = "officer@amber-valley.example"
VIEWER = "viewer@amber-valley.example"
NEIGHBOUR = "coordinator@derby.example"
NEIGHBOUR_OFFICER = "officer@derby.example"
SENDER = "coordinator@erewash.example"
ADMINISTRATOR = "admin@portal.example"
MEMBERS = (
    Member(
        COORDINATOR,
        "Amber Valley coordinator (demonstration)",
        "amber-valley",
        DISTRICT_COUNCIL,
        Role.COORDINATOR,
        Standpoint.STRATEGIC,
    ),
    Member(OFFICER, "Amber Valley officer (demonstration)", "amber-valley", DISTRICT_COUNCIL, Role.OFFICER),
    Member(VIEWER, "Amber Valley viewer (demonstration)", "amber-valley", "", Role.VIEWER),
    Member(
        NEIGHBOUR,
        "Derby coordinator (demonstration)",
        "derby",
        COUNCIL,
        Role.COORDINATOR,
        Standpoint.STRATEGIC,
    ),
    Member(NEIGHBOUR_OFFICER, "Derby officer (demonstration)", "derby", COUNCIL, Role.OFFICER),
    Member("viewer@derby.example", "Derby viewer (demonstration)", "derby", "", Role.VIEWER),
    Member(
        SENDER,
        "Erewash coordinator (demonstration)",
        "erewash",
        DISTRICT_COUNCIL,
        Role.COORDINATOR,
        Standpoint.STRATEGIC,
    ),
)
REVIEWERS = (
    Reviewer("reviewer@east-midlands.example", "East Midlands reviewer (demonstration)", "east-midlands"),
    Reviewer("reviewer@south-west.example", "South West reviewer (demonstration)", "south-west"),
)
ADMINISTRATOR_NAME = "Portal administrator (demonstration)"
ADDRESSES = (*(person.email for person in (*MEMBERS, *REVIEWERS)), ADMINISTRATOR)


def password(folder: Path) -> str:
    """Return DEMO_PASSWORD, or a random password made at the first run and kept in the folder for the next ones."""
    given = os.environ.get("DEMO_PASSWORD", "")
    kept = folder / "password.txt"
    if given:
        return given
    if not kept.exists() or not kept.read_text().strip():
        folder.mkdir(parents=True, exist_ok=True)
        _write_private(kept, secrets.token_urlsafe(PASSWORD_BYTES) + "\n")
    return kept.read_text().strip()


@transaction.atomic
def make_people(tell: Teller, password_: str) -> None:
    """Make the people who are missing, and let this password be everybody's."""
    tell.step(_("Making the people who can sign in"))
    missing = set(ADDRESSES) - set(User.objects.filter(email__in=ADDRESSES).values_list("email", flat=True))
    for member in MEMBERS:
        if member.email in missing:
            _make_member(member)
    for reviewer in REVIEWERS:
        if reviewer.email in missing:
            region = Region.objects.get(slug=reviewer.region)
            RegionalPost.objects.create(user=_make(reviewer.email, reviewer.name), region=region)
    if ADMINISTRATOR in missing:
        _make(ADMINISTRATOR, ADMINISTRATOR_NAME, is_administrator=True)
    _make_others()
    if missing:
        record(kind=MADE, target=User.objects.get(email=ADMINISTRATOR), by=None, after={"people": len(missing)})
    _give_everybody(password_)


def _make_member(member: Member) -> None:
    agencies = Agency.objects.filter(partnership__slug=member.partnership)
    named = agencies.filter(name=member.agency) if member.agency else agencies.filter(kind__code="police")
    Membership.objects.create(
        user=_make(member.email, member.name),
        agency=named.get(),
        role=member.role,
        standpoint=member.standpoint,
    )


def _make_others() -> None:
    """Make a coordinator who cannot sign in wherever nobody can: made-up answers need somebody with an agency."""
    places = Partnership.objects.exclude(slug__in={member.partnership for member in MEMBERS}).with_area()
    bare = places.exclude(agencies__memberships__role=Role.COORDINATOR).prefetch_related("agencies")
    closed, seats = make_password(None), []
    for place in bare:
        council = DISTRICT_COUNCIL if place.tier == Tier.TWO_TIER else COUNCIL
        person = User(
            email=f"coordinator@{place.slug}.example",
            name=f"{place.name} coordinator (demonstration)",
            password=closed,
            is_demonstration=True,
        )
        seats.append(
            Membership(
                code=f"{shape.seeded('coordinator', place.slug).getrandbits(48):012x}",
                user=person,
                agency=next(agency for agency in place.agencies.all() if agency.name == council),
                role=Role.COORDINATOR,
                standpoint=Standpoint.STRATEGIC,
            )
        )
    User.objects.bulk_create([seat.user for seat in seats])
    Membership.objects.bulk_create(seats)


def _make(email: str, name: str, *, is_administrator: bool = False) -> User:
    user = User.objects.create_user(
        email, name, is_demonstration=True, is_staff=is_administrator, is_superuser=is_administrator
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _give_everybody(password_: str) -> None:
    # One hash for all of them: making it takes a third of a second, and a second run compares it once.
    people = User.objects.filter(email__in=ADDRESSES, is_demonstration=True)
    hashes = set(people.values_list("password", flat=True))
    if len(hashes) != 1 or not check_password(password_, hashes.pop()):
        people.update(password=make_password(password_))


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
