"""Short ways for the tests to give views."""

import datetime
import uuid

from accounts.models import Membership, Role, Standpoint, User
from assessments import services
from assessments.models import Assessment, View
from assessments.queries import questions_for
from partnerships.models import Agency, AgencyKind
from tests.assessments.answering import NOW, question, seat


def give(
    assessment: Assessment,
    by: User,
    *,
    level: int | None = 0,
    code: str = "LEAD.1",
    comment: str = "",
    revision: int = 0,
    save_id: uuid.UUID | None = None,
    arrived_at: datetime.datetime | None = None,
) -> View:
    """Give a view as its page does; `level` counts from 0, None is “cannot say”."""
    asked = question(assessment, code)
    return services.save_view(
        assessment=assessment,
        question=asked,
        level=None if level is None else asked.levels[level],
        comment=comment,
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        by=seat(by),
        arrived_at=arrived_at or NOW(),
    )


def make_member(
    assessment: Assessment,
    name: str,
    agency: str,
    standpoint: Standpoint = Standpoint.DELIVERY,
    role: Role = Role.VIEWER,
) -> User:
    """Make one more member, for an agency that is made where it is not there yet."""
    kind, _made = AgencyKind.objects.get_or_create(
        code="probation", defaults={"name": "Probation", "role": AgencyKind.Role.RESPONSIBLE, "source": "-"}
    )
    body, _made = Agency.objects.get_or_create(partnership=assessment.partnership, name=agency, defaults={"kind": kind})
    user = User.objects.create_user(f"{name}@portal.test", f"Pat {name.title()}")
    Membership.objects.create(code=name, user=user, agency=body, role=role, standpoint=standpoint)
    return user


def reveal(assessment: Assessment, by: User) -> None:
    """Reveal the views as a coordinator does."""
    services.reveal_views(assessment=assessment, by=seat(by), arrived_at=NOW())


def fill(assessment: Assessment, members: int) -> None:
    """Let so many members of as many agencies give a view of every criterion."""
    kind = AgencyKind.objects.create(code="many", name="Many", role=AgencyKind.Role.RESPONSIBLE, source="-")
    place, questions = assessment.partnership, questions_for(assessment).questions
    Agency.objects.bulk_create(Agency(partnership=place, kind=kind, name=f"Agency {n}") for n in range(members))
    User.objects.bulk_create(User(email=f"many-{n}@portal.test", name=f"Member {n}") for n in range(members))
    people = User.objects.filter(email__startswith="many-")
    Membership.objects.bulk_create(
        Membership(code=f"many-{n}", user=user, agency=agency, role=Role.VIEWER, standpoint=Standpoint.values[n % 2])
        for n, (user, agency) in enumerate(zip(people, Agency.objects.filter(kind=kind), strict=True))
    )
    View.objects.bulk_create(
        View(
            assessment=assessment,
            criterion=asked.criterion,
            member=member,
            agency=member.agency,
            standpoint=member.standpoint,
            level=asked.levels[number % len(asked.levels)],
            comment=f"Comment {number}",
            save_id=uuid.uuid4(),
        )
        for number, member in enumerate(Membership.objects.filter(agency__kind=kind).select_related("agency"))
        for asked in questions
    )
