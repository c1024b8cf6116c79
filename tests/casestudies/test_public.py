"""What anybody may read without signing in: what a partnership shows to the public as it was published, and no more."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client

from accounts.models import User
from casestudies import services
from casestudies.models import CaseStudy, Tag
from hallmarks.models import Criterion, Version
from tests.casestudies.making import make_attachment, make_case_study, make_many, seat_of
from tests.casestudies.test_who_sees_what import STATES, WORDS_OF, publish, say, table
from tests.counting import counted
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
LIST, FEED = "/case-studies/public/", "/case-studies/feed.atom"


class Properties(HTMLParser):
    """The microdata of a page: every property with what it says, and the kinds of things."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self.kinds: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        found = dict(attrs)
        if "itemtype" in found:
            self.kinds.append(str(found["itemtype"]).rsplit("/", 1)[-1])
        if "itemprop" in found:
            self.said.append((str(found["itemprop"]), found.get("content") or found.get("href") or ""))


def show(study: CaseStudy, cast: Cast) -> CaseStudy:
    return services.set_public(case_study=study, is_public=True, by=seat_of(cast.coordinator))


def shown(cast: Cast, **words: str) -> CaseStudy:
    return show(make_case_study(cast.coordinator, is_published=True, words=words), cast)


def seen(client: Client, study: CaseStudy) -> str:
    """Return all that is said to somebody on the pages for the public."""
    answers = [client.get(address) for address in (LIST, FEED, study.get_public_url())]
    return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize(("part", "state"), table())
def test_the_public_sees_what_the_table_says_and_nothing_before_it_is_shown(
    part: str, state: str, cast: Cast, client: Client, version: Version
) -> None:
    study = STATES[state](part, cast)
    assert WORDS_OF[part] not in seen(client, study)
    assert client.get(study.get_public_url()).status_code == 404
    # Not by the service: it refuses drafts, and here what reads them is tried.
    CaseStudy.objects.update(is_public=True)
    assert (WORDS_OF[part] in seen(client, study)) is (table()[part, state]["public"] == "if shown")


@pytest.mark.parametrize("state", ["draft", "changed since", "published", "retired"])
def test_a_file_can_be_had_where_it_is_shown(state: str, cast: Cast, client: Client, version: Version) -> None:
    study = STATES[state]("file", cast)
    if not study.attachments.exists():
        make_attachment(study, cast.officer)
    url = f"{study.get_public_url()}attachments/{study.attachments.get().fingerprint}/"
    assert client.get(url).status_code == 404
    CaseStudy.objects.update(is_public=True)
    answer = client.get(url)
    assert answer.status_code == (200 if state == "published" else 404)
    assert state != "published" or "attachment" in answer["Content-Disposition"]


def test_members_read_there_what_everybody_reads(cast: Cast, sign_in: SignIn, version: Version) -> None:
    study = say(shown(cast), cast.officer, title="What we are writing")
    for person in (None, cast.officer, cast.neighbour):
        page = seen(sign_in(person), study)
        assert "What we are writing" not in page
        assert "Fewer burglaries in shared houses" in page
    publish(CaseStudy.objects.get(), cast)
    assert "What we are writing" in seen(sign_in(None), study)


def test_it_names_no_person(cast: Cast, client: Client, version: Version) -> None:
    study = shown(cast)
    services.agree_as_good_practice(case_study=study, number=1, reason="It works.", by=cast.reviewer.posts.get())
    page = seen(client, study)
    assert "It works." in page
    for person in cast.everybody().values():
        assert person is None or (person.name not in page and person.email not in page)


def test_taken_off_or_retired_it_is_gone_at_once_and_comes_back_with_publishing(
    cast: Cast, client: Client, version: Version
) -> None:
    study = shown(cast)
    seat = seat_of(cast.coordinator)
    services.retire_case_study(case_study=study, reason="Canary-retired", by=seat)
    assert client.get(study.get_public_url()).status_code == 404
    assert "Fewer burglaries" not in seen(client, study)
    publish(CaseStudy.objects.get(), cast)
    assert client.get(study.get_public_url()).status_code == 200
    services.set_public(case_study=study, is_public=False, by=seat)
    assert client.get(study.get_public_url()).status_code == 404
    assert "Fewer burglaries" not in seen(client, study)


