"""Returned with reasons: the partnership edits and submits again, and what still holds is not reviewed twice."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Extension, Rating, Submission
from assessments.review_services import BeforeItCloses, NotSubmitted
from assessments.round_services import ExtensionInThePast
from assessments.services import AlreadySubmitted, DeadlinePassed
from audit.models import Event
from reviews import documents, services
from reviews.models import Query, Review, ReviewerRating
from tests.assessments import answering
from tests.assessments.at_once import all_at_once
from tests.people import Cast
from tests.reviews import reviewing
from tests.reviews.reviewing import ask, close, give, recommend, send_back, summarise

pytestmark = pytest.mark.django_db


def again_open(assessment: Assessment) -> Assessment:
    return Assessment.objects.with_round().get(pk=assessment.pk)


def test_a_return_lets_the_partnership_edit_until_the_day(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    with pytest.raises(AlreadySubmitted):
        answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well", revision=1)
    review = send_back(sent, cast.reviewer, days=40, reason="Say who chairs it")
    assert (review.status, review.return_reason) == (Review.Status.RETURNED, "Say who chairs it")
    assert (review.ended_by, review.ended_at is not None) == (cast.reviewer, True)
    fresh = again_open(assessment)
    assert fresh.status == Assessment.Status.RETURNED
    assert fresh.closes_on == timezone.localdate() + datetime.timedelta(days=40)
    answering.rate(fresh, "LEAD.1", cast.officer, level="doing_well", revision=1)
    with pytest.raises(DeadlinePassed):
        answering.submit(fresh, cast.coordinator, fresh.closes_at + datetime.timedelta(seconds=1))


def test_what_was_submitted_counts_until_the_next_submission(
    assessment: Assessment, sent: Submission, cast: Cast
) -> None:
    send_back(sent, cast.reviewer)
    assert Submission.objects.get(is_current=True) == sent
    second = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="We meet monthly")
    assert Submission.objects.get(is_current=True) == second
    assert (second.number, second.previous_sha256) == (2, sent.sha256)
    sent.refresh_from_db()
    assert "We meet monthly" not in sent.document


def test_a_day_before_the_end_of_the_round_is_refused_and_that_day_needs_no_extension(
    assessment: Assessment, sent: Submission, cast: Cast
) -> None:
    with pytest.raises(BeforeItCloses):
        send_back(sent, cast.reviewer, days=29)
    assert not Review.objects.exists()
    send_back(sent, cast.reviewer, days=30)
    assert not Extension.objects.exists()
    assert again_open(assessment).is_open(reviewing.NOW())


def test_after_the_round_any_day_from_today_will_do(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    today = timezone.localdate()
    assessment.round.closes_on = today - datetime.timedelta(days=3)
    assessment.round.save()
    with pytest.raises(ExtensionInThePast):
        send_back(sent, cast.reviewer, days=-1)
    send_back(sent, cast.reviewer, days=0)
    assert Extension.objects.get().until == today
    assert again_open(assessment).is_open(reviewing.NOW())


def test_a_return_moves_an_extension_that_is_there(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    today = timezone.localdate()
    Extension.objects.create(
        round=assessment.round,
        partnership=assessment.partnership,
        until=today + datetime.timedelta(days=35),
        reason="Illness",
    )
    with pytest.raises(BeforeItCloses):
        send_back(sent, cast.reviewer, days=34)
    send_back(sent, cast.reviewer, days=50)
    assert Extension.objects.get().until == today + datetime.timedelta(days=50)
    event = Event.objects.get(kind="round.extended")
    assert (event.partnership, event.actor_role) == (
        "amber-valley",
        "Reviewer, Government Office for the East Midlands",
    )


def test_it_is_returned_once(sent: Submission, cast: Cast, second: User) -> None:
    send_back(sent, cast.reviewer)
    with pytest.raises(NotSubmitted):
        send_back(sent, second)
    assert Event.objects.filter(kind="review.returned").count() == 1


def test_a_closed_review_is_not_returned(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    summarise(sent, cast.reviewer, "Done")
    close(sent, cast.reviewer)
    with pytest.raises(services.ReviewClosed):
        send_back(sent, cast.reviewer)
    assert again_open(assessment).is_submitted
    assert not Extension.objects.exists()


# The next submission


def test_what_was_said_of_unchanged_answers_is_carried_over(
    assessment: Assessment, sent: Submission, cast: Cast, second: User
) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Of the old answer")
    give(sent, "LAW.1", second, "partly_met", "Still holds")
    give(sent, "LEAD.2", second, "gap_identified", "It applies")
    send_back(sent, cast.reviewer)
    new = reviewing.again(assessment, cast, "LEAD.1", level="some_success", reason="We meet monthly")
    give(new, "LAW.2", cast.reviewer, "not_met", "First word")
    review = Review.objects.get(submission=new)
    found = {rating.criterion.code: rating for rating in review.ratings.select_related("criterion")}
    assert sorted(found) == ["LAW.1", "LAW.2", "LEAD.2"]
    assert (found["LAW.1"].reason, found["LAW.1"].revision, found["LAW.1"].updated_by) == ("Still holds", 0, second)
    assert ReviewerRating.objects.filter(review__submission=sent).count() == 3
    event = Event.objects.filter(kind="review.begun").first()
    assert event
    assert (event.after or {})["carried"] == ["LAW.1", "LEAD.2"]


@pytest.mark.parametrize(
    "change",
    [
        {"level": "doing_well", "reason": "We meet", "indicators": {1: "yes", 2: "partly"}},
        {"level": "some_success", "reason": "We met", "indicators": {1: "yes", 2: "partly"}},
        {"level": "some_success", "reason": "We meet", "indicators": {1: "yes", 2: "yes"}},
    ],
)
def test_a_level_a_reason_or_a_sign_that_changed_is_reviewed_again(
    assessment: Assessment, sent: Submission, cast: Cast, change: dict[str, object]
) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards")
    send_back(sent, cast.reviewer)
    new = reviewing.again(assessment, cast, "LEAD.1", **change)
    summarise(new, cast.reviewer, "A start")
    assert not ReviewerRating.objects.filter(review__submission=new).exists()


def test_new_evidence_is_reviewed_again(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards")
    send_back(sent, cast.reviewer)
    rating = Rating.objects.get(criterion__code="LEAD.1")
    rating.evidence.create(number=1, title="Minutes", link="https://example.org/", added_by=cast.officer)
    new = answering.submit(again_open(assessment), cast.coordinator)
    summarise(new, cast.reviewer, "A start")
    assert not ReviewerRating.objects.filter(review__submission=new).exists()


def test_after_a_withdrawal_too_the_review_starts_from_what_holds(
    assessment: Assessment, sent: Submission, cast: Cast
) -> None:
    give(sent, "LAW.1", cast.reviewer, "partly_met", "Still holds")
    Submission.objects.filter(pk=sent.pk).update(is_current=False, withdrawn_at=reviewing.NOW())
    Assessment.objects.update(status="draft")
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="Better")
    summarise(new, cast.reviewer, "A start")
    assert ReviewerRating.objects.get(review__submission=new).reason == "Still holds"


def test_a_carried_level_can_be_changed_by_one_of_two(
    assessment: Assessment, sent: Submission, cast: Cast, second: User
) -> None:
    give(sent, "LAW.1", cast.reviewer, "partly_met")
    send_back(sent, cast.reviewer)
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="Better")
    give(new, "LAW.1", cast.reviewer, "met", revision=0)
    with pytest.raises(services.Stale):
        give(new, "LAW.1", second, "not_met", revision=0)


def test_questions_and_recommendations_of_both_submissions_are_in_the_closed_review(
    assessment: Assessment, sent: Submission, cast: Cast
) -> None:
    ask(sent, cast.reviewer, "Of the first")
    recommend(sent, cast.reviewer, "From the first")
    send_back(sent, cast.reviewer)
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="Better")
    ask(new, cast.reviewer, "Of the second")
    summarise(new, cast.reviewer, "Done")
    close(new, cast.reviewer)
    document = documents.read(new.reviewed.document)
    assert [(each.submission, each.question) for each in document.questions] == [
        (1, "Of the first"),
        (2, "Of the second"),
    ]
    assert [(each.submission, each.text) for each in document.recommendations] == [(1, "From the first")]


def test_a_question_of_a_returned_submission_can_still_be_withdrawn(sent: Submission, cast: Cast) -> None:
    query = ask(sent, cast.reviewer)
    send_back(sent, cast.reviewer)
    services.withdraw_query(query=query, by=reviewing.post_of(cast.reviewer), arrived_at=reviewing.NOW())
    assert not Query.objects.unanswered().exists()


@pytest.mark.django_db(transaction=True)
def test_a_review_is_closed_or_returned_but_never_both(
    assessment: Assessment, sent: Submission, cast: Cast, second: User
) -> None:
    summarise(sent, cast.reviewer, "Done")
    failed = all_at_once(lambda: close(sent, cast.reviewer), lambda: send_back(sent, second))
    assert [type(problem) for problem in failed] in ([services.ReviewClosed], [services.ReviewReturned])
    is_closed = Review.objects.get().status == Review.Status.CLOSED
    assert is_closed == again_open(assessment).is_submitted == hasattr(Submission.objects.get(), "reviewed")


@pytest.mark.django_db(transaction=True)
def test_two_first_words_on_the_next_submission_carry_over_once(
    assessment: Assessment, sent: Submission, cast: Cast, second: User
) -> None:
    give(sent, "LAW.1", cast.reviewer, "partly_met")
    send_back(sent, cast.reviewer)
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="Better")
    failed = all_at_once(
        lambda: give(new, "LAW.2", cast.reviewer, "met"), lambda: give(new, "LEAD.1", second, "doing_well")
    )
    assert failed == []
    assert ReviewerRating.objects.filter(review__submission=new).count() == 3
