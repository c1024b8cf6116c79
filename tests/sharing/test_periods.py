"""Quarters are those of the calendar."""

import datetime

import pytest

from sharing.periods import FIRST, Quarter, quarter_of, quarters_back


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-01-01", Quarter(2026, 1)),
        ("2026-03-31", Quarter(2026, 1)),
        ("2026-04-01", Quarter(2026, 2)),
        ("2026-09-30", Quarter(2026, 3)),
        ("2026-12-31", Quarter(2026, 4)),
    ],
)
def test_a_day_lies_in_one_quarter(day: str, quarter: Quarter) -> None:
    assert quarter_of(datetime.date.fromisoformat(day)) == quarter


def test_a_quarter_knows_its_days_and_neighbours() -> None:
    last = Quarter(2026, 4)
    assert (last.starts_on, last.ends_on) == (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    assert last.following == Quarter(2027, 1)
    assert last.following.previous == last
    assert Quarter(2028, 1).ends_on == datetime.date(2028, 3, 31)
    assert last.name == "October to December 2026"
    assert Quarter(2026, 2) < last < Quarter(2027, 1)


def test_sharing_began_in_october_2007() -> None:
    assert quarters_back(Quarter(2008, 1), 8) == [Quarter(2008, 1), FIRST]
    assert quarters_back(Quarter(2026, 2), 3) == [Quarter(2026, 2), Quarter(2026, 1), Quarter(2025, 4)]
