"""The pages of links between sets: read by anybody, changed by administrators, nothing lost on the way."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from hallmarks.models import CrosswalkLink, Version
from hallmarks.services import crosswalk as acts
from tests.criteria import make_version
from tests.hallmarks.linking import ONE, OTHER, link, other_version, told
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
TABLE = "one,other,strength,note\nLEAD.1,LEAD.2,same,A note\n"
SETS = {"left": ONE, "right": OTHER}
LOAD = "/criteria/crosswalk/load/"


@pytest.fixture
def two(version: Version) -> Version:
    return other_version()


@pytest.fixture
def admin(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.administrator)


def page(client: Client, **query: str) -> str:
    return client.get(reverse("hallmarks:crosswalk"), query).content.decode()


def test_anybody_reads_both_sets_side_by_side(client: Client, two: Version) -> None:
    link("LEAD.1", "LEAD.2", "partial", "Both ask <who> leads.")
    shown = page(client)
    assert "Both ask &lt;who&gt; leads." in shown
    assert "In part" in shown
    assert "1 of the 4 criteria of “Test criteria 2026”" in shown
    assert shown.count("No counterpart") == 3
    assert "Change" not in shown
    assert "/criteria/other-framework/other-set/LEAD.2/" in shown


def test_the_page_tells_it_from_either_side_and_of_each_pair(client: Client, two: Version) -> None:
    make_version("third-set", "third-framework")
    link("LEAD.1", "LEAD.2")
    acts.load_links(data=TABLE, left=OTHER, right="third-framework", by=None)
    assert "other-framework:test-framework" in page(client, sets=f"{ONE}:{OTHER}")
    assert 'id="test-lead-1"' in page(client, sets=f"{OTHER}:{ONE}")
    chosen = page(client, sets=f"{OTHER}:third-framework")
    assert 'value="other-framework:third-framework" selected' in chosen
    assert "/criteria/third-framework/third-set/LEAD.2/" in chosen


@pytest.mark.parametrize("sets", ["", "x", ":", "test-framework:test-framework", "a:b:c", "\x00:\x00"])
def test_an_address_that_names_no_two_sets_shows_the_first_pair(sets: str, client: Client, two: Version) -> None:
    link("LEAD.1", "LEAD.2")
    assert "1 of the 4 criteria" in page(client, sets=sets)


def test_without_links_the_page_says_so(client: Client, two: Version) -> None:
    assert "Nothing has been said yet" in page(client)


def test_the_links_are_taken_away_as_a_table(client: Client, two: Version) -> None:
    link("LEAD.1", "LEAD.2", "partial", "=SUM(A1)")
    answer = client.get(reverse("hallmarks:crosswalk_csv", kwargs=SETS))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert '"LEAD.1","LEAD.2","partial","\'=SUM(A1)"' in answer.content.decode()
    assert acts.load_links(data=answer.content, left=ONE, right=OTHER, by=None).comparison.is_empty
    assert client.get(f"/criteria/crosswalk/{ONE}/{ONE}/links.csv").status_code == 404


def test_a_criterion_says_where_else_it_is_asked(client: Client, version: Version, two: Version) -> None:
    link("LEAD.1", "LEAD.2", "same", "The note")
    link("LEAD.1", "LAW.1", "partial")
    here = client.get("/criteria/test-framework/test-set/LEAD.1/").content.decode()
    assert "Much the same is asked in" in here
    assert here.index("/criteria/other-framework/other-set/LEAD.2/") < here.index("/other-set/LAW.1/")
    assert "The note" in here
    assert "Much the same" not in client.get("/criteria/test-framework/test-set/LEAD.2/").content.decode()


# --- loading ------------------------------------------------------------------------------------------


def test_a_table_is_shown_first_and_loaded_when_it_is_sent_again(admin: Client, two: Version) -> None:
    link("LAW.1", "LAW.1")
    file = SimpleUploadedFile("links.csv", ("\ufeff" + TABLE).encode())
    seen = admin.post(LOAD, {**SETS, "file": file})
    assert "It would add 1, change 0 and remove 1; 0 stay as they are." in seen.content.decode()
    assert len(told()) == 1
    again = {**SETS, "text": seen.context["text"], "seen": seen.context["plan"].seen, "load": "yes"}
    answer = admin.post(LOAD, again, follow=True)
    assert "Loaded: 1 links added, 0 changed, 1 removed, 0 as they were." in answer.content.decode()
    assert told() == [("test-lead-1", "test-lead-2", "same", "A note")]


def test_links_that_changed_since_the_look_are_shown_again_and_nothing_is_loaded(admin: Client, two: Version) -> None:
    seen = admin.post(LOAD, {**SETS, "text": TABLE}).context["plan"].seen
    link("LAW.1", "LAW.1")
    answer = admin.post(LOAD, {**SETS, "text": TABLE, "seen": seen, "load": "yes"})
    assert answer.status_code == 409
    assert "changed since you looked" in answer.content.decode()
    assert told() == [("test-law-1", "test-law-1", "same", "")]


def test_mistakes_are_listed_and_the_text_is_kept(admin: Client, two: Version) -> None:
    answer = admin.post(LOAD, {**SETS, "text": TABLE + "LEAD.9,LEAD.2,some,<b>\n"})
    shown = answer.content.decode()
    assert "row 3, column one" in shown
    assert "Did you mean" in shown
    assert "LEAD.9,LEAD.2,some,&lt;b&gt;" in shown
    assert told() == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({**SETS}, "Choose a file, or paste the table"),
        ({"left": ONE, "right": ONE, "text": TABLE}, "Choose another set than the first"),
        ({"left": ONE, "right": "nothing", "text": TABLE}, "Select a set from the list"),
        ({**SETS, "text": TABLE, "file": SimpleUploadedFile("a.csv", b"a")}, "not both"),
        ({**SETS, "file": SimpleUploadedFile("a.csv", b"")}, "The file is empty"),
        ({**SETS, "file": SimpleUploadedFile("a.csv", b"x" * 1_000_001)}, "This is larger than 1 MB"),
    ],
)
def test_what_cannot_be_a_table_is_told_so(sent: dict[str, object], words: str, admin: Client, two: Version) -> None:
    answer = admin.post(LOAD, sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_with_one_set_there_is_nothing_to_link(admin: Client, version: Version) -> None:
    assert "publish a second one first" in admin.get(LOAD).content.decode()


# --- one by one ---------------------------------------------------------------------------------------


def add(client: Client, **sent: str) -> object:
    given = {"left": "test-lead-1", "right": "test-lead-2", "strength": "same", "note": "", **sent}
    return client.post(reverse("hallmarks:link_add", kwargs=SETS), given)


def address(name: str, found: CrosswalkLink) -> str:
    parts = (found.left.slug, found.left_lineage, found.right.slug, found.right_lineage)
    return reverse(f"hallmarks:{name}", args=parts)


def test_the_form_names_both_sets(admin: Client, two: Version) -> None:
    opened = admin.get(reverse("hallmarks:link_add", kwargs=SETS))
    labels = [opened.context["form"][name].label for name in ("left", "right")]
    assert labels == [Version.objects.get(framework__slug=slug).title for slug in (ONE, OTHER)]
    shown = opened.content.decode()
    assert "LEAD.2 Partners share the work" in shown


def test_an_administrator_adds_a_link_once(admin: Client, two: Version) -> None:
    for _press in range(2):
        assert add(admin).status_code == 302  # type: ignore[attr-defined]
    assert told() == [("test-lead-1", "test-lead-2", "same", "")]
    refused = add(admin, strength="partial", note="Kept words")
    shown = refused.content.decode()  # type: ignore[attr-defined]
    assert "linked already" in shown
    assert "Kept words" in shown
    assert address("link", CrosswalkLink.objects.get()) in shown
    assert "Select a criterion of" in add(admin, left="made-up").content.decode()  # type: ignore[attr-defined]


def test_a_stale_save_shows_both_and_keeps_the_text(admin: Client, two: Version) -> None:
    made = link("LEAD.1", "LEAD.2")
    acts.change_link(link=made, strength="partial", note="Theirs", revision=1, by=None)
    sent = {"strength": "same", "note": "Mine", "revision": "1"}
    answer = admin.post(address("link", made), sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in shown
    assert "Mine" in shown
    assert admin.post(address("link", made), {**sent, "revision": "2"}).status_code == 302
    assert told() == [("test-lead-1", "test-lead-2", "same", "Mine")]


def test_a_link_is_removed_after_being_asked_unless_it_changed(admin: Client, two: Version) -> None:
    made = link("LEAD.1", "LEAD.2")
    where = address("link_remove", made)
    assert "Remove this link?" in admin.get(where).content.decode()
    acts.change_link(link=made, strength="partial", note="New words", revision=1, by=None)
    stale = admin.post(where, {"revision": "1"})
    assert stale.status_code == 409
    assert "New words" in stale.content.decode()
    assert admin.post(where, {"revision": "2"}).status_code == 302
    assert told() == []
    assert admin.get(where).status_code == 404
