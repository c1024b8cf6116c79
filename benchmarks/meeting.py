"""The meeting page with as many views as there can be, beside its own SQL alone."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Membership, Role, Standpoint, User
from assessments.models import Assessment, View
from assessments.queries import questions_for
from benchmarks.requests import Send
from partnerships.models import Agency, AgencyKind

AGENCIES, MEMBERS = 12, 5


def fill(assessment: Assessment) -> int:
    """Let five members of each of twelve agencies see every criterion their own way, and reveal it."""
    seats = _seats(assessment)
    views = [
        View(
            assessment=assessment,
            criterion=asked.criterion,
            member=seat,
            agency=seat.agency,
            standpoint=seat.standpoint,
            # Spread over the levels without chance, differently for each criterion and agency.
            level=asked.levels[(place * 7 + number * 3 + number // MEMBERS) % len(asked.levels)],
            comment="" if (place + number) % 4 else f"Comment {number} on what can be seen of it here",
            save_id=uuid.uuid4(),
        )
        for place, asked in enumerate(questions_for(assessment).questions)
        for number, seat in enumerate(seats)
    ]
    View.objects.bulk_create(views, batch_size=500)
    Assessment.objects.filter(pk=assessment.pk).update(views_revealed_at=timezone.now())
    return len(views)


def sql_alone(send: Send, path: str) -> Callable[[], None]:
    """Return a function that only asks what the page asks."""
    return only_asked(lambda: send(path))


def only_asked(act: Callable[[], object]) -> Callable[[], None]:
    """Return a function that only asks what an act asks: the same statements, every row fetched, nothing made."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    noting: AbstractContextManager[None] = connection.execute_wrapper(note)
    with noting:
        act()
    reads = [(sql, params) for sql, params in asked if sql.lstrip().upper().startswith(("SELECT", "EXECUTE", "WITH"))]

    def ask() -> None:
        with connection.cursor() as cursor:
            for sql, params in reads:
                cursor.execute(sql, params)
                cursor.fetchall()

    return ask


def _seats(assessment: Assessment) -> list[Membership]:
    kind = AgencyKind.objects.create(code="many", name="Many", role=AgencyKind.Role.RESPONSIBLE, source="-")
    agencies = Agency.objects.bulk_create(
        Agency(partnership=assessment.partnership, kind=kind, name=f"Agency {n}") for n in range(AGENCIES)
    )
    people = User.objects.bulk_create(
        User(email=f"many-{n}@portal.test", name=f"Member {n}") for n in range(AGENCIES * MEMBERS)
    )
    return Membership.objects.bulk_create(
        Membership(
            code=f"many-{n}",
            user=user,
            agency=agencies[n // MEMBERS],
            role=Role.VIEWER,
            standpoint=Standpoint.values[n % 2],
        )
        for n, user in enumerate(people)
    )
