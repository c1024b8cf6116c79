"""Your work, and the menu above every page: what is offered to whom."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Round
from hallmarks.models import Version
from tests import criteria
from tests.assessments.answering import rate_everything, submit, url
from tests.assessments.giving import give, make_member, reveal
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def page(client: Client, address: str = "/") -> str:
    return client.get(address, follow=True).content.decode()


def menu(client: Client, address: str = "/") -> list[str]:
    """Return the menu's entries; the one that is marked as current in capitals."""
    bar = re.search(r'id="navigation">(.*?)</ul>', page(client, address), re.DOTALL)
    assert bar is not None
    entries = re.findall(r'<a [^>]*?(aria-current="true")?>(?:<strong[^>]*>)?([^<]+)', bar[1])
    return [label.upper() if current else label for current, label in entries]


class TestYourWork:
    def test_an_open_round_says_when_it_closes(self, sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
        assert "Closes at the end of" in page(sign_in(cast.officer))

    def test_what_is_submitted_has_no_deadline_any_more(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        rate_everything(assessment, cast.officer)
        submit(assessment, cast.coordinator)
        for address in ("/", url("tasks", assessment)):
            shown = page(sign_in(cast.officer), address)
            assert "Submitted on" in shown
            assert not re.search("Close[sd] at", shown)

    def test_only_who_may_write_a_case_study_is_asked_for_one(self, sign_in: SignIn, cast: Cast) -> None:
        for who in (cast.officer, cast.coordinator):
            assert "/case-studies/amber-valley/new/" in page(sign_in(who))
        assert "/case-studies/amber-valley/new/" not in page(sign_in(cast.viewer))

    def test_a_round_to_come_is_named_and_leads_nowhere(
        self, sign_in: SignIn, version: Version, places: Places, cast: Cast
    ) -> None:
        opens = timezone.localdate() + datetime.timedelta(days=9)
        Round.objects.filter(pk=criteria.make_round(version, places).pk).update(opens_on=opens)
        shown = page(sign_in(cast.officer))
        assert f"2027 self-assessment, Amber Valley: opens on {opens.day} {opens:%B %Y}" in shown
        assert "/assessments/2027/" not in shown

    def test_a_round_to_come_hides_no_round_that_has_begun(
        self, sign_in: SignIn, assessment: Assessment, version: Version, places: Places, cast: Cast
    ) -> None:
        opens = timezone.localdate() + datetime.timedelta(days=9)
        Round.objects.filter(pk=criteria.make_round(version, places, "2028").pk).update(opens_on=opens)
        shown = page(sign_in(cast.officer))
        assert url("tasks", assessment) in shown
        assert "2028 self-assessment, Amber Valley: opens on" in shown


class TestMenu:
    def test_coordinators_find_their_people(self, sign_in: SignIn, cast: Cast) -> None:
        assert menu(sign_in(cast.coordinator), "/people/") == [
            "Your work",
            "Compare",
            "Case studies",
            "PEOPLE",
            "Criteria",
            "Your account",
        ]

    def test_other_members_are_not_offered_what_is_refused_to_them(self, sign_in: SignIn, cast: Cast) -> None:
        for who in (cast.officer, cast.viewer, cast.reviewer):
            assert "People" not in menu(sign_in(who))

    @pytest.mark.parametrize("name", ["tasks", "check"])
    def test_an_assessment_is_part_of_your_work(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast, name: str
    ) -> None:
        assert menu(sign_in(cast.officer), url(name, assessment))[:2] == ["YOUR WORK", "Compare"]


class TestViews:
    def test_everybody_finds_the_way_to_their_view_and_a_viewer_as_the_button(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        way = f'<a href="{url("views", assessment)}" '
        assert f'{way}role="button" class="govuk-button"' in page(sign_in(cast.viewer))
        for who in (cast.officer, cast.coordinator):
            assert f'{way}class="govuk-link' in page(sign_in(who))
        assert "Give your view" in page(sign_in(cast.viewer))

    def test_it_says_how_far_one_is_and_nothing_of_others(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        give(assessment, cast.colleague)
        before = page(sign_in(cast.viewer))
        assert "About 1 minute." in before
        give(assessment, cast.viewer)
        shown = page(sign_in(cast.viewer))
        assert "You have given your view of it." in shown
        assert ">Your view<" in shown

    def test_after_the_reveal_it_leads_to_everybody_s(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        third = make_member(assessment, "probation", "Probation service")
        for person in (cast.coordinator, cast.colleague, third):
            give(assessment, person)
        reveal(assessment, cast.coordinator)
        assert "See the views of all agencies" in page(sign_in(cast.viewer))

    def test_a_viewer_s_task_list_says_that_they_give_a_view(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        assert "You give your own view" in page(sign_in(cast.viewer), url("tasks", assessment))
        assert "You give your own view" not in page(sign_in(cast.officer), url("tasks", assessment))
