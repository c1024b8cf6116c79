"""The library: what is delivered, how it is listed and found, and how administrators keep it."""

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.validators import URLValidator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from casestudies.listed import HALLMARKS
from casestudies.models import IndexEntry, LinkState, Source
from casestudies.services.library import EntryChanged, IndexWords, SourceWords, save_entry
from tests.casestudies.shelving import GUIDE, keep, make_printed, make_source
from tests.people import Cast

SignIn = Callable[[User | None], Client]
FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
INDEX = {"shelf": "case-studies"}
SOURCES = {"shelf": "sources"}


def shelf(client: Client, kwargs: dict[str, str], query: str = "") -> str:
    return client.get(reverse("casestudies:library_shelf", kwargs=kwargs) + query).content.decode()


def names(page: str) -> list[str]:
    """Return the headings of a list in their order."""
    return re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", page)


class TestWhatIsDelivered:
    @pytest.fixture(autouse=True)
    def _loaded(self, db: None) -> None:
        call_command("loaddata", "case_study_index", "good_practice_sources", verbosity=0)

    def test_the_index_is_whole(self) -> None:
        assert IndexEntry.objects.count() == 29
        assert IndexEntry.objects.filter(hallmarks="").count() == 9
        assert IndexEntry.objects.filter(title="").count() == 2
        entry = IndexEntry.objects.get(title="Respect Weeks of Action")
        assert (entry.place, entry.hallmarks, entry.pages) == ("Liverpool", "H5", "47")
        codes = {code for text in IndexEntry.objects.values_list("hallmarks", flat=True) for code in text.split("|")}
        assert codes - {""} == set(HALLMARKS)

    def test_the_directory_is_whole(self) -> None:
        kinds = Counter(Source.objects.values_list("kind", flat=True))
        assert sum(kinds.values()) == 74
        assert set(kinds) == set(Source.Kind.values)
        for address in Source.objects.exclude(web_address="").values_list("web_address", flat=True):
            URLValidator(schemes=["http", "https"])(address)
        assert not Source.objects.exclude(link_state=LinkState.UNCHECKED).exists()

    def test_loading_again_changes_nothing(self) -> None:
        call_command("loaddata", "case_study_index", "good_practice_sources", verbosity=0)
        assert (IndexEntry.objects.count(), Source.objects.count()) == (29, 74)

    def test_everything_is_listed_somewhere(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.officer)
        page = shelf(client, INDEX)
        assert "29 case studies" in page
        assert len(set(names(page))) == 29
        assert "See the guide, page 47" in page
        assert page.index("H6: Appropriate Skills") < page.index("Not classed by hallmark</h2>")
        both = names(shelf(client, SOURCES)) + names(shelf(client, SOURCES, "?page=2"))
        assert len(both) == 74
        assert "Not checked" in shelf(client, SOURCES)


def test_the_hallmarks_are_called_as_in_their_criteria() -> None:
    rows = json.loads((FIXTURES / "hallmarks_2007.json").read_text())
    titles = {row["fields"]["code"]: row["fields"]["title"] for row in rows if row["model"] == "hallmarks.section"}
    assert {code: str(title) for code, title in HALLMARKS.items()} == titles


class TestLists:
    def test_an_entry_stands_under_each_of_its_hallmarks(self, cast: Cast, sign_in: SignIn) -> None:
        make_printed(cast.administrator, "Two", hallmarks="H1|H4")
        make_printed(cast.administrator, "None", hallmarks="")
        client = sign_in(cast.officer)
        assert names(shelf(client, INDEX)) == ["Two", "Two", "None"]
        assert names(shelf(client, INDEX, "?group=H4")) == ["Two"]
        assert names(shelf(client, INDEX, "?group=none")) == ["None"]

    def test_one_without_a_title_goes_by_its_place(self, cast: Cast, sign_in: SignIn) -> None:
        make_printed(cast.administrator, "", place="Safer Middlesbrough")
        page = shelf(sign_in(cast.officer), INDEX)
        assert names(page) == ["Safer Middlesbrough"]
        assert "The index gives no title" in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?words=guides", ["Problem guides"]),
            ("?words=GUIDES+problem", ["Problem guides"]),
            ("?words=guides+prize", []),
            ("?group=awards", ["A prize"]),
            ("?group=awards&words=guides", []),
            ("?group=everything", ["Problem guides", "A prize"]),
            ("?words=%25", []),
            ("?words=%00", ["Problem guides", "A prize"]),
            ("?words=" + "%27%22(OR)*" * 1_000, ["Problem guides", "A prize"]),
            ("?page=-1", ["Problem guides", "A prize"]),
        ],
    )
    def test_words_and_group_come_by_the_address(
        self, query: str, found: list[str], cast: Cast, sign_in: SignIn
    ) -> None:
        make_source(cast.administrator)
        make_source(cast.administrator, "A prize", kind="awards", web_address="")
        assert names(shelf(sign_in(cast.officer), SOURCES, query)) == found

    def test_an_order_as_in_print(self, cast: Cast, sign_in: SignIn) -> None:
        for name in ("beta", "Alpha", "COPS", "Campbell"):
            make_source(cast.administrator, name)
        assert names(shelf(sign_in(cast.officer), SOURCES)) == ["Alpha", "beta", "Campbell", "COPS"]

    def test_use_is_told_beside_an_entry(self, cast: Cast, sign_in: SignIn) -> None:
        keep(cast.officer, make_source(cast.administrator), tried="success")
        assert "Used by 1 partnership, 1 reports success." in shelf(sign_in(cast.stranger), SOURCES)

    def test_there_are_two_shelves(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.officer)
        assert client.get("/case-studies/library/other/").status_code == 404
        assert client.get("/case-studies/library/sources/not-there/").status_code == 404


