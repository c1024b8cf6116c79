"""Who is named: agreed by both, in the newest closed review of a round that is over, by those who let themselves."""

import datetime

import pytest
from django.utils import timezone

from assessments.helper_queries import helpers_on, named_on
from assessments.models import Assessment, Round
from casestudies.models import HelpOffer
from hallmarks.models import Criterion
from partnerships.models import AreaType, Partnership
from tests.assessments.answering import question
from tests.assessments.helping import answered, helper, offered, past_round
from tests.casestudies.making import make_case_study
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.releases import neighbours

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(assessment: Assessment) -> Criterion:
    return question(assessment, "LEAD.1").criterion


@pytest.fixture
def last(round_: Round) -> Round:
    return past_round(round_)


def named(lead: Criterion, places: Places) -> list[str]:
    return [one.candidate.place.slug for one in helpers_on(lead, places.amber_valley)]


def test_a_helper_is_named_with_what_the_page_says(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    helper(last, places.derby, cast.neighbour)
    (found,) = helpers_on(lead, places.amber_valley)
    one = found.candidate
    assert (one.name, one.role, one.round, one.study) == ("Derby", "Community safety team", last.name, None)
    assert found.why.startswith("Same region as you (East Midlands); the Government Office agreed “doing well”")


@pytest.mark.parametrize(("level", "seen"), [(-2, -1), (-1, -2), (-2, -2), (-1, None)])
def test_both_must_see_the_top(
    level: int, seen: int | None, lead: Criterion, last: Round, places: Places, cast: Cast
) -> None:
    answered(last, places.derby, cast.neighbour, level=level, seen=seen)
    offered(places.derby, cast.neighbour)
    assert named(lead, places) == []


def test_nobody_is_named_who_did_not_agree_or_withdrew(
    lead: Criterion, last: Round, places: Places, cast: Cast
) -> None:
    answered(last, places.derby, cast.neighbour)
    assert named(lead, places) == []
    offer = offered(places.derby, cast.neighbour)
    assert named(lead, places) == ["derby"]
    HelpOffer.objects.filter(pk=offer.pk).update(withdrawn_at=timezone.now())
    assert named(lead, places) == []


def test_an_offer_that_was_changed_names_once(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    HelpOffer.objects.filter(pk=helper(last, places.derby, cast.neighbour).pk).update(withdrawn_at=timezone.now())
    offered(places.derby, cast.neighbour, role="Another team")
    (found,) = helpers_on(lead, places.amber_valley)
    assert found.candidate.role == "Another team"


def test_the_newest_closed_review_counts(lead: Criterion, round_: Round, places: Places, cast: Cast) -> None:
    before, last = past_round(round_, "2025", 400), past_round(round_)
    helper(before, places.derby, cast.neighbour)
    assert named(lead, places) == ["derby"]
    answered(last, places.derby, cast.neighbour, seen=None)
    assert named(lead, places) == ["derby"]
    answered(last, places.derby, cast.neighbour, seen=-2)
    assert named(lead, places) == []


def test_a_newer_review_that_did_not_ask_it_changes_nothing(
    lead: Criterion, round_: Round, places: Places, cast: Cast
) -> None:
    helper(past_round(round_, "2025", 400), places.derby, cast.neighbour)
    answered(past_round(round_), places.derby, cast.neighbour, "LEAD.2", seen=0)
    assert named(lead, places) == ["derby"]


def test_while_a_round_runs_nobody_is_named_for_it(lead: Criterion, round_: Round, places: Places, cast: Cast) -> None:
    helper(round_, places.derby, cast.neighbour)
    Round.objects.filter(pk=round_.pk).update(closes_on=timezone.localdate())
    assert named(lead, places) == []
    Round.objects.filter(pk=round_.pk).update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    assert named(lead, places) == ["derby"]


def test_a_withdrawn_submission_names_nobody(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    helper(last, places.derby, cast.neighbour)
    last.assessments.get(partnership=places.derby).submissions.update(is_current=False)
    assert named(lead, places) == []


def test_another_criterion_names_nobody_here(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    helper(last, places.derby, cast.neighbour, "LEAD.2")
    assert named(lead, places) == []


def test_never_oneself(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    helper(last, places.amber_valley, cast.coordinator)
    assert named(lead, places) == []


def test_the_case_study_is_what_was_published_and_speaks_to_it(
    lead: Criterion, last: Round, places: Places, cast: Cast
) -> None:
    helper(last, places.derby, cast.neighbour)
    make_case_study(cast.neighbour, lead, title="Only a draft")
    other = question(Assessment.objects.with_round().get(round__slug="2027", partnership=places.derby), "LEAD.2")
    make_case_study(cast.neighbour, other.criterion, is_published=True, title="About something else")
    assert helpers_on(lead, places.amber_valley)[0].candidate.study is None
    study = make_case_study(cast.neighbour, lead, is_published=True, title="How we lead")
    type(study).objects.filter(pk=study.pk).update(title="A title in the making")
    found = helpers_on(lead, places.amber_valley)[0].candidate.study
    assert found is not None
    assert (found.slug, found.title, found.is_agreed) == (study.slug, "How we lead", False)


def test_one_query_however_many_there_are(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    helper(last, places.derby, cast.neighbour)
    make_case_study(cast.neighbour, lead, is_published=True)
    for place in neighbours(places.derby.police_force, 12, area=AreaType.UNITARY):
        helper(last, place, cast.neighbour)
    bare = Partnership.objects.get(pk=places.amber_valley.pk)
    with counted() as queries:
        found = helpers_on(lead, bare)
        assert [one.why for one in found]
    assert queries.number == 1, queries.queries
    assert len(found) == 5
    assert found[0].candidate.place.slug == "derby"


def test_what_a_partnership_would_be_named_on(lead: Criterion, last: Round, places: Places, cast: Cast) -> None:
    answered(last, places.derby, cast.neighbour)
    assert [line.criterion.code for line in named_on(places.derby)] == ["LEAD.1"]
    assert named_on(places.amber_valley) == []