def test_search_engines_read_what_it_is_and_no_script_runs(cast: Cast, client: Client, version: Version) -> None:
    tag = Tag.objects.create(slug="burglary", name="Burglary & theft")
    criterion = Criterion.objects.get(code="LEAD.1")
    study = make_case_study(
        cast.coordinator,
        criterion,
        title='"Locks" & <b>lights</b>',
        contact_role="Burglary team",
        contact_mailbox="t@x.example",
    )
    study.tags.add(tag)
    show(services.publish_case_study(case_study=study, revision=1, by=seat_of(cast.coordinator)), cast)
    answer = client.get(study.get_public_url())
    page = answer.content.decode()
    address = f"http://127.0.0.1:8000{study.get_public_url()}"
    found = Properties(page)
    assert found.kinds == ["Article", "Organization", "ContactPoint", "Thing", "Thing"]
    said = dict(found.said)
    assert said["mainEntityOfPage"] == address
    assert said["version"] == "1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d", said["datePublished"])
    assert said["email"] == "t@x.example"
    assert [text for name, text in found.said if name == "name"] == ["Amber Valley", tag.name, criterion.title]
    assert f'<link rel="canonical" href="{address}">' in page
    assert "noindex" not in page
    assert "<b>lights" not in page
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=", page) == []
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_page_behind_the_sign_in_says_which_one_engines_may_keep(
    cast: Cast, sign_in: SignIn, version: Version
) -> None:
    study = make_case_study(cast.coordinator, is_published=True)
    client = sign_in(cast.neighbour)
    page = client.get(study.get_absolute_url()).content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert study.get_public_url() not in page
    show(study, cast)
    page = client.get(study.get_absolute_url()).content.decode()
    assert f'<link rel="canonical" href="{study.get_public_url()}">' in page
    assert "noindex" not in page
    assert "Page for the public" in page


def test_the_list_has_pages_and_its_feed_leads_to_them(
    cast: Cast, places: Places, client: Client, version: Version
) -> None:
    with counted() as few:
        assert "There are none yet." in client.get(LIST).content.decode()
    make_many(places.derby, cast.officer, 45)
    CaseStudy.objects.exclude(slug="many-7").update(is_public=True)
    with counted() as many:
        client.get(LIST)
    assert many.number == few.number <= 8
    found = set()
    for number in ("1", "2", "3"):
        page = client.get(LIST, {"page": number}).content.decode()
        found |= set(re.findall(rf'href="{LIST}derby/([^/]+)/"', page))
    assert found == {f"many-{n}" for n in range(45)} - {"many-7"}
    assert f'<link rel="alternate" type="application/atom+xml" title="New case studies" href="{FEED}">' in page
    for odd in ("0", "-1", "x", "\0", "9" * 5_000, "4"):
        assert client.get(LIST, {"page": odd}).status_code == 200
    feed = client.get(FEED).content.decode()
    address = re.search(r'<entry><title>[^<]*</title><link href="http://127.0.0.1:8000([^"]+)"', feed)
    assert address
    assert client.get(address[1]).status_code == 200


def test_pages_ask_as_little_for_many_as_for_one(cast: Cast, client: Client, version: Version) -> None:
    study = shown(cast)
    with counted() as few:
        client.get(study.get_public_url())
    for number in range(6):
        make_attachment(study, cast.officer, f"{number}.pdf")
        publish(say(CaseStudy.objects.get(), cast.officer, title=f"Number {number}"), cast)
    with counted() as many:
        assert "Number 5" in client.get(study.get_public_url()).content.decode()
    assert many.number == few.number <= 8


@pytest.mark.django_db
def test_visitors_find_the_list_in_the_menu(client: Client) -> None:
    assert f'href="{LIST}"' in client.get("/criteria/").content.decode()


@pytest.mark.parametrize("page", [LIST, f"{LIST}amber-valley/joint-patrols/"])
def test_nothing_can_be_sent_to_it(page: str, client: Client) -> None:
    assert client.post(page).status_code == 405
