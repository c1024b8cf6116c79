"""Lists to compare with: their owner keeps them, colleagues of the region use shared ones, others see none."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import RegionalPost, User
from audit.models import Event
from partnerships.models import AreaType, Partnership
from reviews.models import ComparisonList
from reviews.services import lists
from tests.counting import counted
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
URL = "/regions/east-midlands/lists/"


@pytest.fixture
def colleague(places: Places, cast: Cast) -> User:
    """Another reviewer of the East Midlands."""
    user = User.objects.create_user("second@portal.test", "Pat Second")
    RegionalPost.objects.create(code="second", user=user, region=places.east_midlands)
    return user


@pytest.fixture
def towns(places: Places, cast: Cast) -> ComparisonList:
    """The reviewer's own list, which is not shared."""
    return lists.create_list(
        region=places.east_midlands, name="Towns", is_shared=False, partnerships=[places.derby], by=cast.reviewer
    )


def names(response: object) -> list[str]:
    return [one.name for one in response.context["lists"]]  # type: ignore[attr-defined]


# Services


def test_a_list_is_kept_and_told_in_the_audit_trail(towns: ComparisonList, cast: Cast) -> None:
    assert (towns.owner, list(towns.partnerships.values_list("slug", flat=True))) == (cast.reviewer, ["derby"])
    event = Event.objects.get(kind="comparison_list.created")
    assert (event.actor_id, event.after) == (
        cast.reviewer.pk,
        {"name": "Towns", "is_shared": False, "partnerships": ["derby"]},
    )


def test_another_regions_partnership_is_refused_and_nothing_is_written(places: Places, cast: Cast) -> None:
    wanted = {"name": "Mixed", "is_shared": False, "partnerships": [places.derby, places.exeter]}
    with pytest.raises(lists.NotInTheRegion):
        lists.create_list(region=places.east_midlands, by=cast.reviewer, **wanted)  # type: ignore[arg-type]
    assert not ComparisonList.objects.exists()


def test_another_regions_partnership_cannot_be_added_later(towns: ComparisonList, places: Places, cast: Cast) -> None:
    with pytest.raises(lists.NotInTheRegion):
        lists.change_list(own_list=towns, name="Towns", is_shared=True, partnerships=[places.exeter], by=cast.reviewer)
    towns.refresh_from_db()
    assert (towns.is_shared, towns.partnerships.get()) == (False, places.derby)


def test_an_empty_list_and_a_name_used_twice_are_refused(towns: ComparisonList, places: Places, cast: Cast) -> None:
    with pytest.raises(lists.NobodyListed):
        lists.change_list(own_list=towns, name="Towns", is_shared=False, partnerships=[], by=cast.reviewer)
    again = {"region": places.east_midlands, "name": "Towns", "is_shared": False, "partnerships": [places.derby]}
    with pytest.raises(lists.ListNameTaken):
        lists.create_list(by=cast.reviewer, **again)  # type: ignore[arg-type]
    assert lists.create_list(by=cast.administrator, **again).name == "Towns"  # type: ignore[arg-type]


def test_deleting_keeps_what_it_was_in_the_audit_trail(towns: ComparisonList, cast: Cast) -> None:
    lists.delete_list(own_list=towns, by=cast.reviewer)
    assert not ComparisonList.objects.exists()
    before = Event.objects.get(kind="comparison_list.deleted").before
    assert before == {"name": "Towns", "is_shared": False, "partnerships": ["derby"]}


# Pages


def test_make_rename_share_and_delete(places: Places, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    assert client.post(URL + "new/", {"name": "Towns", "partnerships": ["derby"]})["Location"] == URL
    made = ComparisonList.objects.get()
    assert not made.is_shared
    sent = {"name": "Larger towns", "partnerships": ["derby", "amber-valley"], "is_shared": "on"}
    assert client.post(f"{URL}{made.code}/", sent)["Location"] == URL
    made.refresh_from_db()
    assert (made.name, made.is_shared, made.partnerships.count()) == ("Larger towns", True, 2)
    page = client.get(URL).content.decode()
    assert "“Larger towns” saved." in page
    assert "Amber Valley, Derby" in page
    assert "Delete the list “Larger towns”?" in client.get(f"{URL}{made.code}/delete/").content.decode()
    assert client.post(f"{URL}{made.code}/delete/")["Location"] == URL
    assert not ComparisonList.objects.exists()


def test_the_form_of_a_list_shows_what_it_is(towns: ComparisonList, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(f"{URL}{towns.code}/").content.decode()
    assert 'value="Towns"' in page
    assert page.count(" checked") == 1
    assert "Exeter" not in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "partnerships": ["derby"]}, "Enter a name for the list"),
        ({"name": "Towns"}, "Select at least one partnership"),
        ({"name": "Mixed", "partnerships": ["exeter"]}, "Select partnerships of this region"),
        ({"name": "Towns", "partnerships": ["derby"]}, "You have another list of this name"),
        ({"name": "x" * 81, "partnerships": ["derby"]}, "must be 80 characters or fewer"),
        ({"name": "a\x00b", "partnerships": ["derby"]}, "There is a problem"),
    ],
)
def test_what_cannot_be_kept_is_said_and_not_lost(
    sent: dict[str, object], words: str, towns: ComparisonList, sign_in: SignIn, cast: Cast
) -> None:
    page = sign_in(cast.reviewer).post(URL + "new/", sent).content.decode()
    assert words in page
    assert ComparisonList.objects.count() == 1


def test_colleagues_of_the_region_use_what_is_shared_and_change_nothing(
    towns: ComparisonList, colleague: User, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(colleague)
    assert names(client.get(URL)) == []
    for url in (f"{URL}{towns.code}/", f"{URL}{towns.code}/delete/"):
        assert client.get(url).status_code == 404
    ComparisonList.objects.update(is_shared=True)
    page = client.get(URL)
    assert names(page) == ["Towns"]
    assert "Shared by Pat Reviewer" in page.content.decode()
    for url in (f"{URL}{towns.code}/", f"{URL}{towns.code}/delete/"):
        assert client.get(url).status_code == 403
        assert client.post(url, {"name": "Mine now", "partnerships": ["derby"]}).status_code == 403
    assert ComparisonList.objects.get().name == "Towns"


def test_another_regions_reviewer_neither_sees_nor_changes_a_shared_list(
    towns: ComparisonList, sign_in: SignIn, cast: Cast
) -> None:
    ComparisonList.objects.update(is_shared=True)
    client = sign_in(cast.reviewer_elsewhere)
    assert client.get(URL).status_code == 404
    for url in (f"{URL}{towns.code}/", f"/regions/south-west/lists/{towns.code}/"):
        assert client.get(url).status_code == 404
    assert names(client.get("/regions/south-west/lists/")) == []


def test_a_list_leads_to_its_comparison(round_: object, towns: ComparisonList, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(URL).content.decode()
    assert f'href="/compare/2027/?region=east-midlands&amp;list={towns.code}"' in page


def test_many_lists_of_many_take_no_more_questions(
    towns: ComparisonList, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    client.get(URL)
    with counted() as few:
        client.get(URL)
    force = places.derby.police_force
    many_places = Partnership.objects.bulk_create(
        Partnership(slug=f"n-{n}", name=f"N {n}", police_force=force, area_type=AreaType.UNITARY) for n in range(60)
    )
    for number in range(20):
        made = ComparisonList.objects.create(region=towns.region, owner=cast.reviewer, name=f"List {number}")
        made.partnerships.set(many_places)
    with counted() as many:
        client.get(URL)
    assert few.number == many.number <= 10
