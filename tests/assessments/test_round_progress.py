"""Returned, waiting for replies, reviewed: the states after a submission, counted alike in code and in the database."""

import datetime

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from assessments.forms_rounds import ExtensionForm
from assessments.models import Assessment, Round, Submission
from assessments.round_progress import State, Tally, reviewed_state, state_of, tally_of
from assessments.round_queries import deadline_change, tally_by_region_and_round, tally_by_round
from reviews.models import Query
from tests.assessments.answering import rate_everything, submit
from tests.people import Cast, Places
from tests.reviews import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def submissions(round_: Round, places: Places, cast: Cast) -> dict[str, Submission]:
    """Amber Valley and Derby have submitted."""
    people = {"amber-valley": cast.coordinator, "derby": cast.neighbour}
    return {slug: _sent(round_, slug, by) for slug, by in people.items()}


def _sent(round_: Round, slug: str, by: User) -> Submission:
    assessment = Assessment.objects.with_round().get(round=round_, partnership__slug=slug)
    rate_everything(assessment, by)
    made: Submission = submit(assessment, by)
    return made


def questions() -> Exists:
    return Exists(Query.objects.unanswered().filter(review__submission__assessment=OuterRef("pk")))


def test_every_state_is_counted_once(
    round_: Round, submissions: dict[str, Submission], places: Places, cast: Cast
) -> None:
    today = timezone.localdate()
    rows.send_back(rows.begin(submissions["amber-valley"]), cast.reviewer)
    query = rows.ask(rows.begin(submissions["derby"]), cast.reviewer)
    assert tally_by_round(today)[round_.pk] == Tally(not_started=2, returned=1, submitted=1)
    regions = [places.east_midlands]
    (asked,) = tally_by_region_and_round(regions, today, questions()).values()
    assert asked == Tally(returned=1, questions_open=1)
    rows.close(query.review, cast.reviewer)
    (closed,) = tally_by_region_and_round(regions, today, questions()).values()
    assert (closed, closed.sent, closed.total) == (Tally(returned=1, closed=1), 1, 2)


def test_what_was_returned_stays_so_after_its_day(submissions: dict[str, Submission], cast: Cast) -> None:
    rows.send_back(rows.begin(submissions["derby"]), cast.reviewer)
    later = timezone.localdate() + datetime.timedelta(days=99)
    tally = next(iter(tally_by_round(later).values()))
    assert (tally.returned, tally.not_submitted, tally.submitted) == (1, 2, 1)
    assert state_of(is_submitted=False, is_returned=True, is_begun=True, days_left=-1) is State.RETURNED


def test_a_tally_of_states_has_each_in_its_own_place() -> None:
    for state in State:
        tally = tally_of([state])
        assert (tally.of(state), tally.total, getattr(tally, state.name.lower())) == (1, 1, 1)


def test_a_closed_review_outweighs_what_it_left_unanswered() -> None:
    assert reviewed_state(has_questions=True, is_closed=True) is State.CLOSED
    assert reviewed_state(has_questions=True, is_closed=False) is State.QUESTIONS_OPEN
    assert reviewed_state(has_questions=False, is_closed=False) is State.SUBMITTED


def test_another_deadline_and_more_time_count_who_was_sent_back(
    round_: Round, submissions: dict[str, Submission], cast: Cast
) -> None:
    rows.send_back(rows.begin(submissions["derby"]), cast.reviewer)
    assert deadline_change(round_, round_.closes_on).waiting == 3
    offered = ExtensionForm(round_=round_).fields["partnership"].choices  # type: ignore[attr-defined]
    assert "Derby" in str(list(offered))
    assert "Amber Valley" not in str(list(offered))
