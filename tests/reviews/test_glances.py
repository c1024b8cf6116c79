"""What a reviewer's first page tells of the region: how far it is, and what came last; never a draft."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.models import Assessment, Round
from hallmarks.models import Version
from partnerships.models import Partnership
from reviews import queries
from tests.assessments import answering
from tests.criteria import make_round
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def reviewer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.reviewer)


def home(client: Client) -> str:
    return client.get(reverse("home")).content.decode()


def test_it_tells_the_deadline_the_counts_and_where_to_go(
    assessment: Assessment, places: Places, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="gap_identified", reason="A draft reason")
    page = home(reviewer)
    day = in_days(30)
    assert f"Closes at the end of {day.day} {day:%B %Y}, in 30 days." in page
    assert "<strong>1</strong>not started" in page
    assert "<strong>1</strong>in progress" in page
    assert "not submitted" not in page.lower()
    assert f'href="{reverse("reviews:region", args=["east-midlands", "2027"])}">All 2 partnerships' in page
    assert f'href="{reverse("reports:compare", args=["2027"])}?region=east-midlands"' in page
    assert "Nobody has submitted yet" in page
    for secret in ("A draft reason", "Gap identified", "Exeter"):
        assert secret not in page


def test_it_links_to_what_was_submitted_last(assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    page, today = home(reviewer), timezone.localdate()
    link = reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"])
    assert f'href="{link}">Amber Valley</a><span class="app-quiet">{today.day} {today:%B %Y}</span>' in page


def test_only_the_newest_are_named_newest_first(
    round_: Round, places: Places, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "NEWEST", 1)
    for place, person in ((places.amber_valley, cast.coordinator), (places.derby, cast.neighbour)):
        assessment = Assessment.objects.with_round().get(round=round_, partnership=place)
        answering.rate_everything(assessment, person)
        answering.submit(assessment, person)
    ((region, (glance,)),) = queries.glances_of([places.east_midlands], timezone.localdate())
    assert (region, [each.assessment.partnership for each in glance.newest]) == (places.east_midlands, [places.derby])


def test_the_newest_round_and_every_open_one_are_shown(
    round_: Round, version: Version, places: Places, reviewer: Client
) -> None:
    for slug, opens, closes in (("old", -400, -300), ("pilot", -90, 20), ("future", 5, 9)):
        make_round(version, places, slug=slug)
        Round.objects.filter(slug=slug).update(opens_on=in_days(opens), closes_on=in_days(closes))
    ((_region, glances),) = queries.glances_of([places.east_midlands], timezone.localdate())
    assert [glance.round.slug for glance in glances] == ["2027", "pilot"]


def test_after_the_round_it_says_who_did_not_submit(round_: Round, reviewer: Client) -> None:
    Round.objects.update(closes_on=in_days(-1))
    page = home(reviewer)
    assert "Closed at the end of" in page
    assert "<strong>2</strong>not submitted" in page


def test_each_region_of_a_person_is_told_apart(round_: Round, cast: Cast, places: Places, reviewer: Client) -> None:
    RegionalPost.objects.create(user=cast.reviewer, region=places.south_west)
    page = home(reviewer)
    assert page.count("Compare the partnerships") == 2
    assert "Government Office for the South West" in page


def test_before_the_first_round_it_says_so(cast: Cast, reviewer: Client) -> None:
    assert "No round has begun in this region yet." in home(reviewer)


def test_others_are_told_nothing_of_a_region(
    round_: Round, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(ended_at=timezone.now())
    for person in (cast.reviewer, cast.officer, cast.stranger, cast.administrator):
        assert "Compare the partnerships" not in home(sign_in(person))


def test_it_is_where_what_was_sent_stays(assessment: Assessment, cast: Cast, places: Places, sign_in: SignIn) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    Partnership.objects.filter(pk=places.amber_valley.pk).update(police_force=places.exeter.police_force)
    assert "Amber Valley" in home(sign_in(cast.reviewer))
    assert "Amber Valley" not in home(sign_in(cast.reviewer_elsewhere))
