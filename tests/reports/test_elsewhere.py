"""What a Government Office is told of others never leaves one to four of them, by whatever it is taken from."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from assessments.models import Round
from partnerships.models import AreaType, Partnership, PoliceForce
from reports import elsewhere
from reports.elsewhere import FAMILY, KIND, NATION, Part
from reports.groups import BOTH, Cut, Named
from reports.heat_map import Row
from tests.people import Cast, Places
from tests.reports.comparing import neighbours
from tests.reports.conftest import Submit
from tests.reports.test_heat_map import CRITERIA

SignIn = Callable[[User | None], Client]
ENGLAND, WALES = Cut(Named("nation-england", "")), Cut(Named("nation-wales", ""))
WHOLE = Named(BOTH, "")
CSV = "/compare/2027/comparison.csv"


def rows(number: int, nation: str, kind: str = "unitary", family: int | None = None, levels: str = "0000") -> list[Row]:
    return [
        Row(f"{nation}-{kind}-{family}-{n}", "", nation, "", 2, nation, "", levels, bool(levels), kind, family)
        for n in range(number)
    ]


def codes(found: list[Row], cut: Cut) -> list[str]:
    return sorted(elsewhere.of(found, {1}).codes(CRITERIA, cut))


EVERY = ["A.1", "A.2", "B.1", "L.1"]


def test_a_nation_of_few_takes_the_other_one_with_it() -> None:
    found = [*rows(10, "england"), *rows(3, "wales")]
    assert codes(found, WALES) == codes(found, ENGLAND) == EVERY
    assert codes(found, Cut(WHOLE)) == []


def test_five_or_nobody_are_no_few() -> None:
    for number in (0, 5):
        found = [*rows(10, "england"), *rows(number, "wales")]
        assert codes(found, WALES) == codes(found, ENGLAND) == []


def test_it_is_decided_criterion_by_criterion() -> None:
    found = [*rows(10, "england"), *rows(3, "wales", levels="0..0"), *rows(2, "wales", levels="00.0")]
    assert codes(found, ENGLAND) == ["A.2"]


def test_two_areas_of_rare_kinds_take_the_smallest_common_one_of_their_nation() -> None:
    found = [
        *rows(9, "england"),
        *rows(7, "england", "borough"),
        *rows(1, "england", "city"),
        *rows(1, "england", "isle"),
    ]
    found += rows(6, "wales", "welsh")
    shown = {kind: codes(found, Cut(WHOLE, kind=Named(kind, ""))) for kind in ("unitary", "borough", "city", "welsh")}
    assert shown == {"unitary": [], "borough": EVERY, "city": EVERY, "welsh": []}
    assert codes(found, ENGLAND) == codes(found, WALES) == []


def test_whoever_is_in_no_family_is_not_left_over() -> None:
    found = [*rows(9, "england", family=1), *rows(6, "england", family=2), *rows(2, "england")]
    shown = {key: codes(found, Cut(WHOLE, family=Named("", "", key))) for key in (1, 2)}
    assert shown == {1: [], 2: EVERY}


def test_nothing_is_hidden_where_every_region_is_open() -> None:
    assert elsewhere.of([*rows(10, "england"), *rows(3, "wales")], None).codes(CRITERIA, ENGLAND) == frozenset()


members = st.lists(st.tuples(st.sampled_from("EW"), st.sampled_from("abc"), st.sampled_from([1, 2, 3, 0])), max_size=40)


@settings(deadline=None, max_examples=200)
@given(members)
def test_no_group_minus_those_inside_it_leaves_a_few(places: list[tuple[str, str, int]]) -> None:
    groups: dict[Part, set[int]] = {}
    for at, (nation, kind, family) in enumerate(places):
        parts: list[Part] = [elsewhere.EVERYBODY, (NATION, nation), (KIND, kind)]
        for part in [*parts, *([(FAMILY, family)] if family else [])]:
            groups.setdefault(part, set()).add(at)
    hidden = elsewhere.hidden({part: sum(1 << at for at in inside) for part, inside in groups.items()})
    told = {part: inside for part, inside in groups.items() if part not in hidden}
    for whole in told.values():
        for kind in (NATION, KIND, FAMILY):
            taken = [inside for part, inside in told.items() if part[0] == kind and inside < whole]
            assert len(whole.difference(*taken)) not in range(1, 5)


# On the pages


@pytest.fixture
def few_in_wales(places: Places, submit: Submit) -> list[Partnership]:
    """Two of the reviewer's own, six elsewhere in England, three in Wales who chose what nobody else chose."""
    submit(places.amber_valley, {"LEAD.1": 0})
    submit(places.derby, {"LEAD.1": 0})
    for place in neighbours(places.exeter.police_force, 6, "west"):
        submit(place, {"LEAD.1": 1})
    force = PoliceForce.objects.create(slug="far", name="Far Police", region=places.cardiff.region)
    found = neighbours(force, 3, "far", AreaType.WELSH_UNITARY)
    for place in found:
        submit(place, {"LEAD.1": 3})
    return found


def given_levels(client: Client, **query: str) -> str:
    text = client.get(CSV, query).content.decode("utf-8-sig")
    return {row["Code"]: row["Gave a level"] for row in csv.DictReader(io.StringIO(text, newline=""))}["LEAD.1"]


def test_both_nations_minus_one_do_not_tell_of_three(
    few_in_wales: list[Partnership], sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    told = {area: given_levels(client, region=area) for area in (BOTH, "nation-england", "nation-wales")}
    assert told == {BOTH: "11", "nation-england": "", "nation-wales": ""}
    kinds = {
        kind: given_levels(client, region=BOTH, kind=kind) for kind in ("unitary-authority", AreaType.WELSH_UNITARY)
    }
    assert set(kinds.values()) == {""}
    page = client.get("/compare/2027/", {"region": "nation-england"}).content.decode()
    assert "worked out from other groups" in page


def test_nor_does_any_other_page(few_in_wales: list[Partnership], round_: Round, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    england = {"region": "nation-england"}
    criterion = client.get("/compare/2027/LEAD.1/criterion.csv", england).content.decode()
    assert "Not shown: too few others" in criterion
    heat = client.get("/compare/2027/heat-map.csv").content.decode("utf-8-sig")
    rests = [
        row for row in csv.DictReader(io.StringIO(heat, newline="")) if row["Region"] in ("Rest of England", "Wales")
    ]
    assert rests
    assert {row["LEAD.1 Leaders give direction"] for row in rests} == {""}
    strengths = client.get("/compare/2027/strengths/", england)
    assert strengths.context["page"].withheld == 1
    picture = client.get("/compare/2027/heat-map/").content.decode()
    assert "heat-l1)" not in picture[picture.index("<svg") :]


def test_administrators_are_told_all(few_in_wales: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.administrator)
    assert [given_levels(client, region=f"nation-{nation}") for nation in ("england", "wales")] == ["8", "3"]
