"""Old and new wording side by side: what has gone is marked in one, what has come in the other, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from hallmarks.differences import Piece, compared

TEXTS = st.lists(st.sampled_from(["a", "plan", "with", "dates", "\n"]), max_size=12).map(" ".join)


def test_what_has_gone_and_what_has_come_is_marked() -> None:
    gone, come = compared("Leaders meet every month", "Leaders and officers meet every quarter")
    assert gone == (Piece("Leaders ", False), Piece("meet every ", False), Piece("month", True))
    assert come == (
        Piece("Leaders ", False),
        Piece("and officers ", True),
        Piece("meet every ", False),
        Piece("quarter", True),
    )


def test_a_text_that_is_as_it_was_has_no_mark() -> None:
    assert compared("The same", "The same") == ((Piece("The same", False),), (Piece("The same", False),))


def test_space_alone_is_no_change() -> None:
    _gone, come = compared("Two  words", "Two words")
    assert not any(piece.is_changed for piece in come)


@given(TEXTS, TEXTS)
def test_the_pieces_put_together_are_the_text_and_what_is_unmarked_is_in_both(before: str, after: str) -> None:
    gone, come = compared(before, after)
    assert "".join(piece.words for piece in gone).split() == before.split()
    assert "".join(piece.words for piece in come).split() == after.split()
    kept = [[word for piece in side if not piece.is_changed for word in piece.words.split()] for side in (gone, come)]
    assert kept[0] == kept[1]
