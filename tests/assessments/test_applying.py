"""A criterion is asked and counted only where and when it applies: by nation, by tier, by the day a round opens."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role, User
from assessments.models import Assessment, Round
from assessments.queries import questions_for
from assessments.round_queries import criteria_asked
from assessments.survey_queries import key_questions
from hallmarks.models import Criterion, Version
from hallmarks.outline import outline_of
from partnerships.models import Agency, Partnership
from reports import heat_queries, queries
from reports.groups import BOTH, Cut, Named
from tests import criteria
from tests.assessments.answering import rate_everything, submit, url
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]


@pytest.fixture
def welsh(cast: Cast, places: Places) -> User:
    """An officer of a Welsh unitary."""
    kind = Agency.objects.filter(kind__code="local_authority").first().kind  # type: ignore[union-attr]
    agency = Agency.objects.create(partnership=places.cardiff, kind=kind, name="Cardiff council")
    user = User.objects.create_user("welsh@portal.test", "Pat Welsh")
    Membership.objects.create(code="welsh", user=user, agency=agency, role=Role.COORDINATOR)
    return user


def assessment_of(round_: Round, partnership: Partnership) -> Assessment:
    return Assessment.objects.with_criteria().get(round=round_, partnership=partnership)


def codes(assessment: Assessment) -> list[str]:
    return [question.criterion.code for question in questions_for(assessment).questions]


def text(page: Any) -> str:
    return str(page.content.decode())


@pytest.mark.parametrize(
    "page",
    ["tasks", "check", "views", "meeting_agenda", "actions_csv", "blank_form", "survey", "history"],
)
def test_a_welsh_unitary_never_sees_an_english_two_tier_requirement(
    round_: Round, places: Places, welsh: User, sign_in: SignIn, page: str
) -> None:
    mine = assessment_of(round_, places.cardiff)
    addresses = {
        "blank_form": reverse("assessments:blank_form", args=["2027"]),
        "actions_csv": reverse("assessments:actions_csv", args=["cardiff"]),
    }
    found = sign_in(welsh).get(addresses.get(page) or url(page, mine))
    assert found.status_code == 200
    assert b"District and county" not in found.content


def test_its_case_studies_are_not_offered_it_either(
    round_: Round, places: Places, welsh: User, cast: Cast, sign_in: SignIn
) -> None:
    assert "District and county" in text(sign_in(cast.officer).get(reverse("casestudies:new", args=["amber-valley"])))
    page = text(sign_in(welsh).get(reverse("casestudies:new", args=["cardiff"])))
    assert "One strategy group" in page
    assert "District and county" not in page


def test_its_pages_are_not_there_for_it(round_: Round, places: Places, welsh: User, sign_in: SignIn) -> None:
    mine = assessment_of(round_, places.cardiff)
    client = sign_in(welsh)
    assert codes(mine) == ["LEAD.1", "LEAD.2", "LAW.1"]
    for name in ("criterion", "view", "evidence_link", "meeting_criterion"):
        assert client.get(url(name, mine, "LAW.2")).status_code == 404
    assert client.post(url("criterion", mine, "LAW.2"), {"reason": "x"}).status_code == 404


def test_the_comparison_counts_only_those_to_whom_it_applies(
    round_: Round, places: Places, cast: Cast, welsh: User
) -> None:
    for person, place in ((cast.officer, places.amber_valley), (welsh, places.cardiff), (cast.neighbour, places.derby)):
        mine = assessment_of(round_, place)
        rate_everything(mine, person)
        submit(mine, cast.coordinator if place == places.amber_valley else person)
    found = {count.code: count.partnerships for count in queries.counts(round_, Cut(Named(BOTH, "England and Wales")))}
    assert found == {"LEAD.1": 3, "LEAD.2": 3, "LAW.1": 3, "LAW.2": 1}
    rows = {row.slug: row.levels for row in heat_queries.rows([round_])["2027"]}
    assert (rows["amber-valley"], rows["cardiff"]) == ("1111", "111.")


def test_a_partnership_does_not_compare_itself_on_what_it_is_not_asked(
    round_: Round, places: Places, cast: Cast, welsh: User, sign_in: SignIn
) -> None:
    mine = assessment_of(round_, places.cardiff)
    rate_everything(mine, welsh)
    submit(mine, welsh)
    Round.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    client = sign_in(welsh)
    page = client.get(reverse("reports:compare", args=["2027"]))
    assert page.status_code == 200
    assert "District and county" not in text(page)
    assert "One strategy group" in text(page)
    assert client.get(reverse("reports:criterion", args=["2027", "LAW.2"])).status_code == 404
    assert "District and county" not in client.get(reverse("reports:package_json", args=["2027"])).getvalue().decode()
    for name in ("nation_heat", "strengths", "compare_csv"):
        assert "District and county" not in text(client.get(reverse(f"reports:{name}", args=["2027"])))


# Announced and retired


@pytest.fixture
def dated(places: Places) -> Round:
    """LEAD.1 is announced for next year, LEAD.2 was retired last year; LAW.1 and LAW.2 count."""
    return criteria.make_round(criteria.dated_version(), places)


def test_what_is_announced_or_retired_is_not_asked(dated: Round, places: Places, cast: Cast) -> None:
    mine = assessment_of(dated, places.amber_valley)
    assert codes(mine) == ["LAW.1", "LAW.2"]
    assert criteria_asked(dated)(mine.partnership) == 2
    assert [question.criterion.code for question in key_questions(mine)] == ["LAW.1", "LAW.2"]
    assert [asked.code for asked in queries.asked(dated)] == ["LAW.1", "LAW.2"]


def test_it_stands_at_the_end_of_the_section_list_with_its_day(
    dated: Round, places: Places, cast: Cast, sign_in: SignIn
) -> None:
    page = text(sign_in(cast.officer).get(url("tasks", assessment_of(dated, places.amber_valley))))
    assert "Announced, counts from 1 April 2099" in page
    assert "Retired, counted until 31 March 2001" in page
    assert page.index("What the law asks") < page.index("Announced, counts from")


@pytest.mark.parametrize("who", [None, "officer"])
def test_the_criteria_pages_show_it_marked(dated: Round, cast: Cast, sign_in: SignIn, who: str | None) -> None:
    client = sign_in(getattr(cast, who) if who else None)
    version = dated.version
    page = text(client.get(reverse("hallmarks:version", args=[version.framework.slug, version.slug])))
    assert "Leaders give direction" in page
    assert "Announced, counts from 1 April 2099" in page
    one = text(client.get(reverse("hallmarks:criterion", args=[version.framework.slug, version.slug, "LEAD.2"])))
    assert "Retired, counted until 31 March 2001" in one


def test_it_is_counted_nowhere(dated: Round, places: Places, cast: Cast, sign_in: SignIn) -> None:
    mine = assessment_of(dated, places.amber_valley)
    rate_everything(mine, cast.officer)
    sent = submit(mine, cast.coordinator)
    assert sent.levels == "..11"
    assert heat_queries.rows([dated])["2027"][0].levels == "11"
    Round.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    client = sign_in(cast.reviewer)
    for name, args in [
        ("reports:compare", ["2027"]),
        ("reports:nation_heat", ["2027"]),
        ("reports:region_heat", ["2027", "east-midlands"]),
        ("reports:strengths", ["2027"]),
        ("reports:compare_csv", ["2027"]),
    ]:
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200, name
        assert b"Leaders give direction" not in page.content, name
    package = client.get(reverse("reports:package", args=["2027"]))
    assert package.status_code == 200
    released = sign_in(cast.officer).get(reverse("reports:compare", args=["2027"]))
    assert b"Leaders give direction" not in released.content
    assert b"One strategy group" in released.content


def test_the_last_and_the_first_day_count(places: Places) -> None:
    round_ = criteria.make_round(criteria.make_version(), places)
    day = round_.opens_on
    for begins, ends, counts in [
        (day, None, True),
        (day + datetime.timedelta(days=1), None, False),
        (None, day, True),
        (None, day - datetime.timedelta(days=1), False),
        (day, day, True),
    ]:
        assert Criterion(in_force_from=begins, in_force_to=ends).counts_on(day) is counts


def test_all_who_are_asked_the_same_share_one_outline(version: Version, places: Places) -> None:
    outline, day = outline_of(version), timezone.localdate()
    assert outline.applying_to(places.amber_valley, day) is outline.applying_to(places.exeter, day)
    assert outline.applying_to(places.amber_valley, day) is not outline.applying_to(places.cardiff, day)
    assert outline.in_force_on(day) is outline
