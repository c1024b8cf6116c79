"""The groups of the comparison pages: cut in any way at home, counts only beyond, lists, reviews, addresses."""

import csv
import html
import io
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from partnerships.models import AreaType, Partnership, PoliceForce
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.comparing import FAMILY, family, make_list, neighbours, review
from tests.reports.conftest import Submit

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/"
CSV = "/compare/2027/comparison.csv"
EVERYWHERE = {"region": "both-nations"}


@pytest.fixture
def country(places: Places, submit: Submit) -> None:
    """Amber Valley (a shire district) and Derby (unitary, family 7); in the South West six unitaries of family 7."""
    Partnership.objects.filter(pk=places.derby.pk).update(family_group=family())
    places.derby.refresh_from_db()
    submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 2, "LAW.1": 2, "LAW.2": 0})
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": None, "LAW.1": 2})
    for at, place in enumerate(neighbours(places.exeter.police_force, 6, "west")):
        submit(place, {"LEAD.1": 0 if at < 4 else 2, "LAW.1": 1})


def rows_of(response: object) -> dict[str, dict[str, str]]:
    text = response.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Code"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def levels(row: dict[str, str]) -> list[str]:
    return [row[name] for name in ("Gap identified", "Working towards", "Some success", "Doing well")]


# At home


