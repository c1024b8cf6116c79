"""The page that finds and the feed: what people see of a search, and that its address is all there is to it."""

import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casestudies import services
from casestudies.models import CaseStudy
from hallmarks.models import Version
from tests.casestudies.making import make_case_study, make_many
from tests.casestudies.search.stories import published
from tests.counting import counted
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
PAGE, FEED = "/case-studies/", "/case-studies/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
CEILING = 8


@pytest.fixture
def client_of(sign_in: SignIn, version: Version) -> SignIn:
    return sign_in


@pytest.fixture
def stories(places: Places, cast: Cast, version: Version) -> list[CaseStudy]:
    return [
        published(places.derby, cast.officer, "Burglary in shared houses", effect="evaluated", from_year=2007),
        published(places.exeter, cast.officer, "Safer <b>parks</b>", summary="Burglary & wardens.", is_public=True),
        published(places.cardiff, cast.officer, "Car crime", is_public=True),
    ]


def text(response) -> str:
    return " ".join(str(response.content.decode()).split())


def links(page: str) -> set[str]:
    return set(re.findall(r'href="(\?[^"]*)"', page.replace("&amp;", "&")))


class TestList:
    """Without a search."""

    def test_own_drafts_stand_above_what_is_published_and_no_drafts_of_others(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        make_case_study(cast.neighbour, title="Their draft")
        make_case_study(cast.neighbour, title="Their published", is_published=True)
        make_case_study(cast.officer, title="Our draft")
        page = text(client_of(cast.officer).get(PAGE))
        assert page.index("Drafts of your partnership") < page.index("Our draft") < page.index("Their published")
        assert "Their draft" not in page
        assert "1 case study<" in page
        assert "Write a case study for Amber Valley" in page

    @pytest.mark.parametrize("who", ["viewer", "stranger", "reviewer", "administrator", "former"])
    def test_only_writers_are_offered_to_write(self, who: str, cast: Cast, client_of: SignIn) -> None:
        make_case_study(cast.officer, title="Our draft")
        page = text(client_of(getattr(cast, who)).get(PAGE))
        assert "Write a case study" not in page
        assert ("Our draft" in page) is (who == "viewer")

    def test_a_search_shows_no_drafts(self, stories: object, cast: Cast, client_of: SignIn) -> None:
        make_case_study(cast.officer, title="Our draft of burglary")
        for query in ("words=burglary", "region=south-west"):
            assert "Our draft" not in text(client_of(cast.officer).get(f"{PAGE}?{query}"))

    def test_it_is_paged_and_asks_as_little_for_many_as_for_one(
        self, cast: Cast, places: Places, client_of: SignIn
    ) -> None:
        client = client_of(cast.officer)
        make_many(places.exeter, cast.officer, 1)
        for query in ("", "words=many", "words=many&region=south-west", "words=many+nothing"):
            client.get(f"{PAGE}?{query}")
        with counted() as few:
            client.get(PAGE)
        make_many(places.derby, cast.officer, 99)
        with counted() as many:
            page = client.get(PAGE)
        assert many.number == few.number <= CEILING
        assert len(page.context["results"].hits) == 10
        assert client.get(f"{PAGE}?page=10").context["page"].number == 10
        for odd in ("0", "-1", "1e9", "x", "99"):
            assert client.get(f"{PAGE}?page={odd}").status_code == 200

    @pytest.mark.parametrize(
        "query", ["words=many", "words=many+nothing", "words=mani", "words=%22many+1%22&sort=newest"]
    )
    def test_a_search_asks_no_more(self, query: str, cast: Cast, places: Places, client_of: SignIn) -> None:
        make_many(places.derby, cast.officer, 30)
        client = client_of(cast.officer)
        client.get(f"{PAGE}?{query}")
        with counted() as asked:
            assert client.get(f"{PAGE}?{query}").status_code == 200
        assert asked.number <= CEILING, asked.queries


@pytest.mark.usefixtures("stories")
class TestSearch:
    """With one."""

    def test_hits_are_marked_and_told_about(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?words=burglary"))
        assert "<mark>Burglary</mark> in shared houses" in page
        assert "Safer &lt;b&gt;parks&lt;/b&gt;" in page
        assert "<mark>Burglary</mark> &amp; wardens." in page
        assert "Derby, East Midlands. Since 2007. Evaluated. Same region as Amber Valley." in page
        assert "<title>burglary: Case studies" in page

    def test_the_order_is_a_choice_and_those_without_a_place_are_not_offered_theirs(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        assert "Like Amber Valley first" in text(client_of(cast.officer).get(f"{PAGE}?words=burglary"))
        page = text(client_of(cast.reviewer).get(f"{PAGE}?words=burglary&sort=like"))
        assert "Like " not in page
        assert '<option value="best" selected>' in page

    def test_what_is_chosen_stays_chosen(self, cast: Cast, client_of: SignIn) -> None:
        query = "words=burglary&region=south-west&from=2001&agreed=1&section=test-framework/test-set/LEAD"
        page = text(client_of(cast.officer).get(f"{PAGE}?{query}"))
        assert '<option value="south-west" selected>' in page
        assert '<option value="test-framework/test-set/LEAD" selected>' in page
        assert 'name="from" form="find" inputmode="numeric" value="2001"' in page
        assert 'name="agreed" value="1" form="find" checked' in page
        assert '<details class="app-find__more" open>' in page

    def test_what_a_form_leaves_empty_is_not_in_the_address(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.officer)
        response = client.get(f"{PAGE}?words=burglary+%26+%22x&region=&sort=best&page=")
        assert response["Location"] == f"{PAGE}?words=burglary+%26+%22x&sort=best"
        assert client.get(f"{PAGE}?words=")["Location"] == PAGE

    def test_a_mistyped_word_leads_to_what_was_meant(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.officer)
        page = text(client.get(f"{PAGE}?words=burglery&sort=newest"))
        assert "Did you mean" in page
        assert "0 case studies" in page
        assert "?words=burglary&sort=newest" in links(page)

    def test_nothing_found_helps_on(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?words=helicopter&region=south-west"))
        assert "the same words without narrowing down" in page
        assert {"?words=helicopter", "?words=helicopter&region=south-west&retired=1"} <= links(page)

    def test_some_of_the_words_are_told_of(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?words=burglary+helicopter"))
        assert "No case study has all of these words." in page

    def test_what_has_no_word_and_what_is_not_on_a_list_is_said(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?words=%3C%22%3E%F0%9F%8E%89&tag=<b>&from=x"))
        assert "There is no word in “&lt;&quot;&gt;🎉” to look for" in page
        assert "Tag: “&lt;b&gt;” is not on the list" in page
        assert "“x” is not a year" in page
        assert "3 case studies<" in page

    def test_a_long_question_is_cut_and_says_so(self, cast: Cast, client_of: SignIn) -> None:
        response = client_of(cast.officer).get(PAGE, {"words": "burglary " * 1_200})
        assert response.status_code == 200
        assert "only the first words were looked for" in text(response)

    def test_one_partnerships_case_studies_have_an_address(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?partnership=derby"))
        assert "1 case study of Derby" in page
        assert text(client_of(cast.officer).get(f"{PAGE}?partnership=nowhere")).count("0 case studies<") == 1

    def test_words_are_not_logged(self, cast: Cast, client_of: SignIn, caplog: pytest.LogCaptureFixture) -> None:
        client = client_of(cast.officer)
        with caplog.at_level(logging.INFO):
            for words in ("canarywords", "canarywords burglary", '"canarywords', "canarywords " * 200):
                client.get(PAGE, {"words": words})
                client.get(FEED, {"words": words})
        assert "canarywords" not in caplog.text


class TestFeed:
    """What is new on public pages."""

    def feed(self, client: Client, query: str = "") -> ET.Element:
        response = client.get(f"{FEED}?{query}")
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return ET.fromstring(response.content)  # noqa: S314

    def titles(self, feed: ET.Element) -> list[str]:
        return [str(title.text) for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]

    def test_the_newest_come_first_and_only_public_ones(self, stories: object, client: Client) -> None:
        feed = self.feed(client)
        assert self.titles(feed) == ["Car crime", "Safer <b>parks</b>"]
        (own,) = [link.get("href") for link in feed.iterfind(f"{ATOM}link") if link.get("rel") == "self"]
        assert own == f"http://127.0.0.1:8000{FEED}"
        link = feed.find(f"{ATOM}entry/{ATOM}link")
        assert link is not None
        assert client.get(str(link.get("href"))).status_code == 200
        assert feed.find(f"{ATOM}entry/{ATOM}author/{ATOM}name").text == "Cardiff"  # type: ignore[union-attr]

    def test_what_people_wrote_is_never_markup(self, places: Places, cast: Cast, client: Client) -> None:
        published(places.derby, cast.officer, "<b>Title", summary="<script>x</script> &amp;", is_public=True)
        entry = self.feed(client).find(f"{ATOM}entry")
        assert entry is not None
        title, summary = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}summary")
        assert title is not None
        assert (title.text, title.get("type", "text")) == ("<b>Title", "text")
        assert summary is not None
        assert (summary.text, summary.get("type")) == ("&lt;script&gt;x&lt;/script&gt; &amp;amp;", "html")

    def test_it_is_the_same_for_members(self, stories: object, cast: Cast, client_of: SignIn) -> None:
        assert self.titles(self.feed(client_of(cast.officer))) == ["Car crime", "Safer <b>parks</b>"]

    def test_a_search_has_its_own(self, stories: object, client: Client) -> None:
        assert self.titles(self.feed(client, "words=burglary")) == ["Safer <b>parks</b>"]
        assert self.titles(self.feed(client, "region=wales")) == ["Car crime"]
        assert self.titles(self.feed(client, "words=helicopter")) == []
        assert self.titles(self.feed(client, "words=%00%F0%9F%8E%89%22&region=x&from=x&sort=like")) != []

    def test_drafts_working_texts_and_retired_ones_are_not_in_it(
        self, stories: list[CaseStudy], cast: Cast, places: Places, client: Client
    ) -> None:
        CaseStudy.objects.create(
            partnership=places.derby, slug="d", title="Car draft", summary="-", is_public=True, written_by=cast.officer
        )
        CaseStudy.objects.filter(pk=stories[1].pk).update(title="Canary", summary="Canary")
        row = stories[2]
        row.status, row.retired_reason = CaseStudy.Status.RETIRED, "Old"
        row.save()
        services.index(row)
        assert self.titles(self.feed(client)) == ["Safer <b>parks</b>"]
        assert self.titles(self.feed(client, "retired=1")) == ["Safer <b>parks</b>"]
        assert "Canary" not in client.get(FEED).content.decode()

    def test_one_that_is_no_longer_public_leaves_it_at_once(self, stories: list[CaseStudy], client: Client) -> None:
        CaseStudy.objects.filter(pk=stories[2].pk).update(is_public=False)
        assert self.titles(self.feed(client)) == ["Safer <b>parks</b>"]

    def test_what_did_not_change_is_not_sent_again(self, stories: object, client: Client) -> None:
        first = client.get(FEED)
        assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=900"}
        assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304

    def test_the_page_names_its_feed(self, stories: object, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.officer).get(f"{PAGE}?words=burglary&sort=best&mine=amber-valley"))
        assert (
            f'<link rel="alternate" type="application/atom+xml" title="New case studies" href="{FEED}?words=burglary">'
            in page
        )
