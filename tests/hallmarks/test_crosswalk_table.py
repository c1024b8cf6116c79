"""A table of links: every slip is named with its place and remedy, nothing is half read, and it loads again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from hallmarks.crosswalk_table import Link, Side, compare, read, write

LEFT = Side("Beacon", "beacon", {"LEAD.1": "b-lead-1", "LEAD.2": "b-lead-2", "2007": "b-2007", "X": "b-x"})
RIGHT = Side("Hallmarks", "hallmarks", {"H1.S1": "h-1", "H3.P2": "h-2", "10": "h-10", "X": "h-x"})
HEADING = "beacon_code,hallmark_code,strength,note\n"


def said(table: str | bytes) -> list[str]:
    return [str(problem) for problem in read(table, LEFT, RIGHT).problems]


def test_codes_become_lineages() -> None:
    reading = read(HEADING + 'LEAD.1,H1.S1,same,\nLEAD.1,H3.P2,Partial ,"Both, in part."\n', LEFT, RIGHT)
    assert reading.problems == ()
    assert reading.links == (Link("b-lead-1", "h-1", "same"), Link("b-lead-1", "h-2", "partial", "Both, in part."))


@pytest.mark.parametrize(
    "table",
    [
        ("\ufeff" + HEADING + "LEAD.1,H1.S1,same,\n").encode(),
        (HEADING + "LEAD.1,H1.S1,same,\n").replace("\n", "\r\n").encode(),
        '"A","B","Strength","Note"\n\n"LEAD.1","H1.S1","same",""\n,,,\n',
        "any,name,note,strength\nLEAD.1,H1.S1,,same\n",
        "any,name,strength\nLEAD.1,H1.S1,same\n",
    ],
    ids=["with a mark", "lines of Windows", "all quoted, rows left empty", "other order", "no notes"],
)
def test_what_spreadsheets_save_is_read(table: str | bytes) -> None:
    assert read(table, LEFT, RIGHT).links == (Link("b-lead-1", "h-1", "same"),)


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_read() -> None:
    table = HEADING + "LEAD.1,H1.S1,same,\nLEAD.3,H9,alike,\nLEAD.2,H1.S1,,a\u202eb\n"
    assert said(table) == [
        "row 3, column strength: “alike” is neither “same” nor “partial”.",
        "row 3, column beacon_code: “Beacon” has no criterion “LEAD.3”. Did you mean “LEAD.2”?",
        "row 3, column hallmark_code: “Hallmarks” has no criterion “H9”.",
        "row 4, column strength: It is missing. Write “same” or “partial”.",
        "row 4, column note: Character 2 is a hidden direction character (U+202E). Remove it.",
    ]
    assert read(table, LEFT, RIGHT).links == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "LEAD.1,H1.S1,same,\nLEAD.1,H1.S1,partial,\n",
            "row 3, column beacon_code: This pair stands in row 2 already.",
        ),
        ("LEAD.1,H1.S1,same,\nH1.S1,LEAD.1,same,\n", "row 3, column beacon_code: This pair stands in row 2 already."),
        ("H1.S1,LEAD.1,same,\n", "row 2, column beacon_code: The two codes are the other way round"),
        ("LEAD.1,LEAD.2,same,\n", "row 2, column hallmark_code: “LEAD.2” is a code of “Beacon”. Write one of"),
        ("1-Jan,H1.S1,same,\n", "row 2, column beacon_code: “1-Jan” is a date: a spreadsheet has changed the code."),
        (",H1.S1,same,\n", "row 2, column beacon_code: The code is missing. Write a code of “Beacon”."),
        ("LEAD.1,H1.S1,same\n", "row 2: It has 3 cells, the heading 4."),
        ("LEAD.1,H1.S1,same,a,b\n", "row 2: It has 5 cells, the heading 4. Put quotation marks round"),
        ("LEAD.1,H1.S1,samee,\n", "“samee” is neither “same” nor “partial”. Did you mean “same”?"),
        (f"LEAD.1,H1.S1,same,{'x' * 501}\n", "row 2, column note: It has 501 characters. The limit is 500"),
        ('LEAD.1,H1.S1,same,"open\n', "row 2: A quotation mark that begins in this row is never closed"),
        ("", "the file: There is no link under the heading."),
    ],
)
def test_each_slip_has_its_words(rows: str, words: str) -> None:
    found = said(HEADING + rows)
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (b"", "the file: The file is empty."),
        (b"PK\x03\x04rest", "the file: This is a workbook. In Excel, save it as “CSV UTF-8"),
        ("a,b,strength\n\xe9".encode("latin-1"), "This is not UTF-8. In Excel"),
        ("a,b,strength".encode("utf-16"), "This is not UTF-8"),
        (b"a;b;strength;note\n1;2;same;", "row 1: The cells are separated by semicolons."),
        ("LEAD.1,H1.S1,same,\n", "row 1: There is no column “strength”. The first row must name the columns"),
        ("a\nb\n", "row 1: There is no column “strength”."),
        ("a,b,strength,strength\nLEAD.1,H1.S1,same,same\n", "row 1, column strength: Two columns have this name."),
        ("a,b,strength,note,colour\n", "row 1, column colour: “colour” is not a column here."),
        ("a,b,strength\n\x00,b,same\n", "row 2"),
    ],
)
def test_what_is_no_table_is_told_so(table: str | bytes, words: str) -> None:
    assert words in "\n".join(said(table))


def test_a_table_of_too_many_links_is_stopped(settings: Settings) -> None:
    settings.CROSSWALK_MAX_ROWS = 2
    found = said(HEADING + "LEAD.1,H1.S1,same,\nLEAD.1,H3.P2,same,\nLEAD.2,H3.P2,same,\n")
    assert found == ["row 4: There are more than 2 links. Take out what is not a link."]


def test_a_table_that_is_too_large_is_not_read(settings: Settings) -> None:
    settings.CROSSWALK_MAX_BYTES = 50
    assert said(HEADING + "x" * 51) == ["the file: It is larger than 5e-05 MB. Take out what is not the table."]


def test_a_table_that_is_wrong_throughout_is_judged_quickly_and_shortened() -> None:
    found = said(HEADING + "LEAD.9,H9.S9,alike,\n" * 4_000)
    assert len(found) == 201
    assert "more problems" in found[-1]


def test_a_set_with_the_same_codes_as_the_other_may_link_them_both_ways() -> None:
    reading = read(HEADING + "X,H1.S1,same,\nX,X,same,\nLEAD.1,X,same,\n", LEFT, RIGHT)
    assert [link.pair for link in reading.links] == [("b-x", "h-1"), ("b-x", "h-x"), ("b-lead-1", "h-x")]


NOTES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30) | st.sampled_from(
    ["=1+1", "'=1", "'5", "1/2", "-", "'", "@x", 'He said "no", twice', "1 May 2007", "’tis"]
)
LINKS = st.dictionaries(
    st.tuples(st.sampled_from(list(LEFT.codes.values())), st.sampled_from(list(RIGHT.codes.values()))),
    st.tuples(st.sampled_from(["same", "partial"]), NOTES),
    min_size=1,
)


@given(LINKS)
def test_what_was_written_loads_again_as_it_was(links: dict[tuple[str, str], tuple[str, str]]) -> None:
    made = [Link(*pair, *words) for pair, words in links.items()]
    again = read(write(made, LEFT, RIGHT), LEFT, RIGHT)
    assert again.problems == ()
    assert compare(made, again.links).is_empty
