"""The criteria pages, as the public and an administrator meet them."""

import datetime
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from hallmarks import forms, services
from hallmarks.models import Framework, Version
from tests.counting import counted
from tests.hallmarks.files import BEACON, HALLMARKS, changed, document, small, text
from tests.people import Cast

SignIn = Callable[[User | None], Client]
LOAD = "/criteria/load/"
DRAFT = "/criteria/small/v1/"
NASTY = "<script>alert(1)</script> {{ settings.SECRET_KEY }}"


def loaded(rows: list[Any] | bytes, *, publish: bool = True) -> Version:
    version = services.import_version(document=document(rows), by=None).version
    return services.publish_version(version=version, by=None) if publish else version


def sent_again(preview: Any) -> dict[str, str]:
    """The hidden fields by which the page of a preview sends the same file again."""
    found = re.findall(r'<input type="hidden" name="(name|seen|again)" value="(.*?)">', preview.content.decode())
    return {name: html.unescape(value) for name, value in found}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.mark.django_db
class TestReading:
    def test_the_index_shows_what_is_published_with_counts(self, client: Client) -> None:
        loaded(BEACON)
        loaded(small(), publish=False)
        shown = page(client, "/criteria/")
        assert "Beacon criteria, round 5" in shown
        assert "49 criteria (22 of them key), 175 signs to look for" in shown
        assert "Small criteria" not in shown
        assert "Load criteria" not in shown

    def test_a_version_shows_every_criterion_and_what_the_law_asks_apart(self, client: Client) -> None:
        loaded(HALLMARKS)
        shown = page(client, "/criteria/hallmarks/2007/")
        for criterion in document(HALLMARKS).criteria():
            assert criterion.title in shown
        assert "49 criteria: 27 that the law asks for, the others good practice." in shown
        assert "Statutory requirements" in shown
        assert "Partly met" in shown

    def test_a_criterion_shows_all_that_is_known(self, client: Client) -> None:
        loaded(HALLMARKS)
        shown = page(client, "/criteria/hallmarks/2007/H1.S3/")
        for words in (
            "Empowered and Effective Leadership, 3 of 7",
            "District and county both represented",
            "County and district representatives are both named.",
            "Statutory requirement",
            "England, two-tier areas only",
            "SI 2007/1830 reg 3(3) (only its opening words were read)",
            "Fairly sure: we read part of the source",
            "Attach the membership list that shows",
            "Not met",
            "Taking part in the county group",
        ):
            assert words in shown

    def test_previous_and_next_cross_sections(self, client: Client) -> None:
        loaded(BEACON)
        shown = page(client, "/criteria/beacon/round-5/LEAD.7/")
        assert "/criteria/beacon/round-5/LEAD.6/" in shown
        assert "/criteria/beacon/round-5/AUDIT.1/" in shown
        assert 'rel="prev"' not in page(client, "/criteria/beacon/round-5/LEAD.1/")

    def test_a_criterion_without_indicators_says_so(self, client: Client) -> None:
        loaded(BEACON)
        assert "None are listed" in page(client, "/criteria/beacon/round-5/PPR.5/")

    @pytest.mark.parametrize("address", ["/criteria/no/v1/", DRAFT + "LEAD.9/", "/criteria/small/v9/LEAD.1/"])
    def test_what_is_not_there_is_404(self, client: Client, address: str) -> None:
        loaded(small())
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("address", [DRAFT, DRAFT + "LEAD.1/"])
    def test_drafts_are_for_administrators_only(self, cast: Cast, sign_in: SignIn, address: str) -> None:
        loaded(small(), publish=False)
        for name, person in cast.everybody().items():
            expected = 200 if name == "administrator" else 404
            assert sign_in(person).get(address).status_code == expected, name

    def test_texts_are_escaped_on_every_page(self, cast: Cast, sign_in: SignIn) -> None:
        rows = changed(
            "criterion", 0, **dict.fromkeys(["title", "text", "official_text", "guidance", "note", "source"], NASTY)
        )
        for model in ("framework", "version", "section"):
            next(row for row in rows if row["model"] == f"hallmarks.{model}")["fields"]["title"] = NASTY
        next(row for row in rows if row["model"] == "hallmarks.level")["fields"].update(name=NASTY, descriptor=NASTY)
        rows[-1]["fields"]["text"] = NASTY
        loaded(rows, publish=False)
        client = sign_in(cast.administrator)
        previewed = client.post(LOAD, {"text": text(rows).replace('"v1"', '"v2"')})
        for response in [
            previewed,
            *(client.get(address) for address in ("/criteria/", DRAFT, DRAFT + "LEAD.1/", DRAFT + "publish/")),
        ]:
            body = response.content.decode()
            assert "<script>alert" not in body
            assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings.SECRET_KEY }}" in body

    def test_reading_takes_few_queries_however_much_there_is(self, client: Client) -> None:
        loaded(small())
        for _number in range(2):
            with counted() as few:
                client.get("/criteria/")
        loaded(BEACON)
        loaded(HALLMARKS)
        with counted() as more:
            client.get("/criteria/")
        assert more.number == few.number <= 5
        client.get("/criteria/beacon/round-5/")
        for address in ("/criteria/beacon/round-5/", "/criteria/beacon/round-5/LEAD.3/"):
            with counted() as one:
                client.get(address)
            assert one.number <= 3


