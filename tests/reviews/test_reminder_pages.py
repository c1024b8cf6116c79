"""The page of a region's reminders: who would get one, what became of earlier ones, and who may send."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Membership, RegionalPost, User
from assessments.models import Round
from outbox.models import Message
from tests.people import Cast, Places
from tests.reviews.waiting import asked, in_days, of, sent

SignIn = Callable[[User | None], Client]
URL = "/regions/east-midlands/2027/reminders/"
Status = Message.Status


@pytest.fixture
def reviewer(round_: Round, cast: Cast, sign_in: SignIn, settings: Settings) -> Client:
    settings.EMAIL_HOST = "mail.portal.test"
    return sign_in(cast.reviewer)


def page(client: Client) -> str:
    answer = client.get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, kind: str = "submit") -> str:
    return client.post(URL, {"kind": kind}, follow=True).content.decode()


# Who


def test_only_the_regions_office_and_administrators_find_it(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    found = {who: sign_in(user).get(URL).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "reviewer": 200, "administrator": 200}


def test_only_reviewers_of_the_region_send(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    found = {who: sign_in(user).post(URL, {"kind": "submit"}).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 401, "reviewer": 302, "administrator": 403}
    assert Message.objects.count() == 2


def test_who_only_reads_sees_the_page_without_buttons(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(can_review=False)
    for person in (cast.reviewer, cast.administrator):
        client = sign_in(person)
        assert "<button" not in page(client).split("<main")[1].split("</main")[0]
        assert "Only reviewers of this Government Office send reminders" in page(client)
        assert client.post(URL, {"kind": "submit"}).status_code == 403
    assert not Message.objects.exists()


def test_one_who_reviews_elsewhere_cannot_send_here(round_: Round, cast: Cast, places: Places, sign_in: SignIn) -> None:
    client = sign_in(cast.reviewer_elsewhere)
    assert client.post(URL, {"kind": "submit"}).status_code == 404
    assert client.post("/regions/south-west/2027/reminders/", {"kind": "submit"}).status_code == 302
    assert not Message.objects.filter(about__contains="east-midlands").exists()


def test_a_post_that_reviews_counts_in_its_own_region_only(
    round_: Round, cast: Cast, places: Places, sign_in: SignIn
) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(can_review=False)
    RegionalPost.objects.create(user=cast.reviewer, region=places.south_west)
    assert sign_in(cast.reviewer).post(URL, {"kind": "submit"}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", ["/regions/atlantis/2027/reminders/", "/regions/east-midlands/1999/reminders/"])
def test_an_unknown_region_or_round_is_not_found(reviewer: Client, address: str) -> None:
    assert reviewer.get(address).status_code == 404
    assert reviewer.post(address, {"kind": "submit"}).status_code == 404


# What it says before


def test_it_lists_who_gets_one_and_the_mail(reviewer: Client, places: Places, cast: Cast) -> None:
    Membership.objects.filter(user=cast.neighbour).update(ended_at=timezone.now())
    told = page(reviewer)
    for words in (
        "2 partnerships have not submitted and still can.",
        "Remind 1 partnership</button>",
        "Nobody to write to: 1 partnership</h3>",
        "1 coordinator<",
        "30 days",
        "Reminder: submit 2027 self-assessment for Amber Valley",
        "/assessments/2027/amber-valley/",
        "No partnership owes you a reply.",
        "None yet.",
    ):
        assert words in told
    assert cast.coordinator.email not in told
    assert "no mail server" not in told


def test_without_a_mail_server_it_says_that_reminders_wait(reviewer: Client, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert "The portal has no mail server yet" in page(reviewer)
    assert "2 mails are on their way once there is a mail server" in press(reviewer)


def test_where_nobody_is_left_it_says_so(reviewer: Client) -> None:
    Round.objects.update(closes_on=in_days(-1))
    assert "Nobody can be reminded" in page(reviewer)


# Sending


def test_pressing_writes_the_mails_and_pressing_again_says_why_not(reviewer: Client) -> None:
    told = press(reviewer)
    assert "2 mails are on their way" in told
    assert "Everybody who can be written to was reminded today." in told
    assert "Remind 2" not in told
    assert "nobody was written to" in press(reviewer)
    assert Message.objects.count() == 2


def test_questions_have_their_own_button(reviewer: Client, round_: Round, places: Places, cast: Cast) -> None:
    asked(sent(of(round_, places.amber_valley), cast.coordinator), cast.reviewer, 3)
    assert "1 partnership has questions to answer." in page(reviewer)
    assert "1 mail is on its way" in press(reviewer, "reply")
    assert Message.objects.get().about == "reminders/east-midlands/2027/reply"


@pytest.mark.parametrize(
    "sent_in",
    [{}, {"kind": "everything"}, {"kind": "\0"}, {"again": "x"}, {"again": "-1"}, {"again": "9" * 40}, {"again": "7"}],
)
def test_what_no_button_sends_writes_nothing(reviewer: Client, sent_in: dict[str, str]) -> None:
    assert reviewer.post(URL, sent_in).status_code == 302
    assert not Message.objects.exists()


# Afterwards


def test_it_tells_what_became_of_them(reviewer: Client) -> None:
    press(reviewer)
    answer = reviewer.get(URL)
    (batch,) = answer.context["batches"]
    assert (batch.day, batch.total) == (timezone.localdate(), 2)
    assert "Something went wrong" not in answer.content.decode()
    Message.objects.filter(partnership="derby").update(status=Status.SENT, sent_at=timezone.now())
    Message.objects.filter(partnership="amber-valley").update(error="Busy", attempts=1)
    told = page(reviewer)
    assert "Busy" in told
    assert "It is tried again at" in told
    assert "Try again" not in told


def test_what_failed_says_why_and_can_be_tried_again(reviewer: Client) -> None:
    press(reviewer)
    Message.objects.update(status=Status.FAILED, error="The mail server refused <b>it</b>")
    told = page(reviewer)
    assert "Could not be sent" in told
    assert "refused &lt;b&gt;it" in told
    assert "Try all 2 again" in told
    numbers = list(Message.objects.values_list("pk", flat=True))
    told = reviewer.post(URL, {"again": numbers[0]}, follow=True).content.decode()
    assert "1 mail is on its way" in told
    assert "Try all" not in told
    told = reviewer.post(URL, {"again": numbers}, follow=True).content.decode()
    assert "1 mail is on its way" in told
    assert "Nothing was left to try again" in reviewer.post(URL, {"again": numbers}, follow=True).content.decode()


def test_one_that_may_have_gone_is_told_and_not_offered(reviewer: Client) -> None:
    press(reviewer)
    Message.objects.filter(partnership="derby").update(status=Status.SENDING, next_attempt_at=timezone.now())
    told = page(reviewer)
    assert "May have gone" in told
    assert "It is not sent again, so that nobody gets it twice." in told
    assert "Try again" not in told


def test_an_earlier_day_stays_on_the_page(reviewer: Client) -> None:
    press(reviewer)
    before = timezone.now() - datetime.timedelta(days=3)
    for message in Message.objects.all():
        key = message.key.replace(timezone.localdate().isoformat(), timezone.localdate(before).isoformat())
        Message.objects.filter(pk=message.pk).update(written_at=before, key=key)
    told = page(reviewer)
    assert told.count(f"{timezone.localdate(before).day} {timezone.localdate(before):%B %Y}") == 3
    assert "Remind 2 partnerships" in told


def test_what_did_not_arrive_is_marked_and_says_what_to_do(reviewer: Client) -> None:
    press(reviewer)
    Message.objects.update(status=Status.FAILED, error="Refused")
    told = page(reviewer)
    assert told.count('<span class="app-flag">Not delivered</span>') == 2
    assert told.count("Not today: try again above") == 2
    assert "Reminded today" not in told
    Message.objects.update(written_at=timezone.now() - datetime.timedelta(days=3))
    told = page(reviewer)
    assert told.count("Send a new reminder below.") == 2
    assert told.count('<span class="app-flag">Not delivered</span>') == 2
    Message.objects.update(status=Status.SENT, sent_at=timezone.now(), error="")
    assert "Not delivered" not in page(reviewer)


def test_the_regions_page_leads_here(reviewer: Client) -> None:
    assert URL in reviewer.get(reverse("reviews:region", args=["east-midlands", "2027"])).content.decode()
