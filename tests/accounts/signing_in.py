"""Signing in as a browser does it, through the form, from an address of choice."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.people import PASSWORD

ELSEWHERE, COUNCIL = "203.0.113.9", "198.51.100.7"


def enter(client: Client, email: str, password: str = PASSWORD, *, address: str = COUNCIL, **more: str) -> Any:
    """Send the sign-in form and return the answer."""
    fields = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), fields, REMOTE_ADDR=address)


def is_signed_in(client: Client) -> bool:
    """Ask for a page that needs sign-in."""
    return client.get(reverse("accounts:account")).status_code == 200
