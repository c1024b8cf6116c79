"""The first administrator comes from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from audit.models import Event
from tests.accounts.signing_in import enter, is_signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "three-random-words-here"
WHO = ("First@Portal.Test", "First Administrator")


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("make_administrator", *arguments, stdout=output)
    return output.getvalue()


def test_the_password_comes_from_a_variable(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    output = run(*WHO, "--password-from-env", "ADMIN_PASSWORD")
    assert output == "first@portal.test is an administrator.\n"
    enter(client, "first@portal.test", PASSWORD)
    assert client.get("/admin/").status_code == 200
    assert [event.kind for event in Event.objects.all()] == ["person.made_administrator"]


def test_or_a_link_is_printed_that_sets_it(client: Client) -> None:
    link = run(*WHO, "--link").splitlines()[-1]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[0][0], {"password1": PASSWORD, "password2": PASSWORD})
    enter(client, "first@portal.test", PASSWORD)
    assert is_signed_in(client)


def test_or_it_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "something-else-entirely"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    run(*WHO)
    assert User.objects.get().check_password(PASSWORD)
    with pytest.raises(CommandError, match="not the same"):
        run("second@portal.test", "Second")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nonsense", "Name", "--link"), "not an email address"),
        (("a@portal.test", "  ", "--link"), "1 to 120 characters"),
        (("a@portal.test", "Name", "--password-from-env", "NOT_THERE"), "NOT_THERE is not set"),
        (("a@portal.test", "Name", "--password-from-env", "WEAK"), "at least 12 characters"),
    ],
)
def test_mistakes_change_nothing(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str) -> None:
    monkeypatch.setenv("WEAK", "short")
    with pytest.raises(CommandError, match=message):
        run(*arguments)
    assert not User.objects.exists()
