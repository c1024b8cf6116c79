"""Guessers are slowed down; the rightful person never is."""

import time

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from accounts import throttle
from tests.accounts.signing_in import COUNCIL, ELSEWHERE, enter, is_signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db

REFUSAL = "There were too many wrong passwords. Wait 15 minutes, then try again."
VICTIM = "officer@portal.test"


def guess(times: int, *, account: str = VICTIM, address: str = ELSEWHERE) -> None:
    for _ in range(times):
        throttle.reserve(account=account, address=address)


def test_a_guesser_is_refused_and_the_rightful_person_elsewhere_is_not(cast: Cast) -> None:
    answers = [enter(Client(), VICTIM, "wrong-guess", address=ELSEWHERE) for _ in range(20)]
    assert [REFUSAL in answer.content.decode() for answer in answers] == [False] * 10 + [True] * 10
    even_the_right_one = Client()
    assert REFUSAL in enter(even_the_right_one, VICTIM, address=ELSEWHERE).content.decode()
    assert not is_signed_in(even_the_right_one)
    owner = Client()
    enter(owner, VICTIM, address=COUNCIL)
    assert is_signed_in(owner)


def test_another_account_from_the_guessers_address_is_not_touched(cast: Cast, client: Client) -> None:
    guess(10)
    enter(client, "viewer@portal.test", address=ELSEWHERE)
    assert is_signed_in(client)


def test_an_address_is_refused_after_a_hundred_failures_over_many_accounts(cast: Cast) -> None:
    for number in range(100):
        guess(1, account=f"person{number}@council.test", address=COUNCIL)
    behind_it, elsewhere = Client(), Client()
    assert REFUSAL in enter(behind_it, VICTIM, address=COUNCIL).content.decode()
    enter(elsewhere, VICTIM, address=ELSEWHERE)
    assert (is_signed_in(behind_it), is_signed_in(elsewhere)) == (False, True)


def test_ninety_nine_colleagues_who_mistype_do_not_stop_the_hundredth(cast: Cast, client: Client) -> None:
    for number in range(99):
        guess(1, account=f"person{number}@council.test", address=COUNCIL)
    enter(client, VICTIM, address=COUNCIL)
    assert is_signed_in(client)


def test_right_passwords_are_not_counted(cast: Cast) -> None:
    for _ in range(12):
        client = Client()
        enter(client, VICTIM)
        assert is_signed_in(client)


def test_many_addresses_at_one_account_are_slowed_and_its_owner_is_not(cast: Cast, client: Client) -> None:
    for number in range(100):
        guess(1, address=f"192.0.2.{number}")
    guess(3, address=ELSEWHERE)
    with pytest.raises(throttle.TooManyFailures) as refused:
        guess(1, address=ELSEWHERE)
    assert refused.value.minutes == 60
    enter(client, VICTIM, address=COUNCIL)
    assert is_signed_in(client)


def test_it_is_over_when_the_time_is_over(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as a_quarter_of_an_hour_ago:
        began = time.time() - throttle.PAIR.seconds - 1
        a_quarter_of_an_hour_ago.setattr(time, "time", lambda: began)
        guess(10)
    guess(10)
    with pytest.raises(throttle.TooManyFailures):
        guess(1)


def test_an_address_is_the_same_account_in_capitals(db: None) -> None:
    guess(10, account=VICTIM)
    with pytest.raises(throttle.TooManyFailures):
        guess(1, account=" Officer@Portal.Test")


def test_a_refused_guess_is_counted_nowhere(db: None) -> None:
    for number in range(100):
        guess(1, account=f"person{number}@council.test", address=COUNCIL)
        guess(1, address=f"192.0.2.{number}")
    guess(3, address=ELSEWHERE)
    before = places_taken()
    for address in (COUNCIL, ELSEWHERE):
        with pytest.raises(throttle.TooManyFailures):
            guess(1, address=address)
    assert places_taken() == before


def places_taken() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM portal_cache")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.66, 198.51.100.7, 192.0.2.9", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_what_a_client_writes_about_its_address_is_not_believed(
    settings: LazySettings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert throttle.address_of(headers) == expected


def test_a_socket_without_an_address_still_has_a_ceiling() -> None:
    assert throttle.address_of({"REMOTE_ADDR": ""}) == throttle.UNKNOWN_ADDRESS


def test_an_ipv6_house_is_one_address() -> None:
    assert throttle.network_of("2001:db8::1") == throttle.network_of("2001:db8::ffff")
    assert throttle.network_of("2001:db8::1") != throttle.network_of("2001:db8:0:1::1")
