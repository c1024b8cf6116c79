"""Tables of crime figures: as printed, slips noted, and everything wrong said at once with its place."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships import crime_table
from partnerships.crime_parts import MOST_PROBLEMS, Reading, Table, in_order

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "crime_figures_44.csv"
HEADING = "CDRP,Police force,12 months to Oct 06,12 months to Mar 07,Volume change,Percentage change"

TODAY = datetime.date(2007, 6, 15)


def read(data: bytes | str) -> Reading:
    return crime_table.read(data, today=TODAY)


def table(*rows: str, heading: str = HEADING) -> Table:
    found = read("\n".join([heading, *rows]))
    assert found.table, found.problems
    return found.table


def problems(*rows: str, heading: str = HEADING) -> list[str]:
    found = read("\n".join([heading, *rows]))
    assert found.table is None
    return [str(problem) for problem in in_order(found.problems)]


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
            "Nottingham": ("Printed change −496; the two figures give −506.",),
            "Preston": ("Printed −7.2 against −6.0 expected, yet labelled “Well above”.",),
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


def test_a_per_cent_is_held_to_the_places_it_was_printed_with() -> None:
    assert table("Derby,,900,1000,100,11").areas[0].notes == ()
    assert table("Derby,,900,1000,100,11.2").areas[0].notes == (
        "Printed change 11.2 per cent; the two figures give 11.1.",
    )


def test_columns_in_any_order_and_unknown_ones_are_named() -> None:
    found = table("2,Derby,1,x", heading="12 months to March 2006,cdrp,12 months to Oct 2006,Colour")
    assert (found.areas[0].figures, found.unread) == ((2, 1), ("Colour",))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Derby,,1.5,2,,", "“12 months to Oct 06”: 1.5 is no whole number. Write how many crimes were recorded"),
        ("Derby,,5,-1,,", "“12 months to Mar 07”: −1 is below 0. Write how many crimes were recorded, like 1,234."),
        ("Derby,,0,2,,", "“12 months to Oct 06”: No area is without crime for 12 months. Write the count; where"),
        ("Derby,,2,-0,,", "“12 months to Mar 07”: No area is without crime for 12 months."),
        ("Derby,,,2,,", "“12 months to Oct 06”: The figure is missing. Write it as printed; where only one"),
        ("Derby,,n/a,2,,", "“12 months to Oct 06”: The figure is missing."),
        (
            "Derby,,999999999999,2,,",
            "999,999,999,999 is more than one area can have (500,000). Correct it; begin a row",
        ),
        ("Derby,,500001,2,,", "500,001 is more than one area can have"),
        ("Derby,,many,2,,", "“12 months to Oct 06”: “many” is not a number. Write it like 1,234"),
        ('Derby,,"12,34",2,,', "is not a number"),
        ("Derby,,١٢,2,,", "is not a number"),
        ("Derby,,1,2,=1+1,", "“Volume change”: “=1+1” is not a number"),
        (",,1,2,,", "“CDRP”: The area has no name. Write it there, or begin the row with “Total”"),
        ("Derby,,1,234,5,6,7", "There are 7 cells; the heading has 6. Put quotation marks round 1,234."),
        (f"Derby,{'x' * 201},1,2,,", "“Police force”: The cell is longer than 200 characters. Shorten it."),
    ],
)
def test_what_is_wrong_with_a_row(row: str, said: str) -> None:
    found = problems("Exeter,,1,2,,", row)
    assert len(found) == 1
    assert found[0].startswith("line 3")
    assert said in found[0]
    # What is wrong, then what to do.
    assert len(re.findall(r"[.?](?: |$)", found[0])) > 1


def test_everything_wrong_is_said_at_once_with_the_line_it_begins_on() -> None:
    found = problems('"Two\nlines",,x,y,,', "", ",,1,2,,", "Total,,1,2,,", "Total,,1,2,,")
    assert [text.split(":")[0] for text in found] == [
        "line 2, “12 months to Oct 06”",
        "line 2, “12 months to Mar 07”",
        "line 5, “CDRP”",
        "line 7",
    ]


def test_a_wrong_heading_a_broken_row_and_wrong_cells_are_said_together() -> None:
    heading = "CDRP,12 months to Oct 06,12 months to Smar 2030,Volume change,Volume change"
    found = problems("Derby,x,1,2,3", '"Ex"eter,1,2,3,4', "Exeter,1,2,3", "Camden,1,2,y,4", heading=heading)
    assert [text.split(":")[0] for text in found] == [
        "the heading",
        "the heading",
        "line 2, “12 months to Oct 06”",
        "line 3",
        "line 4",
        "line 5, “Volume change”",
    ]


def test_of_three_periods_two_must_be_left() -> None:
    heading = "CDRP,12 months to Oct 06,12 months to Mar 07,12 months to Oct 2006"
    assert "Two columns of 12 months are needed, not 3." in problems("Derby,1,2,3", heading=heading)[0]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("12 months to Jun 07", "“12 months to Jun 07” is read as June 2007, which is not over yet. Correct the month"),
        ("12 months to Mar 99", "is read as March 2099, which is not over yet."),
        ("12 months to Dec 9999", "is read as December 9999, which is not over yet."),
        ("12 months to Mar 1066", "is of a year before 1900. Correct the year"),
        ("12 months to Mar 0000", "is of a year before 1900."),
        ("12 months to Smarch 07", "names no month and year. Write it like “12 months to Oct 06”."),
        ("12 months to Mar soon", "names no month and year."),
        ("12 months to 03 2007", "names no month and year."),
    ],
)
def test_periods_that_cannot_be(title: str, said: str) -> None:
    found = problems("Derby,1,2", heading=f"CDRP,12 months to Oct 06,{title}")
    assert len(found) == 1
    assert found[0].startswith("the heading: ")
    assert said in found[0]


def test_the_month_before_is_over() -> None:
    found = table("Derby,1,2", heading="CDRP,12 months to Oct 06,12 months to May 07")
    assert found.periods[1].ends_on == datetime.date(2007, 5, 31)


def test_a_figure_that_halves_is_doubted_unless_the_print_says_so() -> None:
    assert table("Derby,,38860,3835,,").areas[0].doubts == (
        "The later figure is 90.1 per cent below the earlier one. Check both against the print.",
    )
    assert "157.1 per cent above" in table("Derby,,7,18,,").areas[0].doubts[0]
    assert table("Derby,,38860,3835,-35025,").areas[0].doubts == ()
    assert table("Derby,,1000,1500,,").areas[0].doubts == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file: The file is empty."),
        (b"\xef\xbb\xbf \r\n,,", "the file: The file is empty."),
        (b"\x0b", "the file: The file is empty."),
        (b"CDRP\n\xff", "line 2: Byte 6 is not UTF-8. Save the file as “CSV UTF-8”."),
        (b"PK\x03\x04\x00", "It holds characters that no text has."),
        (b"x" * 1_000_001, "It is larger than 1 MB."),
        (b"CDRP,12 months to Oct 06\nDerby,1", "Two columns of 12 months are needed, not 1. Name them such as"),
        (b"CDRP,12 months to Oct 06,12 months to Oct 2006\nDerby,1,2", "Both columns are of the same 12 months."),
        (b"CDRP,12 months to Mar 07,12 months to Oct 06\nDerby,1,2", "Put the earlier 12 months before"),
        (b"Area,12 months to Oct 06,12 months to Mar 07\nDerby,1,2", "There is no column “CDRP”."),
        (b"CDRP,CDRP,12 months to Oct 06,12 months to Mar 07\nDerby,x,1,2", "There are two columns “CDRP”."),
        (HEADING.encode(), "There is no row for an area"),
        (HEADING.encode() + b'\nDerby,"x"y,1,2,,', "The quotation marks do not fit."),
        (b",".join([b"c"] * 41), "The heading has more than 40 columns. Take out"),
        (HEADING.encode() + b"\nDerby,,1,2,," * 1001, "line 1002: There are more than 1,000 rows."),
    ],
)
def test_what_is_wrong_with_a_file(data: bytes, said: str) -> None:
    found = read(data)
    assert found.table is None
    assert said in "\n".join(map(str, found.problems))


def test_a_file_that_is_wrong_throughout_is_named_in_part() -> None:
    found = list(map(str, in_order(read("\n".join([HEADING, *["Derby,,x,y,,"] * 300])).problems)))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == "the file: There are 400 more problems. Put these right first."


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_any_bytes_get_an_answer(data: bytes | str) -> None:
    found = read(data)
    assert (found.table is None) == bool(found.problems)


HEADINGS = ["CDRP", "Police force", "12 months to Oct 06", "12 months to Mar 07", "12 months to Oct 2006", "x", '"']
CELLS = ["Derby", "Total", "1", "1,234", '"1,234"', "-5", "0", '"', "x", "", "9" * 12]


@given(
    st.lists(st.sampled_from(HEADINGS), max_size=6), st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=4)
)
def test_any_table_gets_an_answer(heading: list[str], rows: list[list[str]]) -> None:
    found = read("\n".join(map(",".join, [heading, *rows])))
    assert (found.table is None) == bool(found.problems)


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=5))
def test_any_rows_get_an_answer(rows: list[list[str]]) -> None:
    found = read("\n".join([HEADING, *(",".join(row) for row in rows)]))
    assert (found.table is None) == bool(found.problems)
