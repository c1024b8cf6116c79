"""The admin is a narrow second door: it looks, disables and enables, and nobody rises through it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Membership, RegionalPost, User
from audit.models import Event
from tests.people import Cast

pytestmark = pytest.mark.django_db

EVERYTHING = {"is_active": "on", "is_staff": "on", "is_superuser": "on", "email": "taken@over.test", "name": "New"}


@pytest.fixture
def assistant(cast: Cast) -> User:
    """An administrator who may not make others."""
    return User.objects.create_user("assistant@portal.test", "Assistant", is_staff=True)


@pytest.fixture
def as_assistant(assistant: User, client: Client) -> Client:
    client.force_login(assistant)
    return client


@pytest.fixture
def as_superuser(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def change(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def powers(user: User) -> tuple[bool, bool, bool]:
    user.refresh_from_db()
    return user.is_active, user.is_staff, user.is_superuser


def test_only_administrators_come_in(cast: Cast, client: Client) -> None:
    for user in (cast.coordinator, cast.reviewer):
        client.force_login(user)
        assert client.get("/admin/", follow=True).status_code == 403


def test_every_administrator_may_look(as_assistant: Client) -> None:
    for model in ("user", "membership", "regionalpost", "invitation"):
        assert as_assistant.get(reverse(f"admin:accounts_{model}_changelist")).status_code == 200


def test_nothing_can_be_added_or_deleted(as_superuser: Client, cast: Cast) -> None:
    rows = {
        "user": cast.viewer,
        "membership": Membership.objects.get(code="viewer"),
        "regionalpost": RegionalPost.objects.get(code="reviewer"),
        "invitation": Invitation.objects.get(code="waiting"),
    }
    for model, row in rows.items():
        assert as_superuser.post(reverse(f"admin:accounts_{model}_add"), EVERYTHING).status_code == 403
        delete = reverse(f"admin:accounts_{model}_delete", args=[row.pk])
        assert as_superuser.post(delete, {"post": "yes"}).status_code == 403


def test_what_services_change_is_read_only(as_superuser: Client) -> None:
    seat = Membership.objects.get(code="viewer")
    url = reverse("admin:accounts_membership_change", args=[seat.pk])
    assert as_superuser.post(url, {"role": "coordinator"}).status_code == 403
    assert Membership.objects.get(code="viewer").role == "viewer"


def test_a_token_is_not_shown_even_as_its_hash(as_superuser: Client) -> None:
    invitation = Invitation.objects.get(code="waiting")
    page = as_superuser.get(reverse("admin:accounts_invitation_change", args=[invitation.pk])).content.decode()
    assert invitation.token_hash not in page


def test_an_administrator_disables_and_the_trail_knows(as_assistant: Client, assistant: User, cast: Cast) -> None:
    as_assistant.post(change(cast.viewer), {})
    assert powers(cast.viewer) == (False, False, False)
    event = Event.objects.about(cast.viewer).get()
    assert (event.kind, event.actor_id, event.actor_role) == ("person.powers_set", assistant.pk, "administrator")


def test_nobody_rises_by_themselves(as_assistant: Client, assistant: User) -> None:
    assert as_assistant.post(change(assistant), EVERYTHING).status_code == 403
    assert powers(assistant) == (True, True, False)


def test_not_even_a_superuser_changes_themselves(as_superuser: Client, cast: Cast) -> None:
    assert as_superuser.post(change(cast.administrator), {}).status_code == 403
    assert powers(cast.administrator) == (True, True, True)


def test_only_a_superuser_makes_administrators(as_assistant: Client, cast: Cast) -> None:
    page = as_assistant.get(change(cast.viewer)).content.decode()
    assert 'name="is_active"' in page
    assert 'name="is_staff"' not in page
    as_assistant.post(change(cast.viewer), EVERYTHING)
    assert powers(cast.viewer) == (True, False, False)
    assert cast.viewer.email == "viewer@portal.test"


def test_a_superuser_makes_an_administrator_and_never_a_superuser(as_superuser: Client, cast: Cast) -> None:
    as_superuser.post(change(cast.viewer), EVERYTHING)
    assert powers(cast.viewer) == (True, True, False)
    assert (cast.viewer.email, cast.viewer.name) == ("viewer@portal.test", "Pat Viewer")


def test_an_ordinary_administrator_cannot_disable_another(as_assistant: Client, cast: Cast) -> None:
    assert as_assistant.post(change(cast.administrator), {}).status_code == 403
    assert powers(cast.administrator) == (True, True, True)


def test_passwords_are_changed_where_it_is_audited(as_superuser: Client) -> None:
    answer = as_superuser.post("/admin/password_change/", {"old_password": "x"})
    assert answer.headers["Location"] == reverse("account_change_password")


def test_groups_permissions_and_second_steps_are_not_there(as_superuser: Client) -> None:
    for path in ("auth/group/", "account/emailaddress/", "mfa/authenticator/", "usersessions/usersession/"):
        assert as_superuser.get(f"/admin/{path}").status_code == 404


class TestPasswordLink:
    def ask(self, client: Client, *people: User) -> str:
        fields = {"action": "give_password_link", "_selected_action": [str(one.pk) for one in people]}
        answer = client.post(reverse("admin:accounts_user_changelist"), fields, follow=True)
        return str(answer.content.decode())

    def test_it_is_shown_once_and_audited(self, as_assistant: Client, cast: Cast) -> None:
        assert "http://127.0.0.1:8000/accounts/password/reset/key/" in self.ask(as_assistant, cast.viewer)
        assert [event.kind for event in Event.objects.about(cast.viewer)] == ["person.password_link_made"]

    def test_it_cannot_be_used_to_become_somebody_stronger(
        self, as_assistant: Client, assistant: User, cast: Cast
    ) -> None:
        for people in ([cast.administrator], [assistant], [cast.viewer, cast.officer]):
            assert "password/reset/key" not in self.ask(as_assistant, *people)
        assert not Event.objects.exists()
