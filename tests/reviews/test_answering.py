"""A reply is given once, a recommendation becomes one action, and a closed review changes no more."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Assessment, ImprovementAction
from assessments.services import ActionPlan
from audit.models import Event
from partnerships.models import Agency
from reviews.models import Query, Recommendation, Review
from reviews.services import answering
from reviews.services.states import Refused, ReviewClosed
from tests.assessments.answering import question, seat
from tests.people import Cast, Places
from tests.reviews import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(assessment: Assessment, cast: Cast) -> Review:
    return rows.begin(rows.submitted(assessment, cast))


@pytest.fixture
def query(review: Review, cast: Cast) -> Query:
    return rows.ask(review, cast.reviewer, code="LEAD.1")


def answer(query: Query, by: User, text: str = "We counted.") -> Query:
    return answering.reply_to_query(query=query, text=text, by=seat(by), arrived_at=timezone.now())


def take_up(recommendation: Recommendation, by: User, **changes: Any) -> ImprovementAction:
    about = recommendation.criterion.code if recommendation.criterion else "LEAD.2"
    agency = Agency.objects.get(partnership__slug="amber-valley", name="Police force")
    plan = {"text": "Share one audit", "owner": agency, "due_on": timezone.localdate() + datetime.timedelta(days=9)}
    return answering.take_up(
        recommendation=recommendation,
        question=question(recommendation.review.submission.assessment, about),
        plan=ActionPlan(**{**plan, **changes}),
        by=seat(by),
        arrived_at=timezone.now(),
    )


class TestReply:
    def test_it_is_kept_with_its_writer_and_recorded(self, query: Query, cast: Cast) -> None:
        answer(query, cast.officer)
        query.refresh_from_db()
        assert (query.reply, query.replied_by, query.is_open) == ("We counted.", seat(cast.officer), False)
        event = Event.objects.get(kind="review.replied")
        assert event.after == {"code": query.code, "reply": "We counted."}
        assert event.actor_role == "Officer, Local authority"

    def test_the_second_of_two_officers_is_refused_with_the_first_reply(self, query: Query, cast: Cast) -> None:
        answer(query, cast.officer)
        with pytest.raises(answering.RepliedFirst) as refused:
            answer(query, cast.colleague, "We guessed.")
        assert refused.value.current.reply == "We counted."
        query.refresh_from_db()
        assert query.reply == "We counted."

    def test_nobody_corrects_their_own_reply(self, query: Query, cast: Cast) -> None:
        answer(query, cast.officer)
        with pytest.raises(answering.RepliedFirst):
            answer(query, cast.officer, "We counted twice.")

    def test_a_double_click_is_one_reply(self, query: Query, cast: Cast) -> None:
        first, second = (answer(query, cast.officer) for _press in "ab")
        assert first.replied_at == second.replied_at
        assert Event.objects.filter(kind="review.replied").count() == 1

    def test_a_question_taken_back_takes_no_reply(self, query: Query, cast: Cast) -> None:
        Query.objects.update(withdrawn_at=timezone.now())
        with pytest.raises(answering.QueryWithdrawn):
            answer(query, cast.officer)

    def test_a_closed_review_takes_no_reply(self, query: Query, cast: Cast) -> None:
        rows.close(query.review, cast.reviewer)
        with pytest.raises(ReviewClosed):
            answer(query, cast.officer)

    def test_what_was_asked_before_it_was_returned_is_answered_until_the_next_review_closes(
        self, assessment: Assessment, query: Query, cast: Cast
    ) -> None:
        other = rows.ask(query.review, cast.reviewer, "And where?")
        rows.send_back(query.review, cast.reviewer)
        answer(query, cast.officer)
        second = services.submit_assessment(
            assessment=assessment, agreed_by=["Local authority"], by=seat(cast.coordinator), arrived_at=timezone.now()
        )
        rows.close(rows.begin(second), cast.reviewer)
        with pytest.raises(ReviewClosed):
            answer(other, cast.officer)


class TestTakeUp:
    @pytest.fixture
    def recommendation(self, review: Review, cast: Cast) -> Recommendation:
        rows.close(review, cast.reviewer)
        return rows.recommend(review, cast.reviewer, code="LEAD.1")

    def test_the_recommendation_points_to_the_action(self, recommendation: Recommendation, cast: Cast) -> None:
        action = take_up(recommendation, cast.officer)
        recommendation.refresh_from_db()
        assert recommendation.action == action
        assert (action.text, action.owner.name, action.criterion.code) == ("Share one audit", "Police force", "LEAD.1")
        assert action.raised_in == recommendation.review.submission.assessment
        kinds = Event.objects.filter(kind__in=["action.raised", "review.taken_up"]).values_list("kind", flat=True)
        assert sorted(kinds) == ["action.raised", "review.taken_up"]

    def test_it_needs_no_low_level(self, assessment: Assessment, recommendation: Recommendation, cast: Cast) -> None:
        top = question(assessment, "LEAD.1").levels[-1]
        assessment.ratings.filter(criterion__code="LEAD.1").update(level=top)
        assert take_up(recommendation, cast.officer).pk

    def test_it_is_taken_up_once(self, recommendation: Recommendation, cast: Cast) -> None:
        action = take_up(recommendation, cast.officer)
        assert take_up(recommendation, cast.officer) == action
        with pytest.raises(answering.TakenUpFirst) as refused:
            take_up(recommendation, cast.colleague, text="Share two audits")
        assert refused.value.current == action
        assert ImprovementAction.objects.count() == 1

    def test_two_recommendations_may_come_to_the_same_action(self, recommendation: Recommendation, cast: Cast) -> None:
        other = rows.recommend(recommendation.review, cast.reviewer, "Do share it.", code="LEAD.1")
        assert take_up(recommendation, cast.officer) != take_up(other, cast.officer)

    def test_a_bad_plan_leaves_the_recommendation_as_it_was(
        self, recommendation: Recommendation, places: Places, cast: Cast
    ) -> None:
        theirs = Agency.objects.get(partnership=places.derby)
        for changes in ({"due_on": timezone.localdate() - datetime.timedelta(days=1)}, {"owner": theirs}):
            with pytest.raises(services.ActionRefused):
                take_up(recommendation, cast.officer, **changes)
        recommendation.refresh_from_db()
        assert recommendation.action is None
        assert not ImprovementAction.objects.exists()

    def test_one_that_was_taken_back_is_refused(self, recommendation: Recommendation, cast: Cast) -> None:
        Recommendation.objects.update(withdrawn_at=timezone.now())
        with pytest.raises(answering.NotForTakingUp):
            take_up(recommendation, cast.officer)

    def test_one_of_a_review_that_goes_on_is_refused(self, review: Review, cast: Cast) -> None:
        with pytest.raises(Refused):
            take_up(rows.recommend(review, cast.reviewer), cast.officer)
