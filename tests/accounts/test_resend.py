"""Text survives: signed out in between, signed in again in another tab, sent again, saved."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import resend
from accounts.models import Invitation
from partnerships.models import AgencyKind
from tests.accounts.signing_in import enter
from tests.people import PASSWORD, Cast

INVITE = "/people/amber-valley/invite/"
TYPED = {"email": "someone@portal.test", "agency": "Police force", "role": "officer", "standpoint": "delivery"}
LONG = 'Agreed on 3 March.\r\n"Both" agencies & the court <agree>.'


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def token_in(answer: Any) -> str:
    """Return the token of the page's own form, which is the last one."""
    return str(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[-1])


def fields_in(answer: Any) -> dict[str, str]:
    """Return what the page would send, as a browser reads it."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', answer.content.decode())
    return {name: html.unescape(value) for name, value in found}


def sign_in(browser: Client) -> None:
    token = token_in(browser.get(reverse("account_login")))
    enter(browser, "coordinator@portal.test", PASSWORD, csrfmiddlewaretoken=token)


@pytest.mark.django_db
def test_the_whole_way(cast: Cast, browser: Client) -> None:
    sign_in(browser)
    stale = token_in(browser.get(INVITE))
    session = browser.cookies.pop("session")
    assert session.value

    signed_out = browser.post(INVITE, {**TYPED, "note": LONG, "csrfmiddlewaretoken": stale})
    assert signed_out.status_code == 401
    assert "Sign in (opens in a new tab)" in signed_out.content.decode()
    kept = fields_in(signed_out)
    assert {name: kept[name] for name in TYPED} == TYPED
    assert kept["note"] == LONG

    sign_in(browser)
    refused = browser.post(INVITE, {**kept}, HTTP_ORIGIN="http://testserver")
    assert refused.status_code == 403
    again = fields_in(refused)
    assert {**again, "csrfmiddlewaretoken": ""} == {**kept, "csrfmiddlewaretoken": ""}
    assert again["csrfmiddlewaretoken"] != kept["csrfmiddlewaretoken"]

    saved = browser.post(INVITE, again, HTTP_ORIGIN="http://testserver")
    assert "The invitation to someone@portal.test is ready" in saved.content.decode()
    assert Invitation.objects.filter(email="someone@portal.test").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_a_form_from_elsewhere_gets_nothing_to_send_again(cast: Cast, browser: Client, origin: str) -> None:
    sign_in(browser)
    headers = {"origin": origin} if origin else {}
    answer = browser.post(INVITE, TYPED, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "someone@portal.test" not in page
    assert "csrfmiddlewaretoken" not in page
    assert not Invitation.objects.filter(email="someone@portal.test").exists()


@pytest.mark.django_db
def test_a_script_with_a_stale_token_gets_a_fresh_one(cast: Cast, browser: Client) -> None:
    sign_in(browser)
    headers = {"x-requested-with": "fetch", "origin": "http://testserver"}
    answer = browser.post(INVITE, TYPED, headers=headers)
    assert answer.status_code == 403
    fresh = answer.json()["token"]
    assert browser.post(INVITE, {**TYPED, "csrfmiddlewaretoken": fresh}).status_code == 200
    assert AgencyKind.objects.filter(code="police").exists()


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    secrets = {"password": "hunter2-hunter2", "csrfmiddlewaretoken": "old", "oldpassword": "older"}
    files = {"file": SimpleUploadedFile("minutes.pdf", b"%PDF-1.4")}
    return rf.post("/somewhere/?tab=2", {"reason": LONG, **secrets, **files})


def test_passwords_are_never_sent_back_to_the_screen(request_: HttpRequest) -> None:
    page = resend.page(request_, status=401, because="Because.").content.decode()
    assert "hunter2" not in page
    assert "older" not in page


def test_it_goes_back_to_the_same_address_and_says_which_files_are_gone(request_: HttpRequest) -> None:
    page = resend.page(request_, status=503, because="Because.").content.decode()
    assert 'action="/somewhere/?tab=2"' in page
    assert "Choose them again" in page
    assert "Sign in" not in page


def test_what_was_typed_can_be_read_and_is_only_text(request_: HttpRequest) -> None:
    page = resend.page(request_, status=503, because="Because.").content.decode()
    assert "<agree>" not in page
    assert html.escape(LONG) in page
