"""The pages: what people see, send and get back."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Event
from casestudies import services, uploads
from casestudies.models import Attachment, CaseStudy
from hallmarks.models import Criterion, Version
from tests.casestudies import files, office_files
from tests.casestudies.making import WORDS, make_attachment, make_case_study, seat_of
from tests.counting import counted
from tests.people import Cast

SignIn = Callable[[User | None], Client]
NEW = "/case-studies/amber-valley/new/"
SCRIPT = "<script>alert(1)</script>{{ settings.SECRET_KEY }}"


@pytest.fixture
def client_of(sign_in: SignIn, version: Version) -> SignIn:
    return sign_in


def text(response) -> str:
    return str(response.content.decode())


def test_an_officer_writes_and_reads_it_as_an_article(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.officer)
    response = client.post(NEW, WORDS | {"criteria": ["test-framework/test-set/LEAD.1"]}, follow=True)
    case_study = CaseStudy.objects.get()
    assert response.redirect_chain == [(case_study.get_absolute_url(), 302)]
    page = text(response)
    for words in WORDS.values():
        assert words in page
    assert "Only members of Amber Valley can read it" in page
    assert "/criteria/test-framework/test-set/LEAD.1/" in page
    assert page.index(WORDS["scanning"]) < page.index(WORDS["analysis"]) < page.index(WORDS["response"])


def test_save_and_come_back_later_goes_to_the_list(cast: Cast, client_of: SignIn) -> None:
    response = client_of(cast.officer).post(NEW, {"title": "A", "summary": "B", "then": "later"})
    assert response["Location"] == "/case-studies/"
    assert CaseStudy.objects.get().title == "A"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"title": ""}, "Enter a title"),
        ({"summary": "\u200b"}, "Enter a summary"),
        ({"title": "x" * 151}, "Title must be 150 characters or fewer. You entered 151."),
        ({"summary": "x" * 2_001}, "Summary must be 2,000 characters or fewer. You entered 2001."),
        ({"analysis": "x" * 10_001}, "Analysis must be 10,000 characters or fewer. You entered 10001."),
        ({"response": "a\0"}, "“Response” has a broken character at place 2."),
        ({"criteria": ["test-framework/test-set/NONE"]}, "“test-framework/test-set/NONE” is not one of them"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(
    sent: dict[str, str], says: str, cast: Cast, client_of: SignIn
) -> None:
    response = client_of(cast.officer).post(NEW, WORDS | {"assessment": "what I typed"} | sent)
    assert response.status_code == 200
    assert text(response).count(says) == 2
    assert "what I typed" in text(response)
    assert CaseStudy.objects.count() == 0


def test_every_free_text_warns_of_names(cast: Cast, client_of: SignIn) -> None:
    page = text(client_of(cast.officer).get(NEW))
    assert page.count("Do not include names or details of victims or offenders.") == 13


def test_what_people_type_is_never_markup(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer, words=dict.fromkeys(WORDS, SCRIPT))
    make_attachment(case_study, cast.officer, "<b>plan.pdf")
    client, url = client_of(cast.coordinator), case_study.get_absolute_url()
    for address in ("/case-studies/", url, f"{url}edit/", f"{url}publish/", f"{url}attachments/"):
        page = text(client.get(address))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ settings.SECRET_KEY }}" in page, address
        assert "<script>alert" not in page
        assert "<b>plan" not in page


def test_an_edit_is_saved_and_the_criteria_are_ticked(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer, Criterion.objects.get(code="LEAD.2"))
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "edit/"
    page = text(client.get(url))
    assert 'value="test-framework/test-set/LEAD.2" checked' in page
    assert "(1 chosen)" in page
    response = client.post(url, WORDS | {"summary": "Better.", "revision": "1"})
    assert response["Location"] == case_study.get_absolute_url()
    assert CaseStudy.objects.get().summary == "Better."


def test_a_colleagues_text_is_shown_beside_mine_which_stays_in_the_form(cast: Cast, client_of: SignIn) -> None:
    first = Criterion.objects.get(code="LEAD.1")
    case_study = make_case_study(cast.officer)
    theirs = services.Story(**WORDS | {"summary": "Theirs <b>."})
    services.save_case_study(
        case_study=case_study, revision=1, story=theirs, criteria=[first], by=seat_of(cast.colleague)
    )
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "edit/"
    response = client.post(url, WORDS | {"summary": "Mine.", "revision": "1"})
    page = text(response)
    assert response.status_code == 409
    assert response.context["form"]["summary"].value() == "Mine."
    assert "Theirs &lt;b&gt;." in page
    assert "Leaders give direction" in page
    assert page.count("saved by your colleague") == 2
    assert CaseStudy.objects.get().summary == "Theirs <b>."
    again = client.post(url, WORDS | {"summary": "Mine.", "revision": response.context["form"]["revision"].value()})
    assert again.status_code == 302
    assert CaseStudy.objects.get().summary == "Mine."


@pytest.mark.parametrize("revision", [None, "", "-1", "0", "x", "9" * 30, "2147483648"])
def test_a_form_without_its_stamp_is_a_bad_request(revision: str | None, cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    stamp = {} if revision is None else {"revision": revision}
    for user, page in ((cast.officer, "edit/"), (cast.coordinator, "publish/")):
        response = client_of(user).post(case_study.get_absolute_url() + page, WORDS | stamp)
        assert response.status_code == 400
    assert CaseStudy.objects.get().revision == 1


def test_a_coordinator_publishes_after_being_asked(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer, analysis="")
    client, url = client_of(cast.coordinator), case_study.get_absolute_url() + "publish/"
    page = client.get(url)
    assert "Analysis" in page.context["laid"].blank
    assert "Scanning" not in page.context["laid"].blank
    assert CaseStudy.objects.get().is_draft
    assert "Everybody who is signed in can read it now." in text(client.post(url, {"revision": "1"}, follow=True))
    assert not CaseStudy.objects.get().is_draft
    assert Event.objects.latest("pk").kind == "casestudy.published"
    assert "It is published" in text(client.get(url))


def test_a_text_that_changed_after_it_was_read_is_not_published(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    services.save_case_study(
        case_study=case_study,
        revision=1,
        story=services.Story("New", "New"),
        criteria=[],
        by=seat_of(cast.officer),
    )
    response = client_of(cast.coordinator).post(case_study.get_absolute_url() + "publish/", {"revision": "1"})
    assert response.status_code == 409
    assert "It was not published" in text(response)
    assert CaseStudy.objects.get().is_draft


def test_who_edits_a_published_one_is_told_that_others_read_on_what_was_published(
    cast: Cast, client_of: SignIn
) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    page = text(client_of(cast.officer).get(case_study.get_absolute_url() + "edit/"))
    assert "Your changes stay with your partnership until a coordinator publishes them." in page


def test_a_file_is_added_listed_downloaded_and_removed(
    cast: Cast, client_of: SignIn, django_capture_on_commit_callbacks
) -> None:
    case_study = make_case_study(cast.officer)
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "attachments/"
    response = client.post(url, {"file": files.upload("../street.jpg", files.jpeg())}, follow=True)
    assert "“street.jpg” added." in text(response)
    file = Attachment.objects.get()
    assert "JPEG" in text(response)
    download = client.get(f"{url}{file.fingerprint}/")
    assert files.SECRET_PLACE not in download.content
    assert download["Content-Disposition"] == 'attachment; filename="street.jpg"'
    assert download["Content-Security-Policy"] == "sandbox; default-src 'none'"
    remove = f"{url}{file.fingerprint}/remove/"
    assert "Remove this file?" in text(client.get(remove))
    assert Attachment.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(remove)
    assert Attachment.objects.count() == 0
    assert files.everything_stored() == []


def test_what_was_taken_out_of_a_file_is_told_where_it_was_added(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "attachments/"
    font = office_files.docx(rels=(("rId7", "font", "a.odttf"),), more={"word/a.odttf": b"x"})
    page = text(client.post(url, {"file": files.upload("plan.docx", font)}, follow=True))
    assert "“plan.docx” added. Taken out of the file: fonts." in page
    assert "DOCX, " in page


def test_the_same_file_sent_twice_is_there_once_and_no_error(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "attachments/"
    client.post(url, {"file": files.upload("map.png", files.png())})
    again = client.post(url, {"file": files.upload("map.png", files.png())}, follow=True)
    assert "“map.png” is attached already." in text(again)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("plan.pdf", b"<html>", "“plan.pdf” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file"),
        ("plan.pdf", b"", "“plan.pdf” is empty"),
        ("big.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "“big.pdf” is larger than 10 MB"),
        ("plan.pdf", files.pdf(password="x"), "Remove the password"),
        ("plan.docx", office_files.docx(more={"word/vbaProject.bin": b"x"}), "contains macros"),
    ],
)
def test_a_refused_file_is_told_on_the_form(name: str, data: bytes, says: str, cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    url = case_study.get_absolute_url() + "attachments/"
    response = client_of(cast.officer).post(url, {"file": files.upload(name, data)})
    assert response.status_code == 200
    assert text(response).count(says) == 2
    assert Attachment.objects.count() == 0


def test_no_file_chosen(cast: Cast, client_of: SignIn) -> None:
    url = make_case_study(cast.officer).get_absolute_url() + "attachments/"
    assert "Choose a file" in text(client_of(cast.officer).post(url))


def test_a_file_that_a_colleague_left_no_room_for_is_told_on_the_form(
    cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_study = make_case_study(cast.officer)

    def no_room(*args: object, **kwargs: object) -> None:
        raise uploads.UploadRefused(uploads.too_many("plan.pdf"))

    monkeypatch.setattr(services, "add_attachment", no_room)
    response = client_of(cast.officer).post(
        case_study.get_absolute_url() + "attachments/", {"file": files.upload("plan.pdf", files.pdf())}
    )
    assert "there are 20 files already" in text(response)


def test_a_full_disk_says_so_and_keeps_nothing(cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    case_study = make_case_study(cast.officer)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("casestudies.storage.os.fsync", full)
    response = client_of(cast.officer).post(
        case_study.get_absolute_url() + "attachments/", {"file": files.upload("plan.pdf", files.pdf())}
    )
    assert response.status_code == 507
    assert "Storage is full; nothing was saved" in text(response)
    assert Attachment.objects.count() == 0
    assert files.everything_stored() == []


def test_files_of_a_draft_are_for_members(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    file = make_attachment(case_study, cast.officer)
    url = f"{case_study.get_absolute_url()}attachments/{file.fingerprint}/"
    for who in ("reviewer", "administrator", "neighbour", "former"):
        client = client_of(getattr(cast, who))
        assert client.get(url).status_code == 404
        assert client.get(case_study.get_absolute_url()).status_code == 404
    assert client_of(cast.viewer).get(url).status_code == 200


def test_the_article_asks_little_however_much_there_is(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    client = client_of(cast.officer)
    client.get(case_study.get_absolute_url())
    with counted() as few:
        client.get(case_study.get_absolute_url())
    case_study.criteria.set(Criterion.objects.all())
    for number in range(5):
        make_attachment(case_study, cast.officer, f"{number}.pdf")
    with counted() as many:
        client.get(case_study.get_absolute_url())
    assert many.number == few.number <= 12
