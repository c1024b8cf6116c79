"""Evidence: what is attached, who may take it away, and what never gets in."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Evidence, Round
from audit.models import Event
from casestudies.models import CaseStudy
from tests.assessments.answering import rate_everything, submit, url
from tests.casestudies import office_files
from tests.casestudies.making import freeze
from tests.people import Cast, Places
from tests.world import PDF, PDF_SHA256

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
LINK = {"title": "Minutes", "link": "https://www.example.org/minutes"}


def pdf(name: str = "minutes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def add_file(client: Client, assessment: Assessment, **more: object) -> object:
    where = url("evidence_file", assessment, "LEAD.1")
    return client.post(where, {"title": "Minutes", "file": pdf(), **more})


def test_a_file_is_attached_with_its_fingerprint_and_one_event(officer: Client, assessment: Assessment) -> None:
    add_file(officer, assessment)
    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.sha256, evidence.size) == ("Minutes", PDF_SHA256, len(PDF))
    assert "minutes" not in str(evidence.file)
    assert Event.objects.filter(kind="evidence.added").count() == 1


def test_the_same_file_twice_is_one_piece(officer: Client, assessment: Assessment) -> None:
    for _press in range(2):
        add_file(officer, assessment)
    assert Evidence.objects.count() == 1
    assert len(default_storage.listdir("evidence/amber-valley")[1]) == 1


def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_title_kept(
    officer: Client, assessment: Assessment
) -> None:
    answer = add_file(officer, assessment, title="Kept title", file=pdf(content=b"<html><script>"))
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file" in page
    assert "Kept title" in page
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", office_files.docx()), ("a.xlsx", office_files.xlsx()), ("a.odt", office_files.odt())],
)
def test_office_files_are_evidence_too_without_who_made_them(
    name: str, data: bytes, officer: Client, assessment: Assessment
) -> None:
    add_file(officer, assessment, file=pdf(name, data))
    page = officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert f">{name[2:].upper()}, " in page
    sent = b"".join(officer.get(url("evidence_download", assessment, "LEAD.1", 1)))
    assert office_files.SECRET.encode() not in office_files.everything(sent)


def test_what_was_taken_out_of_evidence_is_told(officer: Client, assessment: Assessment) -> None:
    data = office_files.docx(rels=(("rId7", "font", "a.odttf"),), more={"word/a.odttf": b"x"})
    add_file(officer, assessment, file=pdf("a.docx", data))
    page = officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert "Evidence added. Taken out of the file: fonts." in page


def test_a_file_is_served_as_a_download_that_can_do_nothing(officer: Client, assessment: Assessment) -> None:
    add_file(officer, assessment)
    answer = officer.get(url("evidence_download", assessment, "LEAD.1", 1))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer) == PDF


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "not an address"])
def test_only_web_addresses_are_taken(officer: Client, assessment: Assessment, link: str) -> None:
    page = officer.post(url("evidence_link", assessment, "LEAD.1"), {**LINK, "link": link}).content.decode()
    assert "Enter a web address that starts with https:// or http://" in page
    assert not Evidence.objects.exists()


def test_a_link_twice_is_one_piece(officer: Client, assessment: Assessment) -> None:
    for _press in range(2):
        officer.post(url("evidence_link", assessment, "LEAD.1"), LINK)
    assert Evidence.objects.count() == 1


@pytest.fixture
def studies(places: Places, cast: Cast) -> dict[str, CaseStudy]:
    made = {}
    for slug, partnership, status in (
        ("own-draft", places.amber_valley, "draft"),
        ("their-draft", places.derby, "draft"),
        ("their-published", places.derby, "published"),
    ):
        made[slug] = CaseStudy.objects.create(
            partnership=partnership, slug=slug, title=slug, summary="s", status=status, written_by=cast.officer
        )
        if status == "published":
            freeze(made[slug])
    return made


def test_own_drafts_and_published_case_studies_can_be_cited_and_nothing_else(
    officer: Client, assessment: Assessment, studies: dict[str, CaseStudy]
) -> None:
    where = url("evidence_case_study", assessment, "LEAD.1")
    for study in studies.values():
        officer.post(where, {"case_study": study.pk})
    assert set(Evidence.objects.values_list("title", flat=True)) == {"own-draft", "their-published"}
    assert "their-draft" not in officer.get(where).content.decode()


def test_evidence_is_taken_off_with_its_file(
    officer: Client, assessment: Assessment, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    add_file(officer, assessment)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        officer.post(url("evidence_remove", assessment, "LEAD.1", 1))
    assert not Evidence.objects.exists()
    assert default_storage.listdir("evidence/amber-valley")[1] == []
    assert Event.objects.filter(kind="evidence.removed").count() == 1


def test_an_address_that_is_too_long_and_none_at_all_is_told_one_thing(officer: Client, assessment: Assessment) -> None:
    where = url("evidence_link", assessment, "LEAD.1")
    answer = officer.post(where, {**LINK, "link": "https://" + "x" * 3000})
    assert answer.context["form"].errors["link"] == [
        "“Web address” must be 1,000 characters or fewer. You entered 3008."
    ]
    assert officer.post(where, {**LINK, "link": "https://no host"}).context["form"].errors["link"] == [
        "Enter a web address that starts with https:// or http://"
    ]


def test_a_draft_is_marked_where_it_is_cited_and_where_the_answers_are_checked(
    officer: Client, assessment: Assessment, cast: Cast, studies: dict[str, CaseStudy]
) -> None:
    where = url("evidence_case_study", assessment, "LEAD.1")
    page = officer.get(where).content.decode()
    assert "own-draft (draft)</option>" in page
    assert "their-published</option>" in page
    for name in ("own-draft", "their-published"):
        officer.post(where, {"case_study": studies[name].pk})
    rate_everything(assessment, cast.officer)
    assert "Case study (draft)" in officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    page = officer.get(url("check", assessment)).content.decode()
    assert page.count("is a draft. Publish it, or nobody else can read it.") == 1
    assert "The case study “own-draft” is a draft." in page
    CaseStudy.objects.update(status="published")
    assert "is a draft" not in officer.get(url("check", assessment)).content.decode()


def test_sizes_have_no_decimal_that_says_nothing(officer: Client, assessment: Assessment) -> None:
    add_file(officer, assessment)
    Evidence.objects.update(size=248 * 1024)
    assert "PDF, 248 KB" in officer.get(url("criterion", assessment, "LEAD.1")).content.decode()


EVIDENCE_PAGES = [("evidence_link",), ("evidence_file",), ("evidence_case_study",), ("evidence_remove", 1)]


@pytest.mark.parametrize("page", EVIDENCE_PAGES)
@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("submitted", "It was submitted, so its answers are fixed."),
        ("late", "Its round closed at the end of"),
        ("early", "Its round opens on"),
    ],
)
def test_a_page_that_could_not_be_saved_says_so_when_it_is_opened(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn, page: tuple[object, ...], state: str, why: str
) -> None:
    officer.post(url("evidence_link", assessment, "LEAD.1"), LINK)
    rounds, day = Round.objects.filter(pk=assessment.round.pk), timezone.localdate()
    if state == "submitted":
        rate_everything(assessment, cast.officer)
        submit(assessment, cast.coordinator)
    elif state == "late":
        rounds.update(closes_on=day - datetime.timedelta(days=1))
    else:
        rounds.update(opens_on=day + datetime.timedelta(days=1))
    where = url(str(page[0]), assessment, "LEAD.1", *page[1:])
    answer = officer.get(where)
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert "<form" not in answer.content.decode().partition("<main")[2]
    assert sign_in(cast.viewer).get(where).status_code == 403


@pytest.mark.parametrize("name", ["evidence_link", "evidence_remove"])
def test_nothing_changes_after_submission(officer: Client, assessment: Assessment, cast: Cast, name: str) -> None:
    officer.post(url("evidence_link", assessment, "LEAD.1"), LINK)
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    more = (1,) if name == "evidence_remove" else ()
    answer = officer.post(url(name, assessment, "LEAD.1", *more), {**LINK, "link": "https://www.example.org/2"})
    assert answer.status_code == 409
    assert list(Evidence.objects.values_list("link", flat=True)) == [LINK["link"]]


def test_a_reviewer_gets_a_submitted_file_and_no_other(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    add_file(officer, assessment)
    reviewer = sign_in(cast.reviewer)
    assert reviewer.get(url("evidence_download", assessment, "LEAD.1", 1)).status_code == 404
    rate_everything(assessment, cast.officer)
    sent = submit(assessment, cast.coordinator)
    assert reviewer.get(f"/submissions/{sent.reference}/files/{PDF_SHA256}/").status_code == 200
    assert reviewer.get(f"/submissions/{sent.reference}/files/{'0' * 64}/").status_code == 404
    elsewhere = sign_in(cast.reviewer_elsewhere)
    assert elsewhere.get(f"/submissions/{sent.reference}/files/{PDF_SHA256}/").status_code == 404


def test_a_full_disk_says_so_and_keeps_nothing(
    officer: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("casestudies.storage.os.fsync", full)
    answer = add_file(officer, assessment)
    assert answer.status_code == 507  # type: ignore[attr-defined]
    assert not Evidence.objects.exists()
