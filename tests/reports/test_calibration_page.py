"""Calibration on the page: own region by criterion, others as sums, none that would tell of each one."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from reports.calibration import Agreement, Scale
from reports.calibration_page import Row
from tests.people import Cast, Places
from tests.reports.comparing import neighbours, review
from tests.reports.conftest import Submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
PAGE = "/compare/2027/calibration/"


@pytest.fixture
def reviewed(round_: Round, places: Places, submit: Submit) -> None:
    """Twelve closed reviews in the East Midlands, four in the South West."""
    for number, place in enumerate(neighbours(places.amber_valley.police_force, 12, "e")):
        theirs = number % 4 if number < 9 else (number + 1) % 4
        review(
            submit(place, {"LEAD.1": number % 4, "LEAD.2": None, "LAW.1": 2}),
            {"LEAD.1": theirs, "LEAD.2": 1, "LAW.1": 2 if number else 0},
        )
    for place in neighbours(places.exeter.police_force, 4, "w"):
        review(submit(place, {"LEAD.1": 2}), {"LEAD.1": 1})


def rows(client: Client, query: str = "") -> list[str]:
    """Return the text of each row of every table."""
    shown = html.unescape(client.get(PAGE + query).content.decode())
    found = [
        re.sub(r"<[^>]+>", " ", row)
        for row in re.findall(r"<tr role=\"row\"><th scope=\"row\".*?</tr>", shown, re.DOTALL)
    ]
    return [" ".join(row.split()) for row in found]


def one(found: list[str], start: str) -> str:
    return next(row for row in found if row.startswith(start))


def test_counts_shares_and_kappa(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    found = rows(sign_in(cast.reviewer))
    lead = one(found, "Leaders give direction")
    assert "Ratings (n) 12 Same level 9 (75%) Reviewer higher 2 (17%) Reviewer lower 1 (8%)" in lead
    # Numbers 9, 10 and 11 pair 1 with 2, 2 with 3 and 3 with 0.
    assert re.search(r"Weighted kappa 0\.\d\d \(−?0\.\d\d to (0\.\d\d|1\.00)\)", lead)
    assert "East Midlands (yours) Closed reviews 12" in one(found, "East Midlands")


def test_statutory_and_practice_stand_apart(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    found = rows(sign_in(cast.reviewer))
    regions = [row for row in found if row.startswith("East Midlands")]
    assert [re.search(r"\(n\) (\d+)", row)[1] for row in regions] == ["12", "12"]  # type: ignore[index]
    assert "Same level 11 (92%)" in one(found, "One strategy group")


def test_does_not_apply_is_left_out_and_said(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reviewer)
    assert "Nothing to compare yet" in one(rows(client), "Partners share the work")
    assert "12 ratings are left out" in client.get(PAGE).content.decode()


def test_few_reviews_elsewhere_are_not_shown(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    assert "Fewer than 5 closed reviews: not shown" in one(rows(sign_in(cast.reviewer)), "South West")
    own = one(rows(sign_in(cast.reviewer_elsewhere)), "South West (yours)")
    assert "Ratings (n) 4 Same level 0 Reviewer higher 0 Reviewer lower 4" in own
    assert "Too few to say" in own
    assert "not shown" not in " ".join(rows(sign_in(cast.administrator)))


def test_of_another_region_only_sums(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reviewer_elsewhere)
    assert "Ratings (n) 12" in one(rows(client), "East Midlands")
    assert "Ratings (n) 4" in one(rows(client), "Leaders give direction")
    assert client.get(f"{PAGE}?region=east-midlands").status_code == 404
    assert client.get(f"{PAGE}?region=nowhere").status_code == 404


def test_an_administrator_chooses(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.administrator)
    assert "Ratings (n) 16" in one(rows(client), "Leaders give direction")
    assert "Ratings (n) 4" in one(rows(client, "?region=south-west"), "Leaders give direction")


def test_partnerships_do_not_find_it(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.coordinator).get(PAGE).status_code == 404


def test_before_any_review_is_closed(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    assert "No review of this round is closed" in sign_in(cast.reviewer).get(PAGE).content.decode()


def test_below_ten_reviews_there_is_no_share_however_many_ratings() -> None:
    scale = Scale(("a", "b"))
    few, enough = (Agreement(scale, [{(0, 0): 3, (0, 1): 1}] * n) for n in (9, 10))
    assert (Row("", few).agreed, Row("", few).higher) == ("27", "9")
    assert (Row("", enough).agreed, Row("", enough).higher) == ("30 (75%)", "10 (25%)")


def test_criteria_of_few_reviews_are_folded_away(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    text = sign_in(cast.reviewer).get(PAGE).content.decode()
    folded = text[text.index("<details") : text.index("</details>")]
    assert "fewer than 10 closed reviews: counts only" in folded
    assert "Partners share the work" in folded
    assert "One strategy group" not in folded


def test_the_finding_stands_in_words_above_the_numbers(reviewed: None, cast: Cast, sign_in: SignIn) -> None:
    said = html.unescape(sign_in(cast.reviewer).get(PAGE).content.decode())
    assert "East Midlands: partnership and Government Office saw the same level in 75% of ratings." in said
    assert "Of the 3 that differ the Government Office was lower in 1 and higher in 2." in said
    # Four reviews elsewhere are too few to say anything of.
    assert "other region" not in said.split("By region: all criteria")[0]


def test_other_regions_are_told_as_a_range(
    reviewed: None, places: Places, submit: Submit, cast: Cast, sign_in: SignIn
) -> None:
    for place in neighbours(places.exeter.police_force, 16, "x"):
        review(submit(place, {"LEAD.1": 2}), {"LEAD.1": 2})
    said = html.unescape(sign_in(cast.reviewer).get(PAGE).content.decode())
    # Sixteen of twenty.
    assert "In the one other region with enough closed reviews it is 80%." in said
    everywhere = html.unescape(sign_in(cast.administrator).get(PAGE).content.decode())
    assert "Partnership and Government Office saw the same level in 75% to 80% of ratings, by region." in everywhere
