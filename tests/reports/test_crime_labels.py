"""Names beside dots: never over each other or a dot, at any width; who matters most comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import crime_labels
from reports.crime_drawings import NARROW, WIDE, Middle, Size, Words, scatter
from reports.crime_labels import Box, Dot, Label, Room, Spot, in_order, labels, outliers
from reports.drawings import axis_of

NAMES = ("Ely", "Windsor and Maidenhead", "Barking and Dagenham", "Stoke-on-Trent")
PLACES = st.lists(st.tuples(st.integers(5, 95), st.integers(0, 290)), max_size=20, unique_by=lambda place: place[0])


def boxes(found: list[Label], width: float) -> list[Box]:
    return [crime_labels._box(label, width) for label in found]


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@given(PLACES)
def test_no_name_runs_into_another_or_a_dot_at_any_width(size: Size, places: list[tuple[int, int]]) -> None:
    spots = [Spot(Dot(x, y, NAMES[x % 4]), x / 100, 60 + y) for x, y in places]
    found = labels(spots, Room(size.widths, 48, 356))
    for width in size.widths:
        placed = boxes(found, width)
        for at, box in enumerate(placed):
            assert box[0] >= 0
            assert box[2] <= width
            assert not any(meet(box, other) for other in placed[:at])
            assert not any(meet(box, crime_labels._dot(spot, width)) for spot in spots)


def test_outliers_come_after_the_picked_one_and_before_all_others() -> None:
    dots = [Dot(x, 5, f"N{x}") for x in (1, 2, 3, 4, 5, 6)]
    far, picked = Dot(40, 5, "far"), Dot(3.5, 5, "picked", is_picked=True)
    spots = [Spot(dot, dot.x / 50, 100) for dot in (*dots, far, picked)]
    assert outliers([*dots, far, picked]) == [far]
    assert [spot.dot.name for spot in in_order(spots, [far])][:2] == ["picked", "far"]
    assert outliers(dots[:3]) == []


def test_a_picked_one_is_named_however_crowded_it_is() -> None:
    crowd = [Spot(Dot(x, y, ""), x / 20, 60 + 14 * y) for x in range(20) for y in range(20)]
    picked = Spot(Dot(9, 9, "Derby", is_picked=True), 0.47, 200)
    assert [label.text for label in labels([*crowd, picked], Room((290, 836), 48, 356))] == ["Derby"]
    others = [Spot(Dot(9, 9, "Derby"), 0.47, 200)]
    assert labels([*crowd, *others], Room((290, 836), 48, 356)) == []


def test_a_long_name_is_cut_and_a_markup_is_a_text() -> None:
    words = Words("What it is", "Across", "Upwards")
    dots = [Dot(-1, 50, "A very long name of a partnership indeed"), Dot(5, 10, "<b>")]
    drawn = scatter(dots, [Middle(-3, 2, 10, 20, 30)], axis_of([-3, 5]), words, WIDE).svg
    assert "A very long name of a par…</text>" in drawn
    assert "<b>" not in drawn


def test_titles_are_broken_into_rows_that_fit_a_phone() -> None:
    words = Words("t", "across " * 12, "upwards " * 12)
    wide, narrow = (scatter([Dot(0, 50, "x")], [], axis_of([0, 5]), words, size) for size in (WIDE, NARROW))
    assert narrow.height > wide.height
    longest = max(len(text.split("<")[0]) for text in narrow.svg.split(">"))
    assert longest <= NARROW.letters
