"""Texts made fit for print."""

from hypothesis import given
from hypothesis import strategies as st

from reports.plain_text import LONGEST, LONGEST_LINE, MOST_LINES, MOST_MARKS, one_line, printable


@given(st.text())
def test_what_is_printed_is_bounded_and_clean(text: str) -> None:
    found = printable(text)
    assert len(found) <= LONGEST + 200
    assert found.count("\n") <= MOST_LINES
    assert not any(ord(character) < 32 and character not in "\t\n" for character in found)
    found.encode()


def test_ordinary_text_is_left_as_it_is() -> None:
    text = "Café, naïve, Ŵyn, עברית, 漢字.\n\nSecond paragraph."
    assert printable(text) == text


def test_line_ends_of_every_kind_become_one() -> None:
    assert printable("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"


def test_marks_that_turn_the_text_around_are_taken_out() -> None:
    assert printable("safe\u202etxet") == "safetxet"


def test_stacked_accents_are_thinned_and_real_ones_kept() -> None:
    assert printable("a" + "\u0301" * 300) == "a" + "\u0301" * 4
    assert printable("e\u0323\u0302") == "e\u0323\u0302"


def test_a_text_that_is_cut_says_so() -> None:
    assert printable("x" * LONGEST) == "x" * LONGEST
    assert printable("x" * (LONGEST + 1)).endswith("x\n[The rest of this text, 1 character, is in the portal.]")
    assert "The rest of" in printable("a\n" * (MOST_LINES + 1))
    assert "The rest of" not in printable("a\n" * MOST_LINES)


def test_the_notice_counts_the_lines_and_says_where_the_rest_is() -> None:
    found = printable("line\n" * 20_000, "in the portal and in the attached submission.json")
    assert found.endswith(
        "line\n[The rest of this text, 19,600 lines, is in the portal and in the attached submission.json.]"
    )


def test_marks_of_every_script_are_thinned() -> None:
    for mark in ("\u0e49", "\u05b7", "\u064e", "\U000e0100", "\u0334"):
        assert printable("a" + mark * 500) == "a" + mark * MOST_MARKS


@given(st.text())
def test_a_title_stands_on_one_line(text: str) -> None:
    found = one_line(text)
    assert len(found) <= LONGEST_LINE
    assert len(found.splitlines()) <= 1
    found.encode()


def test_a_title_that_is_too_long_ends_with_an_ellipsis() -> None:
    assert one_line("x" * LONGEST_LINE) == "x" * LONGEST_LINE
    assert one_line("x" * 5_000) == "x" * (LONGEST_LINE - 1) + "…"
    assert one_line(" two\n lines ") == "two lines"
