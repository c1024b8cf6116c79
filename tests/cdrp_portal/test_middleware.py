"""What the browser is told, whatever the page and whatever went wrong."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from cdrp_portal import urls
from tests.accounts.signing_in import enter
from tests.people import Cast

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
]


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@pytest.fixture
def browser(client: Client, settings: LazySettings) -> Client:
    class Addresses:
        urlpatterns = [path("broken/", broken), path("forbidden/", forbidden), *urls.urlpatterns]
        handler400, handler500 = urls.handler400, urls.handler500

    settings.ROOT_URLCONF = Addresses
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/accounts/login/", 200),
        ("/account/", 302),
        ("/forbidden/", 403),
        ("/nowhere/", 404),
        ("/broken/", 500),
        ("/healthz", 200),
        ("/static/css/portal.css", 200),
        ("/static/nowhere.css", 404),
    ],
)
def test_every_answer_carries_the_defences(browser: Client, address: str, status: int) -> None:
    answer = browser.get(address)
    answer.close()
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert [part for part in POLICY if part not in policy] == []
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_other_methods_carry_them_too(browser: Client, method: str) -> None:
    answer = getattr(browser, method)("/accounts/login/")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_form_too_large_carries_them_too(browser: Client) -> None:
    answer = browser.post("/accounts/login/", {f"field{n}": "x" for n in range(1001)})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_trusted_types_are_off_in_the_admin_only(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "require-trusted-types-for" not in policy
    assert "script-src 'self'" in policy


def test_pages_of_somebody_signed_in_are_kept_nowhere(cast: Cast, client: Client) -> None:
    enter(client, "officer@portal.test")
    for address in ("/account/", "/nowhere/", "/people/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(cast: Cast, client: Client) -> None:
    client.get("/accounts/login/")
    enter(client, "officer@portal.test")
    for name in ("session", "csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_the_moment_of_arrival_is_noted_before_anything_else(settings: LazySettings) -> None:
    assert settings.MIDDLEWARE[0] == "cdrp_portal.middleware.arrival_time"


INLINE: list[tuple[str, Callable[[str], Any]]] = [
    ("inline script", re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE).search),
    ("style element", re.compile(r"<style", re.IGNORECASE).search),
    ("style attribute", re.compile(r"<[^>{]*\sstyle=", re.IGNORECASE).search),
    ("event handler", re.compile(r"<[^>{]*\son[a-z]+=", re.IGNORECASE).search),
    ("javascript link", re.compile(r"href=.javascript:", re.IGNORECASE).search),
]


def test_no_template_holds_what_the_policy_forbids(settings: LazySettings) -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    found = [
        (str(page.relative_to(folder)), what)
        for page in sorted(folder.rglob("*.html"))
        for what, is_in in INLINE
        if is_in(page.read_text(encoding="utf-8"))
    ]
    assert found == []
