"""What is drawn once and kept is never old, nor another choice's, person's or language's."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from assessments.models import Assessment, Round, Submission
from partnerships.models import Partnership, Region
from reports import access, gathering, kept
from tests.people import Cast, Places
from tests.reports.comparing import make_list
from tests.reports.conftest import Submit

SignIn = Callable[[User | None], Client]
COMPARE, NATION = "/compare/2027/", "/compare/2027/heat-map/"
HEAT = "/compare/2027/regions/east-midlands/heat-map/"
PAGES = (COMPARE, NATION, HEAT)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept.forget()


@pytest.fixture
def submitted(places: Places, submit: Submit) -> Submission:
    submit(places.exeter, {"LEAD.1": 0, "LEAD.2": 0, "LAW.1": 0})
    return submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 2, "LAW.1": 2})


@pytest.fixture
def reviewer(submitted: Submission, sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.reviewer)


def page(person: Client, url: str, **data: str) -> str:
    response = person.get(url, data)
    assert response.status_code == 200
    return str(response.content.decode().partition("<main")[2])


def drawn_afresh(person: Client, url: str, **data: str) -> str:
    kept.forget()
    return page(person, url, **data)


@pytest.mark.parametrize("url", PAGES)
def test_the_same_is_drawn_once_and_comes_out_the_same(reviewer: Client, url: str) -> None:
    first = page(reviewer, url)
    assert page(reviewer, url) == first
    assert kept._drawn.cache_info().misses == 1
    assert drawn_afresh(reviewer, url) == first


@pytest.mark.parametrize("url", PAGES)
def test_what_is_submitted_shows_at_once(reviewer: Client, url: str, places: Places, submit: Submit) -> None:
    before = page(reviewer, url)
    submit(places.derby, {"LEAD.1": 0, "LEAD.2": 0, "LAW.1": 0})
    after = page(reviewer, url)
    assert after != before
    assert after == drawn_afresh(reviewer, url)


@pytest.mark.parametrize("url", PAGES)
def test_what_is_withdrawn_is_gone_at_once(reviewer: Client, url: str, submitted: Submission) -> None:
    before = page(reviewer, url)
    Submission.objects.filter(pk=submitted.pk).update(is_current=False)
    assert page(reviewer, url) not in (before, "")
    assert page(reviewer, url) == drawn_afresh(reviewer, url)


@pytest.mark.parametrize("url", PAGES)
def test_a_new_name_of_a_round_a_region_or_a_partnership_shows_at_once(reviewer: Client, url: str) -> None:
    page(reviewer, url)
    Round.objects.filter(slug="2027").update(name="Renamed round")
    Region.objects.filter(slug="east-midlands").update(name="Renamed region")
    Partnership.objects.filter(slug="amber-valley").update(name="Renamed place")
    assert page(reviewer, url) == drawn_afresh(reviewer, url)


def test_each_language_is_drawn_by_itself(submitted: Submission, cast: Cast) -> None:
    scope = access.scope(cast.reviewer, "2027")
    for language in ("en-gb", "cy"):
        with translation.override(language):
            kept.drawn("reports/_compared.html", gathering.overview(scope, cast.reviewer, {}), [scope.round])
    assert kept._drawn.cache_info().misses == 2


def test_another_round_with_a_new_name_is_offered_by_it_at_once(
    reviewer: Client, round_: Round, places: Places
) -> None:
    other = Round.objects.create(
        slug="2026", name="Old name", version=round_.version, opens_on="2026-01-01", closes_on="2026-02-01"
    )
    Assessment.objects.create(round=other, partnership=places.amber_valley)
    assert "Old name" in page(reviewer, COMPARE)
    Round.objects.filter(pk=other.pk).update(name="New name")
    assert "New name" in page(reviewer, COMPARE)


@pytest.mark.parametrize(
    ("url", "choices"),
    [
        (COMPARE, [{"sort": "weaknesses"}, {"section": "LEAD"}, {"partnership": "amber-valley"}, {"kind": "district"}]),
        (HEAT, [{"rows": "name"}, {"cols": "weakest"}, {"section": "LEAD"}]),
    ],
)
def test_each_choice_is_drawn_by_itself(reviewer: Client, url: str, choices: list[dict[str, str]]) -> None:
    found = [page(reviewer, url, **choice) for choice in ({}, *choices)]
    assert len(set(found)) == len(found)
    assert found == [drawn_afresh(reviewer, url, **choice) for choice in ({}, *choices)]


def test_nobody_is_given_what_was_drawn_for_another(
    submitted: Submission, sign_in: SignIn, cast: Cast, places: Places
) -> None:
    make_list(cast.reviewer, places.amber_valley, places.derby, name="Only mine")
    make_list(cast.reviewer_elsewhere, places.exeter, name="Only theirs")
    found = {
        (url, person.pk): page(sign_in(person), url)
        for url in (COMPARE, NATION)
        for person in (cast.reviewer, cast.administrator, cast.reviewer_elsewhere)
    }
    assert len(set(found.values())) == len(found)
    for text in (found[COMPARE, cast.administrator.pk], found[COMPARE, cast.reviewer_elsewhere.pk]):
        assert "Only mine" not in text
    assert "Only mine" in found[COMPARE, cast.reviewer.pk]
    assert "Exeter" not in found[COMPARE, cast.reviewer.pk] + found[NATION, cast.reviewer.pk]


def test_no_more_is_kept_than_there_is_room_for() -> None:
    assert kept._drawn.cache_info().maxsize == kept.DRAWINGS_KEPT