def test_the_own_region_is_cut_by_kind_and_family_together(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    by_kind = rows_of(client.get(CSV, {"kind": AreaType.SHIRE_DISTRICT}))["LEAD.1"]
    assert (by_kind["Area"], levels(by_kind)) == ("Shire district, East Midlands", ["0", "0", "0", "1"])
    both = rows_of(client.get(CSV, {"kind": AreaType.UNITARY, "family": FAMILY, "force": "derbyshire"}))["LEAD.1"]
    assert (both["Partnerships"], levels(both)) == ("1", ["0", "1", "0", "0"])
    neither = client.get(URL, {"kind": AreaType.SHIRE_DISTRICT, "family": FAMILY}).content.decode()
    assert "No partnership taking part in this round belongs to this group" in neither


def test_families_are_those_of_the_day_of_submission(
    country: None, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(family_group=None)
    client = sign_in(cast.reviewer)
    assert levels(rows_of(client.get(CSV, {"family": FAMILY}))["LEAD.1"]) == ["0", "1", "0", "0"]


def test_a_list_of_ones_own(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    make_list(cast.reviewer, places.derby)
    found = rows_of(sign_in(cast.reviewer).get(CSV, {"list": "towns"}))["LEAD.1"]
    assert (found["Area"], found["Partnerships"], levels(found)) == (
        "Towns, East Midlands",
        "1",
        ["0", "1", "0", "0"],
    )


def test_a_list_that_is_not_there_is_said_to_be_left_out(
    country: None, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    make_list(cast.administrator, places.derby, name="Private")
    client = sign_in(cast.reviewer)
    for code in ("gone", "private", "\x00"):
        page = client.get(URL, {"list": code}).content.decode()
        assert "The list in this address is not there any more, or is not shared with you" in page
        assert levels(rows_of(client.get(CSV, {"list": code}))["LEAD.1"]) == ["0", "1", "0", "1"]


# Beyond


def test_beyond_the_own_region_there_are_counts_and_no_names(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    for area, counts in (("both-nations", ["4", "1", "2", "1"]), ("nation-england", ["4", "1", "2", "1"])):
        assert levels(rows_of(client.get(CSV, {"region": area}))["LEAD.1"]) == counts
        page = client.get(URL, {"region": area}).content.decode()
        assert "WEST" not in page
        assert "Devon and Cornwall" not in page
        assert "of 10 partnerships" in page if area == "both-nations" else "of 9 partnerships" in page


def test_another_regions_partnership_cannot_be_picked_out(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    for query in ({"partnership": "west-0"}, {"partnership": "west-0", **EVERYWHERE}):
        assert "WEST 0" not in client.get(URL, query).content.decode()
        assert not [name for name in rows_of(client.get(CSV, query))["LEAD.1"] if name.startswith("Level of")]


def test_ones_own_partnership_is_placed_among_the_nations(country: None, sign_in: SignIn, cast: Cast) -> None:
    found = rows_of(sign_in(cast.reviewer).get(CSV, {**EVERYWHERE, "partnership": "derby"}))["LEAD.1"]
    assert (found["Level of Derby"], levels(found)) == ("Working towards", ["4", "1", "2", "1"])


def test_beyond_the_own_region_groups_are_not_cut_together(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    query = {"region": "nation-england", "family": FAMILY, "kind": AreaType.SHIRE_DISTRICT, "force": "derbyshire"}
    found = rows_of(client.get(CSV, query))["LEAD.1"]
    assert (found["Area"], levels(found)) == ("Family group 7, England and Wales", ["4", "1", "2", "0"])
    page = client.get(URL, query).content.decode()
    assert "Beyond your own region one grouping is shown at a time" in page
    assert "one grouping is shown at a time" not in client.get(URL, {**EVERYWHERE, "family": FAMILY}).content.decode()


def test_administrators_cut_the_nation_and_see_names(country: None, sign_in: SignIn, cast: Cast) -> None:
    query = {"region": "nation-england", "family": FAMILY, "kind": AreaType.UNITARY, "partnership": "west-0"}
    found = rows_of(sign_in(cast.administrator).get(CSV, query))["LEAD.1"]
    assert (levels(found), found["Level of WEST 0"]) == (["4", "1", "2", "0"], "Gap identified")


def test_a_list_does_not_reach_beyond_the_region(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    made = make_list(cast.reviewer, places.derby, is_shared=True)
    made.partnerships.add(Partnership.objects.get(slug="west-0"))
    client = sign_in(cast.reviewer)
    assert levels(rows_of(client.get(CSV, {"list": "towns"}))["LEAD.1"]) == ["0", "1", "0", "0"]
    assert levels(rows_of(client.get(CSV, {"list": "towns", **EVERYWHERE}))["LEAD.1"]) == ["4", "1", "2", "1"]


def test_counts_of_fewer_than_five_elsewhere_are_not_told(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.derby, {"LEAD.1": 1})
    west = neighbours(places.exeter.police_force, 5, "west")
    for place in west[:4]:
        submit(place, {"LEAD.1": 0})
    client = sign_in(cast.reviewer)
    assert "Fewer than 5 partnerships outside your region" in client.get(URL, EVERYWHERE).content.decode()
    assert levels(rows_of(client.get(CSV, EVERYWHERE))["LEAD.1"]) == ["", "", "", ""]
    submit(west[4], {"LEAD.1": 3})
    assert levels(rows_of(client.get(CSV, EVERYWHERE))["LEAD.1"]) == ["4", "1", "0", "1"]
    assert rows_of(sign_in(cast.administrator).get(CSV, {"region": "south-west"}))["LEAD.1"]["Doing well"] == "1"


# What reviewers saw


@pytest.fixture
def disputed(places: Places, submit: Submit) -> None:
    """LEAD.2 is disputed in both reviews, LEAD.1 in one of two; a third partnership has no closed review."""
    one = submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 2, "LAW.1": 2})
    two = submit(places.derby, {"LEAD.1": 1, "LEAD.2": None, "LAW.1": 2})
    (third,) = neighbours(places.derby.police_force, 1)
    submit(third, {"LEAD.1": 1, "LEAD.2": 1})
    review(one, {"LEAD.1": 3, "LEAD.2": 1, "LAW.1": 2})
    review(two, {"LEAD.1": 0, "LEAD.2": 2, "LAW.1": 2})


def test_sorting_by_disagreement_tells_the_share_of_closed_reviews(disputed: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    found = rows_of(client.get(CSV, {"sort": "disagreement"}))
    told = {code: (row["Reviewer saw another level"], row["Closed reviews"]) for code, row in found.items()}
    assert list(told.items())[:2] == [("LEAD.2", ("2", "2")), ("LEAD.1", ("1", "2"))]
    assert told["LAW.1"] == ("0", "2")
    page = client.get(URL, {"sort": "disagreement"}).content.decode()
    assert "Reviewers differ" in page
    assert "3 of 4" in page  # all ratings of Leadership
    assert "Reviewers differ" not in client.get(URL).content.decode()


def test_both_that_it_does_not_apply_is_no_disagreement(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    review(submit(places.derby, {"LEAD.1": None, "LEAD.2": 1}), {"LEAD.1": None, "LEAD.2": None})
    found = rows_of(sign_in(cast.reviewer).get(CSV, {"sort": "disagreement"}))
    assert [found[code]["Reviewer saw another level"] for code in ("LEAD.1", "LEAD.2")] == ["0", "1"]


def test_a_review_of_a_submission_that_was_sent_again_does_not_count(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    review(submit(places.derby, {"LEAD.1": 0}, is_current=False), {"LEAD.1": 3})
    submit(places.derby, {"LEAD.1": 0})
    found = rows_of(sign_in(cast.reviewer).get(CSV, {"sort": "disagreement"}))["LEAD.1"]
    assert (found["Closed reviews"], found["Gap identified"]) == ("0", "1")


def test_what_reviewers_saw_does_not_leave_the_region(
    country: None, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    query = {**EVERYWHERE, "sort": "disagreement"}
    client = sign_in(cast.reviewer)
    page = client.get(URL, query).content.decode()
    assert "What reviewers saw is shown for your own region only" in page
    assert 'value="disagreement"' not in page
    assert "Closed reviews" not in rows_of(client.get(CSV, query))["LEAD.1"]
    assert "Closed reviews" in rows_of(sign_in(cast.administrator).get(CSV, query))["LEAD.1"]


# Sections, spread, addresses


def test_sections_are_shown_with_all_their_ratings(country: None, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL, {"partnership": "derby"}).content.decode()
    assert "Good practice by section: all ratings of its criteria" in page
    assert "4 ratings: 0 gap identified, 1 working towards, 1 some success, 1 doing well, 1 does not apply." in page
    # Derby gave Leadership one level, below some success, and one "does not apply".
    assert "0 of 1 at some success or better" in page


def test_spread_first(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.amber_valley, {"LEAD.1": 1, "LEAD.2": 0})
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": 3})
    client = sign_in(cast.reviewer)
    assert list(rows_of(client.get(CSV, {"sort": "spread", "section": "LEAD"}))) == ["LEAD.2", "LEAD.1"]


def test_every_link_keeps_the_choice(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    make_list(cast.reviewer, places.derby, places.amber_valley)
    query = {"region": "east-midlands", "kind": AreaType.UNITARY, "family": FAMILY, "list": "towns"}
    query |= {"partnership": "derby", "sort": "weaknesses", "section": "LEAD"}
    page = sign_in(cast.reviewer).get(URL, query).content.decode()
    hrefs = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    linked = [href for href in hrefs if urlparse(href).path in ("/compare/2027/LEAD.1/", URL, CSV)]
    kept = [{name: values[0] for name, values in parse_qs(urlparse(href).query).items()} for href in linked]
    assert len(kept) == 3
    assert all(found == query for found in kept)


@pytest.mark.parametrize("query", [{}, EVERYWHERE, {"sort": "disagreement"}, {"list": "towns", "partnership": "derby"}])
def test_the_questions_to_the_database_are_few_and_the_same_for_376(
    query: dict[str, str], round_: Round, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    make_list(cast.reviewer, places.derby)
    review(submit(places.derby, {"LEAD.1": 3}), {"LEAD.1": 1})
    client = sign_in(cast.reviewer)
    client.get(URL, query)
    with counted() as few:
        client.get(URL, query)
    force = PoliceForce.objects.create(slug="more", name="More", region=places.east_midlands)
    for at, place in enumerate(neighbours(force, 190, "east") + neighbours(places.exeter.police_force, 190, "west")):
        sent = submit(place, {"LEAD.1": at % 4})
        if at < 20:
            review(sent, {"LEAD.1": 2})
    with counted() as many:
        assert client.get(URL, query).status_code == 200
    assert few.number == many.number <= 10


def test_a_list_left_out_beyond_the_region_is_said(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    make_list(cast.reviewer, places.derby, is_shared=True)
    for person in (cast.reviewer, cast.administrator):
        client = sign_in(person)
        for area in (EVERYWHERE, {"region": "nation-england"}):
            assert "A list is of one region" in client.get(URL, {"list": "towns", **area}).content.decode()
            assert "A list is of one region" not in client.get(URL, area).content.decode()


def test_a_family_within_a_region_offers_the_whole_of_it(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    page = client.get(URL, {"family": FAMILY}).content.decode()
    assert "Only the partnerships of Family group 7 that are in East Midlands are compared." in page
    (found,) = re.findall(r'href="(\?[^"]*)">Compare the whole of Family group 7', page)
    whole = client.get(URL + html.unescape(found)).content.decode()
    assert "Family group 7, England and Wales" in whole
    assert "Compare the whole" not in whole


def test_the_sentence_counts_criteria_on_which_half_are_high(country: None, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    assert "criteri" in page
    assert "at least half of the partnerships are at some success or better" in page
    assert "The middle partnership is at" not in page
