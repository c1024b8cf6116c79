"""Pasted text becomes plain text."""

import pytest

from govuk.texts import BrokenCharacter, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" a\r\nb\rc\n", "a\nb\nc"),
        ("a\x0bb\u2028c", "a\nb\nc"),
        ("a\u202eb\u200fc\u2066d\ufeff", "abcd"),
        ("\u200b\u200d \u202e", ""),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("<script>{{ x }}</script>", "<script>{{ x }}</script>"),
    ],
)
def test_text_is_kept_without_what_is_hidden(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\ud800"])
def test_a_character_nobody_can_type_is_named_by_its_place(char: str) -> None:
    with pytest.raises(BrokenCharacter) as problem:
        plain(f"ab{char}")
    assert problem.value.place == 3
