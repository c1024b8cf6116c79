"""The calendar link: shown once, good for one member's time, and quiet about everything but days."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Membership, User
from accounts.throttle import Limit
from sharing.views import calendars
from tests.counting import counted
from tests.people import Cast, Places
from tests.sharing.making import plan_step

pytestmark = pytest.mark.usefixtures("reference", "places")
SignIn = Callable[[User | None], Client]


def page_url() -> str:
    return reverse("sharing:calendar", args=["amber-valley", timezone.localdate().year])


def make_link(client: Client) -> str:
    page = client.post(page_url(), {"then": "make"}, follow=True).content.decode()
    found = re.search(r"https?://[^\s<]+\.ics", page)
    assert found
    return found[0]


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def subscribe(link: str, **extra: str) -> tuple[int, str]:
    answer = Client().get(path_of(link), **extra)  # type: ignore[arg-type]
    return answer.status_code, answer.content.decode()


def test_a_member_subscribes_and_the_calendar_follows_the_plan(
    sign_in: SignIn, places: Places, cast: Cast, settings: Settings
) -> None:
    settings.SITE_URL = "https://portal.test"
    link = make_link(sign_in(cast.viewer))
    assert link.startswith("https://portal.test/calendar/")
    police = places.amber_valley.agencies.get(name="Police force")
    line = plan_step(places, cast.officer, owner=police, note="Between ourselves")
    plan_step(places, cast.officer, 2, due_on=None, note="No day")
    answer = Client().get(path_of(link))
    file = answer.content.replace(b"\r\n ", b"").decode()
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert file.count("BEGIN:VEVENT") == 1
    assert f"UID:plan-amber-valley-{line.year}-1@partnership-self-assessment\r\n" in file
    assert f"DTSTART;VALUE=DATE:{line.due_on:%Y%m%d}\r\n" in file
    assert "SUMMARY:Due: Put leaders in place (Amber Valley)\r\n" in file
    assert "Owner: Police force" in file
    assert "Between ourselves" not in file
    plan_step(places, cast.officer, done_on=timezone.localdate(), revision=1)
    later = subscribe(link)[1]
    assert "SUMMARY:Done: Put leaders in place" in later
    assert f"DTSTART;VALUE=DATE:{timezone.localdate():%Y%m%d}" in later


def test_loading_the_page_again_keeps_the_link(sign_in: SignIn, cast: Cast) -> None:
    member = sign_in(cast.viewer)
    assert member.post(page_url(), {"then": "make"}).headers["Location"] == page_url()
    shown, again = (member.get(page_url()).content.decode() for _load in range(2))
    found = re.search(r"https?://[^\s<]+\.ics", shown)
    assert found
    assert found[0] not in again
    assert subscribe(found[0])[0] == 200


def test_a_calendar_that_did_not_change_is_not_sent_again(sign_in: SignIn, places: Places, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    etag = Client().get(path_of(link)).headers["ETag"]
    assert Client().get(path_of(link), headers={"If-None-Match": etag}).status_code == 304
    plan_step(places, cast.officer)
    assert Client().get(path_of(link), headers={"If-None-Match": etag}).status_code == 200


def test_a_made_up_plan_says_so_in_the_calendar(sign_in: SignIn, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    assert "Demonstration data" not in subscribe(link)[1]
    User.objects.filter(pk=cast.viewer.pk).update(is_demonstration=True)
    assert "(Demonstration data)" in subscribe(link)[1].replace("\r\n ", "")


def test_the_link_is_shown_once(sign_in: SignIn, cast: Cast) -> None:
    member = sign_in(cast.viewer)
    token = make_link(member).rpartition("/")[2]
    later = member.get(page_url()).content.decode()
    assert token.removesuffix(".ics") not in later
    assert "You made a link on" in later


def test_a_new_link_ends_the_old_and_withdrawing_ends_both(sign_in: SignIn, cast: Cast) -> None:
    member = sign_in(cast.viewer)
    old = make_link(member)
    new = make_link(member)
    assert (subscribe(old)[0], subscribe(new)[0]) == (404, 200)
    member.post(page_url(), {"then": "withdraw"})
    assert subscribe(new)[0] == 404


def test_the_link_ends_with_the_membership(sign_in: SignIn, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    Membership.objects.filter(user=cast.viewer).update(ended_at=timezone.now())
    assert subscribe(link)[0] == 404


def test_a_person_who_may_not_sign_in_has_no_calendar_either(sign_in: SignIn, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
    assert subscribe(link)[0] == 404


def test_a_neighbours_link_shows_the_neighbours_plan_only(sign_in: SignIn, places: Places, cast: Cast) -> None:
    plan_step(places, cast.officer)
    neighbour = sign_in(cast.neighbour)
    page = reverse("sharing:calendar", args=["derby", timezone.localdate().year])
    found = re.search(r"https?://[^\s<]+\.ics", neighbour.post(page, {"then": "make"}, follow=True).content.decode())
    assert found
    assert "BEGIN:VEVENT" not in subscribe(found[0])[1]


def test_a_link_answers_reads_only(sign_in: SignIn, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    assert Client().post(path_of(link)).status_code == 405
    assert Client().head(path_of(link)).status_code == 200


def test_whoever_tries_links_is_slowed_down_and_others_are_not(
    sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = make_link(sign_in(cast.viewer))
    limit = Limit("calendar", 3, 900)
    monkeypatch.setattr(calendars, "WRONG_LINKS", limit)
    tried = [subscribe(f"https://portal.test/calendar/{n}.ics", REMOTE_ADDR="192.0.2.1")[0] for n in range(5)]
    assert tried == [404, 404, 404, 429, 429]
    assert subscribe(link, REMOTE_ADDR="192.0.2.1")[0] == 429
    assert subscribe(link, REMOTE_ADDR="192.0.2.2")[0] == 200


def test_an_old_link_that_a_program_keeps_asking_for_counts_once(
    sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = make_link(sign_in(cast.viewer))
    monkeypatch.setattr(calendars, "WRONG_LINKS", Limit("calendar", 3, 900))
    for _poll in range(6):
        assert subscribe("https://portal.test/calendar/withdrawn.ics")[0] == 404
    assert subscribe(link)[0] == 200


def test_a_calendar_asks_little_however_much_is_planned(sign_in: SignIn, places: Places, cast: Cast) -> None:
    link = make_link(sign_in(cast.viewer))
    plan_step(places, cast.officer)
    with counted() as few:
        subscribe(link)
    plan_step(places, cast.officer, 2)
    with counted() as many:
        subscribe(link)
    assert few.number == many.number <= 10, many.queries
