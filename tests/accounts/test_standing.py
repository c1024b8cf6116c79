"""What a person is today: the seats and posts they hold now, read at once."""

import pytest
from django.utils import timezone

from accounts.access import standing_of
from accounts.models import Membership, RegionalPost, Role, User
from partnerships.models import Agency, Region
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast: Cast, places: Places) -> User:
    """Return somebody with two seats and two posts now, and one of each that ended."""
    person = User.objects.create_user(email="busy@portal.test", name="Busy Person", password=None)
    agencies = list(Agency.objects.filter(partnership=places.amber_valley).order_by("pk")[:2])
    others = [Agency.objects.exclude(partnership=places.amber_valley).earliest("pk")]
    for n, ended in enumerate((None, None, timezone.now())):
        agency = [*agencies, *others][n]
        Membership.objects.create(code=f"busy-{n}", user=person, agency=agency, role=Role.OFFICER, ended_at=ended)
    for n, region in enumerate(Region.objects.order_by("pk")[:3]):
        RegionalPost.objects.create(
            code=f"busy-{n}", user=person, region=region, ended_at=timezone.now() if n == 1 else None
        )
    return person


def test_every_current_seat_and_post_is_told_once_and_no_ended_one(busy: User) -> None:
    standing = standing_of(busy)
    assert list(standing.memberships) == list(busy.memberships.filter(ended_at=None).order_by("pk"))
    assert list(standing.posts) == list(busy.posts.filter(ended_at=None).order_by("pk"))
    assert (len(standing.memberships), len(standing.posts)) == (2, 2)


def test_agency_partnership_and_region_come_with_them(busy: User) -> None:
    with counted() as queries:
        standing = standing_of(busy)
        told = [str(seat.agency.partnership) for seat in standing.memberships]
        regions = [post.region.government_office for post in standing.posts]
    assert queries.number == 1
    assert (len(told), len(regions)) == (2, 2)


def test_a_stranger_has_neither(cast: Cast) -> None:
    standing = standing_of(User.objects.create_user(email="new@portal.test", name="New", password=None))
    assert (standing.memberships, standing.posts) == ((), ())
