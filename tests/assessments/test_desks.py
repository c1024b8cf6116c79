"""The prepared read behind a save sees who may write at this moment."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from accounts.models import Membership, Role
from assessments.access import assessment_to_rate
from assessments.models import Assessment, Extension
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
WHERE = ("2027", "amber-valley")


def test_it_is_the_assessment_that_the_query_set_gives(assessment: Assessment, cast: Cast) -> None:
    desk = assessment_to_rate(cast.officer, *WHERE)
    assert desk.assessment == assessment
    assert desk.assessment.closes_at == assessment.closes_at
    assert desk.assessment.partnership.nation == "england"
    assert (desk.seat.agency.name, desk.seat.user) == ("Local authority", cast.officer)


def test_it_takes_one_question(assessment: Assessment, cast: Cast) -> None:
    assessment_to_rate(cast.officer, *WHERE)
    with counted() as queries:
        desk = assessment_to_rate(cast.officer, *WHERE)
        assert desk.assessment.partnership.region.name
        assert desk.assessment.round.name
    assert queries.number == 1


def test_an_extension_counts_at_once(assessment: Assessment, cast: Cast) -> None:
    until = assessment.round.closes_on.replace(year=assessment.round.closes_on.year + 1)
    Extension.objects.create(round=assessment.round, partnership=assessment.partnership, until=until, reason="Flood")
    assert assessment_to_rate(cast.officer, *WHERE).assessment.closes_on == until


def test_an_ended_seat_is_gone_at_the_next_request(assessment: Assessment, cast: Cast) -> None:
    Membership.objects.filter(user=cast.officer).update(ended_at=timezone.now())
    with pytest.raises(Http404):
        assessment_to_rate(cast.officer, *WHERE)


def test_a_weaker_role_counts_at_once(assessment: Assessment, cast: Cast) -> None:
    Membership.objects.filter(user=cast.officer).update(role=Role.VIEWER)
    with pytest.raises(PermissionDenied):
        assessment_to_rate(cast.officer, *WHERE)


def test_of_two_seats_the_stronger_counts(assessment: Assessment, cast: Cast, places: Places) -> None:
    police = Membership.objects.get(user=cast.colleague).agency
    Membership.objects.create(user=cast.viewer, agency=police, role=Role.OFFICER)
    assert assessment_to_rate(cast.viewer, *WHERE).seat.agency == police


def test_a_seat_elsewhere_is_no_seat_here(assessment: Assessment, cast: Cast) -> None:
    with pytest.raises(Http404):
        assessment_to_rate(cast.neighbour, *WHERE)


@pytest.mark.parametrize("where", [("2027", "nowhere"), ("1999", "amber-valley")])
def test_what_is_not_there_is_not_there(assessment: Assessment, cast: Cast, where: tuple[str, str]) -> None:
    with pytest.raises(Http404):
        assessment_to_rate(cast.officer, *where)
