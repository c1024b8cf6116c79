"""What a new edition changes, on the page before loading, on a page of its own, and from the command."""

import dataclasses
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from audit.models import Event
from hallmarks import formats, services
from hallmarks.models import Version
from tests.counting import counted
from tests.hallmarks.changing import round_six
from tests.hallmarks.files import BEACON, changed, document, small, text
from tests.hallmarks.test_formats_loading import large
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
LOAD = "/criteria/load/"
SIX = "/criteria/beacon/round-6/"
FIVE = "/criteria/beacon/round-5/"


def stored(data: bytes | list[Any], *, publish: bool = True) -> Version:
    version = services.import_version(document=document(data), by=None).version
    return _published(version) if publish else version


def _published(version: Version) -> Version:
    """Publishing asks for more than these pages need."""
    Version.objects.filter(pk=version.pk).update(status=Version.Status.PUBLISHED)
    version.refresh_from_db()
    return version


def shown(response: Any) -> str:
    """A page as it is read: tags and what only screen readers hear left out."""
    assert response.status_code == 200
    body = response.content.decode().partition("<main")[2]
    body = re.sub(r'<span class="govuk-visually-hidden">.*?</span>', "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def preview(client: Client, data: bytes) -> Any:
    return client.post(LOAD, {"file": SimpleUploadedFile("six.json", data)})


@pytest.fixture
def administrator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.administrator)


class TestPreview:
    def test_every_kind_of_change_is_told_with_its_count(self, administrator: Client) -> None:
        stored(BEACON)
        page = shown(preview(administrator, round_six().data))
        for words in (
            "It holds 9 sections, 48 criteria",
            "What changes, against “Beacon criteria, round 5”",
            "1 added, 3 reworded, 2 moved, 2 with other settings, 2 dropped, 41 unchanged.",
            "A criterion that changed in several ways is under each.",
            "LEAD.8 Leaders answer for the plan",
            "LEAD.1 Senior leaders who give direction statement, 1 sign added, 1 sign dropped, 1 sign reworded",
            "From the section “People and partners” to “Resources”.",
            "Its code was PEOPLE.6.",
            "Key criterion: was “Yes”, is now “No”",
            "Asked of: was “All areas”, is now “Two-tier areas”",
            "Counts from: was “No date”, is now “1 October 2027”",
            "KPR.4 Promoting what has been achieved",
            "“Gap identified” is now called “Gap found”.",
            "“Community results” is now called “Results for communities”.",
            "Unchanged (41)",
            "AUDIT.2 (was AUDIT.3)",
        ):
            assert words in page

    def test_changed_words_are_marked_for_the_eye_and_for_the_ear(self, administrator: Client) -> None:
        stored(BEACON)
        body = preview(administrator, round_six().data).content.decode()
        assert re.search(r'<del><span class="govuk-visually-hidden">\(gone: </span>partners have ', body)
        assert re.search(r'<ins><span class="govuk-visually-hidden">\(new: </span>every partner has ', body)

    def test_every_link_on_the_page_leads_somewhere(self, administrator: Client) -> None:
        stored(BEACON)
        body = preview(administrator, round_six().data).content.decode()
        targets = set(re.findall(r'href="#([^"]+)"', body.partition("<main")[2]))
        assert {"changes", "tree", "hints", "changes-moved", "changes-unchanged"} <= targets
        for target in targets:
            assert body.count(f' id="{target}"') == 1, target

    def test_the_tree_holds_every_criterion_and_sign(self, administrator: Client) -> None:
        page = shown(preview(administrator, BEACON))
        for criterion in document(BEACON).criteria():
            assert f"{criterion.code} {criterion.title}" in page
            for sign in criterion.indicators:
                assert sign.text in page

    def test_hints_are_shown_and_stop_nothing(self, administrator: Client) -> None:
        rows = changed("criterion", text="Partners know the LAA.")
        response = preview(administrator, text(rows).encode())
        assert "“LAA” is nowhere spelled out." in shown(response)
        loaded = administrator.post(LOAD, {"text": text(rows), "load": "yes"}, follow=True)
        assert "Loaded as a draft." in loaded.content.decode()

    def test_nothing_in_the_database_changes(self, administrator: Client) -> None:
        stored(BEACON)
        preview(administrator, round_six().data)
        before = _everything()
        preview(administrator, round_six().data)
        assert _everything() == before
        assert Event.objects.filter(kind="criteria.loaded").count() == 1

    def test_a_larger_set_takes_no_more_questions(self, administrator: Client) -> None:
        spent = []
        for slug, number in (("few", 10), ("many", 200)):
            made = dataclasses.replace(large(number), slug=slug)
            made = dataclasses.replace(made, framework=dataclasses.replace(made.framework, slug=slug))
            _published(services.import_version(document=made, by=None).version)
            newer = formats.write("json", dataclasses.replace(made, slug="next", title="Next"))
            preview(administrator, newer)
            with counted() as asked:
                preview(administrator, newer)
            spent.append([q for q in asked.queries if not q.startswith("INSERT")])
        assert len(spent[0]) == len(spent[1])

    def test_many_changes_are_folded_by_section(self, administrator: Client) -> None:
        stored(BEACON)
        other = round_six()
        for row in other.rows:
            if row["model"] == "hallmarks.criterion":
                row["fields"]["title"] += " indeed"
        page = shown(preview(administrator, other.data))
        assert "Reworded (47)" in page
        assert "Leadership (7)" in page


