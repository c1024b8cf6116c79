"""The administrators' pages on rounds: what they show, what they refuse, and that nobody else sees them."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Extension, Round
from hallmarks.models import Version
from partnerships.models import Partnership
from tests.assessments import answering
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
PAGES = ["round_list", "round_new", "round", "round_extension", "round_partnership"]


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.administrator)


def address(name: str, round_: Round) -> str:
    return reverse(f"assessments:{name}", args=[] if name in {"round_list", "round_new"} else [round_.slug])


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def day(name: str, value: datetime.date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


def answers(version: Version, **changes: Any) -> dict[str, Any]:
    return {
        "name": "2028 self-assessment",
        "version": str(version.pk),
        **day("opens_on", in_days(1)),
        **day("closes_on", in_days(90)),
        "scope": "all",
        **changes,
    }


def opening(client: Client, data: dict[str, Any]) -> Any:
    return client.post(reverse("assessments:round_new"), data)


@pytest.mark.parametrize("name", PAGES)
def test_only_administrators_find_the_pages(name: str, round_: Round, cast: Cast, sign_in: SignIn) -> None:
    url = address(name, round_)
    found = {who: sign_in(user).get(url).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "administrator": 200}


@pytest.mark.parametrize("name", PAGES[1:])
def test_nobody_else_can_send_them(name: str, round_: Round, cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.coordinator, cast.reviewer, cast.stranger):
        assert sign_in(user).post(address(name, round_), day("closes_on", in_days(60))).status_code == 404
    round_.refresh_from_db()
    assert round_.closes_on == in_days(30)


@pytest.mark.parametrize("name", PAGES[2:])
def test_an_unknown_round_is_not_found(name: str, administrator: Client) -> None:
    assert administrator.get(reverse(f"assessments:{name}", args=["1999"])).status_code == 404


def test_the_list_counts_states(
    round_: Round, assessment: Assessment, places: Places, cast: Cast, administrator: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    derby = Assessment.objects.with_round().get(round=round_, partnership=places.derby)
    answering.rate_everything(derby, cast.neighbour)
    answering.submit(derby, cast.neighbour)
    (line,) = administrator.get(reverse("assessments:round_list")).context["lines"]
    tally = line.tally
    assert (tally.not_started, tally.in_progress, tally.submitted, tally.total) == (2, 1, 1, 4)


def test_an_answer_carried_over_and_not_looked_at_does_not_begin_an_assessment(
    assessment: Assessment, cast: Cast, administrator: Client
) -> None:
    rating = answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    type(rating).objects.filter(pk=rating.pk).update(is_confirmed=False)
    (line,) = administrator.get(reverse("assessments:round_list")).context["lines"]
    assert (line.tally.not_started, line.tally.in_progress) == (4, 0)


def test_a_round_shows_its_regions_counts(
    round_: Round, assessment: Assessment, cast: Cast, administrator: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    page = administrator.get(address("round", round_))
    found = {line.of.slug: (line.tally.not_started, line.tally.in_progress) for line in page.context["lines"]}
    assert found == {"east-midlands": (1, 1), "south-west": (1, 0), "wales": (1, 0)}
    assert page.context["total"] == 4


# Opening a round


def test_a_round_is_opened_and_shown(version: Version, places: Places, administrator: Client) -> None:
    answer = administrator.post(reverse("assessments:round_new"), answers(version), follow=True)
    round_ = Round.objects.get()
    assert answer.redirect_chain == [(address("round", round_), 302)]
    assert (round_.slug, round_.assessments.count()) == ("2028-self-assessment", 4)
    assert "2028 self-assessment is set up" in answer.content.decode()


def test_a_pilot_names_its_regions(version: Version, places: Places, administrator: Client) -> None:
    opening(administrator, answers(version, scope="chosen", regions=["wales", "south-west"]))
    found = Round.objects.get().assessments.values_list("partnership__slug", flat=True)
    assert set(found) == {"cardiff", "exeter"}


def test_only_published_criteria_are_offered(version: Version, places: Places, administrator: Client) -> None:
    draft = Version.objects.create(framework=version.framework, slug="next", title="Not yet fixed")
    assert "Not yet fixed" not in administrator.get(reverse("assessments:round_new")).content.decode()
    page = opening(administrator, answers(draft))
    assert page.context["form"].errors["version"] == ["Select criteria from the list"]
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Enter a name for the round"),
        ({"name": "!!!"}, "name", "Enter a name with letters or numbers in it, such as 2027 self-assessment"),
        ({"name": "New"}, "name", "Enter a name with letters or numbers in it, such as 2027 self-assessment"),
        ({"name": "n" * 81}, "name", "Enter 80 characters or fewer. You entered 81."),
        ({"version": ""}, "version", "Select the criteria"),
        ({"version": "9" * 40}, "version", "Select criteria from the list"),
        ({"scope": ""}, "scope", "Select who takes part"),
        ({"scope": "chosen"}, "regions", "Select at least one region"),
        (
            {"regions": ["wales"]},
            "scope",
            "You ticked regions. Select “Only the regions I tick below”, or untick them",
        ),
        ({"scope": "chosen", "regions": ["\0"]}, "regions", "Select regions from the list"),
        ({"previous": "no-such-round"}, "previous", "Select a round from the list"),
        ({"previous": "\0"}, "previous", "Null characters are not allowed."),
        (day("opens_on", in_days(-1)), "opens_on", "The date must be today or later"),
        ({"closes_on_month": "13"}, "closes_on", "Closing day must be a real date"),
        ({"closes_on_day": ""}, "closes_on", "Closing day must include a day"),
        (day("closes_on", in_days(0)), "closes_on", "The closing day must be the same as or after the opening day"),
    ],
)
def test_what_cannot_be_opened_says_why_and_loses_nothing(
    version: Version,
    places: Places,
    administrator: Client,
    changes: dict[str, Any],
    field: str,
    message: str,
) -> None:
    data = answers(version) | changes
    page = opening(administrator, data)
    assert page.status_code == 200
    assert page.context["form"].errors == {field: [message]}
    assert f'value="{data["closes_on_year"]}"' in page.content.decode()
    assert not Round.objects.exists()


def test_a_long_name_still_makes_an_address(version: Version, places: Places, administrator: Client) -> None:
    opening(administrator, answers(version, name="x" * 49 + " " + "y" * 30))
    assert Round.objects.get().slug == "x" * 49


def test_a_name_in_use_is_told_beside_the_name(round_: Round, version: Version, administrator: Client) -> None:
    page = opening(administrator, answers(version, name=round_.name))
    assert page.context["form"].errors == {"name": ["Another round has this name. Enter a different one"]}


def test_markup_in_a_name_stays_text(version: Version, places: Places, administrator: Client) -> None:
    page = administrator.post(
        reverse("assessments:round_new"), answers(version, name="<script>alert(2)</script>"), follow=True
    )
    assert "<script>alert(2)" not in page.content.decode()
    assert "&lt;script&gt;alert(2)" in page.content.decode()


# The deadline and extensions


def test_the_closing_day_can_be_moved(round_: Round, administrator: Client) -> None:
    answer = administrator.post(address("round", round_), day("closes_on", in_days(45)))
    assert answer.status_code == 302
    round_.refresh_from_db()
    assert round_.closes_on == in_days(45)


def test_the_closing_day_cannot_be_moved_into_the_past(round_: Round, administrator: Client) -> None:
    page = administrator.post(address("round", round_), day("closes_on", in_days(-1)))
    assert page.context["form"].errors == {"closes_on": ["The closing day must be today or later"]}
    assert "Error:" in page.content.decode()


def test_a_partnership_is_given_more_time(round_: Round, administrator: Client) -> None:
    data = {"partnership": "derby", "reason": "Flood at the council", **day("until", in_days(40))}
    page = administrator.post(address("round_extension", round_), data, follow=True)
    assert page.status_code == 200
    extension = Extension.objects.get()
    assert (extension.partnership.slug, extension.until) == ("derby", in_days(40))
    assert "Flood at the council" in page.content.decode()


def test_changing_an_extension_starts_from_what_was_given(round_: Round, places: Places, administrator: Client) -> None:
    Extension.objects.create(round=round_, partnership=places.derby, until=in_days(40), reason="Flood & fire")
    page = administrator.get(address("round_extension", round_), {"partnership": "derby"}).content.decode()
    assert '<option value="derby" selected>' in page
    assert "Flood &amp; fire</textarea>" in page


@pytest.mark.parametrize("slug", ["", "no-such-place", "\0", "'\"><b>"])
def test_a_strange_partnership_in_the_address_is_ignored(round_: Round, administrator: Client, slug: str) -> None:
    assert administrator.get(address("round_extension", round_), {"partnership": slug}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"partnership": ""}, "partnership", "Select a partnership"),
        ({"partnership": "atlantis"}, "partnership", "Select a partnership from the list"),
        ({"partnership": "\0"}, "partnership", "Null characters are not allowed."),
        ({"reason": " "}, "reason", "Enter the reason for giving more time"),
        ({"reason": "r" * 501}, "reason", "Enter 500 characters or fewer. You entered 501."),
        (
            day("until", in_days(30)),
            "until",
            "The new closing day must be after the day the round closes for everybody",
        ),
    ],
)
def test_an_extension_that_cannot_be_given_says_why(
    round_: Round, administrator: Client, changes: dict[str, str], field: str, message: str
) -> None:
    data = {"partnership": "derby", "reason": "Flood", **day("until", in_days(40))} | changes
    page = administrator.post(address("round_extension", round_), data)
    assert page.context["form"].errors == {field: [message]}
    assert not Extension.objects.exists()


def test_a_partnership_that_has_submitted_is_not_offered(
    assessment: Assessment, cast: Cast, administrator: Client
) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    page = administrator.get(address("round_extension", assessment.round)).content.decode()
    assert 'value="derby"' in page
    assert 'value="amber-valley"' not in page


def test_a_partnership_that_was_left_out_can_be_added(round_: Round, places: Places, administrator: Client) -> None:
    Partnership.objects.create(
        slug="erewash", name="Erewash", police_force=places.derby.police_force, area_type="shire-district"
    )
    url = address("round_partnership", round_)
    assert 'value="derby"' not in administrator.get(url).content.decode()
    assert administrator.post(url, {"partnership": "erewash"}).status_code == 302
    assert round_.assessments.filter(partnership__slug="erewash").exists()


# Speed


@pytest.mark.parametrize("name", ["round_list", "round", "round_extension"])
def test_pages_ask_as_often_for_4_partnerships_as_for_104(
    name: str, round_: Round, places: Places, administrator: Client
) -> None:
    few = _queries(administrator, address(name, round_))
    _grow(round_, places, 100)
    many = _queries(administrator, address(name, round_))
    assert few == many <= 10


def _queries(client: Client, url: str) -> int:
    client.get(url)  # The first request of a session writes when it was seen.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def _grow(round_: Round, places: Places, number: int) -> None:
    made = Partnership.objects.bulk_create(
        Partnership(
            slug=f"place-{n}", name=f"Place {n}", police_force=places.derby.police_force, area_type="shire-district"
        )
        for n in range(number)
    )
    Assessment.objects.bulk_create(Assessment(round=round_, partnership=place) for place in made)
    Extension.objects.bulk_create(
        Extension(round=round_, partnership=place, until=in_days(40), reason="Flood") for place in made[:50]
    )
    for n in range(5):
        other = Round.objects.create(
            slug=f"r{n}", name=f"R{n}", version=round_.version, opens_on=in_days(0), closes_on=in_days(9)
        )
        other.regions.add(places.south_west)


# The admin


@pytest.mark.parametrize("model", ["round", "extension", "assessment", "submission"])
def test_the_admin_shows_and_changes_nothing(model: str, round_: Round, administrator: Client) -> None:
    assert administrator.get(reverse(f"admin:assessments_{model}_changelist")).status_code == 200
    assert administrator.get(reverse(f"admin:assessments_{model}_add")).status_code == 403


def test_the_admin_has_no_door_to_what_a_draft_says(round_: Round, administrator: Client) -> None:
    page = administrator.get(reverse("admin:index")).content.decode()
    assert "/admin/assessments/assessment/" in page
    assert "/admin/assessments/rating/" not in page
    assert "/admin/assessments/evidence/" not in page
