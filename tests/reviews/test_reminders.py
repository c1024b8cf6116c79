"""Who is reminded of what, once a day, and the mail that says so."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.models import Membership, RegionalPost, Role, User
from assessments.models import Extension, Round
from assessments.round_progress import State
from audit.models import Event
from outbox.models import Message
from partnerships.models import Agency, AgencyKind, Partnership
from reviews.reminder_queries import Reminders, reminders_of
from reviews.reminders import (
    Kind,
    Last,
    Person,
    Place,
    Plan,
    Remedy,
    Reminder,
    Standing,
    batches,
    last_reminded,
    remedy_of,
)
from reviews.services.reminding import remind, send_again
from tests.assessments.at_once import all_at_once
from tests.people import Cast, Places
from tests.reviews.waiting import asked, closed, in_days, of, returned, sent

Status = Message.Status


def post_of(user: User) -> RegionalPost:
    return RegionalPost.objects.select_related("user", "region").get(user=user)


def press(
    round_: Round, places: Places, by: User, kind: Kind = Kind.SUBMIT, now: datetime.datetime | None = None
) -> int:
    return remind(region=places.east_midlands, round_=round_, kind=kind, by=post_of(by), now=now or timezone.now())


def known(round_: Round, places: Places, now: datetime.datetime | None = None) -> Reminders:
    return reminders_of(places.east_midlands, round_, now or timezone.now())


def owing(round_: Round, places: Places, kind: Kind = Kind.SUBMIT) -> list[str]:
    return [place.slug for place in known(round_, places).plan(kind).places]


# Who


def test_whoever_has_not_submitted_and_still_can_is_reminded(round_: Round, places: Places, cast: Cast) -> None:
    assert owing(round_, places) == ["amber-valley", "derby"]
    submission = sent(of(round_, places.amber_valley), cast.coordinator)
    assert owing(round_, places) == ["derby"]
    returned(submission, cast.reviewer)
    assert owing(round_, places) == ["amber-valley", "derby"]
    Round.objects.update(closes_on=in_days(-1))
    assert owing(Round.objects.get(), places) == []
    Extension.objects.create(round=round_, partnership=places.derby, until=in_days(2), reason="Flood")
    assert owing(Round.objects.get(), places) == ["derby"]


def test_before_the_round_nobody_is_reminded(round_: Round, places: Places, cast: Cast) -> None:
    Round.objects.update(opens_on=in_days(1))
    assert owing(Round.objects.get(), places) == []


def test_whoever_has_questions_is_reminded_of_them_until_the_review_is_closed(
    round_: Round, places: Places, cast: Cast
) -> None:
    submission = sent(of(round_, places.amber_valley), cast.coordinator)
    assert owing(round_, places, Kind.REPLY) == []
    asked(submission, cast.reviewer, 2)
    (place,) = known(round_, places).plan(Kind.REPLY).places
    assert (place.slug, place.questions) == ("amber-valley", 2)
    closed(submission, cast.reviewer)
    assert owing(round_, places, Kind.REPLY) == []


def test_coordinators_who_can_sign_in_are_written_to_and_nobody_else(round_: Round, places: Places, cast: Cast) -> None:
    assert press(round_, places, cast.reviewer) == 2
    assert set(Message.objects.values_list("to", flat=True)) == {cast.coordinator.email, cast.neighbour.email}


@pytest.mark.parametrize("how", ["ended", "not active", "officer"])
def test_a_partnership_without_coordinator_has_nobody_to_write_to(
    round_: Round, places: Places, cast: Cast, how: str
) -> None:
    seat = Membership.objects.filter(user=cast.neighbour)
    if how == "ended":
        seat.update(ended_at=timezone.now())
    elif how == "officer":
        seat.update(role=Role.OFFICER)
    else:
        User.objects.filter(pk=cast.neighbour.pk).update(is_active=False)
    plan = known(round_, places).plan(Kind.SUBMIT)
    assert [place.slug for place in plan.unreachable] == ["derby"]
    assert [place.slug for place in plan.reached] == ["amber-valley"]
    assert press(round_, places, cast.reviewer) == 1


# The mail


def test_the_mail_names_the_partnership_the_day_and_the_place(round_: Round, places: Places, cast: Cast) -> None:
    Extension.objects.create(
        round=round_, partnership=places.amber_valley, until=datetime.date(2099, 4, 3), reason="Flood"
    )
    Partnership.objects.filter(pk=places.amber_valley.pk).update(name="Amber & Valley")
    press(round_, places, cast.reviewer)
    message = Message.objects.get(to=cast.coordinator.email)
    assert message.subject == "Reminder: submit 2027 self-assessment for Amber & Valley"
    assert message.partnership == "amber-valley"
    for words in (
        "The Government Office for the East Midlands reminds you to submit the 2027 self-assessment:",
        "Amber & Valley closes at the end of 3 April 2099.\nhttp://127.0.0.1:8000/assessments/2027/amber-valley/\n",
        "there is nothing to do",
    ):
        assert words in message.body
    assert "&amp;" not in message.body


def test_what_was_sent_back_is_told(round_: Round, places: Places, cast: Cast) -> None:
    returned(sent(of(round_, places.amber_valley), cast.coordinator), cast.reviewer)
    press(round_, places, cast.reviewer)
    bodies = dict(Message.objects.values_list("partnership", "body"))
    assert "It was returned to you, to change and submit again." in bodies["amber-valley"]
    assert "returned" not in bodies["derby"]


def test_the_mail_about_questions_says_how_many_and_not_which(round_: Round, places: Places, cast: Cast) -> None:
    asked(sent(of(round_, places.amber_valley), cast.coordinator), cast.reviewer, 2)
    assert press(round_, places, cast.reviewer, Kind.REPLY) == 1
    message = Message.objects.get()
    assert "Amber Valley has 2 open questions." in message.body
    assert "Why 0?" not in message.body


def test_one_who_coordinates_two_gets_one_mail_about_both(round_: Round, places: Places, cast: Cast) -> None:
    kind = AgencyKind.objects.get(code="police")
    agency = Agency.objects.create(partnership=places.amber_valley, kind=kind, name="Fire")
    Membership.objects.create(user=cast.neighbour, agency=agency, role=Role.COORDINATOR)
    assert press(round_, places, cast.reviewer) == 2
    message = Message.objects.get(to=cast.neighbour.email)
    assert (message.partnership, message.subject.endswith("for Amber Valley and Derby")) == ("", True)
    assert message.body.count("closes at the end of") == 2


def test_two_seats_in_one_partnership_are_one_mail(round_: Round, places: Places, cast: Cast) -> None:
    agency = places.amber_valley.agencies.get(name="Police force")
    Membership.objects.create(user=cast.coordinator, agency=agency, role=Role.COORDINATOR)
    assert press(round_, places, cast.reviewer) == 2


# Once


def test_pressed_twice_nobody_is_written_to_twice(round_: Round, places: Places, cast: Cast) -> None:
    assert press(round_, places, cast.reviewer) == 2
    assert press(round_, places, cast.reviewer) == 0
    assert Message.objects.count() == 2
    assert Event.objects.filter(kind="reminders.written").count() == 1
    plan = known(round_, places).plan(Kind.SUBMIT)
    assert (plan.letters, plan.reached, plan.unreachable) == ([], [], [])


def test_the_next_day_and_the_other_kind_are_mails_of_their_own(round_: Round, places: Places, cast: Cast) -> None:
    asked(sent(of(round_, places.amber_valley), cast.coordinator), cast.reviewer)
    assert press(round_, places, cast.reviewer) == 1
    assert press(round_, places, cast.reviewer, Kind.REPLY) == 1
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    assert press(round_, places, cast.reviewer, now=tomorrow) == 1


def test_another_regions_office_writes_its_own(round_: Round, places: Places, cast: Cast) -> None:
    press(round_, places, cast.reviewer)
    far = reminders_of(places.south_west, round_, timezone.now())
    assert (far.written, [place.slug for place in far.plan(Kind.SUBMIT).places]) == ((), ["exeter"])


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_write_to_nobody_twice(round_: Round, places: Places, cast: Cast) -> None:
    found: list[int] = []
    now = timezone.now()
    assert all_at_once(*[lambda: found.append(press(round_, places, cast.reviewer, now=now))] * 3) == []
    assert sum(found) == 2
    assert Message.objects.count() == 2


def test_the_mails_and_the_record_stand_or_fall_together(
    round_: Round, places: Places, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("reviews.services.reminding.record", broken)
    with pytest.raises(RuntimeError):
        press(round_, places, cast.reviewer)
    assert not Message.objects.exists()


def test_the_record_says_who_reminded_whom_without_addresses(round_: Round, places: Places, cast: Cast) -> None:
    press(round_, places, cast.reviewer)
    event = Event.objects.get(kind="reminders.written")
    assert (event.actor_id, event.target_id) == (cast.reviewer.pk, str(round_.pk))
    assert event.actor_role == "Reviewer, Government Office for the East Midlands"
    told = {"region": "east-midlands", "of": "submit", "partnerships": ["amber-valley", "derby"], "mails": 2}
    assert event.after == told


# What became of them, and trying again


def failed(round_: Round, places: Places, by: User) -> Message:
    press(round_, places, by)
    Message.objects.filter(partnership="derby").update(status=Status.FAILED, attempts=5, error="No such user")
    return Message.objects.get(partnership="derby")


def try_again(round_: Round, places: Places, by: User, *messages: Message, days: int = 0) -> int:
    return send_again(
        region=places.east_midlands,
        round_=round_,
        messages={message.pk for message in messages},
        by=post_of(by),
        now=timezone.now() + datetime.timedelta(days=days),
    )


def test_how_far_each_is(round_: Round, places: Places, cast: Cast) -> None:
    message = failed(round_, places, cast.reviewer)
    found = {each.name: each for each in known(round_, places).written}
    assert (found["Amber Valley"].standing, found["Derby"].standing) == (Standing.WAITING, Standing.FAILED)
    (trouble,) = known(round_, places).troubles
    assert (trouble.name, trouble.error, trouble.may_retry) == ("Derby", "No such user", True)
    Message.objects.filter(pk=message.pk).update(status=Status.SENDING, next_attempt_at=timezone.now())
    (trouble,) = known(round_, places).troubles
    assert (trouble.standing, trouble.may_retry) == (Standing.UNCERTAIN, False)


def test_what_failed_today_can_be_tried_again_once(round_: Round, places: Places, cast: Cast) -> None:
    message = failed(round_, places, cast.reviewer)
    assert try_again(round_, places, cast.reviewer, message) == 1
    assert try_again(round_, places, cast.reviewer, message) == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.WAITING, 0)
    event = Event.objects.get(kind="reminders.tried_again")
    assert event.after == {"region": "east-midlands", "mails": 1, "partnerships": ["derby"]}


def test_what_failed_is_not_tried_again_once_it_no_longer_holds(round_: Round, places: Places, cast: Cast) -> None:
    message = failed(round_, places, cast.reviewer)
    sent(of(round_, places.derby), cast.neighbour)
    assert try_again(round_, places, cast.reviewer, message) == 0


def test_what_failed_on_an_earlier_day_gives_way_to_a_new_one(round_: Round, places: Places, cast: Cast) -> None:
    message = failed(round_, places, cast.reviewer)
    assert try_again(round_, places, cast.reviewer, message, days=1) == 0


def test_mail_of_another_region_or_round_is_not_touched(round_: Round, places: Places, cast: Cast) -> None:
    message = failed(round_, places, cast.reviewer)
    Message.objects.filter(pk=message.pk).update(about="reminders/south-west/2027/submit")
    assert try_again(round_, places, cast.reviewer, message) == 0
    message.refresh_from_db()
    assert message.status == Status.FAILED


# Sums


AT = datetime.datetime(2027, 3, 19, 23, 30, tzinfo=datetime.UTC)


def reminder(pk: int = 1, **changes: object) -> Reminder:
    plain = Reminder(pk, f"k{pk}", Kind.SUBMIT, "derby", "Derby", AT, Standing.SENT, "", AT)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_batches_are_by_day_in_london_and_kind() -> None:
    summer = datetime.datetime(2027, 6, 30, 23, 30, tzinfo=datetime.UTC)
    found = batches(
        [
            reminder(1),
            reminder(2, standing=Standing.FAILED),
            reminder(3, kind=Kind.REPLY),
            reminder(4, written_at=summer),
        ]
    )
    assert [(batch.day, batch.kind, batch.total) for batch in found] == [
        (datetime.date(2027, 7, 1), Kind.SUBMIT, 1),
        (datetime.date(2027, 3, 19), Kind.SUBMIT, 2),
        (datetime.date(2027, 3, 19), Kind.REPLY, 1),
    ]
    assert [number for _standing, number in found[1].cells] == [0, 1, 1, 0]


def test_the_last_reminder_is_of_its_kind() -> None:
    later = AT + datetime.timedelta(days=3)
    mine = [reminder(2, written_at=later), reminder(1), reminder(3, kind=Kind.REPLY, partnership="exeter")]
    assert last_reminded(mine, Kind.SUBMIT) == {"derby": Last(later, Standing.SENT)}


def test_one_mail_that_arrived_is_enough_for_its_day() -> None:
    one, two = AT, AT + datetime.timedelta(minutes=5)
    arrived = [reminder(1, written_at=one), reminder(2, written_at=two, standing=Standing.FAILED)]
    assert last_reminded(arrived, Kind.SUBMIT)["derby"] == Last(one, Standing.SENT)
    later = AT + datetime.timedelta(days=2)
    failed = [*arrived, reminder(3, written_at=later, standing=Standing.FAILED)]
    assert last_reminded(failed, Kind.SUBMIT)["derby"] == Last(later, Standing.FAILED)


@pytest.mark.parametrize(
    ("changes", "days_ago", "is_owed", "remedy"),
    [
        ({"standing": Standing.FAILED}, 0, True, Remedy.RETRY),
        ({"standing": Standing.FAILED, "partnership": ""}, 0, True, Remedy.REMIND_TOMORROW),
        ({"standing": Standing.FAILED}, 3, True, Remedy.REMIND),
        ({"standing": Standing.FAILED}, 3, False, Remedy.NOTHING_OWED),
        ({"standing": Standing.UNCERTAIN}, 0, True, Remedy.ASK),
        ({"standing": Standing.UNCERTAIN}, 3, True, Remedy.REMIND),
        ({"standing": Standing.WAITING}, 0, True, Remedy.WAIT),
    ],
)
def test_each_trouble_has_its_remedy(changes: dict[str, object], days_ago: int, is_owed: bool, remedy: Remedy) -> None:
    mine = reminder(1, **changes)
    today = mine.day + datetime.timedelta(days=days_ago)
    other = reminder(2, written_at=AT + datetime.timedelta(days=1), kind=Kind.REPLY)
    assert remedy_of(mine, [mine, other], today, is_owed=is_owed) is remedy


def test_a_later_mail_that_arrived_takes_its_place() -> None:
    mine, later = reminder(1, standing=Standing.FAILED), AT + datetime.timedelta(days=1)
    today = timezone.localdate(later)
    assert remedy_of(mine, [mine, reminder(2, written_at=later)], today, is_owed=True) is Remedy.REPLACED
    failed = reminder(2, written_at=later, standing=Standing.FAILED)
    assert remedy_of(mine, [mine, failed], today, is_owed=True) is Remedy.REMIND


def test_letters_are_one_a_person_in_one_order() -> None:
    day = datetime.date(2027, 3, 31)

    def place(name: str, *people: Person) -> Place:
        return Place(name, name, State.IN_PROGRESS, day, 5, 0, people)

    ann, bob, cat = Person(9, "a@x.test", False), Person(2, "b@x.test", False), Person(5, "c@x.test", True)
    plan = Plan(Kind.SUBMIT, (place("y", ann, bob), place("z", ann, cat), place("w", cat), place("v")))
    letters = [(letter.person, [place.name for place in letter.places]) for letter in plan.letters]
    assert letters == [(bob, ["y"]), (ann, ["y", "z"])]
    assert [place.name for place in plan.reached] == ["y", "z"]
    assert [place.name for place in plan.unreachable] == ["v"]
