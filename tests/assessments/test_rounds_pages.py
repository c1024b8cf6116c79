"""The administrators' pages on rounds: what they show, what they refuse, and that nobody else sees them."""

import datetime
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from assessments.models import Assessment, Extension, Round
from assessments.round_progress import State
from hallmarks.models import Version
from partnerships.models import Partnership
from tests.assessments import answering
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
PAGES = [
    "round_list",
    "round_new",
    "round",
    "round_deadline",
    "round_views_day",
    "round_extension",
    "round_partnership",
]


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


@pytest.mark.parametrize("name", [name for name in PAGES[1:] if name != "round"])
def test_nobody_else_can_send_them(name: str, round_: Round, cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.coordinator, cast.reviewer, cast.stranger):
        sent = {**day("closes_on", in_days(60)), "confirm": "yes"}
        assert sign_in(user).post(address(name, round_), sent).status_code == 404
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


def test_a_round_that_is_over_has_the_same_states_for_administrators_as_for_reviewers(
    round_: Round, assessment: Assessment, places: Places, cast: Cast, administrator: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    Extension.objects.create(round=round_, partnership=places.exeter, until=in_days(3), reason="Flood")
    Round.objects.update(closes_on=in_days(-1))
    for name in ("round_list", "round"):
        lines = administrator.get(address(name, round_)).context["lines"]
        assert sum(line.tally.not_submitted for line in lines) == 3
        assert sum(line.tally.not_started for line in lines) == 1
    region = administrator.get(reverse("reviews:region", args=["east-midlands", round_.slug]))
    mine = next(line for line in lines if line.of.slug == "east-midlands")
    assert {count.state: count.number for count in region.context["counts"]}[State.NOT_SUBMITTED] == 2
    assert (mine.tally.not_submitted, mine.tally.in_progress) == (2, 0)


def test_a_state_that_nobody_can_be_in_is_not_told(round_: Round, administrator: Client) -> None:
    assert "Not submitted" not in words(administrator.get(address("round", round_)))
    (line,) = administrator.get(address("round_list", round_)).context["lines"]
    assert dict(line.cells) == {
        State.NOT_STARTED: 4,
        State.IN_PROGRESS: 0,
        State.NOT_SUBMITTED: None,
        State.SUBMITTED: 0,
    }
    Round.objects.update(closes_on=in_days(-1))
    said = words(administrator.get(address("round", round_)))
    assert "Not submitted" in said
    assert "In progress" not in said


def test_what_was_sent_counts_in_the_region_it_was_sent_to(
    round_: Round, assessment: Assessment, places: Places, cast: Cast, administrator: Client
) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    Partnership.objects.filter(pk=places.amber_valley.pk).update(police_force=places.exeter.police_force)
    lines = administrator.get(address("round", round_)).context["lines"]
    assert {line.of.slug: line.tally.submitted for line in lines} == {"east-midlands": 1, "south-west": 0, "wales": 0}
    index = administrator.get(reverse("reviews:index")).content.decode()
    assert "1 of 2 submitted" in index


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


def test_a_day_for_views_is_shown_and_one_outside_the_round_is_not_taken(
    version: Version, places: Places, administrator: Client
) -> None:
    page = opening(administrator, answers(version, **day("views_close_on", in_days(91))))
    assert "must be between the opening and the closing day" in page.context["form"].errors["views_close_on"][0]
    opening(administrator, answers(version, **day("views_close_on", in_days(60))))
    round_ = Round.objects.get()
    assert round_.views_close_on == in_days(60)
    shown = administrator.get(address("round", round_)).content.decode()
    assert f"At the end of {date_format(in_days(60), 'j F Y')}" in shown


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
        ({"name": "n" * 81}, "name", "“Name” must be 80 characters or fewer. You entered 81."),
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
        (day("opens_on", in_days(-1)), "opens_on", "The opening day must be today or later"),
        (day("closes_on", in_days(-1)), "closes_on", "The closing day must be today or later"),
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


def words(page: Any) -> str:
    """Return what a page says, without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page.content.decode())).split())


def in_words(value: datetime.date) -> str:
    return date_format(value, "j F Y")


def test_the_closing_day_is_changed_only_after_its_effect_was_read(
    round_: Round, places: Places, administrator: Client
) -> None:
    Extension.objects.create(round=round_, partnership=places.derby, until=in_days(60), reason="Flood")
    Extension.objects.create(round=round_, partnership=places.exeter, until=in_days(45), reason="Flood")
    round_.assessments.filter(partnership=places.cardiff).update(status="submitted")
    asked = administrator.post(address("round_deadline", round_), day("closes_on", in_days(45)))
    round_.refresh_from_db()
    assert round_.closes_on == in_days(30)
    said = words(asked)
    assert f"Change the closing day to {in_words(in_days(45))}?" in said
    assert f"The closing day is {in_words(in_days(30))} now." in said
    assert f"3 partnerships have not submitted. They then have until the end of {in_words(in_days(45))}." in said
    assert "1 of them has an extension that goes further, and keeps it." in said

    sent = dict(re.findall(r'<input type="hidden" name="(closes_on_\w+)" value="(\d+)">', asked.content.decode()))
    answer = administrator.post(address("round_deadline", round_), {**sent, "confirm": "yes"}, follow=True)
    assert answer.redirect_chain == [(address("round", round_), 302)]
    assert f"2027 self-assessment closes at the end of {in_words(in_days(45))}" in words(answer)
    round_.refresh_from_db()
    assert round_.closes_on == in_days(45)


@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
@pytest.mark.parametrize(
    ("days", "message"),
    [
        (-1, "The closing day must be today or later"),
        (30, "The round closes on this day already. Enter another day"),
    ],
)
def test_a_closing_day_that_cannot_be_says_why_at_either_step(
    round_: Round, administrator: Client, confirm: dict[str, str], days: int, message: str
) -> None:
    page = administrator.post(address("round_deadline", round_), {**day("closes_on", in_days(days)), **confirm})
    assert page.context["form"].errors == {"closes_on": [message]}
    assert "<title>Error:" in page.content.decode()
    round_.refresh_from_db()
    assert round_.closes_on == in_days(30)


def test_less_time_is_named_and_a_second_opening_is_refused(round_: Round, administrator: Client) -> None:
    url = address("round_deadline", round_)
    assert "Whoever has not submitted by then can no longer answer." in words(
        administrator.post(url, day("closes_on", in_days(3)))
    )
    Round.objects.update(closes_on=in_days(-2))
    answer = administrator.post(url, day("closes_on", in_days(3)))
    assert "Give the partnerships that need it more time instead" in words(answer)
    assert "Change the closing day" not in words(administrator.get(address("round", round_)))


def test_where_all_have_submitted_another_day_changes_nothing(round_: Round, administrator: Client) -> None:
    round_.assessments.update(status="submitted")
    page = administrator.post(address("round_deadline", round_), day("closes_on", in_days(3)))
    assert "Every partnership has submitted, so this changes nothing for any of them." in words(page)


def test_the_day_for_views_is_set_and_moved(round_: Round, administrator: Client) -> None:
    url = address("round_views_day", round_)
    assert "Set a day for views" in words(administrator.get(address("round", round_)))
    assert "No day is set: each partnership’s coordinator reveals its views." in words(administrator.get(url))
    for days in (9, 12):
        page = administrator.post(url, day("views_close_on", in_days(days)), follow=True)
        assert page.redirect_chain == [(address("round", round_), 302)]
        assert f"Views of 2027 self-assessment close at the end of {in_words(in_days(days))}" in words(page)
    assert "Change the day for views" in words(page)
    assert f"Views close at the end of {in_words(in_days(12))} now" in words(administrator.get(url))
    deadline = administrator.post(address("round_deadline", round_), day("closes_on", in_days(5)))
    assert f"{in_words(in_days(12))}, when views close. Change that day first" in words(deadline)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (dict.fromkeys(day("views_close_on", in_days(0)), ""), "Enter the day on which views close"),
        (day("views_close_on", in_days(-1)), "The day on which views close must be today or later"),
        (day("views_close_on", in_days(31)), "between the opening and the closing day"),
        ({**day("views_close_on", in_days(3)), "views_close_on_day": "\0"}, "must be a real date"),
    ],
)
def test_a_day_for_views_that_cannot_be_says_why(
    round_: Round, administrator: Client, data: dict[str, str], message: str
) -> None:
    page = administrator.post(address("round_views_day", round_), data)
    assert message in page.context["form"].errors["views_close_on"][0]
    assert "<title>Error:" in page.content.decode()


@pytest.mark.parametrize("over", [{"views_close_on": in_days(-1)}, {"views_close_on": None, "closes_on": in_days(-1)}])
def test_a_day_for_views_that_is_over_is_offered_no_change(
    round_: Round, administrator: Client, over: dict[str, Any]
) -> None:
    Round.objects.update(opens_on=in_days(-30), **over)
    url = address("round_views_day", round_)
    assert url not in administrator.get(address("round", round_)).content.decode()
    assert "is over" in words(administrator.get(url))
    assert "<form" not in administrator.get(url).content.decode().split("<main")[1]
    refused = administrator.post(url, day("views_close_on", in_days(1)))
    assert "so it cannot change" in words(refused)
    assert Round.objects.get().views_close_on == over["views_close_on"]


def test_the_page_of_a_round_changes_nothing(round_: Round, administrator: Client) -> None:
    assert administrator.post(address("round", round_), day("closes_on", in_days(60))).status_code == 405
    page = administrator.get(address("round", round_)).content.decode()
    assert f'href="{address("round_deadline", round_)}"' in page
    assert "closes_on_day" not in page


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
        ({"reason": "r" * 501}, "reason", "“Reason” must be 500 characters or fewer. You entered 501."),
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


def test_whoever_is_added_to_a_round_that_is_over_is_given_more_time(
    round_: Round, places: Places, administrator: Client
) -> None:
    Partnership.objects.create(
        slug="erewash", name="Erewash", police_force=places.derby.police_force, area_type="shire-district"
    )
    assert "Add a partnership" in words(administrator.get(address("round", round_)))
    Round.objects.update(closes_on=in_days(-1))
    page = words(administrator.get(address("round", round_)))
    assert "Add a partnership that was left out" in page
    answer = administrator.post(address("round_partnership", round_), {"partnership": "erewash"}, follow=True)
    assert answer.redirect_chain == [(address("round_extension", round_) + "?partnership=erewash", 302)]
    assert '<option value="erewash" selected>' in answer.content.decode()
    assert "The round closed for everybody else" in words(answer)


# Speed


@pytest.mark.parametrize("name", ["round_list", "round", "round_deadline", "round_views_day", "round_extension"])
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


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (-1, False)])
def test_a_round_that_was_begun_from_an_open_one_says_what_that_means(
    round_: Round, administrator: Client, version: Version, days: int, is_told: bool
) -> None:
    before = Round.objects.create(
        slug="2020", name="2020 self-assessment", version=version, opens_on=in_days(-90), closes_on=in_days(days)
    )
    Round.objects.filter(pk=round_.pk).update(previous=before)
    page = administrator.get(address("round", round_)).content.decode()
    assert ("It is still open, so its answers were copied half done." in page) == is_told
