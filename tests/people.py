"""The cast of the tests, named once: everybody who might open a page, and the places they belong to."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Invitation, Membership, RegionalPost, Role, Standpoint, User
from partnerships.models import Agency, AgencyKind, AreaType, Nation, Partnership, PoliceForce, Region

PASSWORD = "correct-horse-battery-9"


@dataclass(frozen=True)
class Places:
    """Two regions, a force in each, and four partnerships: two beside each other, one elsewhere, one in Wales."""

    amber_valley: Partnership
    derby: Partnership
    exeter: Partnership
    cardiff: Partnership

    @property
    def east_midlands(self) -> Region:
        return self.amber_valley.police_force.region

    @property
    def south_west(self) -> Region:
        return self.exeter.police_force.region


@dataclass(frozen=True)
class Cast:
    """Who asks for the page; None stands for a visitor who has not signed in."""

    coordinator: User
    officer: User
    viewer: User
    colleague: User
    neighbour: User
    stranger: User
    reviewer: User
    reviewer_elsewhere: User
    administrator: User
    former: User

    def everybody(self) -> dict[str, User | None]:
        return {"visitor": None, **self.__dict__}


def make_places() -> Places:
    """Make the map the tests need, without the fixtures."""
    east = _region("east-midlands", "East Midlands", Nation.ENGLAND)
    west = _region("south-west", "South West", Nation.ENGLAND)
    wales = _region("wales", "Wales", Nation.WALES)
    derbyshire = PoliceForce.objects.create(slug="derbyshire", name="Derbyshire Constabulary", region=east)
    devon = PoliceForce.objects.create(slug="devon", name="Devon and Cornwall Constabulary", region=west)
    south_wales = PoliceForce.objects.create(slug="south-wales", name="South Wales Police", region=wales)
    return Places(
        amber_valley=_partnership("amber-valley", "Amber Valley", derbyshire, AreaType.SHIRE_DISTRICT),
        derby=_partnership("derby", "Derby", derbyshire, AreaType.UNITARY),
        exeter=_partnership("exeter", "Exeter", devon, AreaType.SHIRE_DISTRICT),
        cardiff=_partnership("cardiff", "Cardiff", south_wales, AreaType.WELSH_UNITARY),
    )


def make_cast(places: Places) -> Cast:
    """Make one person of every kind; `former` was an officer of Amber Valley until the membership ended."""
    council = _agency(places.amber_valley, "local_authority", "Local authority")
    police = _agency(places.amber_valley, "police", "Police force")
    former = _member("former", council, Role.OFFICER)
    Membership.objects.filter(user=former).update(ended_at="2026-01-01T00:00:00Z")
    coordinator = _member("coordinator", council, Role.COORDINATOR, Standpoint.STRATEGIC)
    make_invitation(police, coordinator)
    return Cast(
        coordinator=coordinator,
        officer=_member("officer", council, Role.OFFICER),
        viewer=_member("viewer", council, Role.VIEWER),
        colleague=_member("colleague", police, Role.OFFICER),
        neighbour=_member("neighbour", _agency(places.derby, "local_authority", "Local authority"), Role.COORDINATOR),
        stranger=_person("stranger"),
        reviewer=_reviewer("reviewer", places.east_midlands),
        reviewer_elsewhere=_reviewer("reviewer_elsewhere", places.south_west),
        administrator=User.objects.create_superuser("administrator@portal.test", "Pat Administrator", PASSWORD),
        former=former,
    )


def make_invitation(agency: Agency, by: User) -> Invitation:
    """Make an invitation that waits; its address names it "waiting"."""
    return Invitation.objects.create(
        code="waiting",
        email="invited@portal.test",
        agency=agency,
        role=Role.OFFICER,
        standpoint=Standpoint.DELIVERY,
        token_hash="0" * 64,
        expires_at=timezone.now() + datetime.timedelta(days=14),
        invited_by=by,
    )


def _region(slug: str, name: str, nation: Nation) -> Region:
    return Region.objects.create(
        slug=slug, name=name, nation=nation, government_office=f"Government Office for the {name}"
    )


def _partnership(slug: str, name: str, force: PoliceForce, area_type: AreaType) -> Partnership:
    return Partnership.objects.create(slug=slug, name=name, police_force=force, area_type=area_type)


def _agency(partnership: Partnership, code: str, name: str) -> Agency:
    kind, _made = AgencyKind.objects.get_or_create(
        code=code, defaults={"name": name, "role": AgencyKind.Role.RESPONSIBLE, "source": "Test"}
    )
    return Agency.objects.create(partnership=partnership, kind=kind, name=name)


def _person(name: str) -> User:
    return User.objects.create_user(f"{name}@portal.test", "Pat " + name.replace("_", " ").title(), PASSWORD)


def _member(name: str, agency: Agency, role: Role, standpoint: Standpoint = Standpoint.DELIVERY) -> User:
    user = _person(name)
    Membership.objects.create(code=name, user=user, agency=agency, role=role, standpoint=standpoint)
    return user


def _reviewer(name: str, region: Region) -> User:
    user = _person(name)
    RegionalPost.objects.create(code=name, user=user, region=region)
    return user