@pytest.mark.django_db
class TestLoading:
    @pytest.fixture
    def administrator(self, cast: Cast, sign_in: SignIn) -> Client:
        return sign_in(cast.administrator)

    def test_nobody_else_finds_the_page(self, cast: Cast, sign_in: SignIn) -> None:
        for person in (cast.officer, cast.coordinator, cast.reviewer):
            client = sign_in(person)
            assert client.get(LOAD).status_code == 404
            assert client.post(LOAD, {"text": text(small()), "load": "yes"}).status_code == 404
        assert not Framework.objects.exists()

    def test_a_file_is_previewed_and_nothing_changes(self, administrator: Client) -> None:
        response = administrator.post(LOAD, {"file": SimpleUploadedFile("b.json", BEACON)})
        shown = html.unescape(response.content.decode())
        assert "The file has no mistakes." in shown
        assert "9 sections, 49 criteria (22 key), 175 signs to look for" in shown
        assert not Framework.objects.exists()
        assert not Event.objects.exists()

    def test_the_second_step_loads_the_same_text(self, administrator: Client, cast: Cast) -> None:
        preview = administrator.post(LOAD, {"file": SimpleUploadedFile("b.json", b"\xef\xbb\xbf" + BEACON)})
        response = administrator.post(LOAD, {**sent_again(preview), "load": "yes"}, follow=True)
        assert response.redirect_chain[-1][0] == "/criteria/beacon/round-5/"
        assert "Loaded as a draft." in response.content.decode()
        assert Version.objects.get().sha256 == document(BEACON).sha256()
        assert Event.objects.get(kind="criteria.loaded").actor_id == cast.administrator.pk

    def test_the_second_step_trusts_nothing(self, administrator: Client) -> None:
        rows = changed("criterion", title="")
        response = administrator.post(LOAD, {"text": text(rows), "load": "yes"})
        assert "It is blank." in response.content.decode()
        assert not Framework.objects.exists()

    def test_problems_have_their_places_and_the_text_stays(self, administrator: Client) -> None:
        rows = [*changed("criterion", wieght=1), {"model": "accounts.user", "fields": {"email": "kept@in.text"}}]
        response = administrator.post(LOAD, {"text": text(rows)})
        shown = html.unescape(response.content.decode())
        assert "<title>Error: Load criteria" in shown
        assert "Nothing was loaded. Correct the file, then check it again." in shown
        assert "line 8, criterion LEAD.1" in shown
        assert "Only criteria are allowed. This entry is a “accounts.user”" in shown
        assert "kept@in.text" in shown

    def test_the_summary_names_the_first_problems_once_and_leads_to_the_table(self, administrator: Client) -> None:
        shown = administrator.post(LOAD, {"text": text(changed("criterion", wieght=1, hieght=2))}).content.decode()
        summary = shown.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
        links = re.findall(r'<a href="#(.+?)">(.+?)</a>', summary)
        assert [target for target, _text in links] == ["problem-1", "problem-2"]
        assert all(words.startswith("Line 8, criterion LEAD.1: ") for _target, words in links)
        assert all(f'id="{target}"' in shown for target, _text in links)
        assert "govuk-error-message" not in shown

    def test_a_long_list_of_problems_is_named_in_part(self, administrator: Client) -> None:
        rows = changed("criterion", **{f"strange{number}": 1 for number in range(6)})
        shown = administrator.post(LOAD, {"text": text(rows)}).content.decode()
        summary = shown.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
        assert summary.count("<li>") == 6
        assert '<a href="#problems">The other problems are in the table</a>' in summary
        assert shown.count('id="problems"') == 1

    def test_a_preview_compares_with_what_is_published(self, administrator: Client) -> None:
        loaded(small())
        rows = text(changed("criterion", title="Reworded")).replace('"v1"', '"v2"').replace("small-2", "small-9")
        shown = html.unescape(administrator.post(LOAD, {"text": rows}).content.decode())
        assert "1 added, 1 reworded, 1 dropped, 0 unchanged" in shown
        assert "LEAD.1 Reworded" in shown

    def test_a_published_version_is_refused_and_stays(self, administrator: Client) -> None:
        loaded(small())
        for extra in ({}, {"load": "yes"}):
            response = administrator.post(LOAD, {"text": text(changed("criterion", title="x")), **extra})
            shown = html.unescape(response.content.decode())
            assert "is published and cannot change; give a new version" in shown
            assert "Load as draft" not in shown

    def test_the_same_again_says_so(self, administrator: Client) -> None:
        loaded(small())
        shown = administrator.post(LOAD, {"text": text(small())}).content.decode()
        assert "Already loaded; nothing would change." in shown

    def test_one_of_the_two_is_needed_and_only_one(self, administrator: Client) -> None:
        assert "Choose a file, or paste the text" in administrator.post(LOAD, {}).content.decode()
        both = {"file": SimpleUploadedFile("b.json", BEACON), "text": text(small())}
        assert "not both" in administrator.post(LOAD, both).content.decode()

    def test_an_empty_file_says_so(self, administrator: Client) -> None:
        shown = administrator.post(LOAD, {"file": SimpleUploadedFile("b.json", b"")}).content.decode()
        assert "The file is empty." in shown

    def test_too_large_for_the_page(self, administrator: Client) -> None:
        pasted = administrator.post(LOAD, {"text": "[" + " " * forms.PAGE_MAX_BYTES}).content.decode()
        assert "The text is larger than 2 MB. Save it as a file and choose the file." in pasted
        file = SimpleUploadedFile("b.json", b"[" + b" " * 5_000_000)
        assert "The file is 5.0 MB. The limit is 5 MB." in administrator.post(LOAD, {"file": file}).content.decode()

    def test_text_beyond_what_the_portal_takes_is_our_400_page(self, administrator: Client) -> None:
        response = administrator.post(LOAD, {"text": "[" + " " * 2_600_000})
        assert response.status_code == 400

    @pytest.mark.parametrize("data", [b"\xff\xfe[\x00", b"\x00", "Caf\u00e9".encode("latin-1"), b"[" * 100_000])
    def test_a_broken_file_never_breaks_the_page(self, administrator: Client, data: bytes) -> None:
        response = administrator.post(LOAD, {"file": SimpleUploadedFile("b.json", data)})
        assert response.status_code == 200
        assert "Nothing was loaded. Correct the file, then check it again." in response.content.decode()


