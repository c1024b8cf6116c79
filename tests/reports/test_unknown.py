"""What an address asks for and a page does not know: never an error, never silent."""

import datetime
import html
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from partnerships.models import Partnership
from reports import unknown
from tests.people import Cast, Places
from tests.reports.comparing import make_list
from tests.reports.conftest import Submit
from tests.reports.releases import close, fill, neighbours

SignIn = Callable[[User | None], Client]
URL, CRITERION = "/compare/2027/", "/compare/2027/LEAD.1/"
REGION_HEAT, HEAT, STRENGTHS = URL + "regions/east-midlands/heat-map/", URL + "heat-map/", URL + "strengths/"
SAID = "which is not known here."


@pytest.fixture
def submitted(places: Places, submit: Submit) -> None:
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": 2, "LAW.1": 0})


@pytest.fixture
def released(round_: Round, places: Places, author: User) -> None:
    """Twelve in one region and force."""
    at = close(round_) - datetime.timedelta(hours=1)
    force = places.amber_valley.police_force
    fill(round_, [places.amber_valley, places.derby, *neighbours(force, 10)], author, at)


def text_of(client: Client, url: str, **data: str) -> str:
    response = client.get(url, data)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("round", "the round “zzz”, which is not known here. This is Test round 2027."),
        ("force", "the police force “zzz”, which is not known here. All police forces are shown."),
        ("family", "the family group “zzz”, which is not known here. All family groups are shown."),
        ("kind", "the kind of area “zzz”, which is not known here. All kinds of area are shown."),
        ("section", "the section “zzz”, which is not known here. All sections are shown."),
        ("key", "the choice of criteria “zzz”, which is not known here. All criteria are shown."),
        ("partnership", "the partnership “zzz”, which is not known here. No partnership is picked out."),
        ("sort", "the order “zzz”, which is not known here. The order is as published."),
    ],
)
def test_a_government_office_is_told(
    submitted: None, round_: Round, sign_in: SignIn, cast: Cast, name: str, words: str
) -> None:
    Round.objects.filter(pk=round_.pk).update(name="Test round 2027")
    client = sign_in(cast.reviewer)
    assert SAID not in text_of(client, URL)
    for url in (URL, CRITERION):
        found = text_of(client, url, **{name: "zzz"})
        assert f"The address asks for {words}" in found
        assert found.count(SAID) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("with", "the group to compare with “zzz”, which is not known here. The comparison is with East Midlands."),
        ("partnership", "the partnership “zzz”, which is not known here. This is about Amber Valley."),
        ("section", "the section “zzz”, which is not known here. All sections are shown."),
        ("sort", "the order “zzz”, which is not known here. The order is as published."),
    ],
)
def test_a_partnership_is_told(released: None, sign_in: SignIn, cast: Cast, name: str, words: str) -> None:
    client = sign_in(cast.officer)
    for url in (URL, CRITERION, HEAT, STRENGTHS):
        assert SAID not in text_of(client, url)
        found = text_of(client, url, **{name: "zzz"})
        assert f"The address asks for {words}" in found
        assert found.count(SAID) == 1


def test_a_group_that_one_is_not_in_is_told(released: None, sign_in: SignIn, cast: Cast) -> None:
    assert "“family”, which is not known here" in text_of(sign_in(cast.officer), URL, **{"with": "family"})


def test_orders_of_a_heat_map_are_told(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    found = text_of(sign_in(cast.reviewer), REGION_HEAT, rows="zzz", cols="yyy")
    assert "the order of rows “zzz”, which is not known here. Rows are in the usual order." in found
    assert "the order of columns “yyy”, which is not known here. Columns are as published." in found


def test_orders_of_the_shares_are_told(released: None, sign_in: SignIn, cast: Cast) -> None:
    found = text_of(sign_in(cast.officer), HEAT, rows="zzz", cols="yyy")
    assert "the order of rows “zzz”, which is not known here." in found
    assert "the order of columns “yyy”, which is not known here." in found


def test_what_has_words_of_its_own_is_told_once(submitted: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    make_list(cast.reviewer, places.derby)
    client = sign_in(cast.reviewer)
    late = text_of(client, URL, partnership="amber-valley")
    assert "Amber Valley has not submitted in this round, so it is not picked out." in late
    beyond = text_of(client, URL, region="both-nations", list="towns", sort="disagreement", force="derbyshire")
    assert SAID not in late + beyond


def test_a_partnership_elsewhere_is_as_unknown_as_one_that_never_was(
    submitted: None, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.exeter, {"LEAD.1": 1})
    client = sign_in(cast.reviewer)
    elsewhere, nowhere = (text_of(client, URL, partnership=slug).split("</h1>")[1] for slug in ("exeter", "nowhere"))
    assert "Exeter" not in elsewhere
    assert elsewhere.replace("“exeter”", "“nowhere”") == nowhere


def test_what_is_repeated_is_short_and_cannot_be_markup(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    response = sign_in(cast.reviewer).get(URL, {"force": "<b>x</b>\x00" + "y" * 5000})
    text = response.content.decode()
    assert "“&lt;b&gt;x&lt;/b&gt;" in text
    assert "y" * (unknown.LONGEST + 1) not in text
    assert "\x00" not in text


def test_the_address_stays_as_it_is_and_links_are_those_of_what_is_shown(
    submitted: None, sign_in: SignIn, cast: Cast
) -> None:
    response = sign_in(cast.reviewer).get(URL, {"force": "zzz", "section": "LEAD"})
    assert response.status_code == 200
    hrefs = [part.split('"')[0].replace("&amp;", "&") for part in response.content.decode().split('href="')[1:]]
    (csv,) = [href for href in hrefs if urlparse(href).path.endswith("comparison.csv")]
    assert parse_qs(urlparse(csv).query) == {"region": ["east-midlands"], "section": ["LEAD"]}


def test_another_round_is_asked_for_the_same_and_says_what_it_does_not_know(
    submitted: None, round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    other = Round.objects.create(
        slug="2025", name="2025", version=round_.version, opens_on=round_.opens_on, closes_on=round_.closes_on
    )
    other.assessments.create(partnership=places.derby)
    asked = {"round": "2025", "force": "zzz", "self": "x", "sort": "", "partnership": "derby"}
    response = sign_in(cast.reviewer).get(URL, asked)
    kept = parse_qs(urlparse(response["Location"]).query)
    assert kept == {"region": ["east-midlands"], "force": ["zzz"], "partnership": ["derby"]}
    found = text_of(sign_in(cast.reviewer), response["Location"])
    assert "the police force “zzz”, which is not known here." in found
    assert "Derby has not submitted in this round" in found


def test_files_of_an_unknown_choice_say_what_they_are_of(released: None, sign_in: SignIn, cast: Cast) -> None:
    text = sign_in(cast.officer).get(URL + "comparison.csv", {"with": "zzz"}).content.decode()
    assert "East Midlands" in text.splitlines()[1]


def test_the_names_here_are_those_of_the_forms(places: Places) -> None:
    assert set(unknown.INSTEAD) <= set(unknown.NAMES)
    assert Partnership.objects.exists()
