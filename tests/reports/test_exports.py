"""The file for spreadsheets: no cell can start a formula, and every text comes back exact."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from reports import exports

TROUBLE = "=+-@\t\r\n'＝＋－＠"
cells = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.builds(str.__add__, st.text(st.sampled_from(TROUBLE), min_size=1, max_size=3), st.text("abc=1\"',;\r\n")),
)


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and exports.guarded(cell[1:]) != cell[1:] else cell


@settings(max_examples=100)
@given(st.lists(st.lists(cells, min_size=1, max_size=10), min_size=1, max_size=10))
def test_no_cell_starts_a_formula_and_the_text_comes_back(rows: list[list[str]]) -> None:
    content = exports.csv_bytes(rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert not any(cell.startswith(exports.DANGEROUS) for row in read for cell in row)
    assert [[unguarded(cell) for cell in row] for row in read] == rows


def test_every_cell_is_quoted() -> None:
    assert exports.csv_bytes([["Code", 3]]) == b'\xef\xbb\xbf"Code","3"\r\n'


def test_formulas_are_told_to_be_text() -> None:
    for cell in ("=1+1", "+44", "-2", "@sum", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"):
        assert exports.guarded(cell) == f"'{cell}"
    assert exports.guarded("Gap identified") == "Gap identified"
