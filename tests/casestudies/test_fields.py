"""Fields say what is wrong with what was typed or chosen."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from casestudies.fields import PlainLineField, PlainTextField, UploadField
from casestudies.uploads import CheckedFile
from tests.casestudies import files


class Sheet(forms.Form):
    line = PlainLineField(label="Title", max_length=10)
    text = PlainTextField(label="Summary", max_length=2_000)


class Parcel(forms.Form):
    file = UploadField(used_bytes=0, count=0)


def sheet(**data: str) -> Sheet:
    form = Sheet({"line": "A", "text": "B"} | data)
    form.is_valid()
    return form


def parcel(upload: SimpleUploadedFile | None) -> Parcel:
    form = Parcel({}, MultiValueDict({"file": [upload]} if upload else {}))
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


def test_a_good_file_arrives_checked() -> None:
    assert isinstance(parcel(files.upload("plan.pdf", files.pdf())).cleaned_data["file"], CheckedFile)


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (None, "Choose a file"),
        (files.upload("plan.pdf", b""), "“plan.pdf” is empty. Choose another file."),
        (
            files.upload("plan.pdf", b"<html>"),
            "“plan.pdf” is not a PDF, PNG or JPEG file, whatever its name says. Save it as a PDF and choose it again.",
        ),
        (
            files.upload("plan.exe", b"MZ"),
            "“plan.exe” is not a PDF, PNG or JPEG file. Save it as a PDF and choose it again.",
        ),
    ],
)
def test_a_refused_file_is_an_error_of_the_form(upload: SimpleUploadedFile | None, says: str) -> None:
    assert parcel(upload).errors["file"] == [says]
