"""The people pages and the way in by invitation, as people meet them."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import Invitation, Membership, Role, User
from audit.models import Event
from partnerships.models import Agency, AgencyKind, Nation, Partnership
from tests.accounts.signing_in import is_signed_in
from tests.counting import counted
from tests.people import PASSWORD, Cast, Places

pytestmark = pytest.mark.django_db

PEOPLE = "/people/amber-valley/"
GOOD = {"email": "new@portal.test", "agency": "Police force", "role": "officer", "standpoint": "strategic"}


@pytest.fixture
def coordinator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.coordinator)
    return client


@pytest.fixture
def administrator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def link_to_join(cast: Cast, places: Places, email: str = "new@portal.test") -> str:
    council = places.amber_valley.agencies.get(kind__code="local_authority")
    link = services.invite(email=email, agency=council, role=Role.OFFICER, by=cast.coordinator)[1]
    return "/join/" + link.rpartition("/join/")[2]


class TestPeoplePage:
    def test_it_lists_members_and_waiting_invitations(self, coordinator: Client) -> None:
        page = text(coordinator.get(PEOPLE))
        for words in ("Pat Officer", "officer@portal.test", "Police force", "Strategic", "invited@portal.test"):
            assert words in page
        for words in ("Pat Former", "Pat Neighbour"):
            assert words not in page

    def test_used_withdrawn_and_expired_invitations_do_not_wait(self, coordinator: Client) -> None:
        for change in ({"accepted_at": "2026-01-01T00:00Z"}, {"expires_at": "2026-01-01T00:00Z"}):
            Invitation.objects.filter(code="waiting").update(**change)
            assert "invited@portal.test" not in text(coordinator.get(PEOPLE))

    def test_its_queries_do_not_grow_with_its_people(self, coordinator: Client, places: Places) -> None:
        coordinator.get(PEOPLE)
        with counted() as few:
            coordinator.get(PEOPLE)
        council = places.amber_valley.agencies.get(kind__code="local_authority")
        people = [User(email=f"p{n}@portal.test", name=f"Person {n}") for n in range(40)]
        Membership.objects.bulk_create(
            Membership(user=one, agency=council, role=Role.VIEWER) for one in User.objects.bulk_create(people)
        )
        with counted() as many:
            coordinator.get(PEOPLE)
        assert many.number == few.number <= 10


class TestIndex:
    def test_a_coordinator_goes_to_their_own(self, coordinator: Client) -> None:
        assert coordinator.get("/people/").headers["Location"] == PEOPLE

    def test_an_administrator_searches(self, administrator: Client) -> None:
        assert "Cardiff" in text(administrator.get("/people/"))
        found = text(administrator.get("/people/?q=amber&region=east-midlands"))
        assert "/people/amber-valley/" in found
        assert "/people/derby/" not in found

    @pytest.mark.parametrize(
        "query", ["q=nowhere", "region=atlantis", "page=1e9", "page=-3", "q=" + "x" * 500, "q=%00", "region=&q="]
    )
    def test_any_query_gets_a_page(self, administrator: Client, query: str) -> None:
        assert administrator.get(f"/people/?{query}").status_code == 200

    def test_each_of_its_pages_has_a_title_of_its_own(self, administrator: Client, places: Places) -> None:
        assert "(page" not in text(administrator.get("/people/"))
        force = places.derby.police_force
        Partnership.objects.bulk_create(
            Partnership(slug=f"p{n}", name=f"Place {n}", police_force=force, area_type="shire-district")
            for n in range(60)
        )
        title = re.search("<title>(.*?)</title>", text(administrator.get("/people/?page=2")), re.DOTALL)
        assert title is not None
        assert " ".join(title[1].split()) == "People (page 2 of 3) - Partnership self-assessment"

    def test_its_queries_do_not_grow_with_its_partnerships(self, administrator: Client, places: Places) -> None:
        administrator.get("/people/")
        with counted() as few:
            administrator.get("/people/")
        force = places.derby.police_force
        Partnership.objects.bulk_create(
            Partnership(slug=f"p{n}", name=f"Place {n}", police_force=force, area_type="shire-district")
            for n in range(60)
        )
        with counted() as many:
            administrator.get("/people/")
        assert many.number == few.number <= 10


class TestInvite:
    def test_the_link_is_shown_once_and_says_until_when(self, coordinator: Client) -> None:
        page = text(coordinator.post(PEOPLE + "invite/", GOOD))
        link = re.findall(r"http://127.0.0.1:8000/join/[\w-]+/", page)[0]
        assert "It works once, until" in page
        assert "Copy this link now" in page
        assert link not in text(coordinator.get(PEOPLE))
        assert "Create your account" in text(Client().get(link))

    def test_an_agency_the_partnership_lacks_is_added(self, coordinator: Client, places: Places) -> None:
        AgencyKind.objects.create(code="fire", name="Fire authority", role="linked_body", source="Test")
        coordinator.post(PEOPLE + "invite/", {**GOOD, "agency": "new:fire"})
        assert places.amber_valley.agencies.get(kind__code="fire").name == "Fire authority"
        assert sorted(event.kind for event in Event.objects.all()) == ["agency.added", "person.invited"]

    def test_each_council_of_a_two_tier_area_can_be_chosen_by_its_name(
        self, coordinator: Client, places: Places
    ) -> None:
        kind = AgencyKind.objects.get(code="local_authority")
        for name in ("County council", "District council"):
            places.amber_valley.agencies.create(kind=kind, name=name)
            coordinator.post(PEOPLE + "invite/", {**GOOD, "agency": name, "email": f"{name[:4]}@portal.test"})
        made = Invitation.objects.filter(email__in=["coun@portal.test", "dist@portal.test"])
        assert {one.agency and one.agency.name for one in made} == {"County council", "District council"}
        page = text(coordinator.get(PEOPLE + "invite/"))
        assert page.count("Local authority</option>") == 1, "as an agency, and not again as a kind"
        assert 'value="new:local_authority"' not in page

    def test_kinds_of_the_other_nation_are_not_offered(self, coordinator: Client) -> None:
        AgencyKind.objects.create(
            code="lhb", name="Health board", role="linked_body", source="Test", nation=Nation.WALES
        )
        page = text(coordinator.post(PEOPLE + "invite/", {**GOOD, "agency": "new:lhb"}))
        assert "Select an agency from the list" in page
        assert "Health board" not in page

    def test_it_is_sent_where_there_is_a_mail_server(self, coordinator: Client, settings: LazySettings) -> None:
        settings.EMAIL_HOST = "mail.portal.test"
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        page = text(coordinator.post(PEOPLE + "invite/", GOOD))
        assert "We have sent them this link by email" in page
        assert mail.outbox[0].to == ["new@portal.test"]
        assert re.findall(r"/join/[\w-]+/", str(mail.outbox[0].body))[0] in page

    def test_a_mail_server_that_is_away_loses_nothing(self, coordinator: Client, settings: LazySettings) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        assert "Copy this link now" in text(coordinator.post(PEOPLE + "invite/", GOOD))

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"email": ""}, "Enter an email address"),
            ({"email": "not an address"}, "like name@example.com"),
            ({"email": "a\r\nBcc: all@portal.test"}, "like name@example.com"),
            ({"email": "x" * 250 + "@portal.test"}, "characters or fewer"),
            ({"agency": ""}, "Select the agency they work for"),
            ({"agency": "new:unheard-of"}, "Select an agency from the list"),
            ({"agency": "Agency of Derby"}, "Select an agency from the list"),
            ({"role": ""}, "Select what they may do"),
            ({"role": "administrator"}, "administrator"),
            ({"standpoint": ""}, "Select where they stand"),
            ({"email": "colleague@portal.test"}, "already works here for that agency"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_is_right_is_kept(
        self, coordinator: Client, wrong: dict[str, str], message: str
    ) -> None:
        page = text(coordinator.post(PEOPLE + "invite/", {**GOOD, **wrong}))
        assert "There is a problem" in page
        assert message in page
        assert "<title>Error: " in page
        if "email" not in wrong:
            assert 'value="new@portal.test"' in page
        assert Invitation.objects.count() == 1

    def test_nothing_but_the_form_is_taken(self, coordinator: Client, places: Places, cast: Cast) -> None:
        extra = {"partnership": "derby", "region": "east-midlands", "invited_by": "1"}
        coordinator.post(PEOPLE + "invite/", {**GOOD, **extra})
        made = Invitation.objects.get(email="new@portal.test")
        assert (made.partnership, made.region, made.invited_by) == (places.amber_valley, None, cast.coordinator)

    def test_an_administrator_invites_to_a_government_office(self, administrator: Client, places: Places) -> None:
        page = text(administrator.post("/people/regions/east-midlands/invite/", {"email": "go@portal.test"}))
        assert "go@portal.test is ready" in page
        again = administrator.post("/people/regions/east-midlands/invite/", {"email": "reviewer@portal.test"})
        assert "already works for this Government Office" in text(again)
        assert "go@portal.test" in text(administrator.get("/people/regions/east-midlands/"))


class TestJoin:
    def test_a_new_person_joins_and_is_signed_in(self, cast: Cast, places: Places, client: Client) -> None:
        link = link_to_join(cast, places)
        assert "Pat Coordinator invites you" in text(client.get(link))
        answer = client.post(link, {"name": "Ann Example", "password": PASSWORD})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert is_signed_in(client)
        person = User.objects.get(email="new@portal.test")
        assert (person.name, person.memberships.get().role) == ("Ann Example", Role.OFFICER)
        used = Client().get(link)
        assert (used.status_code, "It has been used" in text(used)) == (410, True)

    def test_nobody_makes_themselves_more_than_invited(self, cast: Cast, places: Places, client: Client) -> None:
        more = {"is_staff": "1", "is_superuser": "1", "role": "coordinator", "email": "boss@portal.test", "agency": "1"}
        client.post(link_to_join(cast, places), {"name": "Ann", "password": PASSWORD, **more})
        person = User.objects.get(name="Ann")
        assert (person.is_staff, person.is_superuser, person.email) == (False, False, "new@portal.test")
        assert person.memberships.get().role == Role.OFFICER

    @pytest.mark.parametrize(
        ("name", "password", "message"),
        [
            ("", PASSWORD, "Enter your name"),
            ("Ann", "", "Enter a password"),
            ("Ann", "short-one", "at least 12 characters"),
            ("Ann", "1q2w3e4r5t6y", "too common"),
            ("Ann", "new@portal.test1", "too similar"),
            ("\u200b\u202e", PASSWORD, "Enter your name"),
        ],
    )
    def test_wrong_input_is_said_and_the_link_still_works(
        self, cast: Cast, places: Places, client: Client, name: str, password: str, message: str
    ) -> None:
        link = link_to_join(cast, places)
        page = client.post(link, {"name": name, "password": password})
        assert page.status_code == 200
        assert message in text(page)
        assert f'value="{password}"' not in text(page)
        assert client.post(link, {"name": "Ann", "password": PASSWORD}).status_code == 302

    def test_whoever_has_an_account_signs_in_first(self, cast: Cast, places: Places, client: Client) -> None:
        link = link_to_join(cast, places, "stranger@portal.test")
        page = text(client.get(link))
        assert "has an account already" in page
        taken = client.post(link, {"name": "Thief", "password": PASSWORD})
        assert "has an account already" in text(taken)
        assert not is_signed_in(client)
        client.force_login(cast.stranger)
        assert "Do you want to join Amber Valley, Local authority?" in text(client.get(link))
        assert client.post(link).status_code == 302
        assert cast.stranger.memberships.get().agency.partnership == places.amber_valley

    def test_somebody_else_cannot_use_it(self, cast: Cast, places: Places, client: Client) -> None:
        link = link_to_join(cast, places)
        client.force_login(cast.neighbour)
        answer = client.post(link, {"name": "Ann", "password": PASSWORD})
        assert (answer.status_code, "This invitation is for somebody else" in text(answer)) == (409, True)
        assert cast.neighbour.memberships.count() == 1

    def test_dead_links_say_why(self, cast: Cast, places: Places, client: Client) -> None:
        link = link_to_join(cast, places)
        mine = Invitation.objects.filter(email="new@portal.test")
        mine.update(expires_at="2026-01-01T00:00Z")
        assert "older than 14 days" in text(client.get(link))
        mine.update(withdrawn_at="2026-01-01T00:00Z")
        assert "withdrawn, or replaced" in text(client.post(link, {"name": "Ann", "password": PASSWORD}))
        invented = client.get("/join/invented/")
        assert (invented.status_code, "Check that you copied all of it" in text(invented)) == (404, True)

    def test_the_page_is_kept_nowhere(self, cast: Cast, places: Places, client: Client) -> None:
        assert "no-store" in client.get(link_to_join(cast, places)).headers["Cache-Control"]

    def test_the_password_may_be_pasted_and_remembered(self, cast: Cast, places: Places, client: Client) -> None:
        page = text(client.get(link_to_join(cast, places)))
        assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="new-password"', page)
        assert "onpaste" not in page


class TestEnding:
    def test_ending_asks_first(self, coordinator: Client, cast: Cast) -> None:
        page = f"{PEOPLE}members/officer/end/"
        assert "Do you want to end the membership of Pat Officer?" in text(coordinator.get(page))
        assert cast.officer.memberships.get().ended_at is None
        answer = coordinator.post(page, follow=True)
        assert "Pat Officer’s membership has ended." in text(answer)
        assert cast.officer.memberships.get().ended_at is not None
        assert coordinator.get(page).status_code == 404

    def test_the_only_coordinator_finds_a_successor_first(self, coordinator: Client, cast: Cast) -> None:
        page = f"{PEOPLE}members/coordinator/end/"
        asked = text(coordinator.get(page))
        assert "You are the only coordinator of Amber Valley." in asked
        assert f'href="{PEOPLE}invite/"' in asked
        assert "End the membership" not in asked
        answer = coordinator.post(page)
        assert (answer.status_code, "Invite another coordinator first" in text(answer)) == (409, True)
        assert cast.coordinator.memberships.get().ended_at is None

    def test_the_only_coordinator_keeps_the_role(self, coordinator: Client, cast: Cast) -> None:
        page = f"{PEOPLE}members/coordinator/role/"
        answer = text(coordinator.post(page, {"role": "officer", "standpoint": "strategic"}))
        assert "You are the only coordinator. Invite another coordinator first" in answer
        assert "What may you do?" in answer
        assert cast.coordinator.memberships.get().role == Role.COORDINATOR
        answer = text(coordinator.post(page, {"role": "coordinator", "standpoint": "delivery"}, follow=True))
        assert "Your role is saved." in answer

    def test_an_administrator_may_end_the_only_coordinator(self, administrator: Client, cast: Cast) -> None:
        page = f"{PEOPLE}members/coordinator/end/"
        assert "Pat Coordinator is the only coordinator of Amber Valley." in text(administrator.get(page))
        administrator.post(page)
        assert cast.coordinator.memberships.get().ended_at is not None

    def test_one_of_two_coordinators_may_go_and_is_spoken_to_as_you(self, coordinator: Client, cast: Cast) -> None:
        cast.officer.memberships.update(role=Role.COORDINATOR)
        page = f"{PEOPLE}members/coordinator/end/"
        asked = text(coordinator.get(page))
        assert "You lose access at once. What you wrote stays." in asked
        assert "only coordinator" not in asked
        answer = coordinator.post(page, follow=True)
        assert answer.redirect_chain == [(reverse("home"), 302)]
        assert "Your membership has ended." in text(answer)
        assert coordinator.get(PEOPLE).status_code == 404

    def test_a_member_of_another_partnership_is_out_of_reach(self, coordinator: Client, cast: Cast) -> None:
        assert coordinator.post(f"{PEOPLE}members/neighbour/end/").status_code == 404
        assert coordinator.post("/people/derby/members/neighbour/end/").status_code == 404
        assert cast.neighbour.memberships.get().ended_at is None

    def test_an_invitation_of_another_partnership_is_out_of_reach(
        self, coordinator: Client, cast: Cast, places: Places
    ) -> None:
        derby: Agency = places.derby.agencies.get()
        theirs, _link = services.invite(email="d@portal.test", agency=derby, role=Role.VIEWER, by=cast.neighbour)
        go, _link = services.invite(email="g@portal.test", region=places.south_west, by=cast.administrator)
        for invitation in (theirs, go):
            assert coordinator.post(f"/people/invitations/{invitation.code}/withdraw/").status_code == 404
        assert Invitation.objects.filter(withdrawn_at=None).count() == 3

    def test_a_role_is_changed(self, coordinator: Client, cast: Cast) -> None:
        page = f"{PEOPLE}members/viewer/role/"
        assert re.search(r'value="viewer"[^>]*checked', text(coordinator.get(page)))
        coordinator.post(page, {"role": "officer", "standpoint": "strategic"})
        seat = cast.viewer.memberships.get()
        assert (seat.role, seat.standpoint) == ("officer", "strategic")

    def test_a_post_and_an_invitation_are_ended_by_an_administrator(self, administrator: Client, cast: Cast) -> None:
        administrator.post("/people/regions/east-midlands/posts/reviewer/end/")
        assert cast.reviewer.posts.get().ended_at is not None
        answer = administrator.post("/people/invitations/waiting/withdraw/")
        assert answer.headers["Location"] == PEOPLE
        assert Invitation.objects.get(code="waiting").withdrawn_at is not None

    def test_a_click_too_late_says_so(self, coordinator: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def too_late(**_: object) -> None:
            raise services.AlreadyEnded

        monkeypatch.setattr(services, "end_membership", too_late)
        answer = coordinator.post(f"{PEOPLE}members/officer/end/", follow=True)
        assert "Somebody else has just changed this" in text(answer)


def test_the_account_page_tells_what_one_is(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = text(client.get(reverse("accounts:account")))
    assert "officer@portal.test" in page
    assert "Officer, Local authority (delivery)" in page
    client.force_login(cast.reviewer)
    assert "Government Office for the East Midlands" in text(client.get(reverse("accounts:account")))
