"""The sums behind the meeting, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import Given, Middle, disagreement, far_from_most, median, spread


def at(*positions: int) -> list[Middle]:
    return [Middle(position, position) for position in positions]


@pytest.mark.parametrize(
    ("positions", "low", "high"),
    [([2], 2, 2), ([0, 3, 1], 1, 1), ([1, 1, 3, 3], 1, 3), ([0, 1, 1, 3], 1, 1)],
)
def test_the_median_is_a_level_or_lies_between_two(positions: list[int], low: int, high: int) -> None:
    assert median(positions) == Middle(low, high)


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([], 0.0),
        (at(3), 0.0),
        (at(2, 2, 2), 0.0),
        (at(0, 3), 3.0),
        # Pairs 0-1, 0-3 and 1-3 are 1, 3 and 2 apart.
        (at(0, 1, 3), 2.0),
        ([Middle(1, 2), Middle(3, 3)], 1.5),
    ],
)
def test_disagreement_is_the_mean_distance_of_all_pairs(voices: list[Middle], expected: float) -> None:
    assert disagreement(voices) == expected


def test_an_agency_has_one_voice_however_many_people_it_sends() -> None:
    crowd = [Given("Council", "delivery", 3)] * 9
    result = spread([*crowd, Given("Police", "delivery", 0)])
    assert result.agencies == {"Council": Middle(3, 3), "Police": Middle(0, 0)}
    assert result.disagreement == 3.0
    assert result.front_line == Middle(0, 3)


def test_leaders_and_front_line_are_told_apart() -> None:
    result = spread(
        [
            Given("Council", "strategic", 3),
            Given("Police", "strategic", 3),
            Given("Council", "delivery", 1),
            Given("Probation", "delivery", 0),
            Given("Fire", "delivery", 1),
        ]
    )
    assert result.leaders == Middle(3, 3)
    assert result.front_line == Middle(1, 1)
    assert result.agencies["Council"] == Middle(1, 3)


STRATEGIC, DELIVERY = "strategic", "delivery"


@pytest.mark.parametrize(
    ("views", "differs", "width"),
    [
        ([], False, (0, 0, 0)),
        ([Given("Council", DELIVERY, 2), Given("Police", STRATEGIC, 2)], False, (0, 0, 0)),
        # Two agencies of one mind, as leaders say 3 and delivery staff 0 in both.
        (
            [Given(agency, side, level) for agency in "AB" for side, level in ((STRATEGIC, 3), (DELIVERY, 0))],
            True,
            (3, 0, 3),
        ),
        # The middles are one level, and leaders are still two above the rest.
        ([Given("A", STRATEGIC, 3), *[Given("A", DELIVERY, 1)] * 2, Given("B", DELIVERY, 1)], True, (2, 0, 0)),
        # Members of one agency alone are split.
        ([Given("A", DELIVERY, 0), Given("A", DELIVERY, 3)], True, (0, 0, 3)),
        # Split around the same point: no distance, and not the same.
        (
            [*(Given("A", DELIVERY, level) for level in (0, 3)), *(Given("B", DELIVERY, n) for n in (1, 2))],
            True,
            (0, 0, 3),
        ),
        ([Given("A", DELIVERY, 0), Given("B", DELIVERY, 1)], True, (1, 1, 0)),
    ],
)
def test_a_split_inside_agencies_is_a_difference_too(
    views: list[Given], differs: bool, width: tuple[float, float, int]
) -> None:
    result = spread(views)
    assert (result.differs, result.width) == (differs, width)


def test_nobody_strategic_is_nobody() -> None:
    assert spread([Given("Police", "delivery", 2)]).leaders is None


def test_far_from_most_asks_more_than_half_of_the_agencies() -> None:
    agencies = dict(zip("abcd", at(0, 0, 0, 3), strict=True))
    assert far_from_most(2, agencies)
    assert not far_from_most(1, agencies)
    assert not far_from_most(2, dict(zip("abcd", at(0, 0, 2, 3), strict=True)))
    assert not far_from_most(3, {})


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_disagreement_never_passes_the_scale_and_forgets_the_order(positions: list[int]) -> None:
    voices = at(*positions)
    assert 0 <= disagreement(voices) <= 3
    assert disagreement(voices) == disagreement(voices[::-1])
    assert (disagreement(voices) == 0) == (len(set(positions)) == 1)