def _everything() -> dict[str, Any]:
    """Every row of the database but sessions."""
    names = [name for name in connection.introspection.table_names() if "session" not in name]
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own tables
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


class TestChanges:
    def test_anybody_reads_what_changed_since_the_edition_before(self, client: Client) -> None:
        stored(BEACON)
        stored(round_six().data)
        assert "What changed since “Beacon criteria, round 5”" in shown(client.get(SIX))
        page = shown(client.get(SIX + "changes/"))
        assert page.count("What changed since “Beacon criteria, round 5”") == 1
        assert "1 added, 3 reworded, 2 moved" in page
        assert "Compare with" not in page

    def test_the_first_edition_has_none_before_it(self, client: Client) -> None:
        stored(BEACON)
        assert "What changed since" not in shown(client.get(FIVE))
        assert "This is the first edition" in shown(client.get(FIVE + "changes/"))

    def test_another_edition_may_be_chosen(self, client: Client) -> None:
        stored(BEACON)
        stored(round_six().data)
        seven = round_six().data.replace(b"round-6", b"round-7").replace(b"round 6", b"round 7")
        stored(seven)
        page = shown(client.get("/criteria/beacon/round-7/changes/"))
        assert "What changed since “Beacon criteria, round 6”" in page
        assert "0 added, 0 reworded, 0 dropped, 48 unchanged." in page
        assert "Compare with" in page
        page = shown(client.get("/criteria/beacon/round-7/changes/", {"against": "round-5"}))
        assert "1 added, 3 reworded" in page
        # Backwards, what was added is dropped.
        page = shown(client.get(FIVE + "changes/", {"against": "round-7"}))
        assert "2 added, 3 reworded, 2 moved, 2 with other settings, 1 dropped" in page

    def test_a_set_against_itself_says_the_same(self, client: Client) -> None:
        stored(BEACON)
        page = shown(client.get(FIVE + "changes/", {"against": "round-5"}))
        assert "They say the same, word for word." in page

    @pytest.mark.parametrize("against", ["none", "small", "\x00", "round-6"])
    def test_only_what_may_be_read_is_compared(self, client: Client, against: str) -> None:
        stored(BEACON)
        stored(round_six().data, publish=False)
        stored(small())
        assert client.get(SIX + "changes/").status_code == 404
        assert client.get(FIVE + "changes/", {"against": against}).status_code == 404
        assert "round 6" not in shown(client.get(FIVE + "changes/"))

    def test_administrators_see_what_a_draft_changes(self, administrator: Client) -> None:
        stored(BEACON)
        stored(round_six().data, publish=False)
        page = administrator.get(SIX)
        assert f'href="{SIX}changes/"' in page.content.decode()
        assert "1 added, 3 reworded" in shown(administrator.get(SIX + "changes/"))

    def test_a_withdrawn_edition_is_passed_over(self, client: Client) -> None:
        stored(BEACON)
        six = stored(round_six().data)
        stored(round_six().data.replace(b"round-6", b"round-7").replace(b"round 6", b"round 7"))
        assert "since “Beacon criteria, round 6”" in shown(client.get("/criteria/beacon/round-7/changes/"))
        Version.objects.filter(pk=six.pk).update(status=Version.Status.WITHDRAWN)
        assert "since “Beacon criteria, round 5”" in shown(client.get("/criteria/beacon/round-7/changes/"))