class TestAddresses:
    def test_nobody_is_led_where_nobody_looked(self, cast: Cast, sign_in: SignIn) -> None:
        source = make_source(cast.administrator)
        client = sign_in(cast.officer)
        for state in (LinkState.UNCHECKED, LinkState.MOVED, LinkState.GONE):
            Source.objects.update(link_state=state)
            for page in (
                shelf(client, SOURCES),
                client.get(f"/case-studies/library/sources/{source.slug}/").content.decode(),
            ):
                assert "www.guides.example" in page
                assert str(state.label) in page
                assert "http://www.guides.example" not in page

    def test_one_that_works_is_a_link_that_tells_nobody_where_one_came_from(self, cast: Cast, sign_in: SignIn) -> None:
        make_source(cast.administrator, link_state="works", link_checked_on=datetime.date(2009, 5, 3))
        page = shelf(sign_in(cast.officer), SOURCES)
        assert 'href="http://www.guides.example" rel="noreferrer noopener external">www.guides.example</a>' in page
        assert "Checked on 3 May 2009" in page


ENTRY = {
    "place": "Hull",
    "title": "Wardens",
    "hallmarks": ["H5", "H1"],
    "pages": "12",
    "source": GUIDE,
    "note": "",
    "web_address": "",
    "link_state": "unchecked",
    "is_listed": "yes",
}
DAY = {"link_checked_on_day": "3", "link_checked_on_month": "5", "link_checked_on_year": "2009"}


def edit_url(entry: IndexEntry | Source) -> str:
    shelf_of = "sources" if isinstance(entry, Source) else "case-studies"
    return reverse("casestudies:library_edit", args=[shelf_of, entry.slug])


