"""Publishing, retiring, showing and agreeing as people meet them."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Event
from casestudies import services
from casestudies.models import CaseStudy, Endorsement
from hallmarks.models import Criterion, Version
from tests.casestudies.making import make_attachment, make_case_study, seat_of
from tests.casestudies.test_publishing import publish, say
from tests.counting import counted
from tests.people import Cast

SignIn = Callable[[User | None], Client]


@pytest.fixture
def client_of(sign_in: SignIn, version: Version) -> SignIn:
    return sign_in


def text(response) -> str:
    return str(response.content.decode())


def test_the_page_shows_what_others_will_read_and_what_to_check(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer, cost="Ask 0115 496 0123.", contact_mailbox="pat.jones@council.example")
    client, url = client_of(cast.coordinator), case_study.get_absolute_url() + "publish/"
    page = text(client.get(url))
    assert "What others will read" in page
    assert page.index("Check this") < page.index("<td>Phone number</td><td>Cost</td>") < page.index("Role mailbox</td>")
    form = client.get(url).context["form"]
    stamp = {"revision": "1", "seen": form["seen"].value()}
    refused = client.post(url, stamp)
    assert text(refused).count("Tick the box once you have looked at what is listed") == 2
    assert CaseStudy.objects.get().is_draft
    client.post(url, stamp | {"is_checked": "true"})
    assert Event.objects.latest("pk").after == {
        "status": "published",
        "revision": 1,
        "version": 1,
        "checked": {"phone": 1, "own_mailbox": 1},
    }


def test_a_clean_text_needs_no_tick(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    page = text(client_of(cast.coordinator).get(case_study.get_absolute_url() + "publish/"))
    assert "Check this" not in page
    assert "is_checked" not in page


def test_a_file_added_after_the_page_was_read_stops_publishing(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    client, url = client_of(cast.coordinator), case_study.get_absolute_url() + "publish/"
    stamp = {"revision": "1", "seen": client.get(url).context["form"]["seen"].value()}
    make_attachment(case_study, cast.officer)
    assert client.post(url, stamp).status_code == 409
    assert CaseStudy.objects.get().is_draft


def test_what_comes_up_between_reading_and_pressing_is_shown_first(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    url = case_study.get_absolute_url() + "publish/"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("casestudies.services.publishing.what_to_check", lambda article: ("something",))
        response = client_of(cast.coordinator).post(url, {"revision": "1"})
    assert response["Location"] == url
    assert CaseStudy.objects.get().is_draft


def test_a_list_of_a_thousand_findings_is_cut_and_says_so(cast: Cast, client_of: SignIn) -> None:
    many = " ".join(f"0115 496 {number:04}" for number in range(150))
    case_study = make_case_study(cast.officer, cost=many)
    page = text(client_of(cast.coordinator).get(case_study.get_absolute_url() + "publish/"))
    assert page.count("<td>Phone number</td>") == 100
    assert "And 50 more of the kind." in page


def test_others_read_the_newest_version_and_members_their_own_text(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, title="What was published", is_published=True)
    say(case_study, cast, title="What we are writing")
    url = case_study.get_absolute_url()
    for person in (cast.neighbour, cast.reviewer, cast.administrator):
        page = text(client_of(person).get(url))
        assert "What was published" in page
        assert "What we are writing" not in page
    page = text(client_of(cast.viewer).get(url))
    assert "What we are writing" in page
    assert "Others read version 1, which differs in: Title." in " ".join(page.replace("\n", " ").split())


def test_versions_tell_what_changed(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, title="One", is_published=True)
    say(case_study, cast, title="Two")
    publish(case_study, cast)
    url = case_study.get_absolute_url() + "versions/"
    for person, reads_all in ((cast.officer, True), (cast.reviewer, True), (cast.neighbour, False)):
        client = client_of(person)
        page = text(client.get(url))
        assert "Version 2" in page
        assert (">One</p>" in page) is reads_all
        assert client.get(f"{url}1/").status_code == (200 if reads_all else 404)
        assert client.get(f"{url}2/").status_code == 200
        assert client.get(f"{url}3/").status_code == 404
        assert client.get(f"{url}{'9' * 30}/").status_code == 404


def test_a_retired_one_stays_at_its_address_with_the_reason_on_top(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    url = case_study.get_absolute_url()
    client = client_of(cast.coordinator)
    assert "Enter why it is retired" in text(client.post(f"{url}retire/", {"reason": " "}))
    client.post(f"{url}retire/", {"reason": "The money ended."})
    page = text(client_of(cast.neighbour).get(url))
    assert page.index("The money ended.") < page.index("Burglary fell by a third in a year.")
    assert "Bring it back" in text(client_of(cast.coordinator).get(url))
    client_of(cast.coordinator).post(f"{url}publish/", {"revision": "1"})
    assert CaseStudy.objects.get().status == "published"


def test_only_what_is_published_is_retired_or_shown(cast: Cast, client_of: SignIn) -> None:
    url = make_case_study(cast.officer).get_absolute_url()
    client = client_of(cast.coordinator)
    for page, sent in (("retire/", {"reason": "No."}), ("show/", {"audience": "public"})):
        response = client.post(url + page, sent)
        assert response.status_code == 409
        assert "It is not published" in text(response)


def test_a_coordinator_shows_it_to_the_public_and_takes_it_back(cast: Cast, client_of: SignIn) -> None:
    url = make_case_study(cast.coordinator, is_published=True).get_absolute_url() + "show/"
    client = client_of(cast.coordinator)
    assert "Select who may read it" in text(client.post(url))
    client.post(url, {"audience": "public"})
    assert CaseStudy.objects.get().is_public
    assert client.get(url).context["form"]["audience"].value() == "public"
    client.post(url, {"audience": "signed_in"})
    assert not CaseStudy.objects.get().is_public


def test_a_reviewer_agrees_and_withdraws(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    url = case_study.get_absolute_url()
    client = client_of(cast.reviewer)
    assert "Enter why it is good practice" in text(client.post(f"{url}agree/", {"revision": "1"}))
    client.post(f"{url}agree/", {"revision": "1", "reason": "It works."})
    page = text(client_of(cast.neighbour).get(url))
    assert "Agreed as good practice" in page
    assert "By the Government Office for the East Midlands" in page
    assert "It works." in page
    assert cast.reviewer.name not in page
    say(case_study, cast, title="Two")
    publish(case_study, cast)
    page = text(client_of(cast.neighbour).get(url))
    assert "Agreed for version 1" in page
    assert "Nobody has agreed to what changed since." in page
    client = client_of(cast.reviewer)
    client.post(f"{url}agree/withdraw/", {"reason": "It faded."})
    assert "Agreed" not in text(client_of(cast.neighbour).get(url))
    assert Endorsement.objects.get().withdrawn_reason == "It faded."


def test_words_for_an_older_version_are_not_lost(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    say(case_study, cast, title="Two")
    publish(case_study, cast)
    response = client_of(cast.reviewer).post(
        case_study.get_absolute_url() + "agree/", {"revision": "1", "reason": "My words."}
    )
    assert response.status_code == 409
    assert "My words." in text(response)
    assert Endorsement.objects.count() == 0


def test_a_reviewer_who_is_a_member_does_not_agree_to_their_own(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    cast.viewer.posts.create(code="both", region=cast.reviewer.posts.get().region)
    client = client_of(cast.viewer)
    assert client.get(case_study.get_absolute_url() + "agree/").status_code == 403
    assert "Agree as good practice" not in text(client.get(case_study.get_absolute_url()))


def test_pages_ask_as_little_for_many_versions_as_for_one(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.coordinator, *Criterion.objects.all(), is_published=True)
    services.agree_as_good_practice(case_study=case_study, number=1, reason="Yes.", by=cast.reviewer.posts.get())
    url = case_study.get_absolute_url()
    client = client_of(cast.officer)
    asked = []
    for turn in range(2):
        for page in ("", "versions/"):
            client.get(url + page)
            with counted() as now:
                client.get(url + page)
            asked.append(now.number)
        if not turn:
            for number in range(6):
                say(case_study, cast, title=f"Number {number}")
                make_attachment(case_study, cast.officer, f"{number}.pdf")
                publish(case_study, cast)
    assert asked[:2] == asked[2:]
    assert asked[0] <= 13
    assert asked[1] <= 10


def test_the_form_that_publishes_needs_the_coordinators_seat(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    assert (
        client_of(cast.officer).post(case_study.get_absolute_url() + "publish/", {"revision": "1"}).status_code == 403
    )
    assert seat_of(cast.officer).role == "officer"
    assert CaseStudy.objects.get().is_draft
