"""Text of one line or several: counted as the browser counts, nothing hidden in it."""

import pytest
from django import forms

from govuk.fields import PlainLineField, PlainTextField


class Sheet(forms.Form):
    line = PlainLineField(label="Title", max_length=10)
    text = PlainTextField(label="Summary", max_length=2_000)


def sheet(**data: str) -> Sheet:
    form = Sheet({"line": "A", "text": "B"} | data)
    form.is_valid()
    return form


def test_a_line_break_counts_as_one_character() -> None:
    typed = "\r\n".join(["x"] * 1_000) + "y"
    assert sheet(text=typed).cleaned_data["text"] == typed.replace("\r\n", "\n")
    assert "text" in sheet(text=typed + "z").errors


def test_a_line_is_one_line() -> None:
    assert sheet(line=" a\r\n b\t").cleaned_data["line"] == "a b"


@pytest.mark.parametrize("blank", ["", "  ", "\u200b\u200b", "\u202e"])
def test_what_cannot_be_seen_is_blank(blank: str) -> None:
    assert set(sheet(line=blank, text=blank).errors) == {"line", "text"}


@pytest.mark.parametrize("char", ["\0", "\ud800"])
def test_a_broken_character_is_an_error_that_names_its_place(char: str) -> None:
    assert sheet(text=f"a{char}").errors["text"] == [
        "“Summary” has a broken character at place 2. Delete what stands there and type it again."
    ]
