"""Numbers as people read them."""

import pytest

from govuk.numbers import file_size, grouped


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "1 KB"),
        (60, "1 KB"),
        (2048, "2 KB"),
        (248 * 1024, "248 KB"),
        (1024 * 1024 - 1, "1 MB"),
        (1024 * 1024, "1 MB"),
        (1_468_006, "1.4 MB"),
        (10 * 1024 * 1024, "10 MB"),
    ],
)
def test_a_size_has_no_decimal_that_says_nothing(size: int, words: str) -> None:
    assert file_size(size) == words


def test_thousands_stand_apart() -> None:
    assert (grouped(500), grouped(2000)) == ("500", "2,000")
