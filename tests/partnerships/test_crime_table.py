"""Tables of crime figures: as printed, slips noted, and everything wrong said at once with its place."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships import crime_table
from partnerships.crime_table import Table, read

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "crime_figures_44.csv"
HEADING = "CDRP,Police force,12 months to Oct 06,12 months to Mar 07,Volume change,Percentage change"


def table(*rows: str, heading: str = HEADING) -> Table:
    found = read("\n".join([heading, *rows]))
    assert found.table, found.problems
    return found.table


def problems(*rows: str, heading: str = HEADING) -> list[str]:
    found = read("\n".join([heading, *rows]))
    assert found.table is None
    return [str(problem) for problem in found.problems]


class TestThePrintedTable:
    @pytest.fixture
    def printed(self) -> Table:
        found = read(FIXTURE.read_bytes()).table
        assert found
        return found

    def test_rows_and_periods(self, printed: Table) -> None:
        assert len(printed.areas) == 44
        assert [period.ends_on for period in printed.periods] == [
            datetime.date(2006, 10, 31),
            datetime.date(2007, 3, 31),
        ]
        assert list(map(str, printed.periods)) == ["12 months to October 2006", "12 months to March 2007"]
        assert printed.areas[0].figures == (38_860, 38_354)
        assert printed.unread == ()

    def test_the_two_slips_and_no_other(self, printed: Table) -> None:
        assert {area.name: area.notes for area in printed.areas if area.notes} == {
            "Nottingham": ("Printed change -496; the two figures give -506.",),
            "Preston": ("Printed -7.2 against -6.0 expected, yet labelled “Well above”.",),
        }

    def test_totals_computed_and_printed(self, printed: Table) -> None:
        assert [(total.printed, total.computed, total.differs) for total in printed.totals] == [
            (Decimal(948_644), Decimal(947_814), True),
            (Decimal(934_353), Decimal(934_353), False),
            (Decimal(-14_291), Decimal(-13_461), True),
            (Decimal("-1.5"), Decimal("-1.4"), True),
            (Decimal(38_559), Decimal(44_446), True),
            (Decimal("-7.6"), None, False),
            (Decimal(163_057), Decimal(163_021), True),
        ]


def test_changes_are_computed_from_the_figures() -> None:
    area = table('Derby,,"1,000","1,125",125,12.5').areas[0]
    assert (area.change, area.percent, area.notes) == (125, Decimal("12.5"), ())
    assert table("Derby,,0,5,5,").areas[0].percent is None


def test_a_per_cent_is_held_to_the_places_it_was_printed_with() -> None:
    assert table("Derby,,900,1000,100,11").areas[0].notes == ()
    assert table("Derby,,900,1000,100,11.2").areas[0].notes == (
        "Printed change 11.2 per cent; the two figures give 11.1.",
    )


def test_columns_in_any_order_and_unknown_ones_are_named() -> None:
    found = table("2,Derby,1,x", heading="12 months to March 2007,cdrp,12 months to Oct 2007,Colour")
    assert (found.areas[0].figures, found.unread) == ((2, 1), ("Colour",))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Derby,,1.5,2,,", "A count of crimes is a whole number, not below 0."),
        ("Derby,,-1,2,,", "A count of crimes is a whole number, not below 0."),
        ("Derby,,,2,,", "The figure is missing. Both are needed."),
        ("Derby,,9999999999,2,,", "The figure is too large"),
        ("Derby,,many,2,,", "“many” in “12 months to Oct 06” is not a number. Write it like 1,234"),
        ('Derby,,"12,34",2,,', "is not a number"),
        ("Derby,,1,2,=1+1,", "“=1+1” in “Volume change” is not a number"),
        (",,1,2,,", "The area has no name."),
        ("Derby,,1,234,5,6,7", "There are 7 cells; the heading has 6. Put quotation marks round 1,234."),
        (f"Derby,{'x' * 201},1,2,,", "A cell is longer than 200 characters."),
    ],
)
def test_what_is_wrong_with_a_row(row: str, said: str) -> None:
    found = problems("Exeter,,1,2,,", row)
    assert len(found) == 1
    assert found[0].startswith("line 3: ")
    assert said in found[0]


def test_everything_wrong_is_said_at_once_with_the_line_it_begins_on() -> None:
    found = problems('"Two\nlines",,x,y,,', "", ",,1,2,,", "Total,,1,2,,", "Total,,1,2,,")
    assert [text.split(":")[0] for text in found] == ["line 2", "line 2", "line 5", "line 7"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file: The file is empty."),
        (b"\xef\xbb\xbf \r\n,,", "the file: The file is empty."),
        (b"\x0b", "the file: The file is empty."),
        (b"CDRP\xff", "byte 5: This is not UTF-8."),
        (b"PK\x03\x04\x00", "It holds characters that no text has."),
        (b"x" * 1_000_001, "It is larger than 1 MB."),
        (b"CDRP,12 months to Oct 06\nDerby,1", "There must be two columns such as"),
        (b"CDRP,12 months to Oct 06,12 months to Oct 2006\nDerby,1,2", "of two different months"),
        (b"CDRP,12 months to Mar 07,12 months to Oct 06\nDerby,1,2", "Put the earlier 12 months before"),
        (b"Area,12 months to Oct 06,12 months to Mar 07\nDerby,1,2", "There is no column “CDRP”."),
        (b"CDRP,CDRP,12 months to Oct 06,12 months to Mar 07\nDerby,x,1,2", "There are two columns “CDRP”."),
        (HEADING.encode(), "There is no row for an area"),
        (HEADING.encode() + b'\nDerby,"x"y,1,2,,', "The quotation marks do not fit."),
        (b",".join([b"c"] * 41), "There are more than 40 columns."),
        (HEADING.encode() + b"\nDerby,,1,2,," * 1001, "line 1002: There are more than 1000 rows."),
    ],
)
def test_what_is_wrong_with_a_file(data: bytes, said: str) -> None:
    found = read(data)
    assert found.table is None
    assert said in "\n".join(map(str, found.problems))


def test_a_file_that_is_wrong_throughout_is_named_in_part() -> None:
    found = problems(*["Derby,,x,y,,"] * 300)
    assert len(found) == crime_table.MOST_PROBLEMS + 1
    assert found[-1] == "the file: There are 400 more problems. Put these right first."


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_any_bytes_get_an_answer(data: bytes | str) -> None:
    found = read(data)
    assert (found.table is None) == bool(found.problems)


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=5))
def test_any_rows_get_an_answer(rows: list[list[str]]) -> None:
    found = read("\n".join([HEADING, *(",".join(row) for row in rows)]))
    assert (found.table is None) == bool(found.problems)
