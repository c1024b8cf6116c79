"""Files of every format through the page, the command and the links that give them."""

import base64
import dataclasses
import html
import io
import json
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from hallmarks import formats, forms, services
from hallmarks.document import Document
from hallmarks.importing import parse
from hallmarks.models import Framework, Version
from hallmarks.stored import document_of, known_lines
from tests.counting import counted
from tests.hallmarks.files import HALLMARKS, changed, document, small, text
from tests.hallmarks.publishing import publish
from tests.hallmarks.sheets import OUTLINE, csv_of, table, xlsx_of
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
Capture = pytest.CaptureFixture[str]
LOAD = "/criteria/load/"
FILES: dict[str, bytes] = {
    "small.md": OUTLINE.encode(),
    "small.csv": csv_of(table()).encode(),
    "small.xlsx": xlsx_of(table()),
}
MOST_QUERIES = 40


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.administrator)


def hidden(response: object) -> dict[str, str]:
    """The hidden fields by which the page of a preview sends the same file again."""
    shown = response.content.decode()  # type: ignore[attr-defined]
    found = re.findall(r'<input type="hidden" name="(name|seen|again)" value="(.*?)">', shown)
    return {name: html.unescape(value) for name, value in found}


def large(criteria: int = 500, signs: int = 10, length: int = 20) -> Document:
    """A set as large as one may be."""
    sections = "".join(
        f"# Section {n}\n"
        + "".join(f"## C{n}.{m} {'x' * length}\n" + "- A sign.\n" * signs for m in range(criteria // 10))
        for n in range(10)
    )
    found = parse("title: Large\npublisher: P\nscale: Low, High\n" + sections).document
    assert found is not None
    return found


class TestPage:
    @pytest.mark.parametrize("name", FILES)
    def test_a_file_is_shown_first_and_loaded_as_it_was_shown(self, administrator: Client, name: str) -> None:
        preview = administrator.post(LOAD, {"file": SimpleUploadedFile(name, FILES[name])})
        assert "The file has no mistakes." in preview.content.decode()
        assert not Framework.objects.exists()
        loaded = administrator.post(LOAD, {**hidden(preview), "load": "yes"}, follow=True)
        assert loaded.redirect_chain[-1][0] == "/criteria/small/v1/"
        assert document_of(Version.objects.get()) == parse(FILES[name]).document

    @pytest.mark.parametrize("name", ["small.md", "small.csv"])
    def test_text_may_be_pasted(self, administrator: Client, name: str) -> None:
        pasted = FILES[name].decode().replace("\r\n", "\n").replace("\n", "\r\n")
        preview = administrator.post(LOAD, {"text": pasted})
        administrator.post(LOAD, {**hidden(preview), "load": "yes"})
        assert document_of(Version.objects.get()) == parse(FILES[name]).document

    def test_what_was_filled_in_is_told(self, administrator: Client) -> None:
        shown = administrator.post(LOAD, {"text": OUTLINE.replace("code: LEAD.2\n", "")}).content.decode()
        assert "1 criterion had no code. It got one by its place." in shown

    def test_another_file_than_the_one_that_was_shown_is_shown_first(self, administrator: Client) -> None:
        sent = hidden(administrator.post(LOAD, {"text": OUTLINE}))
        other = administrator.post(
            LOAD, {"text": OUTLINE.replace("Title 1", "Other"), "seen": sent["seen"], "load": "yes"}
        )
        assert "The file has no mistakes." in other.content.decode()
        assert not Framework.objects.exists()

    def test_a_file_too_large_for_the_page_is_chosen_again(
        self, administrator: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(forms, "PAGE_MAX_BYTES", 100)
        preview = administrator.post(LOAD, {"file": SimpleUploadedFile("small.md", FILES["small.md"])})
        assert "Choose the same file again" in preview.content.decode()
        assert "again" not in hidden(preview)
        again = {"file": SimpleUploadedFile("small.md", FILES["small.md"]), **hidden(preview), "load": "yes"}
        assert administrator.post(LOAD, again).status_code == 302
        assert Version.objects.count() == 1

    @pytest.mark.parametrize("again", ["%%%", "AAAA", "eJw=", "x" * 100])
    def test_what_comes_back_broken_is_asked_for_again(self, administrator: Client, again: str) -> None:
        response = administrator.post(LOAD, {"again": again, "load": "yes"})
        assert response.status_code == 200
        assert "<title>Error: Load criteria" in response.content.decode()
        assert not Framework.objects.exists()

    def test_what_swells_by_unpacking_is_refused(self, administrator: Client) -> None:
        packed = base64.b64encode(zlib.compress(b"#" * 100_000_000)).decode()
        shown = administrator.post(LOAD, {"again": packed, "load": "yes"}).content.decode()
        assert "It is 5.0 MB. The limit is 5 MB." in shown

    @pytest.mark.parametrize("name", ["small.xlsx", "small.csv"])
    def test_problems_have_cells(self, administrator: Client, name: str) -> None:
        rows = [*table()[:3], ["criterium", *[""] * 8]]
        data = xlsx_of(rows) if name.endswith("xlsx") else csv_of(rows).encode()
        shown = html.unescape(administrator.post(LOAD, {"file": SimpleUploadedFile(name, data)}).content.decode())
        place = "sheet “Criteria”, cell A4" if name.endswith("xlsx") else "row 4, column row"
        assert f'role="rowheader">{place}</th>' in shown
        assert "Did you mean “criterion”?" in shown

    def test_how_to_write_an_outline_is_told_and_the_example_can_be_loaded(self, administrator: Client) -> None:
        shown = html.unescape(administrator.get(LOAD).content.decode())
        (example,) = re.findall(r"<pre[^>]*>(.*?)</pre>", shown, re.DOTALL)
        assert parse(example).document is not None


class TestCommand:
    @pytest.mark.parametrize("name", FILES)
    def test_every_format_loads(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(FILES[name])
        call_command("load_criteria", str(tmp_path / name))
        assert document_of(Version.objects.get()) == parse(FILES[name]).document

    def test_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FILES["small.md"])))
        call_command("load_criteria", "-")
        assert Version.objects.count() == 1

    def told(self, capsys: Capture, *arguments: str) -> dict[str, object]:
        call_command("load_criteria", *arguments, "--json")
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    def test_json_tells_counts_and_differences(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "v1.json").write_text(text(small()))
        call_command("load_criteria", str(tmp_path / "v1.json"), "--publish")
        capsys.readouterr()
        newer = text(changed("criterion", title="New")).replace('"v1"', '"v2"').replace("small-2", "small-9")
        (tmp_path / "v2.json").write_text(newer)
        found = self.told(capsys, str(tmp_path / "v2.json"), "--dry-run")
        assert found["format"] == "json"
        assert (found["framework"], found["version"], found["against"]) == ("small", "v2", "small/v1")
        assert found["counts"] == document(small()).counts()
        told = found["differences"]
        assert isinstance(told, dict)
        assert (told["added"], told["dropped"], told["unchanged"]) == (["LEAD.2"], ["LEAD.2"], [])
        assert [(change["code"], change["differs"]) for change in told["reworded"]] == [("LEAD.1", ["title"])]
        assert (found["outcome"], found["loaded"], found["problems"], found["refused"]) == ("loaded", False, [], "")
        assert Version.objects.count() == 1
        assert self.told(capsys, str(tmp_path / "v2.json"))["loaded"] is True
        assert Version.objects.count() == 2

    def test_json_tells_every_problem_with_its_place(self, tmp_path: Path, capsys: Capture) -> None:
        (tmp_path / "bad.md").write_text(OUTLINE.replace("code: LEAD.2", "kind: legal\nkey: perhaps"))
        with pytest.raises(CommandError, match=r"Nothing was loaded\. Problems: 2\."):
            call_command("load_criteria", str(tmp_path / "bad.md"), "--json")
        captured = capsys.readouterr()
        found = json.loads(captured.out)
        assert captured.err == ""
        assert [problem["place"] for problem in found["problems"]] == [
            "line 18, kind, criterion LEAD.2",
            "line 19, key, criterion LEAD.2",
        ]
        assert found["refused"] == "Nothing was loaded. Problems: 2."
        assert not Framework.objects.exists()

    def test_json_tells_an_obstacle_and_that_nothing_was_kept(self, tmp_path: Path, capsys: Capture) -> None:
        file = tmp_path / "small.md"
        file.write_text(OUTLINE)
        assert self.told(capsys, str(file), "--publish")["published"] is True
        file.write_text(OUTLINE.replace("Title 1", "Other"))
        with pytest.raises(CommandError, match="is published and cannot change"):
            call_command("load_criteria", str(file), "--json")
        found = json.loads(capsys.readouterr().out)
        assert "is published and cannot change" in found["obstacle"]
        assert (found["loaded"], found["published"]) == (False, False)

    def test_json_tells_of_a_file_that_is_not_there(self, tmp_path: Path, capsys: Capture) -> None:
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("load_criteria", str(tmp_path / "none.md"), "--json")
        assert "cannot be read" in json.loads(capsys.readouterr().out)["refused"]


class TestTakingAway:
    def stored(self, *, publish: bool = True) -> Version:
        version = services.import_version(document=document(HALLMARKS), by=None).version
        return services.publish_version(version=version, by=None) if publish else version

    @pytest.mark.parametrize("form", formats.FORMATS)
    def test_what_is_taken_away_loads_as_the_same_version(self, client: Client, form: str) -> None:
        version = self.stored()
        response = client.get(f"/criteria/hallmarks/2007/criteria.{form}")
        assert response.status_code == 200
        assert response["Content-Type"] == formats.FORMATS[form].media_type
        assert re.fullmatch(rf'attachment; filename="hallmarks-2007-[\d-]+\.{form}"', response["Content-Disposition"])
        parsed = parse(response.content, known=known_lines())
        assert parsed.document == document_of(version)
        assert services.import_version(document=parsed.document, by=None).outcome == services.Outcome.UNCHANGED

    def test_the_page_of_a_set_links_to_each(self, client: Client) -> None:
        self.stored()
        shown = client.get("/criteria/hallmarks/2007/").content.decode()
        for form in formats.FORMATS:
            assert f'href="/criteria/hallmarks/2007/criteria.{form}"' in shown

    def test_a_draft_is_for_administrators_only(self, cast: Cast, sign_in: SignIn) -> None:
        self.stored(publish=False)
        for name, person in cast.everybody().items():
            expected = 200 if name == "administrator" else 404
            assert sign_in(person).get("/criteria/hallmarks/2007/criteria.csv").status_code == expected, name

    @pytest.mark.parametrize("form", ["xls", "pdf", "CSV"])
    def test_there_is_no_other_format(self, client: Client, form: str) -> None:
        self.stored()
        assert client.get(f"/criteria/hallmarks/2007/criteria.{form}").status_code == 404


class TestQueries:
    def test_500_criteria_with_5000_signs_load_in_40_queries(self) -> None:
        wanted = large()
        assert (wanted.counts()["criteria"], wanted.counts()["indicators"]) == (500, 5_000)
        with counted() as spent:
            known_lines()
            services.import_version(document=wanted, by=None)
        assert spent.number <= MOST_QUERIES
        assert document_of(Version.objects.get()) == wanted

    def test_the_whole_command_takes_no_more_with_its_check_and_rehearsal(self, tmp_path: Path) -> None:
        """The second time there is a published version to compare with."""
        for slug, words in (("first", ["--publish"]), ("second", [])):
            wanted = dataclasses.replace(large(), slug=slug)
            (tmp_path / "large.csv").write_bytes(formats.write("csv", wanted))
            with counted() as spent:
                call_command("load_criteria", str(tmp_path / "large.csv"), *words, stdout=io.StringIO())
            assert spent.number <= MOST_QUERIES
            assert document_of(Version.objects.get(slug=slug)) == wanted

    def test_replacing_a_draft_takes_no_more(self) -> None:
        services.import_version(document=large(), by=None)
        with counted() as spent:
            services.import_version(document=large(length=21), by=None)
        assert spent.number <= MOST_QUERIES

    def test_what_is_known_is_asked_in_a_few_queries_however_much_there_is(self) -> None:
        services.publish_version(version=services.import_version(document=large(), by=None).version, by=None)
        services.publish_version(version=services.import_version(document=document(small()), by=None).version, by=None)
        with counted() as spent:
            found = known_lines()
        assert spent.number <= 4
        assert {line.slug: len(line.criteria) for line in found} == {"large": 500, "small": 2}


def test_known_lines_tell_of_the_newest_published_version() -> None:
    first = services.import_version(document=document(small()), by=None).version
    services.publish_version(version=first, by=None)
    newer = text(changed("section", title="Leading")).replace('"v1"', '"v2"')
    draft = parse(newer).document
    assert draft is not None
    version = services.import_version(document=draft, by=None).version
    assert known_lines()[0].sections == {"Leadership": "LEAD"}
    publish(version)
    assert known_lines()[0].sections == {"Leading": "LEAD"}
    assert known_lines()[0].criteria[0].lineage == "small-1"
