"""A case study as PDF: tagged, kept by what it says, and for nobody who may not read that version."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from casestudies import services
from casestudies.models import CaseStudy
from hallmarks.models import Criterion, Version
from reports import pdf
from tests.casestudies.making import make_attachment, make_case_study, seat_of
from tests.casestudies.test_who_sees_what import publish, say
from tests.people import Cast
from tests.reports.test_pdf import catalog, elements

SignIn = Callable[[User | None], Client]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the PDF maker; returns what it was asked to make."""
    asked: list[str] = []

    def run(html: str, identifier: str) -> bytes:
        asked.append(html)
        return f"%PDF-{identifier}".encode()

    monkeypatch.setattr(pdf, "run", run)
    return asked


@pytest.fixture
def study(cast: Cast, version: Version) -> CaseStudy:
    return make_case_study(cast.coordinator, is_published=True)


def show(study: CaseStudy, cast: Cast) -> None:
    services.set_public(case_study=study, is_public=True, by=seat_of(cast.coordinator))


def address(study: CaseStudy, number: int = 1) -> str:
    return f"{study.get_absolute_url()}{number}.pdf"


def public_address(study: CaseStudy, number: int = 1) -> str:
    return f"{study.get_public_url()}{number}.pdf"


def stored() -> Iterator[Path]:
    return (settings.VAR_DIR / "reports").glob("page-*.pdf")


def test_it_is_tagged_and_holds_the_whole_text(study: CaseStudy, cast: Cast, sign_in: SignIn) -> None:
    say(study, cast.officer, contact_role="Housing team", cost="Lots & <b>lots</b>.", response="Line.\n" * 1_500)
    make_attachment(study, cast.officer, "Figures.pdf")
    study.criteria.set(Criterion.objects.filter(code="LEAD.1"))
    publish(CaseStudy.objects.get(), cast)
    show(study, cast)
    answer = sign_in(None).get(public_address(study, 2))
    assert answer["Content-Type"] == "application/pdf"
    report = PdfReader(io.BytesIO(answer.content))
    root = catalog(report)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert re.search(r"pdfuaid:part[^0-9]+1", root["/Metadata"].get_data().decode())
    kinds = [str(each.get("/S")) for each in elements(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH"} <= set(kinds)
    assert report.metadata is not None
    assert report.metadata.title == "Fewer burglaries in shared houses"
    assert report.metadata.author == "Amber Valley"
    text = " ".join(" ".join(page.extract_text() for page in report.pages).split())
    for words in (
        "Nine in ten doors had no lock.",
        "Lots & <b>lots</b>.",
        "Housing team",
        "Figures.pdf",
        "Leaders give direction",
    ):
        assert words in text
    assert "[The rest of this text," in text
    assert f"http://127.0.0.1:8000{study.get_public_url()}" in text.replace("- ", "-")
    assert cast.coordinator.name not in text


def test_it_is_made_once_and_again_only_when_it_says_something_else(
    study: CaseStudy, cast: Cast, sign_in: SignIn, made: list[str]
) -> None:
    client = sign_in(cast.neighbour)
    first = client.get(address(study))
    assert client.get(address(study)).content == first.content
    assert client.get(address(study), headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert len(made) == len(list(stored())) == 1
    services.agree_as_good_practice(case_study=study, number=1, reason="It works.", by=cast.reviewer.posts.get())
    assert client.get(address(study)).content != first.content
    assert "It works." in made[1]
    services.retire_case_study(case_study=study, reason="The money ended.", by=seat_of(cast.coordinator))
    client.get(address(study))
    assert "The money ended." in made[2]
    assert "It works." not in made[2]


def test_a_version_is_for_whoever_may_read_it(study: CaseStudy, cast: Cast, sign_in: SignIn, made: list[str]) -> None:
    publish(say(study, cast.officer, title="Two"), cast)
    say(CaseStudy.objects.get(), cast.officer, title="Canary")
    for person, reads_all in ((cast.viewer, True), (cast.reviewer, True), (cast.neighbour, False)):
        client = sign_in(person)
        assert client.get(address(study, 1)).status_code == (200 if reads_all else 404)
        assert client.get(address(study, 2)).status_code == 200
        assert client.get(address(study, 3)).status_code == 404
        assert client.get(address(study, 10**30)).status_code == 404
    assert not any("Canary" in html for html in made)
    assert not any(person and person.name in html for html in made for person in cast.everybody().values())


def test_the_public_gets_the_newest_of_what_is_shown(
    study: CaseStudy, cast: Cast, sign_in: SignIn, made: list[str]
) -> None:
    client = sign_in(None)
    assert client.get(address(study)).status_code == 302
    assert client.get(public_address(study)).status_code == 404
    show(study, cast)
    assert client.get(public_address(study)).status_code == 200
    publish(say(CaseStudy.objects.get(), cast.officer, title="Two"), cast)
    assert client.get(public_address(study, 1)).status_code == 404
    assert client.get(public_address(study, 2)).status_code == 200
    services.retire_case_study(case_study=study, reason="Old.", by=seat_of(cast.coordinator))
    assert client.get(public_address(study, 2)).status_code == 404


def test_drafts_have_none(cast: Cast, sign_in: SignIn, version: Version, made: list[str]) -> None:
    draft = make_case_study(cast.officer)
    CaseStudy.objects.update(is_public=True)
    for person in (cast.officer, cast.neighbour):
        assert sign_in(person).get(address(draft)).status_code == 404
        assert sign_in(person).get(public_address(draft)).status_code == 404
    assert made == []


def test_a_file_that_was_removed_or_not_published_is_not_named(
    study: CaseStudy, cast: Cast, sign_in: SignIn, made: list[str]
) -> None:
    file = make_attachment(study, cast.officer, "Canary.pdf")
    publish(CaseStudy.objects.get(), cast)
    make_attachment(study, cast.officer, "Unpublished.pdf")
    client = sign_in(cast.officer)
    client.get(address(study, 2))
    services.remove_attachment(attachment=file, by=seat_of(cast.officer))
    client.get(address(study, 2))
    assert ["Canary.pdf" in html for html in made] == [True, False]
    assert not any("Unpublished.pdf" in html for html in made)


def test_the_pages_lead_to_it(study: CaseStudy, cast: Cast, sign_in: SignIn) -> None:
    show(study, cast)
    for person, page, file in (
        (cast.neighbour, study.get_absolute_url(), address(study)),
        (cast.officer, f"{study.get_absolute_url()}versions/1/", address(study)),
        (None, study.get_public_url(), public_address(study)),
    ):
        assert f'href="{file}"' in sign_in(person).get(page).content.decode()


def test_without_pango_it_is_a_page_and_too_much_is_refused(
    study: CaseStudy, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pango(command: list[str], **_options: object) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.CompletedProcess(command, 69, b"", b"")

    client = sign_in(cast.neighbour)
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", without_pango)
        answer = client.get(address(study))
    assert answer.status_code == 200
    assert "This server cannot make PDFs yet" in answer.content.decode()
    assert "static/css/report.css" in answer.content.decode()
    monkeypatch.setattr(pdf, "REPORT_MEMORY_MB", 40)
    answer = client.get(address(study))
    assert answer.status_code == 503
    assert sys.executable not in answer.content.decode()
    assert list(stored()) == []
