"""The comparison in words: every number of a bar can be read, in it or under it."""

import re

import pytest

from reports import pictures, tables
from reports.comparison import Line
from tests.reports.test_comparison import asked


@pytest.mark.parametrize(
    ("counts", "does_not_apply", "words"),
    [
        ((10, 10, 10, 7), 0, ""),
        ((100, 100, 99, 1), 0, "1 doing well"),
        ((1, 100, 99, 100), 7, "1 gap identified, 7 does not apply"),
        ((0, 0, 0, 0), 3, ""),
        ((0, 0, 0, 0), 0, ""),
    ],
)
def test_numbers_without_room_are_under_the_bar(counts: tuple[int, ...], does_not_apply: int, words: str) -> None:
    found = Line(asked(), counts, does_not_apply)
    assert tables.without_room(found) == words
    assert tables.bar_on_page(found).endswith(f'<span class="app-bar__rest">{words}</span>') is bool(words)


@pytest.mark.parametrize("counts", [(100, 100, 99, 1), (3, 150, 12, 160), (1, 1, 1, 400)])
def test_each_number_is_in_the_bar_or_under_it(counts: tuple[int, ...]) -> None:
    found = Line(asked(), counts, 2)
    drawn = re.findall(r"<text[^>]*>(\d+)</text>", tables.bar(found))
    under = re.findall(r"\d+", tables.without_room(found))
    assert sorted([*drawn, *under], key=int) == sorted(map(str, [*counts, 2]), key=int)


def test_a_picture_has_them_as_well() -> None:
    assert "1 doing well" in pictures._row("Anything", Line(asked(), (100, 100, 99, 1), 0)).drawn
