"""Texts made fit for print."""

from hypothesis import given
from hypothesis import strategies as st

from reports.plain_text import LONGEST, MOST_LINES, printable


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
    assert printable("x" * (LONGEST + 1)).endswith(
        "x\n[Cut here to fit: the whole text has 10,001 characters. It can be read in the portal.]"
    )
    assert "Cut here" in printable("a\n" * (MOST_LINES + 1))
    assert "Cut here" not in printable("a\n" * MOST_LINES)
