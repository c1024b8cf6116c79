"""What may have been meant."""

import pytest

from casestudies.search.suggesting import distance, put_right, suggestions, worth_asking
from tests.casestudies.search.stories import look, published
from tests.people import Cast, Places

KNOWN = [("burglary", 40), ("burglar", 9), ("vandalism", 12), ("students", 5), ("patrol", 7), ("parks", 3)]


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("burglary", "burglary", 0),
        ("burglery", "burglary", 1),
        ("burlgary", "burglary", 1),
        ("burglry", "burglary", 1),
        ("burgllary", "burglary", 1),
        ("bruglery", "burglary", 2),
        ("robbery", "burglary", 3),
        ("", "abc", 3),
        ("abcdefgh", "x", 3),
    ],
)
def test_letters_wrong_missing_too_many_or_swapped_are_counted(one: str, other: str, far: int) -> None:
    assert distance(one, other, 2) == min(far, 3)
    assert distance(other, one, 2) == min(far, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("burglery", "burglary"),
        ("vandallism", "vandalism"),
        ("studnets", "students"),
        ("burglary", ""),
        ("helicopter", ""),
        # Other forms of a word are found anyway.
        ("patrols", ""),
        ("park", ""),
    ],
)
def test_the_nearest_known_word_is_meant(typed: str, meant: str) -> None:
    assert suggestions([typed], KNOWN).get(typed, "") == meant


def test_of_two_as_near_the_commoner_is_meant() -> None:
    assert suggestions(["burglarx"], KNOWN) == {"burglarx": "burglary"}


def test_the_rest_of_what_was_typed_stays_as_it_was() -> None:
    assert put_right('"Burglery" -watch OR Vandals', {"burglery": "burglary"}) == '"burglary" -watch OR Vandals'


def test_short_words_numbers_and_the_sixth_word_are_not_asked_about() -> None:
    assert worth_asking(["abc", "2007", "слово", *(f"word{letter}" for letter in "abcdefg")]) == [
        f"word{letter}" for letter in "abcde"
    ]


def test_a_search_suggests_what_would_be_found(places: Places, cast: Cast) -> None:
    published(places.derby, cast.officer, "Burglary in shared houses")
    assert look("burglery").meant == "burglary"
    assert look("burglery houses").meant == "burglary houses"
    assert look("burglery houses").is_any
    assert look(look("burglery").meant).total == 1
    assert look("burglary").meant == ""
