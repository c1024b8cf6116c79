"""The file field says what is wrong with what was chosen."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from casestudies.fields import UploadField
from casestudies.uploads import CheckedFile
from tests.casestudies import files


class Parcel(forms.Form):
    file = UploadField(used_bytes=0, count=0)


def parcel(upload: SimpleUploadedFile | None) -> Parcel:
    form = Parcel({}, MultiValueDict({"file": [upload]} if upload else {}))
    form.is_valid()
    return form


def test_a_good_file_arrives_checked() -> None:
    assert isinstance(parcel(files.upload("plan.pdf", files.pdf())).cleaned_data["file"], CheckedFile)


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (None, "Choose a file"),
        (files.upload("plan.pdf", b""), "“plan.pdf” is empty. Choose another file."),
        (
            files.upload("plan.pdf", b"<html>"),
            "“plan.pdf” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file, whatever its name says. "
            "Save it as a PDF and choose it again.",
        ),
        (
            files.upload("plan.exe", b"MZ"),
            "“plan.exe” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file. Save it as a PDF and choose it again.",
        ),
    ],
)
def test_a_refused_file_is_an_error_of_the_form(upload: SimpleUploadedFile | None, says: str) -> None:
    assert parcel(upload).errors["file"] == [says]
