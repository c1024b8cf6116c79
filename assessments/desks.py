"""The reads behind every save, prepared: the assessment with its round and area, and the writer's seats."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import Membership, Role, User
from accounts.prepared import Prepared, columns, instance
from assessments.models import EXTENDED, Assessment, Round
from partnerships.models import Agency, Partnership, PoliceForce, Region

Part = tuple[type[Any], list[str]]
# Each model with its columns, by the path that leads to it.
ASSESSMENT: list[Part] = [
    (Assessment, columns("", Assessment)),
    (Round, columns("round__", Round)),
    (Partnership, columns("partnership__", Partnership)),
    (PoliceForce, columns("partnership__police_force__", PoliceForce)),
    (Region, columns("partnership__police_force__region__", Region)),
]
SEAT: list[Part] = [(Membership, columns("", Membership)), (Agency, columns("agency__", Agency))]


@dataclass(frozen=True)
class Desk:
    """An assessment together with the seat from which a person reads or writes it."""

    assessment: Assessment
    seat: Membership

    @property
    def may_rate(self) -> bool:
        """Whether the seat's role may write answers (the assessment may be closed all the same)."""
        return self.seat.role in {Role.OFFICER, Role.COORDINATOR}

    @property
    def may_submit(self) -> bool:
        """Whether the seat's role may send the assessment."""
        return self.seat.role == Role.COORDINATOR


def assessment_at(round_slug: str, partnership_slug: str) -> Assessment | None:
    """Return the assessment of a round and a partnership with all that a save asks of it, or None."""
    rows = _ASSESSMENT.rows(round=round_slug, partnership=partnership_slug)
    if not rows:
        return None
    assessment, round_, partnership, force, region = _instances(ASSESSMENT, rows[0])
    force.region, partnership.police_force = region, force
    assessment.round, assessment.partnership = round_, partnership
    setattr(assessment, EXTENDED, rows[0][-1])
    found: Assessment = assessment
    return found


def seats_of(user: User, partnership: Partnership) -> list[Membership]:
    """Return the person's current seats in a partnership."""
    return [_seat(row, user) for row in _SEATS.rows(user=user.pk, partnership=partnership.pk)]


def _assessment_query(round: str, partnership: str) -> QuerySet[Any, Any]:
    found = Assessment.objects.with_round().filter(round__slug=round, partnership__slug=partnership)
    return found.order_by().values_list(*_names(ASSESSMENT), F(EXTENDED))


def _seats_query(user: int, partnership: int) -> QuerySet[Any, Any]:
    found = Membership.objects.current().filter(user=user, agency__partnership=partnership)
    return found.order_by().values_list(*_names(SEAT))


_ASSESSMENT = Prepared(_assessment_query, text=["round", "partnership"])
_SEATS = Prepared(_seats_query, number=["user", "partnership"])


def _names(parts: list[Part]) -> list[str]:
    return [name for _model, names in parts for name in names]


def _instances(parts: list[Part], row: Any) -> list[Any]:
    made, start = [], 0
    for model, names in parts:
        made.append(instance(model, names, row[start : start + len(names)]))
        start += len(names)
    return made


def _seat(row: Any, user: User) -> Membership:
    seat: Membership
    seat, agency = _instances(SEAT, row)
    seat.agency, seat.user = agency, user
    return seat
