"""Views: over nobody's newer text, with a level of the criterion's own scale, frozen once everybody has seen them."""

import datetime
import uuid
from functools import partial

import pytest
from django.db import IntegrityError

from accounts import services as people
from accounts.models import Standpoint, User
from assessments import services
from assessments.models import Assessment, Rating, View, end_of_day
from audit.models import Event
from tests.assessments.answering import NOW, question, rate, seat
from tests.assessments.at_once import all_at_once
from tests.assessments.giving import give, make_member, reveal
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def third(assessment: Assessment) -> User:
    """Return a member for a third agency."""
    return make_member(assessment, "probation", "Probation service")


def test_a_view_keeps_for_whom_and_from_where_it_was_given(assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.coordinator, level=1, comment="We meet, but seldom.")
    view = View.objects.get()
    assert (view.agency.name, view.standpoint) == ("Local authority", Standpoint.STRATEGIC)
    assert (view.level and view.level.position, view.comment, view.revision) == (1, "We meet, but seldom.", 1)


def test_changing_a_view_needs_the_revision_that_was_read(assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, comment="First")
    assert give(assessment, cast.officer, comment="Second", revision=1).revision == 2
    with pytest.raises(services.StaleView) as stale:
        give(assessment, cast.officer, comment="From another tab", revision=1)
    assert stale.value.current.comment == "Second"
    assert View.objects.get().comment == "Second"


def test_the_same_save_again_is_no_conflict(assessment: Assessment, cast: Cast) -> None:
    again = uuid.uuid4()
    for _try in range(2):
        give(assessment, cast.officer, comment="Once", save_id=again)
    assert View.objects.get().comment == "Once"


def test_a_level_of_another_scale_is_refused(assessment: Assessment, cast: Cast) -> None:
    asked = question(assessment, "LEAD.1")
    foreign = type(asked.levels[0])(scale_id=asked.levels[0].scale_id, position=9, slug="x", name="X", pk=-1)
    with pytest.raises(services.WrongLevel):
        services.save_view(
            assessment=assessment,
            question=asked,
            level=foreign,
            comment="",
            revision=0,
            save_id=uuid.uuid4(),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )


def test_the_trail_says_that_a_view_was_given_and_not_what(assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, comment="Private words", level=3)
    event = Event.objects.get(kind="view.saved")
    assert (event.before, event.after) == (None, None)
    assert "Private" not in str(event.__dict__)


def test_views_of_two_agencies_are_not_revealed(assessment: Assessment, cast: Cast) -> None:
    for person in (cast.coordinator, cast.officer, cast.colleague):
        give(assessment, person)
    with pytest.raises(services.TooFewAgencies):
        services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())
    assert not Assessment.objects.get(pk=assessment.pk).views_revealed_at


def test_an_agency_whose_only_speaker_left_is_none_of_the_three(
    assessment: Assessment, cast: Cast, third: User
) -> None:
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    people.end_membership(membership=seat(third), by=cast.coordinator)
    with pytest.raises(services.TooFewAgencies):
        services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())


@pytest.mark.parametrize("again", ["reveal", "give"])
def test_who_read_the_assessment_before_the_reveal_learns_of_it_under_the_lock(
    assessment: Assessment, cast: Cast, third: User, again: str
) -> None:
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    read_before = Assessment.objects.with_round().get(pk=assessment.pk)
    reveal(assessment, cast.coordinator)
    if again == "give":
        with pytest.raises(services.ViewsRevealed):
            give(read_before, cast.colleague, level=3, revision=1)
    else:
        reveal(read_before, cast.coordinator)
    assert Event.objects.filter(kind="views.revealed").count() == 1
    assert Assessment.objects.get(pk=assessment.pk).views_revealed_at == assessment.views_revealed_at


@pytest.mark.django_db(transaction=True)
def test_revealing_at_once_is_one_reveal(assessment: Assessment, cast: Cast, third: User) -> None:
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    read = [Assessment.objects.with_round().get(pk=assessment.pk) for _each in range(6)]
    assert all_at_once(*(partial(reveal, one, cast.coordinator) for one in read)) == []
    assert Event.objects.filter(kind="views.revealed").count() == 1


