"""The comparison pages: who sees which regions, what they say, and what they do with addresses that make no sense."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.models import Round, Submission
from partnerships.models import AreaType, Partnership, PoliceForce
from tests import criteria
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.conftest import Submit

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/"
CSV = "/compare/2027/comparison.csv"


@pytest.fixture
def submitted(places: Places, submit: Submit) -> list[Submission]:
    """Amber Valley is ahead of Derby; Exeter, elsewhere, is behind both."""
    return [
        submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 2, "LAW.1": 2, "LAW.2": 0}),
        submit(places.derby, {"LEAD.1": 1, "LEAD.2": None, "LAW.1": 2}),
        submit(places.exeter, {"LEAD.1": 0, "LEAD.2": 0, "LAW.1": 0}),
    ]


def rows_of(response: object) -> dict[str, dict[str, str]]:
    text = response.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Code"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def neighbours(places: Places, number: int, prefix: str = "n") -> list[Partnership]:
    force = places.amber_valley.police_force
    return Partnership.objects.bulk_create(
        Partnership(slug=f"{prefix}-{n}", name=f"N {n}", police_force=force, area_type=AreaType.UNITARY)
        for n in range(number)
    )


# Who


def test_strangers_are_shown_no_comparison(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.stranger, cast.former):
        for url in ("/compare/", URL, CSV):
            assert sign_in(person).get(url).status_code == 404


def test_a_reviewer_compares_their_own_region_only(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    found = rows_of(client.get(CSV))["LEAD.1"]
    assert (found["Area"], found["Gave a level"], found["Gap identified"]) == ("East Midlands", "2", "0")
    for url in (URL, CSV):
        assert client.get(url, {"region": "south-west"}).status_code == 404
    assert "Exeter" not in client.get(URL).content.decode()


def test_picking_out_a_partnership_elsewhere_shows_nothing_of_it(
    submitted: list[Submission], sign_in: SignIn, cast: Cast
) -> None:
    page = sign_in(cast.reviewer).get(URL, {"partnership": "exeter"}).content.decode()
    assert "Exeter" not in page


def test_a_reviewer_whose_post_ended_compares_nothing(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(ended_at="2026-01-01T00:00:00Z")
    assert sign_in(cast.reviewer).get(URL).status_code == 404


def test_an_administrator_compares_every_region(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.administrator)
    assert rows_of(client.get(CSV, {"region": "south-west"}))["LEAD.1"]["Gap identified"] == "1"
    assert '<option value="wales">' in client.get(URL).content.decode()


def test_drafts_are_never_counted(round_: Round, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    assert "none of the 2 partnerships has submitted yet" in page


def test_only_the_current_submission_counts(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.amber_valley, {"LEAD.1": 0}, is_current=False)
    submit(places.amber_valley, {"LEAD.1": 3})
    found = rows_of(sign_in(cast.reviewer).get(CSV))["LEAD.1"]
    assert (found["Gap identified"], found["Doing well"]) == ("0", "1")


def test_history_keeps_the_region_of_the_day(
    submitted: list[Submission], places: Places, sign_in: SignIn, cast: Cast
) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(police_force=places.exeter.police_force)
    assert rows_of(sign_in(cast.reviewer).get(CSV))["LEAD.1"]["Gave a level"] == "2"
    assert rows_of(sign_in(cast.reviewer_elsewhere).get(CSV))["LEAD.1"]["Gave a level"] == "1"


# What


def test_the_page_says_what_it_found(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL, {"partnership": "derby"}).content.decode()
    assert "Derby is above the middle partnership on <strong>0</strong> of 1 criterion" in page
    assert "East Midlands: 2 of 2 partnerships have submitted." in page
    assert "2 partnerships: 0 gap identified, 1 working towards, 0 some success, 1 doing well." in page
    assert "1 does not apply" in page
    assert "Between working towards and doing well" in page
    assert "Kept apart, because the law asks for these." in page


def test_the_file_holds_the_same_numbers(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    response = sign_in(cast.reviewer).get(CSV, {"partnership": "derby"})
    today = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="comparison-2027-east-midlands-{today}.csv"'
    found = rows_of(response)
    assert list(found) == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]
    assert found["LEAD.1"]["Median"] == "Between working towards and doing well"
    assert found["LEAD.1"]["Middle half"] == "Working towards to doing well"
    assert (found["LEAD.2"]["Does not apply"], found["LEAD.2"]["Level of Derby"]) == ("1", "Does not apply")
    assert (found["LEAD.1"]["Some success or better"], found["LAW.1"]["Some success or better"]) == ("1", "")
    assert (found["LAW.1"]["Met"], found["LAW.1"]["Gap identified"]) == ("2", "")
    # Asked only of two-tier areas, so Derby has no answer to it.
    assert (found["LAW.2"]["Gave a level"], found["LAW.2"]["Level of Derby"]) == ("1", "")


def test_the_file_says_how_many_could_have_submitted_and_how_many_did(
    submitted: list[Submission], round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    for place in neighbours(places, 3):
        round_.assessments.create(partnership=place)
    found = rows_of(sign_in(cast.reviewer).get(CSV))
    assert {(row["Partnerships"], row["Submitted"]) for row in found.values()} == {("5", "2")}


def test_one_partnership_is_said_to_stand_above_or_below_the_median(
    submitted: list[Submission], places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    for place in neighbours(places, 2):
        submit(place, {"LEAD.1": 2})
    client = sign_in(cast.reviewer)
    for slug, words in (("derby", "Below the median"), ("amber-valley", "Above the median")):
        page = client.get(URL, {"partnership": slug, "section": "LEAD"}).content.decode()
        assert page.count(words) == 1
        assert "Some success (" not in page
    assert "the median</span>" not in client.get(URL, {"section": "LEAD"}).content.decode()


def test_the_choice_of_one_partnership_begins_with_none_of_them(
    submitted: list[Submission], sign_in: SignIn, cast: Cast
) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    assert "Show one partnership</label>" in page
    assert '<option value="" selected>All alike</option>' in page


def test_one_police_force_of_the_region(
    submitted: list[Submission], places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    force = PoliceForce.objects.create(slug="other", name="Other Constabulary", region=places.east_midlands)
    other = Partnership.objects.create(slug="o", name="Other", police_force=force, area_type=AreaType.UNITARY)
    submit(other, {"LEAD.1": 0})
    client = sign_in(cast.reviewer)
    found = rows_of(client.get(CSV, {"force": "other", "partnership": "derby"}))["LEAD.1"]
    assert (found["Area"], found["Gave a level"], found["Gap identified"]) == ("Other Constabulary", "1", "1")
    assert found["Level of Derby"] == "Working towards"
    page = client.get(URL, {"force": "other", "partnership": "derby"}).content.decode()
    assert "it is shown beside the bars and not counted in them" in page


def test_sections_and_key_criteria(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    assert list(rows_of(client.get(CSV, {"section": "LAW"}))) == ["LAW.1", "LAW.2"]
    assert list(rows_of(client.get(CSV, {"key": "1"}))) == ["LEAD.1"]
    assert "No criterion fits this selection" in client.get(URL, {"key": "1", "section": "LAW"}).content.decode()


def test_orders(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    assert list(rows_of(client.get(CSV, {"sort": "strengths", "section": "LEAD"}))) == ["LEAD.2", "LEAD.1"]
    assert list(rows_of(client.get(CSV, {"sort": "weaknesses", "section": "LEAD"}))) == ["LEAD.1", "LEAD.2"]
    assert client.get(URL, {"sort": "weaknesses"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *({"sort": "nonsense"}, {"section": "\x00"}, {"force": "'; DROP TABLE"}, {"partnership": "\x00"}),
        *(
            {"key": "9" * 5000},
            {"page": "1e9"},
            {"round": "none"},
            {"round": "//elsewhere.example"},
            {"sort": ["a", "b"]},
        ),
    ],
)
def test_nonsense_in_the_address_shows_the_whole_region(
    query: dict[str, str], submitted: list[Submission], sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    plain = rows_of(client.get(CSV))
    assert client.get(URL, query).status_code == 200
    assert rows_of(client.get(CSV, query)) == plain


@pytest.mark.parametrize("region", ["nowhere", "\x00", "south-west'"])
def test_an_unknown_region_is_not_there(region: str, round_: Round, sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.administrator).get(URL, {"region": region}).status_code == 404


def test_unknown_rounds_are_not_there(round_: Round, sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.administrator).get("/compare/1999/").status_code == 404


def test_a_round_that_has_not_begun_is_not_there(round_: Round, sign_in: SignIn, cast: Cast) -> None:
    Round.objects.update(opens_on="2099-01-01", closes_on="2099-02-01")
    assert sign_in(cast.administrator).get(URL).status_code == 404
    assert "no round has begun" in sign_in(cast.administrator).get("/compare/").content.decode()


def test_with_one_round_there_is_nothing_to_choose(round_: Round, places: Places, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    assert client.get("/compare/")["Location"] == URL
    criteria.make_round(round_.version, places, slug="2026")
    assert "/compare/2026/" in client.get("/compare/").content.decode()


def test_choosing_another_round_goes_there_with_the_same_selection(
    submitted: list[Submission], round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    criteria.make_round(round_.version, places, slug="2026")
    answer = sign_in(cast.reviewer).get(URL, {"round": "2026", "section": "LAW", "sort": "strengths"})
    assert answer["Location"] == "/compare/2026/?region=east-midlands&section=LAW&sort=strengths"


def test_hostile_names_are_escaped_and_cannot_run_in_a_spreadsheet(
    submitted: list[Submission], places: Places, sign_in: SignIn, cast: Cast
) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(name="=cmd|'<script>alert(1)</script>'!A1")
    client = sign_in(cast.reviewer)
    assert "<script>alert" not in client.get(URL, {"partnership": "derby"}).content.decode()
    Round.objects.update(name="=1+1")
    assert '"\'=1+1"' in client.get(CSV).content.decode("utf-8-sig")


def test_made_up_data_says_so_in_the_file(submitted: list[Submission], sign_in: SignIn, cast: Cast) -> None:
    assert "Data" not in rows_of(sign_in(cast.reviewer).get(CSV))["LEAD.1"]
    Round.objects.update(is_demonstration=True)
    assert rows_of(sign_in(cast.reviewer).get(CSV))["LEAD.1"]["Data"] == "Demonstration data"


@pytest.mark.parametrize("who", ["reviewer", "administrator"])
def test_the_questions_to_the_database_are_few_and_the_same_for_376(
    who: str, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.amber_valley, {"LEAD.1": 3})
    client = sign_in(getattr(cast, who))
    url = reverse("reports:compare", args=["2027"])
    client.get(url)
    with counted() as few:
        client.get(url)
    for place in neighbours(places, 376):
        submit(place, {})
    with counted() as many:
        page = client.get(url, {"partnership": "amber-valley", "region": "east-midlands"}).content.decode()
    assert "377 of 378 partnerships" in page
    assert few.number == many.number <= 10
