"""People come and go: one event each, links that work once, nothing secret in the trail."""

import datetime
import json
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.access import standing_of
from accounts.models import Invitation, Membership, RegionalPost, Role, Standpoint, User
from audit.models import Event
from partnerships.models import Agency, AgencyKind
from tests.people import PASSWORD, Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(cast: Cast, places: Places) -> Agency:
    return places.amber_valley.agencies.get(kind__code="local_authority")


def make(cast: Cast, email: str = "new@portal.test", **where: object) -> tuple[Invitation, str]:
    invitation, link = services.invite(email=email, by=cast.coordinator, **where)  # type: ignore[arg-type]
    return invitation, link.rstrip("/").rpartition("/")[2]


def accept(token: str, **more: object) -> User:
    return services.accept_invitation(token=token, name="New Person", password=PASSWORD, **more)  # type: ignore[arg-type]


def only_event() -> Event:
    return Event.objects.get()


class TestInvite:
    def test_only_the_hash_of_a_long_token_is_kept(self, cast: Cast, council: Agency) -> None:
        invitation, token = make(cast, agency=council, role=Role.OFFICER)
        assert len(token) >= 43
        assert invitation.token_hash == services.hash_of(token)
        assert token not in json.dumps(list(Invitation.objects.values()), default=str)

    def test_the_trail_has_neither_token_nor_address(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, agency=council, role=Role.OFFICER)
        event = only_event()
        assert (event.kind, event.actor_id, event.actor_role, event.partnership) == (
            "person.invited",
            cast.coordinator.pk,
            "coordinator",
            "amber-valley",
        )
        everything = json.dumps(list(Event.objects.values()), default=str)
        assert token not in everything
        assert services.hash_of(token) not in everything
        assert "new@portal.test" not in everything

    def test_the_link_goes_to_the_host_in_the_settings(
        self, cast: Cast, council: Agency, settings: pytest.FixtureRequest
    ) -> None:
        settings.SITE_URL = "https://portal.test"  # type: ignore[attr-defined]
        _invitation, link = services.invite(email="a@b.test", agency=council, role=Role.VIEWER, by=cast.coordinator)
        assert link.startswith("https://portal.test/join/")

    def test_a_second_invitation_replaces_the_first(self, cast: Cast, council: Agency) -> None:
        _first, old = make(cast, agency=council, role=Role.OFFICER)
        _second, new = make(cast, "NEW@portal.test", agency=council, role=Role.VIEWER)
        with pytest.raises(services.InvitationWithdrawn):
            accept(old)
        accept(new)

    def test_a_member_is_not_invited_to_what_they_have(self, cast: Cast, council: Agency) -> None:
        with pytest.raises(services.AlreadyMember):
            make(cast, "Officer@portal.test", agency=council, role=Role.VIEWER)
        with pytest.raises(services.AlreadyMember):
            make(cast, "reviewer@portal.test", region=cast.reviewer.posts.get().region)
        assert not Event.objects.exists()

    def test_an_agency_is_added_once_for_each_kind(self, cast: Cast, places: Places) -> None:
        fire = AgencyKind.objects.create(code="fire", name="Fire authority", role="linked_body", source="Test")
        both = [
            services.agency_for(partnership=places.amber_valley, chosen=fire, by=cast.coordinator) for _ in range(2)
        ]
        assert both[0] == both[1]
        assert only_event().kind == "agency.added"


class TestAccept:
    def test_a_new_person_gets_an_account_and_the_seat(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, agency=council, role=Role.OFFICER, standpoint=Standpoint.STRATEGIC)
        Event.objects.all()
        person = accept(token)
        seat = person.memberships.get()
        assert (seat.agency, seat.role, seat.standpoint) == (council, Role.OFFICER, Standpoint.STRATEGIC)
        assert person.check_password(PASSWORD)
        assert (person.is_staff, person.is_superuser) == (False, False)
        assert [event.kind for event in Event.objects.order_by("pk")] == ["person.invited", "person.joined"]

    def test_a_government_office_person_gets_the_post(self, cast: Cast, places: Places) -> None:
        _invitation, token = make(cast, region=places.south_west)
        assert standing_of(accept(token)).reviews(places.south_west)

    def test_a_link_works_once(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, agency=council, role=Role.OFFICER)
        accept(token)
        with pytest.raises(services.InvitationUsed):
            accept(token)
        assert User.objects.filter(email="new@portal.test").count() == 1

    def test_a_link_works_for_fourteen_days(self, cast: Cast, council: Agency) -> None:
        sent = timezone.now()
        _invitation, token = make(cast, agency=council, role=Role.OFFICER, now=sent)
        with pytest.raises(services.InvitationExpired):
            accept(token, now=sent + datetime.timedelta(days=14))
        accept(token, now=sent + datetime.timedelta(days=14, seconds=-1))

    def test_a_withdrawn_or_invented_link_does_not_work(self, cast: Cast, council: Agency) -> None:
        invitation, token = make(cast, agency=council, role=Role.OFFICER)
        services.withdraw_invitation(invitation=invitation, by=cast.coordinator)
        with pytest.raises(services.InvitationWithdrawn):
            accept(token)
        with pytest.raises(services.InvitationUnknown):
            accept("invented")

    def test_the_hash_from_a_stolen_database_is_no_link(self, cast: Cast, council: Agency) -> None:
        invitation, _token = make(cast, agency=council, role=Role.OFFICER)
        with pytest.raises(services.InvitationUnknown):
            accept(invitation.token_hash)

    def test_whoever_has_an_account_must_be_signed_in_with_it(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, "stranger@portal.test", agency=council, role=Role.OFFICER)
        with pytest.raises(services.SignInFirst):
            accept(token)
        with pytest.raises(services.OtherPerson):
            accept(token, user=cast.viewer)
        assert accept(token, user=cast.stranger) == cast.stranger
        assert cast.stranger.name == "Pat Stranger"
        assert cast.stranger.memberships.get().agency == council

    def test_somebody_signed_in_cannot_take_an_invitation_of_somebody_new(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, agency=council, role=Role.COORDINATOR)
        with pytest.raises(services.OtherPerson):
            accept(token, user=cast.stranger)