def test_views_of_three_agencies_are_revealed_and_frozen(assessment: Assessment, cast: Cast, third: User) -> None:
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())
    assert Event.objects.filter(kind="views.revealed").count() == 1
    with pytest.raises(services.ViewsRevealed):
        give(assessment, cast.colleague, level=3, revision=1)


def test_the_day_for_views_freezes_them(assessment: Assessment, cast: Cast) -> None:
    round_ = assessment.round
    round_.views_close_on = NOW().date()
    round_.save()
    last_moment = end_of_day(round_.views_close_on)
    give(assessment, cast.officer, arrived_at=last_moment)
    with pytest.raises(services.ViewsRevealed):
        give(assessment, cast.officer, revision=1, arrived_at=last_moment + datetime.timedelta(seconds=1))


CODES = ["LEAD.1", "LEAD.2", "LAW.1"]


def give_twice(assessment: Assessment, member: User, number: int) -> None:
    """Give a view of each criterion and change its comment."""
    for place, code in enumerate(CODES):
        level = (number + place) % 3
        give(assessment, member, code=code, level=level, comment=f"{number} first")
        give(assessment, member, code=code, level=level, comment=f"{number} {code}", revision=1)


def agree_five_times(assessment: Assessment, officer: User) -> None:
    for revision in range(5):
        rate(assessment, "LEAD.1", officer, level="doing_well", reason=f"Agreed {revision}", revision=revision)


@pytest.mark.django_db(transaction=True)
def test_ten_members_and_an_officer_at_once_lose_nothing(assessment: Assessment, cast: Cast) -> None:
    members = [make_member(assessment, f"member-{n}", f"Agency {n % 4}") for n in range(10)]
    acts = [partial(give_twice, assessment, member, number) for number, member in enumerate(members)]
    assert all_at_once(partial(agree_five_times, assessment, cast.officer), *acts) == []
    given = {
        (view.comment, view.level and view.level.position, view.revision)
        for view in View.objects.select_related("level")
    }
    expected = {(f"{n} {code}", (n + place) % 3, 2) for n in range(10) for place, code in enumerate(CODES)}
    assert given == expected
    rating = Rating.objects.get()
    assert (rating.reason, rating.revision) == ("Agreed 4", 5)
    assert Event.objects.filter(kind="view.saved").count() == 2 * len(expected)


# Cannot say, and taking back


def test_a_view_without_a_level_is_no_voice(assessment: Assessment, cast: Cast, third: User) -> None:
    give(assessment, cast.coordinator)
    give(assessment, cast.colleague)
    give(assessment, third, level=None)
    with pytest.raises(services.TooFewAgencies):
        services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())
    give(assessment, third, level=1, revision=1)
    services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())
    assert View.objects.filter(level__isnull=False).count() == 3


def test_a_view_without_a_level_can_have_no_comment(assessment: Assessment, cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        give(assessment, cast.officer, level=None, comment="Nobody would read this")


def take_back(assessment: Assessment, by: User, revision: int = 1) -> None:
    services.take_view_back(
        assessment=assessment,
        question=question(assessment, "LEAD.1"),
        revision=revision,
        by=seat(by),
        arrived_at=NOW(),
    )


def test_a_view_is_taken_back_and_the_trail_says_that_and_not_what(assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, comment="Private words")
    give(assessment, cast.colleague)
    for _try in range(2):
        take_back(assessment, cast.officer)
    assert [view.member.user for view in View.objects.all()] == [cast.colleague]
    event = Event.objects.get(kind="view.taken_back")
    assert (event.before, event.after) == (None, None)
    assert give(assessment, cast.officer, comment="Another").revision == 1


def test_a_view_that_was_changed_meanwhile_is_not_taken_back(assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer)
    give(assessment, cast.officer, revision=1)
    with pytest.raises(services.StaleView):
        take_back(assessment, cast.officer)
    assert View.objects.exists()


def test_what_everybody_has_seen_is_not_taken_back(assessment: Assessment, cast: Cast, third: User) -> None:
    for person in (cast.coordinator, cast.officer, cast.colleague, third):
        give(assessment, person)
    services.reveal_views(assessment=assessment, by=seat(cast.coordinator), arrived_at=NOW())
    with pytest.raises(services.ViewsRevealed):
        take_back(assessment, cast.officer)
    assert View.objects.count() == 4
