"""Workbooks: real types, headings that stay, and texts that come back exactly and run nothing."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from govuk.spreadsheets import DANGEROUS, LONGEST_CELL, Sheet, csv_bytes, sheet_name, xlsx_bytes

TROUBLE = "=+-@\t\n'＝＋－＠<>&_x0041\"r/\r\x0b"


def read(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def only_sheet(*rows: Sequence[object], header: list[object] | None = None) -> Any:
    return read(xlsx_bytes([Sheet("Table", header or ["Heading"], rows)])).worksheets[0]


def test_numbers_are_numbers_and_dates_dates() -> None:
    moment = datetime.datetime(2026, 7, 1, 13, 30, tzinfo=datetime.UTC)
    sheet = only_sheet([3, 2.5, Fraction(1, 4), datetime.date(2026, 5, 1), moment, "7", None, "", True])
    values = [cell.value for cell in sheet[2]]
    assert [value.isoformat() for value in values[3:5]] == ["2026-05-01T00:00:00", "2026-07-01T14:30:00"]
    assert [*values[:3], *values[5:]] == [3, 2.5, 0.25, "7", None, None, 1]
    assert [sheet.cell(2, at).is_date for at in (1, 4, 5, 6)] == [False, True, True, False]


def test_headings_stay_and_columns_are_wide_enough() -> None:
    sheet = only_sheet(["short", "x" * 30], ["short", "x" * 300], header=["A", "B"])
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == pytest.approx((8, 60), abs=1)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@sum", '=HYPERLINK("x")', "{=1}", "https://x.example", "12"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    sheet = only_sheet([text], header=[text])
    for cell in (sheet["A1"], sheet["A2"]):
        assert (cell.value, cell.hyperlink) == (text, None)
    content = zipfile.ZipFile(io.BytesIO(xlsx_bytes([Sheet("T", [text], [[text]])]))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"hyperlink" not in content
    assert content.count(b"inlineStr") == 2


def test_a_text_that_could_run_stays_text_when_it_is_edited() -> None:
    assert only_sheet(["=1+1"])["A2"].quotePrefix
    assert not only_sheet(["plain"])["A2"].quotePrefix


texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1),
    st.text(st.sampled_from(TROUBLE), min_size=1, max_size=12),
    st.sampled_from(["<r>bold</r>", "_x000D_", "_x005F_x000D_", " space ", "\x00", "a\x1fb"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=30))
def test_every_text_comes_back(cells: list[str]) -> None:
    sheet = only_sheet(*([cell] for cell in cells))
    # A carriage return is written as an escape, which this reader leaves as it stands.
    found = [unescape(str(sheet.cell(at, 1).value)) for at in range(2, len(cells) + 2)]
    assert found == cells


@pytest.mark.parametrize("text", ["\ud800", "\ufffe", "a\uffffb"])
def test_what_the_format_cannot_hold_is_marked(text: str) -> None:
    assert "\ufffd" in only_sheet([text])["A2"].value


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert len(only_sheet(["x" * 40_000])["A2"].value) == LONGEST_CELL


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Partnerships: [East] / West?", "Partnerships   East    West"),
        ("", "Table"),
        ("History", "Table"),
        ("'quoted'", "quoted"),
        ("x" * 40, "x" * 31),
    ],
)
def test_sheets_are_called_as_the_format_allows(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert read(xlsx_bytes([Sheet(title, ["A"])])).sheetnames == [name]


def test_two_sheets_of_one_name_are_told_apart() -> None:
    assert read(xlsx_bytes([Sheet("Levels", ["A"]), Sheet("levels", ["A"])])).sheetnames == ["Levels", "levels 2"]


def test_csv_writes_days_as_iso_and_guards_texts_alone() -> None:
    rows = [[-3, "-3", datetime.date(2026, 5, 1), None]]
    assert csv_bytes(rows, mark="") == b'"-3","\'-3","2026-05-01",""\r\n'
    assert DANGEROUS[0] == "="
