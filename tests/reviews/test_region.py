"""A region's page: who is where in a round, who needs the reviewer, and nothing of what a draft says."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.models import Assessment, Extension, Rating, Round
from assessments.round_progress import State
from hallmarks.models import Version
from partnerships.models import Partnership
from reviews.worklist import Line, in_order, in_state
from tests.assessments import answering
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
SECRET = "the chair never came, says a draft"


@pytest.fixture
def reviewer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.reviewer)


def address(round_: Round, region: str = "east-midlands") -> str:
    return reverse("reviews:region", args=[region, round_.slug])


def of(round_: Round, partnership: Partnership) -> Assessment:
    return Assessment.objects.with_round().get(round=round_, partnership=partnership)


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def line(name: str, state: State, rated: int = 0) -> Line:
    return Line(name, name, "", state, rated, 49, datetime.date(2027, 3, 31), 12, False, None)


# Who sees it


def test_only_the_regions_office_and_administrators_find_it(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    found = {who: sign_in(user).get(address(round_)).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "reviewer": 200, "administrator": 200}


@pytest.mark.parametrize(("region", "round_slug"), [("atlantis", "2027"), ("east-midlands", "1999")])
def test_an_unknown_region_or_round_is_not_found(round_: Round, reviewer: Client, region: str, round_slug: str) -> None:
    assert reviewer.get(reverse("reviews:region", args=[region, round_slug])).status_code == 404


def test_a_former_reviewer_finds_nothing(round_: Round, cast: Cast, reviewer: Client) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(ended_at=timezone.now())
    assert reviewer.get(address(round_)).status_code == 404
    assert reviewer.get(reverse("reviews:index")).status_code == 404


def test_a_round_of_other_regions_is_not_found(round_: Round, places: Places, reviewer: Client) -> None:
    Assessment.objects.filter(partnership__in=[places.amber_valley, places.derby]).delete()
    assert reviewer.get(address(round_)).status_code == 404


def test_one_region_leads_straight_to_the_round_that_has_begun(
    round_: Round, version: Version, places: Places, reviewer: Client
) -> None:
    future = Round.objects.create(slug="2028", name="2028", version=version, opens_on=in_days(5), closes_on=in_days(9))
    Assessment.objects.create(round=future, partnership=places.derby)
    answer = reviewer.get(reverse("reviews:index"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(round_))


def test_administrators_see_every_region(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.administrator).get(reverse("reviews:index"))
    assert [each.region.slug for each in page.context["regions"]] == ["east-midlands", "south-west", "wales"]
    assert page.content.decode().count("0 of 1 submitted") == 2


def test_before_the_first_round_there_is_a_page_that_says_so(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.reviewer).get(reverse("reviews:index"))
    assert "No round has been set up for this region" in page.content.decode()


def test_a_person_with_two_posts_chooses(round_: Round, cast: Cast, places: Places, reviewer: Client) -> None:
    RegionalPost.objects.create(user=cast.reviewer, region=places.south_west)
    page = reviewer.get(reverse("reviews:index"))
    assert [each.region.slug for each in page.context["regions"]] == ["east-midlands", "south-west"]


# What it says


def test_a_draft_is_counted_and_never_shown(
    assessment: Assessment, round_: Round, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="gap_identified", reason=SECRET, indicators={1: "no"})
    page = reviewer.get(address(round_)).content.decode()
    assert "1 of 4" in page
    for told in (SECRET, "Gap identified", "Leaders give direction", "LEAD.1", cast.officer.name):
        assert told not in page
    assert reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"]) not in page
    assert reverse("reports:pdf", args=["2027", "amber-valley"]) not in page


def test_the_criteria_asked_depend_on_nation_and_tier(round_: Round, reviewer: Client) -> None:
    lines = {line.slug: line for line in reviewer.get(address(round_)).context["lines"]}
    assert (lines["amber-valley"].asked, lines["derby"].asked) == (4, 3)


def test_only_answers_that_count_are_counted(assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    answering.rate(assessment, "LEAD.2", cast.officer, does_not_apply=True, reason="")
    answering.rate(assessment, "LAW.1", cast.officer, does_not_apply=True, reason="We have none")
    carried = answering.rate(assessment, "LAW.2", cast.officer, level="met")
    Rating.objects.filter(pk=carried.pk).update(is_confirmed=False)
    lines = {line.slug: line for line in reviewer.get(address(assessment.round)).context["lines"]}
    assert lines["amber-valley"].rated == 2


def test_states_counts_and_order(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    page = reviewer.get(address(round_))
    assert [count.number for count in page.context["counts"]] == [2, 0, 0]
    derby = of(round_, places.derby)
    answering.rate_everything(derby, cast.neighbour)
    answering.submit(derby, cast.neighbour)
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    page = reviewer.get(address(round_))
    assert [count.number for count in page.context["counts"]] == [0, 1, 1]
    assert [(line.slug, line.state) for line in page.context["lines"]] == [
        ("derby", State.SUBMITTED),
        ("amber-valley", State.IN_PROGRESS),
    ]
    assert reverse("reviews:submission", args=["east-midlands", "2027", "derby"]) in page.content.decode()
    assert reverse("reports:pdf", args=["2027", "derby"]) in page.content.decode()
    assert "?region=east-midlands&amp;partnership=derby" in page.content.decode()


def test_after_the_deadline_drafts_are_not_submitted_unless_extended(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(-1))
    Extension.objects.create(round=round_, partnership=places.derby, until=in_days(3), reason="Flood")
    page = reviewer.get(address(round_))
    assert {line.slug: line.state for line in page.context["lines"]} == {
        "amber-valley": State.NOT_SUBMITTED,
        "derby": State.NOT_STARTED,
    }
    assert [(count.state, count.number) for count in page.context["counts"]] == [
        (State.NOT_STARTED, 1),
        (State.NOT_SUBMITTED, 1),
        (State.SUBMITTED, 0),
    ]
    assert f"Extended to {in_days(3).day} {in_days(3):%B %Y}" in page.content.decode()


def test_while_the_round_is_open_nobody_is_called_late(round_: Round, reviewer: Client) -> None:
    page = reviewer.get(address(round_)).content.decode()
    assert "not submitted" not in page.lower()
    assert '<option value="in-progress">In progress (0)</option>' in page
    Round.objects.update(closes_on=in_days(-1))
    page = reviewer.get(address(round_)).content.decode()
    assert '<option value="not-submitted">Not submitted (2)</option>' in page
    assert "in progress" not in page.lower()


def test_days_have_their_year(assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    today = timezone.localdate()
    assert f"{today.day} {today:%B %Y}</td>" in reviewer.get(address(assessment.round)).content.decode()


def test_the_list_can_show_one_state(round_: Round, assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    page = reviewer.get(address(round_), {"state": "in-progress"})
    assert [line.slug for line in page.context["lines"]] == ["amber-valley"]
    assert "No partnership is in this state" in reviewer.get(address(round_), {"state": "submitted"}).content.decode()


@pytest.mark.parametrize("state", ["", "asleep", "\0", "<b>"])
def test_an_unknown_state_shows_all(round_: Round, reviewer: Client, state: str) -> None:
    assert len(reviewer.get(address(round_), {"state": state}).context["lines"]) == 2


@pytest.mark.parametrize(
    ("days", "words"), [(12, "in 12 days"), (1, ", tomorrow."), (0, ", today."), (-1, "Closed at the end of")]
)
def test_the_deadline_in_words(round_: Round, reviewer: Client, days: int, words: str) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(days))
    assert words in reviewer.get(address(round_)).content.decode()


def test_a_submission_stays_with_the_region_it_was_sent_to(
    assessment: Assessment, round_: Round, cast: Cast, places: Places, sign_in: SignIn
) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    Partnership.objects.filter(pk=places.amber_valley.pk).update(police_force=places.exeter.police_force)
    here = sign_in(cast.reviewer).get(address(round_)).context["lines"]
    assert {line.slug for line in here} == {"amber-valley", "derby"}
    there = sign_in(cast.reviewer_elsewhere).get(address(round_, "south-west")).context["lines"]
    assert {line.slug for line in there} == {"exeter"}


def test_who_needs_the_reviewer_comes_first() -> None:
    lines = [
        line("b", State.IN_PROGRESS, 2),
        line("a", State.IN_PROGRESS, 9),
        line("z", State.NOT_STARTED),
        line("y", State.NOT_SUBMITTED),
        line("d", State.SUBMITTED, 49),
        line("c", State.SUBMITTED, 48),
    ]
    assert [each.name for each in in_order(lines)] == ["c", "d", "y", "z", "b", "a"]
    assert [each.name for each in in_state(lines, "submitted")] == ["d", "c"]


# Speed


def test_it_asks_as_often_for_2_partnerships_as_for_67(
    round_: Round, assessment: Assessment, places: Places, cast: Cast, reviewer: Client
) -> None:
    few = _queries(reviewer, address(round_))
    made = Partnership.objects.bulk_create(
        Partnership(slug=f"p-{n}", name=f"P {n}", police_force=places.derby.police_force, area_type="shire-district")
        for n in range(65)
    )
    drafts = Assessment.objects.bulk_create(Assessment(round=round_, partnership=place) for place in made)
    rating = answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    Rating.objects.bulk_create(
        Rating(assessment=draft, criterion=rating.criterion, level=rating.level) for draft in drafts[:40]
    )
    assert few == _queries(reviewer, address(round_)) <= 10


def _queries(client: Client, url: str) -> int:
    client.get(url)  # The first request of a session writes when it was seen.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
