"""What a search is narrowed to, the order it is put in, and what it says of an address that is wrong."""

import pytest

from casestudies.models import Tag
from casestudies.search import wanted
from casestudies.search.choices import choices
from hallmarks.models import Version
from partnerships.models import AreaType, FamilyGroup, Partnership
from tests.casestudies.search.stories import look, published, titles
from tests.people import Cast, Places


@pytest.fixture
def stories(places: Places, cast: Cast, version: Version) -> None:
    by, criteria = cast.officer, {one.code: one for one in version.criteria.all()}
    family = FamilyGroup.objects.create(scheme="Test", number=3, is_demonstration=True)
    Partnership.objects.filter(slug__in=["exeter", "derby"]).update(family_group=family)
    tag = Tag.objects.create(slug="house-burglary", name="House burglary")
    published(places.amber_valley, by, "Amber", criteria["LEAD.1"], effect="monitored", from_year=2003, to_year=2004)
    published(places.derby, by, "Derby", criteria["LEAD.2"], tags=[tag], effect="evaluated", from_year=2007)
    published(places.exeter, by, "Exeter", place_type="coast", effect="independent", to_year=2005)
    published(places.cardiff, by, "Cardiff", effect="none")


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"criterion": "test-framework/test-set/LEAD.1"}, "Amber"),
        ({"section": "test-framework/test-set/LEAD"}, "Amber Derby"),
        ({"region": "east-midlands"}, "Amber Derby"),
        ({"family": "3"}, "Derby Exeter"),
        ({"area": AreaType.SHIRE_DISTRICT.value}, "Amber Exeter"),
        ({"tag": "house-burglary"}, "Derby"),
        ({"place": "coast"}, "Exeter"),
        ({"effect": "monitored"}, "Amber Derby Exeter"),
        ({"effect": "evaluated"}, "Derby Exeter"),
        ({"effect": "independent"}, "Exeter"),
        ({"from": "2005"}, "Derby Exeter"),
        ({"to": "2004"}, "Amber"),
        ({"from": "2004", "to": "2005"}, "Amber Exeter"),
        ({"from": "2010", "to": "2006"}, "Derby"),
        ({"partnership": "derby"}, "Derby"),
        ({"agreed": "1"}, ""),
        ({"region": "east-midlands", "effect": "evaluated"}, "Derby"),
        ({}, "Amber Derby Exeter Cardiff"),
    ],
    ids=str,
)
def test_each_filter_leaves_the_rest_out_with_words_and_without(said: dict[str, str], found: str) -> None:
    assert set(titles(look("", said))) == set(found.split())
    assert look("", said).total == len(found.split())
    assert set(titles(look("done", said))) == set(found.split())
    assert set(titles(look("done", said, sort="newest"))) == set(found.split())


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("name", [*wanted.LISTS, "from", "to"])
def test_what_is_not_on_a_list_is_left_out_and_told(name: str) -> None:
    for value in ("nonsense", "\0", "0", "' OR 1=1", "9" * 500, "😀", "-1", "\ud800"):
        search = wanted.read({name: value}, choices(), has_place=False)
        assert len(search.notices) == 1, value
        assert look("", {name: value}).total == 4


@pytest.mark.usefixtures("stories")
def test_odd_ticks_orders_and_places_are_passed_over() -> None:
    said = {"agreed": "x", "retired": "\0", "sort": "nonsense", "mine": "nowhere", "page": "x"}
    assert look("done", said).total == 4


def test_the_nearest_come_first_and_say_why(stories: None, places: Places) -> None:
    Partnership.objects.filter(slug="amber-valley").update(family_group=FamilyGroup.objects.get())
    place = Partnership.objects.get(slug="amber-valley")
    Partnership.objects.filter(slug="derby").update(family_group=None)
    for words in ("done", ""):
        hits = look(words, near=place).hits
        told = [(hit.row.title, hit.why) for hit in hits]
        assert told[2:] == [("Derby", "Same region as Amber Valley."), ("Cardiff", "")]
        assert set(told[:2]) == {
            ("Exeter", "Same family group as Amber Valley."),
            ("Amber", "Your partnership."),
        }
    best = look("done", sort="best", near=place)
    assert all(hit.why == "" for hit in best.hits)


def test_the_same_kind_of_area_comes_before_the_same_region(stories: None, places: Places) -> None:
    found = titles(look("done", near=places.amber_valley))
    assert (set(found[:2]), found[2:]) == ({"Amber", "Exeter"}, ["Derby", "Cardiff"])


def test_within_one_step_the_better_match_comes_first(places: Places, cast: Cast) -> None:
    published(places.exeter, cast.officer, "One", response="Burglary was told of among much else that was told.")
    published(places.exeter, cast.officer, "Burglary", summary="Burglary, burglary and burglary.")
    published(places.derby, cast.officer, "Burglary burglary burglary", summary="Burglary, burglary and burglary.")
    assert titles(look("burglary", near=places.amber_valley))[:2] == ["Burglary", "One"]
    assert titles(look("burglary", sort="best", near=places.amber_valley))[2] == "One"


def test_an_address_says_the_whole_search_and_nothing_else(stories: None) -> None:
    said = {
        "words": "done",
        "criterion": "test-framework/test-set/LEAD.1",
        "region": "east-midlands",
        "from": "2001",
        "agreed": "1",
        "sort": "newest",
    }
    search = wanted.read({**said, "page": "3", "utm": "x"}, choices(), has_place=False)
    assert dict(pair.split("=") for pair in search.address().split("&")) == {
        **said,
        "criterion": "test-framework%2Ftest-set%2FLEAD.1",
    }
    assert "words=other" in search.address(words="other")


def test_only_published_criteria_are_offered(version: Version) -> None:
    Version.objects.create(framework=version.framework, slug="draft", title="Draft set")
    assert choices().get("criterion", "test-framework/test-set/LEAD.1")
    assert {choice.group for choice in choices().of("section")} == {version.title}
