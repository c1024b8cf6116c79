"""Groups to choose from: how many submitted, and none of one partnership."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, Round
from partnerships.models import AreaType, Partnership
from reports.groups import Named, OwnList
from reports.offered_groups import Known, Sizes, lists_offered, offered
from reports.queries import Alike
from tests.people import Cast, Places
from tests.reports.comparing import FAMILY, family, make_list, neighbours
from tests.reports.conftest import Submit
from tests.reports.releases import close, fill
from tests.reports.releases import neighbours as unnamed

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/"
EVERYWHERE = {"region": "both-nations"}
TOWN, SHIRE = Named("town", "Town"), Named("shire", "Shire")


def alike(kind: str, members: int, submitted: int) -> Alike:
    return Alike("england", kind, members, submitted)


def sizes(*known: Alike) -> Sizes:
    return Sizes(Known(known), lambda each: each.kind)


def test_a_group_of_one_is_not_offered_unless_it_is_chosen() -> None:
    found = sizes(alike("town", 1, 1), alike("shire", 2, 1))
    assert offered([TOWN, SHIRE], found, None) == [Named("shire", "Shire: 1 submitted")]
    assert [each.value for each in offered([TOWN, SHIRE], found, TOWN)] == ["town", "shire"]


def test_those_alike_are_added_up() -> None:
    found = sizes(alike("town", 1, 1), alike("town", 4, 2))
    assert offered([TOWN], found, None) == [Named("town", "Town: 3 submitted")]


def test_that_nobody_submitted_is_said() -> None:
    assert offered([TOWN], sizes(alike("town", 3, 0)), None) == [Named("town", "Town: none submitted")]


@pytest.mark.parametrize(("elsewhere", "words"), [(1, "too few to show"), (4, "too few to show"), (5, "5 submitted")])
def test_too_few_elsewhere_are_said_to_be(elsewhere: int, words: str) -> None:
    found = Sizes(Known([alike("town", 9, elsewhere)], []), lambda each: each.kind)
    assert offered([TOWN], found, None) == [Named("town", f"Town: {words}")]


def test_lists_tell_how_many_of_them_submitted() -> None:
    assert lists_offered([OwnList("towns", "Towns", frozenset({"a", "b"}))], []) == [
        Named("towns", "Towns: none submitted")
    ]


# On the pages


def options(page: str, name: str) -> list[str]:
    select = re.search(rf'<select[^>]*name="{name}">(.*?)</select>', page, re.DOTALL)
    return re.findall(r"<option[^>]*>([^<]*)</option>", select[1]) if select else []


@pytest.fixture
def country(round_: Round, places: Places, submit: Submit) -> None:
    """In the East Midlands Derby and three unitary areas of its family; in the South West four, one not submitted."""
    Partnership.objects.filter(pk=places.derby.pk).update(family_group=family())
    submit(places.amber_valley, {"LEAD.1": 3})
    for place in neighbours(places.derby.police_force, 3, "east"):
        submit(place, {"LEAD.1": 1})
    west = neighbours(places.exeter.police_force, 4, "west", AreaType.METROPOLITAN)
    for place in west[:3]:
        submit(place, {"LEAD.1": 0})
    Assessment.objects.create(round=round_, partnership=west[3])


def test_a_region_offers_its_groups_with_how_many_submitted(country: None, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    # Derby has not submitted; Amber Valley is the only shire district.
    assert options(page, "family") == ["All family groups", "Family group 7: 3 submitted"]
    assert options(page, "kind") == ["All kinds of area", "Unitary authority: 3 submitted"]
    assert "A group of one is not offered, because there is nobody to compare it with." in page


def test_beyond_the_region_groups_of_too_few_are_said_to_be(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    page = client.get(URL, EVERYWHERE).content.decode()
    assert "Metropolitan district: too few to show" in options(page, "kind")
    assert "Family group 7: too few to show" in options(page, "family")
    shown = client.get(URL, {**EVERYWHERE, "kind": AreaType.METROPOLITAN}).content.decode()
    assert "Fewer than 5 partnerships outside your region" in shown
    assert "Metropolitan district: 3 submitted" in options(
        sign_in(cast.administrator).get(URL, EVERYWHERE).content.decode(), "kind"
    )


def test_administrators_are_offered_the_groups_of_the_nation_that_is_shown(
    country: None, sign_in: SignIn, cast: Cast
) -> None:
    page = sign_in(cast.administrator).get(URL, {"region": "nation-wales"}).content.decode()
    assert options(page, "family") == []


def test_a_group_of_one_can_still_be_asked_for_and_is_then_chosen(country: None, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL, {"kind": AreaType.SHIRE_DISTRICT}).content.decode()
    assert 'value="shire-district" selected>Shire district: 1 submitted' in page


def test_a_partnership_is_told_which_groups_show_nothing(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    force = places.amber_valley.police_force
    few = type(force).objects.create(slug="few", name="Few Police", region=force.region)
    at = close(round_)
    fill(round_, [places.amber_valley, places.derby, *unnamed(force, 10), *unnamed(few, 4, "m")], author, at)
    found = options(sign_in(cast.officer).get(URL).content.decode(), "with")
    assert "Region: East Midlands" in found
    assert f"Police force: {force.name} (nothing can be shown)" in found


def test_every_kind_of_group_is_offered(
    country: None, round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    """Region, nation, police force, family group, kind of area, one's own list and one that a colleague shared."""
    force = places.derby.police_force
    other = type(force).objects.create(slug="other", name="Other Police", region=force.region)
    for place in neighbours(other, 2, "other"):
        Assessment.objects.create(round=round_, partnership=place)
    make_list(cast.reviewer, places.derby, name="Mine")
    make_list(cast.administrator, places.derby, name="Theirs", is_shared=True)
    make_list(cast.administrator, places.derby, name="Hidden")
    page = sign_in(cast.reviewer).get(URL).content.decode()
    assert options(page, "region")[0] == "East Midlands"
    assert {"All of England", "England and Wales"} <= set(options(page, "region"))
    assert options(page, "force") == [
        "All police forces",
        f"{force.name}: 4 submitted",
        "Other Police: none submitted",
    ]
    assert {"family", "kind"} <= {name for name in ("family", "kind") if len(options(page, name)) > 1}
    assert [each.split(":")[0] for each in options(page, "list")] == ["No list", "Mine", "Theirs"]


def test_what_is_used_each_day_is_at_hand_and_the_rest_opens_without_script(
    country: None, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    page = client.get(URL).content.decode()
    at_hand, more = page.split("<details", 1)[0], page.split("<details", 1)[1].split("</details>", 1)[0]
    assert re.findall(r'<select[^>]*name="(\w+)"', at_hand) == ["region", "family", "partnership", "sort"]
    assert {"kind", "section", "key"} <= set(re.findall(r'<select[^>]*name="(\w+)"', more))
    for query in ({"kind": AreaType.UNITARY}, {"section": "LEAD"}, {"key": "1"}):
        assert re.search(r'<details class="govuk-details" open>', client.get(URL, query).content.decode())
    assert "<details open" not in page
    assert not re.search(r'<details class="govuk-details" open>', client.get(URL, {"family": FAMILY}).content.decode())


def test_the_long_page_has_jumps_that_lead_somewhere(country: None, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    jumps = re.findall(r'href="#([\w-]+)"', page.split('aria-label="On this page"')[1].split("</nav>")[0])
    assert jumps == ["by-section", "practice", "statutory", "numbers"]
    for each in jumps:
        assert page.count(f'id="{each}"') == 1