class TestKeeping:
    def test_an_administrator_adds_an_entry_once(self, cast: Cast, sign_in: SignIn) -> None:
        client, url = sign_in(cast.administrator), reverse("casestudies:library_new", kwargs=INDEX)
        for _click in range(2):
            assert client.post(url, ENTRY).status_code == 302
        entry = IndexEntry.objects.get()
        assert (entry.slug, entry.title, entry.hallmarks) == ("wardens", "Wardens", "H1|H5")
        assert [event.kind for event in Event.objects.filter(kind__startswith="library.")] == ["library.added"]

    def test_two_of_one_name_have_two_addresses(self, cast: Cast) -> None:
        first, second = make_source(cast.administrator), make_source(cast.administrator, kind="awards")
        assert (first.slug, second.slug) == ("problem-guides", "problem-guides-2")
        assert make_source(cast.administrator, "New").slug == "new-2"

    def test_a_change_is_kept_and_recorded(self, cast: Cast, sign_in: SignIn) -> None:
        entry = make_printed(cast.administrator)
        sign_in(cast.administrator).post(edit_url(entry), ENTRY | {"revision": "1"})
        entry.refresh_from_db()
        assert (entry.place, entry.revision) == ("Hull", 2)
        event = Event.objects.get(kind="library.saved")
        assert (event.before or {})["place"] == "Liverpool"
        assert (event.after or {})["place"] == "Hull"

    def test_a_link_is_checked_by_hand_with_a_day(self, cast: Cast, sign_in: SignIn) -> None:
        entry = make_printed(cast.administrator)
        words = ENTRY | {"revision": "1", "web_address": "www.hull.example/wardens", "link_state": "works"}
        sign_in(cast.administrator).post(edit_url(entry), words | DAY)
        entry.refresh_from_db()
        assert entry.web_address == "http://www.hull.example/wardens"
        assert (entry.link_state, entry.link_checked_on) == ("works", datetime.date(2009, 5, 3))

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"place": ""}, "Enter the place"),
            ({"source": ""}, "Enter where it is listed"),
            ({"hallmarks": ["H9"]}, "Select hallmarks from the list: “H9” is not one of them"),
            ({"web_address": "javascript:alert(1)"}, "Web address must be one like www.example.org/page"),
            ({"web_address": "ftp://files.example"}, "Web address must be one like www.example.org/page"),
            ({"link_state": "works"}, "Select “Not checked”: there is no web address"),
            ({"link_state": "gone", "web_address": "a.example"}, "Enter the day on which you followed the link"),
            ({"link_state": "asleep"}, "Select the state of the link"),
            ({"title": "x" * 201}, "200 characters or fewer"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, changed: dict[str, object], error: str, cast: Cast, sign_in: SignIn
    ) -> None:
        entry = make_printed(cast.administrator)
        words = ENTRY | {"revision": "1", "note": "Kept in the form"} | changed
        response = sign_in(cast.administrator).post(edit_url(entry), words)
        page = response.content.decode()
        assert response.status_code == 200
        assert page.count(error) == 2
        assert "Kept in the form" in page

    def test_a_link_cannot_be_checked_tomorrow(self, cast: Cast, sign_in: SignIn) -> None:
        entry, tomorrow = make_printed(cast.administrator), timezone.localdate() + datetime.timedelta(days=1)
        parts = {f"link_checked_on_{part}": str(getattr(tomorrow, part)) for part in ("day", "month", "year")}
        words = ENTRY | {"revision": "1", "web_address": "a.example", "link_state": "works"} | parts
        page = sign_in(cast.administrator).post(edit_url(entry), words).content.decode()
        assert "must be today or earlier" in page

    def test_another_address_has_to_be_checked_anew(self, cast: Cast, sign_in: SignIn) -> None:
        checked: dict[str, Any] = {"link_state": "works", "link_checked_on": datetime.date(2009, 5, 3)}
        entry = make_printed(cast.administrator, web_address="http://a.example", **checked)
        words = ENTRY | {"revision": "1", "web_address": "b.example", "link_state": "works"} | DAY
        page = sign_in(cast.administrator).post(edit_url(entry), words).content.decode()
        assert "The address is another one now" in page
        assert (
            sign_in(cast.administrator).post(edit_url(entry), words | {"link_checked_on_day": "4"}).status_code == 302
        )

    def test_two_administrators_do_not_write_over_each_other(self, cast: Cast, sign_in: SignIn) -> None:
        entry = make_printed(cast.administrator)
        theirs = IndexWords(place="Preston", title="Theirs", hallmarks="H2|H3", source=GUIDE, is_listed=False)
        save_entry(entry=entry, revision=1, words=theirs, by=cast.administrator)
        client = sign_in(cast.administrator)
        response = client.post(edit_url(entry), ENTRY | {"revision": "1"})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Somebody else changed it while you were writing" in page
        assert "Preston" in page
        assert "Visible and Constructive Accountability, Intelligence-led Business Processes" in page
        assert 'value="Hull"' in page
        assert client.post(edit_url(entry), ENTRY | {"revision": "2"}).status_code == 302
        entry.refresh_from_db()
        assert entry.place == "Hull"

    def test_the_same_words_again_are_no_conflict(self, cast: Cast) -> None:
        source = make_source(cast.administrator)
        words = SourceWords(name="Anew", kind="awards", source="Paper")
        for _again in range(2):
            save_entry(entry=source, revision=1, words=words, by=cast.administrator)
        with pytest.raises(EntryChanged):
            save_entry(
                entry=source, revision=1, words=SourceWords(name="B", kind="awards", source="P"), by=cast.administrator
            )

    def test_what_is_taken_off_is_there_for_administrators_alone(self, cast: Cast, sign_in: SignIn) -> None:
        entry = make_printed(cast.administrator)
        sign_in(cast.administrator).post(edit_url(entry), ENTRY | {"revision": "1", "is_listed": "no"})
        url = reverse("casestudies:library_entry", args=["case-studies", entry.slug])
        assert "Taken off the list" in sign_in(cast.administrator).get(url).content.decode()
        assert "Taken off the list" in shelf(sign_in(cast.administrator), INDEX)
        assert names(shelf(sign_in(cast.officer), INDEX)) == []
        assert sign_in(cast.officer).get(url).status_code == 404
        assert sign_in(cast.officer).get(f"{url}notes/new/").status_code == 404
