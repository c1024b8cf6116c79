"""The read behind every save, prepared: the assessment with its round and area, and the writer's seats."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import Membership, Role, User
from accounts.prepared import Prepared, columns, instance
from assessments.models import EXTENDED, SEATS, Assessment, Round
from partnerships.models import Agency, Partnership, PoliceForce, Region

# Each model with its columns, by the path that leads to it.
PARTS: list[tuple[type[Any], list[str]]] = [
    (Assessment, columns("", Assessment)),
    (Round, columns("round__", Round)),
    (Partnership, columns("partnership__", Partnership)),
    (PoliceForce, columns("partnership__police_force__", PoliceForce)),
    (Region, columns("partnership__police_force__region__", Region)),
    (Agency, columns("partnership__agencies__", Agency)),
    (Membership, columns(f"{SEATS}__", Membership)),
]


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


def desks_of(user: User, round_slug: str, partnership_slug: str) -> list[Desk]:
    """Return an assessment with all that a save asks of it, once for each current seat of the person's in it."""
    return [_desk(row, user) for row in _DESKS.rows(user=user.pk, round=round_slug, partnership=partnership_slug)]


def _query(user: int, round: str, partnership: str) -> QuerySet[Any, Any]:
    found = Assessment.objects.with_round().filter(round__slug=round, partnership__slug=partnership).seating(user)
    names = [name for _model, names in PARTS for name in names]
    return found.order_by().values_list(*names, F(EXTENDED))


_DESKS = Prepared(_query, text=["round", "partnership"], number=["user"])


def _desk(row: Any, user: User) -> Desk:
    made, start = [], 0
    for model, names in PARTS:
        made.append(instance(model, names, row[start : start + len(names)]))
        start += len(names)
    assessment, round_, partnership, force, region, agency, seat = made
    force.region, partnership.police_force = region, force
    assessment.round, assessment.partnership = round_, partnership
    seat.agency, seat.user = agency, user
    setattr(assessment, EXTENDED, row[-1])
    return Desk(assessment, seat)
