"""What a Government Office is told of others never leaves one to four of them, by whatever it is taken from."""

import csv
import io
import zipfile
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import RegionalPost, User
from assessments.models import Round
from cdrp_portal.demonstration import map as demonstration
from hallmarks.models import Version
from partnerships.models import AreaType, FamilyGroup, Partnership, PoliceForce, Region
from reports import elsewhere, heat_queries
from reports.groups import BOTH, Cut, Named
from reports.heat_map import Row
from reports.release import AREA, FAMILY, NATION
from tests.people import Cast, Places
from tests.reports.comparing import neighbours
from tests.reports.conftest import Submit
from tests.reports.releases import send
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


def is_few_known(sums: np.ndarray) -> bool:
    """Say whether sums give the total of one to four columns; columns that stand in the same sums are one: by rank."""
    columns, sizes = np.unique(sums, axis=1, return_counts=True)
    small = [at for at, size in enumerate(sizes) if size < 5 and columns[:, at].any()]
    rank = np.linalg.matrix_rank(columns) if columns.size else 0
    for number in range(1, 5):
        for chosen in combinations(small, number):
            if sizes[list(chosen)].sum() < 5:
                target = np.zeros(len(sizes))
                target[list(chosen)] = 1
                if np.linalg.matrix_rank(np.vstack([columns, target])) == rank:
                    return True
    return False


members = st.lists(
    st.tuples(
        st.sampled_from(["england", "wales"]),
        st.sampled_from("abc"),
        st.sampled_from([1, 2, 3, 0]),
        st.sampled_from("0123-."),
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=200)
@given(members)
def test_no_sum_or_difference_of_what_is_told_is_about_a_few(places: list[tuple[str, str, int, str]]) -> None:
    found = [
        Row(str(at), "", "", "", 2, nation, "", mark, True, kind, family or None)
        for at, (nation, kind, family, mark) in enumerate(places)
    ]
    cuts = [Cut(WHOLE), ENGLAND, WALES, *(Cut(WHOLE, kind=Named(kind, "")) for kind in "abc")]
    cuts += [Cut(WHOLE, family=Named("", "", key)) for key in (1, 2, 3)]
    outside = elsewhere.of(found, {1})
    told = [elsewhere.group_of(cut) for cut in cuts if not outside.codes(CRITERIA[:1], cut)]
    answered = [place for place in places if place[3] != "."]
    standing = [
        {elsewhere.EVERYBODY, (NATION, nation), (AREA, kind), (FAMILY, str(family))}
        for nation, kind, family, _mark in answered
    ]
    sums = [[float(group in groups) for groups in standing] for group in told if group != elsewhere.EVERYBODY]
    sums += [[1.0] * len(answered)] if len(answered) >= 5 else []
    if sums and answered:
        assert not is_few_known(np.array(sums))


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
    assert "Not shown" in criterion
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


# The real map


@pytest.fixture
def country(db: None, version: Version) -> Round:
    """The 376 partnerships and the demonstration's families, in a round in which all have submitted."""
    call_command("loaddata", *demonstration.FIXTURES, verbosity=0)
    demonstration._deal_groups()
    today = timezone.localdate()
    round_ = Round.objects.create(slug="2027", name="2027", version=version, opens_on=today, closes_on=today)
    author, now = User.objects.create_user("author@portal.test", "Author"), timezone.now()
    places = Partnership.objects.select_related("police_force__region", "family_group")
    for at, place in enumerate(places.order_by("slug")):
        send(round_, place, "".join(str(at // step % 4) for step in (1, 3)) + str(at % 3) * 2, author, now)
    return round_


def test_nobody_on_the_map_is_recovered_from_all_that_is_shown(country: Round, client: Client) -> None:
    reviewer = User.objects.create_user("reviewer@portal.test", "Reviewer")
    RegionalPost.objects.create(user=reviewer, region=Region.objects.get(slug="east-midlands"), code="reviewer")
    client.force_login(reviewer)
    package = zipfile.ZipFile(io.BytesIO(client.get("/compare/2027/package.zip").content))
    text = package.read("counts.csv").decode("utf-8-sig")
    told = {
        (row["group_kind"], row["group"]) for row in csv.DictReader(io.StringIO(text)) if row["criterion"] == "LEAD.1"
    }
    outside = [row for row in heat_queries.rows([country])["2027"] if row.region != "east-midlands"]
    families = {group.pk: f"demonstration-grouping-{group.number}" for group in FamilyGroup.objects.all()}
    standing = [
        {
            ("both_nations", BOTH),
            ("nation", f"nation-{row.nation}"),
            ("kind_of_area", row.kind),
            ("family_group", families[row.family or 0]),
        }
        for row in outside
    ]
    sums = np.array([[float(group in groups) for groups in standing] for group in sorted(told)])
    assert len(outside) == 336
    assert len(told) > 15
    assert not is_few_known(sums)
    # The same groups one by one, and what is left of each nation.
    for kind, group in sorted(told):
        name = {"kind_of_area": "kind", "family_group": "family"}.get(kind)
        assert given_levels(client, **({"region": BOTH, name: group} if name else {"region": group}))
    few = {kind: given_levels(client, region=BOTH, kind=kind) for kind in (AreaType.SCILLY, AreaType.CITY_CORPORATION)}
    assert set(few.values()) == {""}
    everybody = {each for groups in standing for each in groups}
    asked = {
        group: {"region": BOTH, "kind" if kind == "kind_of_area" else "family": group}
        for kind, group in everybody - told
        if kind in ("kind_of_area", "family_group")
    }
    assert asked
    assert {given_levels(client, **query) for query in asked.values()} == {""}
