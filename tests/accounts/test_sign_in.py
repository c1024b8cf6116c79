"""Signing in and out: nobody learns who has an account, and nobody stays who should not."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import User
from audit.models import Event
from tests.accounts.signing_in import enter, is_signed_in
from tests.people import PASSWORD, Cast

pytestmark = pytest.mark.django_db

WRONG = "The email address or the password is not right. Check both and try again."
NEW_PASSWORD = "three-random-words-here"


def test_the_right_password_signs_in_and_goes_home(cast: Cast, client: Client) -> None:
    answer = enter(client, "officer@portal.test")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))
    assert is_signed_in(client)


def test_the_address_may_be_typed_in_capitals(cast: Cast, client: Client) -> None:
    enter(client, "Officer@Portal.Test")
    assert is_signed_in(client)


def test_unknown_wrong_and_disabled_get_the_same_page(cast: Cast) -> None:
    User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
    tries = [("nobody@portal.test", PASSWORD), ("officer@portal.test", "wrong"), ("viewer@portal.test", PASSWORD)]
    pages = {_anonymous(enter(Client(), email, password), email) for email, password in tries}
    assert len(pages) == 1
    assert WRONG in pages.pop()


def _anonymous(answer: object, email: str) -> str:
    page = answer.content.decode().replace(email, "")  # type: ignore[attr-defined]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_unknown_wrong_and_disabled_cost_the_same_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    # Hashing is nearly all the time that an answer takes, and the only part that could differ.
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    tries = [("nobody@portal.test", PASSWORD), ("officer@portal.test", "wrong"), ("viewer@portal.test", PASSWORD)]
    for email, password in tries:
        enter(Client(), email, password)
    assert hashed == [password for _email, password in tries]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\thttps://evil.example",
    ],
)
def test_signing_in_never_leads_away(cast: Cast, client: Client, elsewhere: str) -> None:
    answer = enter(client, "officer@portal.test", next=elsewhere)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))


def test_signing_in_leads_to_the_page_asked_for(cast: Cast, client: Client) -> None:
    page = client.get(reverse("accounts:account"))
    assert page.headers["Location"] == "/accounts/login/?next=%2Faccount%2F"
    assert enter(client, "officer@portal.test", next="/account/").headers["Location"] == "/account/"


def test_signing_in_gives_a_new_session(cast: Cast, client: Client) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = client.session.session_key
    enter(client, "officer@portal.test")
    assert client.session.session_key != before


def test_a_disabled_person_is_out_at_the_next_request(cast: Cast, client: Client) -> None:
    enter(client, "officer@portal.test")
    services.set_powers(user=cast.officer, is_active=False, is_administrator=False, by=cast.administrator)
    assert not is_signed_in(client)


def test_a_change_of_password_ends_every_other_session(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        enter(client, "officer@portal.test")
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post(reverse("account_change_password"), fields).status_code == 302
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)
    assert [event.kind for event in Event.objects.about(cast.officer)] == ["person.password_set"]


def test_a_weak_new_password_is_refused_with_the_rule(cast: Cast, client: Client) -> None:
    enter(client, "officer@portal.test")
    fields = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    page = client.post(reverse("account_change_password"), fields).content.decode()
    assert "at least 12 characters" in page
    assert "<title>Error: " in page


def test_people_sign_out_by_a_button_not_by_a_link(cast: Cast, client: Client) -> None:
    enter(client, "officer@portal.test")
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_other_sessions_can_be_ended(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        enter(client, "officer@portal.test")
    here.post(reverse("usersessions_list"))
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


@pytest.mark.parametrize(("production", "gets_in"), [(True, False), (False, True)])
def test_demonstration_people_stay_out_of_production(
    cast: Cast, client: Client, settings: LazySettings, production: bool, gets_in: bool
) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_demonstration=True)
    settings.PRODUCTION = production
    answer = enter(client, "officer@portal.test")
    assert is_signed_in(client) is gets_in
    assert (WRONG in answer.content.decode()) is not gets_in


def test_a_demonstration_session_ends_when_the_machine_becomes_production(
    cast: Cast, client: Client, settings: LazySettings
) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_demonstration=True)
    enter(client, "officer@portal.test")
    settings.PRODUCTION = True
    assert not is_signed_in(client)


def test_nobody_signs_up(client: Client) -> None:
    fields = {"email": "me@portal.test", "password1": NEW_PASSWORD, "is_staff": "1"}
    page = client.post(reverse("account_signup"), fields).content.decode()
    assert "People join by invitation" in page
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "3rdparty/", "login/code/", "2fa/webauthn/", "inactive/"])
def test_pages_that_are_not_offered_do_not_exist(cast: Cast, client: Client, path: str) -> None:
    enter(client, "officer@portal.test")
    assert client.get(f"/accounts/{path}").status_code == 404


PAGES = [
    "account_reauthenticate",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "usersessions_list",
]
ENTRANCES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]


@pytest.mark.parametrize("name", [*PAGES, *ENTRANCES])
def test_every_page_is_ours(cast: Cast, client: Client, name: str) -> None:
    if name in PAGES:
        enter(client, "officer@portal.test")
    answer = client.get(reverse(name))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert 'class="govuk-heading-l"' in page
    assert " style=" not in page
    assert " onclick" not in page


def test_what_browsers_and_password_managers_need(cast: Cast, client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert re.search(r'<input[^>]*name="login"[^>]*autocomplete="username"', page)
    assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', page)
    enter(client, "officer@portal.test")
    page = client.get(reverse("account_change_password")).content.decode()
    assert page.count('autocomplete="new-password"') == 2


def test_the_admin_has_no_door_of_its_own(cast: Cast, client: Client) -> None:
    fields = {"username": "administrator@portal.test", "password": PASSWORD}
    answer = client.post("/admin/login/", fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=%2Fadmin%2Flogin%2F")
    assert not is_signed_in(client)


class TestSecondStep:
    @pytest.fixture
    def secret(self, cast: Cast) -> str:
        secret: str = generate_totp_secret()
        TOTP.activate(cast.officer, secret)
        return secret

    def test_the_password_alone_does_not_sign_in(self, client: Client, secret: str) -> None:
        answer = enter(client, "officer@portal.test")
        assert answer.headers["Location"] == reverse("mfa_authenticate")
        assert not is_signed_in(client)

    def test_password_and_code_do(self, client: Client, secret: str) -> None:
        enter(client, "officer@portal.test")
        page = client.get(reverse("mfa_authenticate")).content.decode()
        assert 'autocomplete="one-time-code"' in page
        client.post(reverse("mfa_authenticate"), {"code": _code(secret)})
        assert is_signed_in(client)

    def test_guessing_codes_is_throttled(self, client: Client, secret: str) -> None:
        enter(client, "officer@portal.test")
        for _ in range(5):
            client.post(reverse("mfa_authenticate"), {"code": "000000"})
        page = client.post(reverse("mfa_authenticate"), {"code": _code(secret)}).content.decode()
        assert "too many wrong codes" in page
        assert not is_signed_in(client)

    def test_it_can_be_turned_on_and_off(self, cast: Cast, client: Client) -> None:
        enter(client, "officer@portal.test")
        asked = client.get(reverse("mfa_activate_totp"))
        page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True).content.decode()
        secret = re.findall(r"<code[^>]*>(\w+)</code>", page)[0]
        client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
        codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
        assert codes.count("<code>") == 10
        assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
        assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
        client.post(reverse("mfa_deactivate_totp"))
        assert "Turn it on" in client.get(reverse("mfa_index")).content.decode()


def _code(secret: str) -> str:
    counters = list(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, counters[0])))


class TestForgottenPassword:
    def test_without_a_mail_server_it_says_whom_to_ask(self, client: Client) -> None:
        answer = client.post(reverse("account_reset_password"), {"email": "officer@portal.test"})
        assert "This portal sends no email" in answer.content.decode()

    def test_the_link_is_ours_whatever_host_the_request_claims(
        self, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        _with_mail(settings)
        settings.ALLOWED_HOSTS = ["*"]
        headers = {"host": "evil.example"}
        client.post(reverse("account_reset_password"), {"email": "officer@portal.test"}, headers=headers)
        assert "https://portal.test/accounts/password/reset/key/" in str(mail.outbox[0].body)
        assert "evil" not in str(mail.outbox[0].body)

    def test_known_and_unknown_addresses_get_the_same_answer(
        self, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        _with_mail(settings)
        asked = ["officer@portal.test", "nobody@portal.test"]
        answers = [client.post(reverse("account_reset_password"), {"email": email}) for email in asked]
        assert {answer.headers["Location"] for answer in answers} == {reverse("account_reset_password_done")}
        assert [message.to for message in mail.outbox] == [["officer@portal.test"], ["nobody@portal.test"]]

    def test_a_mail_server_that_is_away_is_no_error_page(
        self, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        answer = client.post(reverse("account_reset_password"), {"email": "officer@portal.test"})
        assert answer.status_code == 302

    def test_the_link_works_once_and_ends_all_sessions(self, cast: Cast) -> None:
        elsewhere, here = Client(), Client()
        enter(elsewhere, "officer@portal.test")
        link = services.password_link(user=cast.officer, by=cast.administrator)
        page = here.get(link, follow=True)
        fields = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        here.post(page.redirect_chain[0][0], fields)
        assert not is_signed_in(elsewhere)
        enter(here, "officer@portal.test", NEW_PASSWORD)
        assert is_signed_in(here)
        assert "This link does not work any more" in Client().get(link, follow=True).content.decode()


def _with_mail(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "mail.portal.test", "https://portal.test"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
