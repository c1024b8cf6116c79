"""A file is sent as a download that can do nothing in the browser."""

import pytest

from casestudies.downloads import attachment_response
from tests.casestudies import files, office_files
from tests.casestudies.making import make_attachment, make_case_study
from tests.people import Cast

POLYGLOT = files.pdf().replace(b"%PDF-", b"<html><script>alert(1)</script>%PDF-", 1)


def test_a_pdf_that_is_a_web_page_too_arrives_as_a_harmless_download(cast: Cast) -> None:
    file = make_attachment(make_case_study(cast.officer), cast.officer, "page.html", POLYGLOT)
    response = attachment_response(file.file, file.name, file.media_type)
    assert response.content == POLYGLOT
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="page.html.pdf"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.docx", office_files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", office_files.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", office_files.odt(), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_an_office_file_arrives_cleaned_as_a_download_of_its_kind(
    name: str, data: bytes, media_type: str, cast: Cast
) -> None:
    file = make_attachment(make_case_study(cast.officer), cast.officer, name, data)
    response = attachment_response(file.file, file.name, file.media_type)
    assert office_files.SECRET.encode() not in office_files.everything(response.content)
    assert (response.headers["Content-Type"], file.kind) == (media_type, name[2:].upper())
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ('a"b;c.pdf', 'attachment; filename="a\\"b;c.pdf"'),
        ("café.pdf", "attachment; filename*=utf-8''caf%C3%A9.pdf"),
        ("Minutes, March\r\nSet-Cookie: x=1", 'attachment; filename="Minutes, March Set-Cookie: x=1.pdf"'),
        ("../x", 'attachment; filename="x.pdf"'),
    ],
)
def test_a_name_cannot_break_the_header(cast: Cast, name: str, disposition: str) -> None:
    file = make_attachment(make_case_study(cast.officer), cast.officer)
    response = attachment_response(file.file, name, file.media_type)
    assert response.headers["Content-Disposition"] == disposition


def test_a_file_that_is_missing_is_told_as_such(cast: Cast) -> None:
    file = make_attachment(make_case_study(cast.officer), cast.officer)
    file.file.storage.delete(str(file.file.name))
    response = attachment_response(file.file, file.name, file.media_type)
    assert response.status_code == 404
    assert "“plan.pdf”" in response.content.decode()
