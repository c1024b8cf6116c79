"""Numbers of the pages about recorded crime: true minus, thousands commas, halves where a median is one."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reports import crime_words


@pytest.mark.parametrize(
    ("number", "whole", "signed"),
    [
        (Fraction(17_520), "17,520", "+17,520"),
        (Fraction(40_557, 2), "20,278.5", "+20,278.5"),
        (Fraction(-5_533, 2), "\u22122,766.5", "\u22122,766.5"),
        (-506, "\u2212506", "\u2212506"),
        (0, "0", "0"),
    ],
)
def test_counts_and_medians(number: Fraction | int, whole: str, signed: str) -> None:
    assert crime_words.whole(number) == whole
    assert crime_words.signed(number) == signed


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Fraction(-13, 10), "\u22121.3%"),
        (Fraction(-1, 100), "0.0%"),
        (Fraction(1, 100), "0.0%"),
        (Fraction(91, 10), "+9.1%"),
        (None, "Not known"),
    ],
)
def test_changes_in_per_cent(number: Fraction | None, said: str) -> None:
    assert crime_words.percent(number) == said


def test_printed_numbers() -> None:
    assert crime_words.printed(Decimal("-7.6")) == "\u22127.6"
    assert crime_words.printed(Decimal(948_644)) == "948,644"
    assert crime_words.printed(None) == "\u2013"
    assert crime_words.from_to(Fraction(-103, 10), Fraction(19, 10)) == "\u221210.3% to +1.9%"