@pytest.mark.django_db
class TestPublishing:
    ADDRESS = DRAFT + "publish/"

    def test_asking_once_more_changes_nothing(self, cast: Cast, sign_in: SignIn) -> None:
        loaded(small(), publish=False)
        shown = sign_in(cast.administrator).get(self.ADDRESS).content.decode()
        assert "Publish these criteria?" in shown
        assert Version.objects.get().status == Version.Status.DRAFT

    def test_an_administrator_publishes(self, cast: Cast, sign_in: SignIn) -> None:
        loaded(small(), publish=False)
        client = sign_in(cast.administrator)
        day = {"in_force_from_day": "1", "in_force_from_month": "4", "in_force_from_year": "2027"}
        assert "Published." in client.post(self.ADDRESS, day, follow=True).content.decode()
        assert Version.objects.get().in_force_from == datetime.date(2027, 4, 1)
        assert Event.objects.get(kind="criteria.published").actor_id == cast.administrator.pk
        assert client.post(self.ADDRESS, follow=True).status_code == 200
        assert Event.objects.filter(kind="criteria.published").count() == 1
        assert sign_in(None).get(DRAFT).status_code == 200

    def test_nobody_else_publishes(self, cast: Cast, sign_in: SignIn) -> None:
        loaded(small(), publish=False)
        for person in (cast.officer, cast.coordinator, cast.reviewer):
            assert sign_in(person).post(self.ADDRESS).status_code == 404
        version = Version.objects.get()
        assert version.status == Version.Status.DRAFT
        services.publish_version(version=version, by=None)
        assert sign_in(cast.officer).post(self.ADDRESS).status_code == 404


def test_the_addresses_are_as_agreed() -> None:
    names = {"framework": "beacon", "version": "round-5"}
    assert reverse("hallmarks:index") == "/criteria/"
    assert reverse("hallmarks:load") == LOAD
    assert reverse("hallmarks:version", kwargs=names) == "/criteria/beacon/round-5/"
    assert reverse("hallmarks:criterion", kwargs={**names, "code": "H3.S3a"}) == "/criteria/beacon/round-5/H3.S3a/"