class TestHints:
    def test_administrators_find_them_at_drafts_and_published_sets(self, administrator: Client) -> None:
        stored(BEACON)
        stored(round_six().data, publish=False)
        for address in (FIVE, SIX):
            assert f'href="{address}hints/"' in administrator.get(address).content.decode()
            page = shown(administrator.get(address + "hints/"))
            assert "Long sentences" in page
            assert "FOCUS.3, statement One sentence has 32 words" in page

    def test_nobody_else_does(self, cast: Cast, sign_in: SignIn) -> None:
        stored(BEACON)
        for person in (cast.officer, cast.coordinator, cast.reviewer):
            assert sign_in(person).get(FIVE + "hints/").status_code == 404
            assert "hints/" not in sign_in(person).get(FIVE).content.decode()

    def test_a_set_without_any_says_so(self, administrator: Client) -> None:
        stored(small())
        assert "nothing that an editor would look at again" in shown(administrator.get("/criteria/small/v1/hints/"))


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> str:
        stored(BEACON)
        (tmp_path / "six.json").write_bytes(round_six().data)
        return str(tmp_path / "six.json")

    def test_a_dry_run_tells_the_same_in_short(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_criteria", file, "--dry-run")
        said = capsys.readouterr().out
        for line in (
            "Against “Beacon criteria, round 5”: 1 added, 3 reworded, 2 moved, 2 with other settings, 2 dropped, "
            "41 unchanged.",
            "  Added: LEAD.8",
            "  Moved: RES.6 (was PEOPLE.6), PROC.1 (was PROC.2)",
            "  Other settings: LEAD.2 (key criterion, asked in, asked of), LEAD.3 (counts from, source)",
            "  Dropped: AUDIT.2, KPR.4",
            "  About the set: title, counts from",
        ):
            assert f"{line}\n" in said
        assert "Hints for the editor: " in said
        assert Version.objects.count() == 1

    def test_json_tells_the_same_in_full(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("load_criteria", file, "--dry-run", "--json")
        said = json.loads(capsys.readouterr().out)
        found = said["differences"]
        assert {name: len(rows) for name, rows in found.items()} == {
            "added": 1,
            "reworded": 3,
            "moved": 2,
            "settings": 2,
            "dropped": 2,
            "unchanged": 41,
            "renumbered": 7,
            "sections": 1,
            "scales": 1,
            "about": 2,
        }
        assert found["moved"][0] == {
            "code": "RES.6",
            "was": "PEOPLE.6",
            "section": {"before": "People and partners", "after": "Resources"},
            "place": False,
        }
        assert found["settings"][0] == {
            "code": "LEAD.2",
            "changes": [
                {"name": "is_key", "before": True, "after": False},
                {"name": "nation", "before": "", "after": "england"},
                {"name": "tier", "before": "", "after": "two-tier"},
            ],
        }
        assert found["reworded"][0]["words"][0]["after"].endswith("set its direction every day.")
        assert found["reworded"][0]["indicators"][1]["before"] is None
        assert [level["after"]["name"] for level in found["scales"][0]["levels"]] == ["Gap found", "Some success"]
        assert found["about"][1] == {"name": "in_force_from", "before": None, "after": "2027-04-01"}
        assert {"code", "field", "number", "kind", "place", "text"} == set(said["hints"][0])
