"""Counts of use, in sentences."""

import pytest

from casestudies.use import Use


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (Use(), ""),
        (Use(7, 7, 3), "Used by 7 partnerships, 3 report success."),
        (Use(1, 1, 1), "Used by 1 partnership, 1 reports success."),
        (Use(2, 2, 0), "Used by 2 partnerships, none reports success yet."),
        (Use(9, 7, 3), "Used by 7 partnerships, 3 report success. 2 more kept a note and did not try it."),
        (Use(1, 0, 0), "1 partnership kept a note; none tried it yet."),
    ],
)
def test_a_sentence_says_who_used_it(use: Use, words: str) -> None:
    assert use.words == words
