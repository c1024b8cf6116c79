"""Rounds open, close and are extended as the calendar says; what is refused changes nothing."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from assessments import round_services as rounds
from assessments import services
from assessments.models import LONDON, Assessment, Extension, Round
from assessments.round_progress import Count, State, days_left, state_of, tally_of, together
from audit.models import Event
from hallmarks.models import Version
from partnerships.models import Partnership, Region
from tests.assessments import answering
from tests.people import Cast, Places

DAY = datetime.date(2027, 1, 4)
UTC = datetime.UTC


def facts(version: Version, by: User | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "slug": "2027-self-assessment",
        "name": "2027 self-assessment",
        "version": version,
        "opens_on": DAY,
        "closes_on": DAY + datetime.timedelta(days=90),
        "regions": [],
        "previous": None,
        "by": by,
        **changes,
    }


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


# Opening


def test_a_round_makes_a_draft_for_every_partnership(version: Version, cast: Cast) -> None:
    round_ = rounds.open_round(**facts(version, cast.administrator))
    assert set(round_.assessments.values_list("partnership__slug", "status")) == {
        (slug, "draft") for slug in ("amber-valley", "derby", "exeter", "cardiff")
    }


def test_a_pilot_makes_drafts_for_its_regions_only(version: Version, places: Places) -> None:
    round_ = rounds.open_round(**facts(version, regions=[places.south_west]))
    assert [assessment.partnership for assessment in round_.assessments.all()] == [places.exeter]
    assert list(round_.regions.all()) == [places.south_west]


def test_opening_leaves_one_audit_event_with_what_was_set(version: Version, cast: Cast, places: Places) -> None:
    round_ = rounds.open_round(**facts(version, cast.administrator, regions=[places.east_midlands]))
    event = Event.objects.about(round_).get()
    assert (event.kind, event.actor_id) == ("round.opened", cast.administrator.pk)
    assert event.after == {
        "slug": "2027-self-assessment",
        "name": "2027 self-assessment",
        "version": "test-framework/test-set",
        "opens_on": "2027-01-04",
        "closes_on": "2027-04-04",
        "views_close_on": None,
        "regions": ["east-midlands"],
        "previous": None,
        "partnerships": 2,
    }


def test_a_round_that_a_made_up_person_opens_is_made_up(version: Version, cast: Cast) -> None:
    assert not rounds.open_round(**facts(version, cast.administrator)).is_demonstration
    cast.administrator.is_demonstration = True
    again = facts(version, cast.administrator, slug="again", name="Again")
    assert rounds.open_round(**again).is_demonstration


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_criteria_that_are_not_published_are_refused(version: Version, places: Places, status: str) -> None:
    unpublished = Version.objects.create(framework=version.framework, slug="other", title="Other", status=status)
    with pytest.raises(rounds.VersionNotPublished):
        rounds.open_round(**facts(unpublished))
    assert not Round.objects.exists()


def test_a_round_that_would_close_before_it_opens_is_refused(version: Version, places: Places) -> None:
    with pytest.raises(rounds.ClosesBeforeItOpens):
        rounds.open_round(**facts(version, closes_on=DAY - datetime.timedelta(days=1)))


def test_a_round_may_last_one_day(version: Version, places: Places) -> None:
    assert rounds.open_round(**facts(version, closes_on=DAY)).closes_on == DAY


@pytest.mark.parametrize("change", [{"slug": "another"}, {"name": "Another"}])
def test_a_name_or_an_address_in_use_is_refused(version: Version, places: Places, change: dict[str, Any]) -> None:
    rounds.open_round(**facts(version))
    with pytest.raises(rounds.NameTaken):
        rounds.open_round(**facts(version, **change))
    assert Round.objects.count() == 1


@pytest.mark.parametrize("slug", ["", "new"])
def test_a_round_cannot_take_the_address_of_a_page(version: Version, places: Places, slug: str) -> None:
    with pytest.raises(rounds.NameNotUsable):
        rounds.open_round(**facts(version, slug=slug))


def test_the_round_before_must_have_opened_before(version: Version, places: Places) -> None:
    later = rounds.open_round(**facts(version, slug="later", name="Later"))
    with pytest.raises(rounds.PreviousNotEarlier):
        rounds.open_round(**facts(version, previous=later))


def test_a_round_without_partnerships_is_refused_and_leaves_nothing(version: Version, places: Places) -> None:
    empty = Region.objects.create(slug="london", name="London", government_office="Office")
    with pytest.raises(rounds.NoPartnerships):
        rounds.open_round(**facts(version, regions=[empty]))
    assert not Round.objects.exists()


# The deadline


@pytest.mark.parametrize(
    ("closes_on", "last_second"),
    [
        # Winter time is UTC; summer time is one hour ahead, so the day ends an hour earlier in UTC.
        (datetime.date(2027, 3, 27), datetime.datetime(2027, 3, 27, 23, 59, 59, tzinfo=UTC)),
        # The clocks go forward on 28 March 2027 and back on 31 October 2027.
        (datetime.date(2027, 3, 28), datetime.datetime(2027, 3, 28, 22, 59, 59, tzinfo=UTC)),
        (datetime.date(2027, 10, 30), datetime.datetime(2027, 10, 30, 22, 59, 59, tzinfo=UTC)),
        (datetime.date(2027, 10, 31), datetime.datetime(2027, 10, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_round_closes_at_the_last_second_of_the_day_in_london(
    version: Version, places: Places, closes_on: datetime.date, last_second: datetime.datetime
) -> None:
    round_ = rounds.open_round(**facts(version, closes_on=closes_on))
    assessment = Assessment.objects.with_round().get(round=round_, partnership=places.derby)
    assert round_.closes_at == last_second
    assert assessment.is_open(last_second)
    assert not assessment.is_open(last_second + datetime.timedelta(seconds=1))


def test_a_round_opens_at_midnight_in_london(version: Version, places: Places) -> None:
    summer = datetime.date(2027, 7, 1)
    round_ = rounds.open_round(**facts(version, opens_on=summer, closes_on=summer))
    assessment = Assessment.objects.with_round().get(round=round_, partnership=places.derby)
    assert not assessment.is_open(datetime.datetime(2027, 6, 30, 22, 59, 59, tzinfo=UTC))
    assert assessment.is_open(datetime.datetime(2027, 6, 30, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize("clocks_change", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_days_left_do_not_notice_a_change_of_the_clocks(clocks_change: datetime.date) -> None:
    day = datetime.timedelta(days=1)
    assert [days_left(clocks_change + day, clocks_change + n * day) for n in (-1, 0, 1, 2)] == [2, 1, 0, -1]


def test_the_deadline_moves_and_the_audit_trail_has_both_days(round_: Round, cast: Cast) -> None:
    before = round_.closes_on
    rounds.move_deadline(round_=round_, closes_on=in_days(60), by=cast.administrator)
    round_.refresh_from_db()
    assert round_.closes_on == in_days(60)
    event = Event.objects.about(round_).get()
    assert event.kind == "round.deadline_moved"
    assert event.before == {"closes_on": before.isoformat()}
    assert event.after == {"closes_on": in_days(60).isoformat()}


def test_the_same_deadline_again_is_no_event(round_: Round, cast: Cast) -> None:
    rounds.move_deadline(round_=round_, closes_on=round_.closes_on, by=cast.administrator)
    assert not Event.objects.about(round_).exists()


def test_a_deadline_may_be_today_but_not_yesterday(round_: Round) -> None:
    assert rounds.move_deadline(round_=round_, closes_on=in_days(0), by=None).closes_on == in_days(0)
    with pytest.raises(rounds.DeadlineInThePast):
        rounds.move_deadline(round_=round_, closes_on=in_days(-1), by=None)


def test_a_round_that_has_closed_is_not_opened_again(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(-1))
    with pytest.raises(rounds.RoundIsOver):
        rounds.move_deadline(round_=round_, closes_on=in_days(5), by=None)


def test_a_deadline_before_the_opening_day_is_refused(version: Version, places: Places) -> None:
    round_ = rounds.open_round(**facts(version, opens_on=in_days(10), closes_on=in_days(20)))
    with pytest.raises(rounds.ClosesBeforeItOpens):
        rounds.move_deadline(round_=round_, closes_on=in_days(9), by=None)


# The day for views


@pytest.mark.parametrize("days", [0, 45, 90])
def test_views_close_within_the_round(version: Version, places: Places, days: int) -> None:
    day = DAY + datetime.timedelta(days=days)
    round_ = rounds.open_round(**facts(version, views_close_on=day))
    assert round_.views_close_on == day
    told = Event.objects.about(round_).get().after or {}
    assert told["views_close_on"] == day.isoformat()


@pytest.mark.parametrize("days", [-1, 91])
def test_views_that_close_outside_the_round_are_refused(version: Version, places: Places, days: int) -> None:
    with pytest.raises(rounds.ViewsCloseOutside):
        rounds.open_round(**facts(version, views_close_on=DAY + datetime.timedelta(days=days)))
    assert not Round.objects.exists()


def test_a_round_cannot_close_before_its_views(version: Version, places: Places) -> None:
    dates: dict[str, Any] = {"opens_on": in_days(0), "views_close_on": in_days(10), "closes_on": in_days(20)}
    round_ = rounds.open_round(**facts(version, **dates))
    with pytest.raises(rounds.ClosesBeforeViews, match=f"{in_days(10).day} .* Change that day first"):
        rounds.move_deadline(round_=round_, closes_on=in_days(9), by=None)
    assert rounds.move_deadline(round_=round_, closes_on=in_days(10), by=None).closes_on == in_days(10)


@pytest.fixture
def with_day(version: Version, places: Places) -> Round:
    """Return a round that closes in 20 days, its views in 10."""
    dates: dict[str, Any] = {"opens_on": in_days(0), "views_close_on": in_days(10), "closes_on": in_days(20)}
    return rounds.open_round(**facts(version, **dates))


@pytest.mark.parametrize("days", [0, 5, 20])
def test_the_day_for_views_moves_and_the_trail_has_both_days(with_day: Round, cast: Cast, days: int) -> None:
    rounds.move_views_day(round_=with_day, views_close_on=in_days(days), by=cast.administrator)
    with_day.refresh_from_db()
    assert with_day.views_close_on == in_days(days)
    event = Event.objects.about(with_day).get(kind="round.views_day_moved")
    assert (event.before, event.after) == (
        {"views_close_on": in_days(10).isoformat()},
        {"views_close_on": in_days(days).isoformat()},
    )


def test_the_same_day_for_views_again_is_no_event(with_day: Round) -> None:
    rounds.move_views_day(round_=with_day, views_close_on=in_days(10), by=None)
    assert not Event.objects.filter(kind="round.views_day_moved").exists()


@pytest.mark.parametrize("days", [-1, 21])
def test_a_day_for_views_that_is_over_or_after_the_round_is_refused(with_day: Round, days: int) -> None:
    with pytest.raises(rounds.ViewsDayOutside):
        rounds.move_views_day(round_=with_day, views_close_on=in_days(days), by=None)


def test_a_day_for_views_before_the_round_opens_is_refused(version: Version, places: Places) -> None:
    round_ = rounds.open_round(**facts(version, opens_on=in_days(5), closes_on=in_days(20)))
    with pytest.raises(rounds.ViewsDayOutside):
        rounds.move_views_day(round_=round_, views_close_on=in_days(4), by=None)
    assert rounds.move_views_day(round_=round_, views_close_on=in_days(5), by=None).views_close_on == in_days(5)


def test_views_that_their_day_has_shown_are_not_hidden_again(with_day: Round) -> None:
    """Whoever read the round before midnight is judged by the row as it is under the lock."""
    Round.objects.filter(pk=with_day.pk).update(opens_on=in_days(-9), views_close_on=in_days(-1))
    with pytest.raises(rounds.ViewsAreClosed):
        rounds.move_views_day(round_=with_day, views_close_on=in_days(10), by=None)
    Round.objects.filter(pk=with_day.pk).update(views_close_on=None, closes_on=in_days(-1))
    with pytest.raises(rounds.ViewsAreClosed):
        rounds.move_views_day(round_=with_day, views_close_on=in_days(0), by=None)


def test_views_that_a_coordinator_revealed_stay_revealed_whatever_the_day(with_day: Round, places: Places) -> None:
    mine = with_day.assessments.filter(partnership=places.derby)
    mine.update(views_revealed_at=timezone.now())
    rounds.move_views_day(round_=with_day, views_close_on=in_days(20), by=None)
    assert Assessment.objects.with_round().get(pk__in=mine).views_are_revealed(timezone.now())


# Extensions


def extend(round_: Round, partnership: Partnership, days: int, by: User | None = None) -> Extension:
    return rounds.extend(
        round_=round_, partnership=partnership, until=in_days(days), reason="Flood at the council", by=by
    )


def test_an_extension_opens_one_partnership_and_no_other(round_: Round, places: Places, cast: Cast) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(-1))
    extend(round_, places.amber_valley, 5, cast.administrator)
    found = {a.partnership: a for a in Assessment.objects.with_round().filter(round=round_)}
    noon = datetime.datetime.combine(in_days(0), datetime.time(12), tzinfo=LONDON)
    assert found[places.amber_valley].is_open(noon)
    assert not found[places.derby].is_open(noon)
    answering.rate(found[places.amber_valley], "LEAD.1", cast.officer, level="some_success", arrived_at=noon)
    with pytest.raises(services.DeadlinePassed):
        answering.rate(found[places.derby], "LEAD.1", cast.neighbour, level="some_success", arrived_at=noon)


def test_an_extension_ends_at_the_last_second_of_its_day(round_: Round, places: Places) -> None:
    given = extend(round_, places.amber_valley, 40)
    closes_at = Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley).closes_at
    assert closes_at == datetime.datetime.combine(given.until, datetime.time(23, 59, 59), tzinfo=LONDON)


def test_an_extension_can_be_changed_and_each_change_is_told(round_: Round, places: Places, cast: Cast) -> None:
    extend(round_, places.amber_valley, 40, cast.administrator)
    extend(round_, places.amber_valley, 50, cast.administrator)
    assert Extension.objects.get().until == in_days(50)
    first, second = Event.objects.about(round_)
    assert (first.kind, first.partnership, first.before) == ("round.extended", "amber-valley", None)
    assert second.before == {"until": in_days(40).isoformat(), "reason": "Flood at the council"}
    assert second.after == {"until": in_days(50).isoformat(), "reason": "Flood at the council"}


@pytest.mark.parametrize("days", [29, 30])
def test_an_extension_must_end_after_the_round(round_: Round, places: Places, days: int) -> None:
    with pytest.raises(rounds.NotLater):
        extend(round_, places.amber_valley, days)
    assert not Extension.objects.exists()


def test_an_extension_that_is_over_before_it_begins_is_refused(round_: Round, places: Places) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(-9))
    with pytest.raises(rounds.ExtensionInThePast):
        extend(round_, places.amber_valley, -1)


def test_a_partnership_outside_the_round_gets_no_extension(version: Version, places: Places) -> None:
    pilot = rounds.open_round(**facts(version, regions=[places.south_west]))
    with pytest.raises(rounds.NotInTheRound):
        rounds.extend(round_=pilot, partnership=places.derby, until=datetime.date(2028, 1, 1), reason="-", by=None)


def test_a_partnership_that_has_submitted_needs_no_extension(
    assessment: Assessment, places: Places, cast: Cast
) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    with pytest.raises(rounds.AlreadySent):
        extend(assessment.round, places.amber_valley, 40)


def test_a_later_deadline_for_all_is_not_cut_by_an_extension(round_: Round, places: Places) -> None:
    extend(round_, places.amber_valley, 40)
    rounds.move_deadline(round_=round_, closes_on=in_days(60), by=None)
    assert Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley).closes_on == in_days(60)


# Late comers


def test_a_partnership_that_was_left_out_can_be_added_once(version: Version, places: Places, cast: Cast) -> None:
    pilot = rounds.open_round(**facts(version, regions=[places.south_west]))
    added = rounds.add_partnership(round_=pilot, partnership=places.derby, by=cast.administrator)
    assert (added.partnership, added.status) == (places.derby, "draft")
    assert Event.objects.about(pilot).last().kind == "round.partnership_added"  # type: ignore[union-attr]
    with pytest.raises(rounds.AlreadyInTheRound):
        rounds.add_partnership(round_=pilot, partnership=places.derby, by=cast.administrator)


# States


@pytest.mark.parametrize(
    ("is_submitted", "is_begun", "days", "state"),
    [
        (False, False, 3, State.NOT_STARTED),
        (False, True, 0, State.IN_PROGRESS),
        (False, True, -1, State.NOT_SUBMITTED),
        (False, False, -1, State.NOT_SUBMITTED),
        (True, True, 3, State.SUBMITTED),
        (True, True, -1, State.SUBMITTED),
    ],
)
def test_the_state_of_a_partnership(is_submitted: bool, is_begun: bool, days: int, state: State) -> None:
    assert state_of(is_submitted=is_submitted, is_begun=is_begun, days_left=days) is state


def test_while_a_round_runs_nobody_is_called_late() -> None:
    tally = tally_of([State.SUBMITTED, State.SUBMITTED, State.IN_PROGRESS])
    assert tally.counts(is_over=False) == (
        Count(State.NOT_STARTED, 0),
        Count(State.IN_PROGRESS, 1),
        Count(State.SUBMITTED, 2),
    )


def test_after_a_round_only_those_with_an_extension_are_called_at_work() -> None:
    late = tally_of([State.SUBMITTED, State.NOT_SUBMITTED])
    assert late.counts(is_over=True) == (Count(State.NOT_SUBMITTED, 1), Count(State.SUBMITTED, 1))
    both = together([late, tally_of([State.NOT_STARTED])])
    assert [(count.state, count.number) for count in both.counts(is_over=True)] == [
        (State.NOT_STARTED, 1),
        (State.NOT_SUBMITTED, 1),
        (State.SUBMITTED, 1),
    ]
    assert (both.total, tally_of([]).counts(is_over=True)[0].number) == (3, 0)