class TestChanges:
    def test_each_change_leaves_one_event(self, cast: Cast, council: Agency) -> None:
        changes: list[tuple[str, Callable[[], object]]] = [
            (
                "membership.changed",
                lambda: services.change_role(
                    membership=cast.viewer.memberships.get(),
                    role=Role.OFFICER,
                    standpoint=Standpoint.STRATEGIC,
                    by=cast.coordinator,
                ),
            ),
            (
                "membership.ended",
                lambda: services.end_membership(membership=cast.officer.memberships.get(), by=cast.coordinator),
            ),
            ("post.ended", lambda: services.end_post(post=cast.reviewer.posts.get(), by=cast.administrator)),
            (
                "invitation.withdrawn",
                lambda: services.withdraw_invitation(
                    invitation=Invitation.objects.get(code="waiting"), by=cast.coordinator
                ),
            ),
            (
                "person.powers_set",
                lambda: services.set_powers(
                    user=cast.viewer, is_active=False, is_administrator=False, by=cast.administrator
                ),
            ),
            ("person.password_set", lambda: services.set_password(user=cast.viewer, password=PASSWORD)),
            ("person.password_link_made", lambda: services.password_link(user=cast.viewer, by=cast.administrator)),
            ("person.made_administrator", lambda: services.make_administrator(email="a@b.test", name="A")),
        ]
        for _kind, change in changes:
            change()
        assert [event.kind for event in Event.objects.order_by("pk")] == [kind for kind, _change in changes]

    def test_a_role_counts_from_now_on(self, cast: Cast, places: Places) -> None:
        seat = cast.viewer.memberships.get()
        services.change_role(membership=seat, role=Role.OFFICER, standpoint=Standpoint.DELIVERY, by=cast.coordinator)
        before, after = only_event().before or {}, only_event().after or {}
        assert (before["role"], after["role"]) == ("viewer", "officer")
        assert standing_of(User.objects.get(pk=cast.viewer.pk)).is_at_least(Role.OFFICER, places.amber_valley)

    def test_nobody_but_an_administrator_takes_the_only_coordinator_away(self, cast: Cast) -> None:
        seat = cast.coordinator.memberships.get()
        with pytest.raises(services.OnlyCoordinator):
            services.end_membership(membership=seat, by=cast.coordinator)
        with pytest.raises(services.OnlyCoordinator):
            services.change_role(membership=seat, role="viewer", standpoint="strategic", by=cast.coordinator)
        assert not Event.objects.exists()
        services.end_membership(membership=seat, by=cast.administrator)
        assert cast.coordinator.memberships.get().ended_at is not None

    def test_what_ended_is_not_ended_or_changed_again(self, cast: Cast) -> None:
        seat, post = cast.officer.memberships.get(), cast.reviewer.posts.get()
        services.end_membership(membership=seat, by=cast.coordinator)
        services.end_post(post=post, by=cast.administrator)
        with pytest.raises(services.AlreadyEnded):
            services.end_membership(membership=seat, by=cast.administrator)
        with pytest.raises(services.AlreadyEnded):
            services.change_role(membership=seat, role="viewer", standpoint="delivery", by=cast.coordinator)
        with pytest.raises(services.AlreadyEnded):
            services.end_post(post=post, by=cast.administrator)
        assert Event.objects.count() == 2

    def test_who_left_may_come_back(self, cast: Cast, council: Agency) -> None:
        _invitation, token = make(cast, "former@portal.test", agency=council, role=Role.VIEWER)
        accept(token, user=cast.former)
        assert [seat.role for seat in Membership.objects.current().filter(user=cast.former)] == [Role.VIEWER]

    def test_an_administrator_who_is_none_any_more_is_no_superuser_either(self, cast: Cast) -> None:
        other = User.objects.create_superuser("other@portal.test", "Other")
        services.set_powers(user=other, is_active=True, is_administrator=False, by=cast.administrator)
        other.refresh_from_db()
        assert (other.is_staff, other.is_superuser) == (False, False)

    def test_making_an_administrator_of_a_disabled_member_keeps_their_name(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.viewer.pk).update(is_active=False)
        person = services.make_administrator(email="Viewer@portal.test", name="Somebody else")
        assert (person.pk, person.name, person.is_active, person.is_staff) == (
            cast.viewer.pk,
            "Pat Viewer",
            True,
            True,
        )
        assert person.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_person(places: Places, cast: Cast) -> None:
    council = places.amber_valley.agencies.get(kind__code="local_authority")
    _invitation, token = make(cast, agency=council, role=Role.OFFICER)
    answers: list[str] = []

    def click() -> None:
        try:
            accept(token)
            answers.append("joined")
        except services.InvitationUsed:
            answers.append("used")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=30)
    assert sorted(answers) == ["joined", "used", "used", "used"]
    assert Membership.objects.filter(user__email="new@portal.test").count() == 1


def test_a_link_opens_the_join_page(cast: Cast, places: Places) -> None:
    _invitation, link = services.invite(email="x@portal.test", region=places.south_west, by=cast.administrator)
    assert reverse("accounts:join", args=[link.rstrip("/").rpartition("/")[2]]) in link
    assert RegionalPost.objects.current().count() == 2
