"""The read behind every save: the assessment, its round and area, and the writer's seat, in one prepared query."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import Membership, Role, User
from accounts.prepared import Prepared, columns, instance
from assessments.models import EXTENDED, Assessment, Round
from partnerships.models import Agency, Partnership, PoliceForce, Region

# Each model with the path that leads to it from an assessment.
FORCE = "partnership__police_force__"
AGENCY = "partnership__agencies__"
PARTS: list[tuple[type[Any], list[str]]] = [
    (model, columns(path, model))
    for model, path in (
        (Assessment, ""),
        (Round, "round__"),
        (Partnership, "partnership__"),
        (PoliceForce, FORCE),
        (Region, f"{FORCE}region__"),
        (Agency, AGENCY),
        (Membership, f"{AGENCY}memberships__"),
    )
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


def desks_of(user: User, round_slug: str, partnership_slug: str) -> Iterator[Desk]:
    """Yield a desk for each current seat that the person has in the partnership; one query."""
    for row in _DESKS.rows(user=user.pk, round=round_slug, partnership=partnership_slug):
        yield _desk(list(row), user)


def _query(user: int, round: str, partnership: str) -> QuerySet[Any, Any]:
    return (
        Assessment.objects.with_round()
        .filter(
            round__slug=round,
            partnership__slug=partnership,
            partnership__agencies__memberships__user=user,
            partnership__agencies__memberships__ended_at=None,
        )
        .order_by()
        .values_list(*(name for _model, names in PARTS for name in names), F(EXTENDED))
    )


_DESKS = Prepared(_query, text=["round", "partnership"], number=["user"])


def _desk(row: list[Any], user: User) -> Desk:
    extended = row.pop()
    made = []
    for model, names in PARTS:
        made.append(instance(model, names, row[: len(names)]))
        del row[: len(names)]
    assessment, round_, partnership, force, region, agency, seat = made
    force.region, partnership.police_force = region, force
    assessment.round, assessment.partnership = round_, partnership
    setattr(assessment, EXTENDED, extended)
    agency.partnership, seat.agency, seat.user = partnership, agency, user
    return Desk(assessment, seat)
