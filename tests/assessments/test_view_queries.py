"""The one door to views: shut until the reveal, and no question to the database while it is."""

import datetime

import pytest
from django.utils import translation

from accounts import services as people
from accounts.models import Membership, Standpoint, User
from assessments import view_queries
from assessments.agreement import Given
from assessments.desks import Desk
from assessments.models import Assessment, View, end_of_day
from tests.assessments.answering import NOW, question, seat
from tests.assessments.giving import give, make_member, reveal
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(assessment: Assessment, cast: Cast) -> list[User]:
    """Let members of three agencies give a view of LEAD.1."""
    third = make_member(assessment, "probation", "Probation service", Standpoint.STRATEGIC)
    people = [cast.officer, cast.colleague, third]
    for level, person in enumerate(people):
        give(assessment, person, level=level, comment=f"Comment {level}")
    return people


def test_before_the_reveal_nothing_is_told_and_nothing_is_asked(assessment: Assessment, three: list[User]) -> None:
    with counted() as queries:
        assert view_queries.revealed(assessment, NOW()) == {}
        assert view_queries.revealed_of(assessment, question(assessment, "LEAD.1"), NOW()) is None
    assert [query for query in queries.queries if "assessments_view" in query] == []


def test_after_the_reveal_everything_is_told_in_one_query(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    reveal(assessment, cast.coordinator)
    with counted() as queries:
        found = view_queries.revealed(assessment, NOW())
    assert queries.number == 1
    assert found == {
        question(assessment, "LEAD.1").criterion.pk: [
            Given("Local authority", "delivery", 0, "Comment 0"),
            Given("Police force", "delivery", 1, "Comment 1"),
            Given("Probation service", "strategic", 2, "Comment 2"),
        ]
    }


def test_the_day_for_views_reveals_them_when_none_can_be_under_way(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    assessment.round.views_close_on = NOW().date()
    last_moment = end_of_day(NOW().date())
    for seconds in (0, 1, 60):
        assert view_queries.revealed(assessment, last_moment + datetime.timedelta(seconds=seconds)) == {}
    # It arrived in time, and was written after others would have begun to read.
    give(assessment, cast.viewer, level=3, arrived_at=last_moment)
    (seen,) = view_queries.revealed(assessment, last_moment + datetime.timedelta(minutes=3)).values()
    assert len(seen) == 4


@pytest.mark.parametrize("by_the_day", [False, True])
def test_who_left_before_the_reveal_has_no_voice_and_who_leaves_later_keeps_it(
    assessment: Assessment, cast: Cast, three: list[User], by_the_day: bool
) -> None:
    leave(assessment, cast.colleague)
    at = NOW()
    if by_the_day:
        assessment.round.views_close_on = at.date()
        at = end_of_day(at.date()) + datetime.timedelta(minutes=3)
    else:
        assessment.views_revealed_at = at
    Membership.objects.filter(user=cast.officer).update(ended_at=at + datetime.timedelta(seconds=1))
    for criterion in (None, question(assessment, "LEAD.1").criterion):
        (seen,) = view_queries.revealed(assessment, at + datetime.timedelta(days=1), criterion).values()
        assert [given.agency for given in seen] == ["Local authority", "Probation service"]


def test_a_person_who_comes_back_has_one_voice_and_not_the_old_one_s_words(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    left = leave(assessment, cast.colleague)
    again = Membership.objects.create(code="again", user=cast.colleague, agency=left.agency, role=left.role)
    assert view_queries.own_views(Desk(assessment, again)) == {}
    give(assessment, cast.colleague, level=3, comment="As I see it now")
    reveal(assessment, cast.coordinator)
    (seen,) = view_queries.revealed(assessment, NOW()).values()
    assert [given.comment for given in seen if given.agency == "Police force"] == ["As I see it now"]


def leave(assessment: Assessment, person: User) -> Membership:
    """End a person's seat as a coordinator does, and return it."""
    left = seat(person)
    coordinator = Membership.objects.coordinators().of(assessment.partnership).select_related("user").first()
    assert coordinator is not None
    people.end_membership(membership=left, by=coordinator.user)
    return left


def test_another_partnership_s_reveal_opens_nothing(
    assessment: Assessment, cast: Cast, places: Places, three: list[User]
) -> None:
    reveal(assessment, cast.coordinator)
    derby = Assessment.objects.with_round().get(round=assessment.round, partnership=places.derby)
    assert view_queries.revealed(derby, NOW()) == {}
    derby.views_revealed_at = NOW()
    assert view_queries.revealed(derby, NOW()) == {}


def test_the_order_does_not_tell_who_gave_a_view_first(assessment: Assessment, cast: Cast) -> None:
    for person, level in ((cast.viewer, 3), (cast.officer, 1)):
        give(assessment, person, level=level)
    assessment.views_revealed_at = NOW()
    (found,) = view_queries.revealed(assessment, NOW()).values()
    assert [given.position for given in found] == [1, 3]


def test_one_s_own_are_always_there_and_nobody_else_s(assessment: Assessment, cast: Cast, three: list[User]) -> None:
    own = view_queries.own_views(Desk(assessment, seat(cast.officer)))
    assert [view.comment for view in own.values()] == ["Comment 0"]
    assert view_queries.own_views(Desk(assessment, seat(cast.viewer))) == {}


def test_the_task_list_asks_one_question_before_and_after(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    desk = Desk(assessment, seat(cast.officer))
    question(assessment, "LEAD.1")
    for is_revealed in (False, True):
        assessment.views_revealed_at = NOW() if is_revealed else None
        with counted() as queries:
            beside = view_queries.beside_tasks(desk, NOW())
        assert (beside.is_revealed, queries.number) == (is_revealed, 1)
    assert beside.differing == {"LEAD": 1, "LAW": 0}


def test_what_is_kept_of_views_is_never_stale(assessment: Assessment, cast: Cast, three: list[User]) -> None:
    reveal(assessment, cast.coordinator)
    before = view_queries.seen(assessment, NOW())[0]
    assert view_queries.seen(assessment, NOW())[0] is before
    assert "Comment 1" in before.said
    View.objects.filter(comment="Comment 1").update(comment="Put right by hand")
    after = view_queries.seen(assessment, NOW())[0]
    assert "Put right by hand" in after.said
    assert "Comment 1" not in after.said


def test_what_is_kept_of_views_is_in_the_reader_s_language(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    reveal(assessment, cast.coordinator)
    english = view_queries.seen(assessment, NOW())[0]
    with translation.override("cy"):
        assert view_queries.seen(assessment, NOW())[0] is not english


def test_nobody_s_kept_views_are_shown_before_their_own_reveal(
    assessment: Assessment, cast: Cast, three: list[User]
) -> None:
    reveal(assessment, cast.coordinator)
    assert any(one.given for one in view_queries.seen(assessment, NOW()))
    assessment.views_revealed_at = None
    assert not any(one.given for one in view_queries.seen(assessment, NOW()))
