"""What the database itself refuses of check sheets, plans and calendar links."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership
from sharing.models import CalendarFeed, CycleStep, InformationSet, PlanLine, SheetLine
from tests.people import Cast, Places

pytestmark = pytest.mark.usefixtures("reference")
DAY = datetime.date(2026, 5, 4)


def add(places: Places, **fields: Any) -> SheetLine:
    with transaction.atomic():
        return SheetLine.objects.create(
            **{
                "partnership": places.amber_valley,
                "year": 2026,
                "quarter": 2,
                "information_set": InformationSet.objects.get(number=1),
                **fields,
            }
        )


def test_a_set_has_one_line_a_quarter(places: Places) -> None:
    add(places)
    add(places, quarter=3)
    with pytest.raises(IntegrityError):
        add(places)


@pytest.mark.parametrize(
    "fields",
    [
        {"quarter": 5},
        {"quarter": 0},
        {"state": "received"},
        {"state": "received", "received_on": DAY},
        {"state": "missing", "received_on": DAY},
        {"state": "not_for_us"},
        {"state": "unheard_of"},
    ],
)
def test_a_line_that_says_half_is_refused(places: Places, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        add(places, **fields)


def test_a_line_that_says_all_is_kept(places: Places, cast: Cast) -> None:
    police = places.amber_valley.agencies.get(name="Police force")
    add(places, quarter=1, state="received", received_on=DAY, received_from=police)
    add(places, quarter=2, state="received", received_on=DAY, note="The ambulance trust")
    add(places, quarter=3, state="not_for_us", note="No trust lies here")
    assert SheetLine.objects.count() == 3


def test_a_step_has_one_line_a_year(places: Places) -> None:
    step = CycleStep.objects.get(number=1)
    PlanLine.objects.create(partnership=places.amber_valley, year=2026, step=step)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.create(partnership=places.amber_valley, year=2026, step=step)


def test_a_feed_lives_as_long_as_its_seat_and_its_person(cast: Cast) -> None:
    seat = Membership.objects.get(user=cast.viewer)
    CalendarFeed.objects.create(membership=seat, token_hash="1" * 64, made_at=timezone.now())
    assert CalendarFeed.objects.alive().exists()
    cast.viewer.is_active = False
    cast.viewer.save()
    assert not CalendarFeed.objects.alive().exists()
    cast.viewer.is_active = True
    cast.viewer.save()
    Membership.objects.filter(pk=seat.pk).update(ended_at=timezone.now())
    assert not CalendarFeed.objects.alive().exists()
