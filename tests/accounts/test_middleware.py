"""Sessions end; pages ask for sign-in; what was being sent is not thrown away."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from tests.accounts.signing_in import enter, is_signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db

HOUR = 60 * 60


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose only hand the test moves."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    enter(client, "officer@portal.test")
    assert is_signed_in(client)
    return client


def test_a_session_ends_after_four_idle_hours(officer: Client, clock: list[float]) -> None:
    clock[0] += 4 * HOUR - 10
    assert is_signed_in(officer)
    clock[0] += 4 * HOUR + 10
    assert not is_signed_in(officer)


def test_a_session_in_use_ends_after_twelve_hours(officer: Client, clock: list[float]) -> None:
    for _ in range(6):
        clock[0] += 2 * HOUR - 10
        assert is_signed_in(officer)
    clock[0] += 2 * HOUR
    assert not is_signed_in(officer)


def test_a_session_that_has_ended_does_not_come_back(officer: Client, clock: list[float]) -> None:
    clock[0] += 5 * HOUR
    assert not is_signed_in(officer)
    clock[0] -= 5 * HOUR
    assert not is_signed_in(officer)


def test_signing_in_again_begins_a_whole_new_life(officer: Client, clock: list[float]) -> None:
    clock[0] += 13 * HOUR
    assert not is_signed_in(officer)
    enter(officer, "officer@portal.test")
    clock[0] += 3 * HOUR
    assert is_signed_in(officer)


def test_reading_page_after_page_does_not_write_the_session_each_time(officer: Client, clock: list[float]) -> None:
    began = officer.session["last_seen_at"]
    clock[0] += 200
    is_signed_in(officer)
    assert officer.session["last_seen_at"] == began
    clock[0] += 200
    is_signed_in(officer)
    assert officer.session["last_seen_at"] == began + 400


def test_a_visitor_is_led_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/people/derby/invite/?from=mail")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fpeople%2Fderby%2Finvite%2F%3Ffrom%3Dmail"


def test_a_script_is_told_that_it_is_signed_out(client: Client) -> None:
    answer = client.post("/people/derby/invite/", {}, HTTP_X_REQUESTED_WITH="fetch")
    assert (answer.status_code, answer.json()) == (401, {"error": "signed-out"})


def test_a_membership_that_ended_loses_access_at_the_next_request(cast: Cast, client: Client) -> None:
    enter(client, "coordinator@portal.test")
    page = reverse("accounts:people", args=["amber-valley"])
    assert client.get(page).status_code == 200
    Membership.objects.filter(user=cast.coordinator).update(ended_at="2026-01-01T00:00:00Z")
    assert client.get(page).status_code == 404


def test_a_page_left_open_does_not_keep_its_session_alive(officer: Client, clock: list[float]) -> None:
    for _beat in range(5):
        clock[0] += HOUR
        officer.get(reverse("home"), headers={"X-Unattended": "yes"})
    assert not is_signed_in(officer)
