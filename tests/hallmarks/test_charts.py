"""Charts: the numbers in words, nothing but presentation attributes, and one drawing for page and print."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from hallmarks import charts
from hallmarks.charts import Print, Segment, Shape, Web
from hallmarks.marks import PRACTICE, STATUTORY

SVG = "{http://www.w3.org/2000/svg}"
counts = st.lists(st.integers(0, 400), min_size=1, max_size=5)


def bar(*numbers: int, medium: charts.Medium | None = None, **shape: object) -> ElementTree.Element:
    segments = [Segment(number, PRACTICE[index % 4]) for index, number in enumerate(numbers)]
    form = Shape(**shape) if shape else None  # type: ignore[arg-type]
    return ElementTree.fromstring(charts.stacked_bar(segments, "Words", medium or Web(), form))  # noqa: S314


def rects(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return drawing.findall(f"{SVG}rect")


def test_it_is_an_image_whose_first_child_says_the_numbers() -> None:
    drawing = bar(1, 2)
    assert drawing.get("role") == "img"
    assert (drawing[0].tag, drawing[0].text) == (f"{SVG}title", "Words")


def test_the_title_is_escaped() -> None:
    drawn = charts.stacked_bar([Segment(1, PRACTICE[0])], '</title><script>alert(1)</script>"', Web())
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn)[0].text == '</title><script>alert(1)</script>"'  # noqa: S314


@given(counts, st.booleans())
def test_it_uses_no_class_style_or_link_inside(numbers: list[int], in_print: bool) -> None:
    drawing = bar(
        *numbers, medium=Print(300) if in_print else Web(), pointer=0, has_pointer_row=True, rated=sum(numbers)
    )
    for element in drawing.iter():
        assert not {"style", "href"} & set(element.attrib)
        assert element is drawing or "class" not in element.attrib


@given(counts)
def test_segments_follow_one_another_and_fill_the_bar(numbers: list[int]) -> None:
    drawn = rects(bar(*numbers, medium=Print(300)))
    assert len(drawn) == sum(number > 0 for number in numbers)
    end = 0.0
    for rect in drawn:
        assert abs(float(rect.get("x", "")) - end) < 0.02
        end = float(rect.get("x", "")) + float(rect.get("width", ""))
    assert not drawn or abs(end - 300) < 0.02


def test_the_page_measures_in_per_cent_and_print_in_units() -> None:
    assert rects(bar(1, 3))[0].get("width") == "25.000%"
    assert rects(bar(1, 3, medium=Print(200)))[0].get("width") == "50.00"


def test_numbers_stand_only_where_they_fit() -> None:
    texts = [text.text for text in bar(1, 99).iter(f"{SVG}text")]
    assert texts == ["99"]


def test_the_middle_half_is_of_those_who_gave_a_level() -> None:
    lines = bar(6, 2, rated=6).findall(f"{SVG}line")
    assert [line.get("x1") for line in lines] == ["18.750%", "37.500%"]


def test_the_arrow_points_at_the_picked_segment() -> None:
    arrow = bar(1, 1, pointer=1, has_pointer_row=True).find(f"{SVG}svg")
    assert arrow is not None
    assert arrow.get("x") == "75.000%"


def test_an_empty_bar_is_drawn_without_segments() -> None:
    assert rects(bar(0, 0)) == []


def test_a_block_for_every_rating() -> None:
    drawn = charts.blocks([[PRACTICE[0]] * 3, [], [STATUTORY[1]] * 2], "Profile", 574)
    found = rects(ElementTree.fromstring(drawn))  # noqa: S314
    assert len(found) == 5
    assert all(0 <= float(rect.get("x", "")) <= 574 for rect in found)
    assert not re.search('style=|class="(?!app-chart)', drawn)


def dots(*marks: charts.Marks) -> ElementTree.Element:
    columns = [(PRACTICE[place], mark) for place, mark in enumerate(marks)]
    return ElementTree.fromstring(charts.dots(columns, "Words & <more>"))  # noqa: S314


def places(drawing: ElementTree.Element, name: str) -> list[tuple[float, float]]:
    """Return where the marks of one kind stand: across from the middle of their level, and down from the top."""
    moved = [re.fullmatch(r"translate\((\S+) (\S+)\)", mark.get("transform", "")) for mark in drawing.iter(SVG + name)]
    return [(float(found[1]), float(found[2])) for found in moved if found]


def test_dots_say_their_words_and_stand_in_the_middle_of_their_level() -> None:
    drawing = dots(charts.Marks(squares=2), charts.Marks(), charts.Marks(), charts.Marks(circles=1))
    assert drawing[0].text == "Words & <more>"
    assert [mark.get("x") for mark in drawing.iter(SVG + "rect") if mark.get("transform")] == ["12.5%", "12.5%"]
    assert [mark.get("cx") for mark in drawing.iter(SVG + "circle")] == ["87.5%"]
    # Two squares of nine, twelve apart, around the middle.
    assert [across for across, _down in places(drawing, "rect")] == [-10.5, 1.5]


def test_dots_stand_in_rows_of_four_upwards_squares_first() -> None:
    drawing = dots(charts.Marks(squares=3, circles=3), charts.Marks(), charts.Marks(), charts.Marks())
    squares, circles = places(drawing, "rect"), places(drawing, "circle")
    assert len({down for _across, down in squares}) == 1
    assert [across for across, _down in circles] == [18, -6, 6]
    assert circles[0][1] - circles[1][1] == 12, "the fourth mark ends the lowest row"


def test_half_marks_are_smaller() -> None:
    drawing = dots(charts.Marks(1, 1, 1, 1), charts.Marks(), charts.Marks(), charts.Marks())
    assert [mark.get("width") for mark in drawing.iter(SVG + "rect") if mark.get("transform")] == ["9", "5"]
    assert [mark.get("r") for mark in drawing.iter(SVG + "circle")] == ["4", "2"]


def test_dots_of_nobody_are_a_bar_alone() -> None:
    drawing = dots(charts.Marks(), charts.Marks())
    assert len(list(drawing.iter(SVG + "rect"))) == 2
    assert list(drawing.iter(SVG + "circle")) == []
