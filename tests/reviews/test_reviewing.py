"""Reviewed is reviewed: no reviewer's words are overwritten, and the partnership's stay as they were sent."""

import random
import uuid

import pytest

from accounts.models import User
from assessments.models import Rating, Submission
from audit.models import Event
from reviews import services
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from tests.assessments.at_once import Act, all_at_once
from tests.people import Cast
from tests.reviews import reviewing
from tests.reviews.reviewing import ask, close, give, post_of, recommend, summarise

pytestmark = pytest.mark.django_db


# A level and a reason


def test_a_level_stands_beside_the_partnerships_own(sent: Submission, cast: Cast) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six meetings")
    rating = ReviewerRating.objects.get()
    assert (rating.level and rating.level.slug, rating.reason, rating.revision) == (
        "working_towards",
        "Two of six meetings",
        1,
    )
    assert rating.updated_by == cast.reviewer
    theirs = Rating.objects.get(criterion__code="LEAD.1")
    assert (theirs.level and theirs.level.slug, theirs.reason) == ("some_success", "We meet")
    sent.refresh_from_db()
    assert sent.ratings.get(criterion__code="LEAD.1").level == theirs.level


def test_it_may_be_seen_that_a_criterion_does_not_apply(sent: Submission, cast: Cast) -> None:
    rating = give(sent, "LEAD.1", cast.reviewer, "", "No such duty here")
    assert (rating.level, rating.does_not_apply) == (None, True)


def test_a_review_begins_with_its_first_word(sent: Submission, cast: Cast) -> None:
    assert not Review.objects.exists()
    give(sent, "LEAD.1", cast.reviewer, "doing_well")
    give(sent, "LAW.1", cast.reviewer, "met")
    assert Review.objects.get().submission == sent
    assert Event.objects.filter(kind="review.begun").count() == 1


def test_a_colleague_who_read_an_older_revision_overwrites_nothing(sent: Submission, cast: Cast, second: User) -> None:
    give(sent, "LEAD.1", cast.reviewer, "doing_well", "First")
    with pytest.raises(services.Stale) as conflict:
        give(sent, "LEAD.1", second, "gap_identified", "Second")
    assert isinstance(conflict.value.current, ReviewerRating)
    assert conflict.value.current.reason == "First"
    assert ReviewerRating.objects.get().reason == "First"


def test_the_same_save_sent_again_is_saved_once(sent: Submission, cast: Cast) -> None:
    save_id = uuid.uuid4()
    for _attempt in range(2):
        rating = give(sent, "LEAD.1", cast.reviewer, "doing_well", save_id=save_id)
    assert rating.revision == 1
    assert Event.objects.filter(kind="review.rated").count() == 1


def test_saving_what_is_there_changes_nothing(sent: Submission, cast: Cast, second: User) -> None:
    give(sent, "LEAD.1", cast.reviewer, "doing_well")
    give(sent, "LEAD.1", second, "doing_well", revision=1)
    assert (ReviewerRating.objects.get().revision, ReviewerRating.objects.get().updated_by) == (1, cast.reviewer)


@pytest.mark.parametrize("does_not_apply", [True, False])
def test_a_level_of_another_scale_is_refused(sent: Submission, cast: Cast, does_not_apply: bool) -> None:
    level = reviewing.question(sent, "LAW.1").levels[0]
    for wrong in (services.Verdict(level, does_not_apply), services.Verdict(None, does_not_apply=False)):
        with pytest.raises(services.WrongLevel):
            services.save_reviewer_rating(
                submission=sent,
                question=reviewing.question(sent, "LEAD.1"),
                verdict=wrong,
                revision=0,
                save_id=uuid.uuid4(),
                by=post_of(cast.reviewer),
            )
    assert not Review.objects.exists()


def test_a_criterion_that_was_not_submitted_is_refused(sent: Submission, cast: Cast) -> None:
    # Only a submission without this line can show it, and lines cannot be taken out.
    other = Submission(pk=sent.pk + 999, assessment=sent.assessment)
    with pytest.raises(services.NotSubmittedCriterion):
        give(other, "LAW.2", cast.reviewer, "met")


def test_each_save_leaves_one_event_that_tells_before_and_after(sent: Submission, cast: Cast) -> None:
    give(sent, "LEAD.1", cast.reviewer, "gap_identified", "First")
    give(sent, "LEAD.1", cast.reviewer, "doing_well", "Second", revision=1)
    first, second = Event.objects.filter(kind="review.rated").order_by("pk")
    assert first.before is None
    assert ((second.before or {})["reason"], (second.after or {})["reason"]) == ("First", "Second")
    assert (second.actor_id, second.partnership) == (cast.reviewer.pk, "amber-valley")
    assert second.actor_role == "Reviewer, Government Office for the East Midlands"


def test_a_save_whose_event_cannot_be_written_is_not_a_save(
    sent: Submission, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no trail")

    monkeypatch.setattr("reviews.services.rating.record", fail)
    with pytest.raises(RuntimeError):
        give(sent, "LEAD.1", cast.reviewer, "doing_well")
    assert not Review.objects.exists()


# Only while it is open, and only the submission that counts


def test_nothing_is_written_to_a_submission_that_was_replaced_or_withdrawn(sent: Submission, cast: Cast) -> None:
    Submission.objects.filter(pk=sent.pk).update(is_current=False)
    with pytest.raises(services.SubmittedAgain):
        give(sent, "LEAD.1", cast.reviewer, "doing_well")
    Submission.objects.filter(pk=sent.pk).update(is_current=True, withdrawn_at=reviewing.NOW())
    with pytest.raises(services.Withdrawn):
        ask(sent, cast.reviewer)


@pytest.mark.parametrize("status", ["closed", "returned"])
def test_nothing_is_written_once_it_is_over(sent: Submission, cast: Cast, status: str) -> None:
    give(sent, "LEAD.1", cast.reviewer, "doing_well")
    reason = {"return_reason": "More"} if status == "returned" else {}
    Review.objects.update(status=status, ended_at=reviewing.NOW(), **reason)
    over = (services.ReviewClosed, services.ReviewReturned)
    for act in (
        lambda: give(sent, "LEAD.1", cast.reviewer, "gap_identified", revision=1),
        lambda: summarise(sent, cast.reviewer, "Late"),
        lambda: ask(sent, cast.reviewer),
        lambda: recommend(sent, cast.reviewer),
        lambda: draw(sent, cast, 1),
    ):
        with pytest.raises(over):
            act()
    assert not Query.objects.exists()
    assert not Recommendation.objects.exists()


# The summary


def test_the_summary_keeps_by_the_same_rule(sent: Submission, cast: Cast, second: User) -> None:
    summarise(sent, cast.reviewer, "Strong on leadership")
    with pytest.raises(services.Stale) as conflict:
        summarise(sent, second, "Weak on data")
    assert isinstance(conflict.value.current, Review)
    assert conflict.value.current.summary == "Strong on leadership"
    summarise(sent, second, "Both", revision=1)
    review = Review.objects.get()
    assert (review.summary, review.revision, review.updated_by) == ("Both", 2, second)


# Questions and recommendations


def test_a_question_is_dated_and_asked_once(sent: Submission, cast: Cast) -> None:
    first, second = ask(sent, cast.reviewer, code="LEAD.1"), ask(sent, cast.reviewer, code="LEAD.1")
    assert first == second
    whole = ask(sent, cast.reviewer)
    assert (first.criterion and first.criterion.code, whole.criterion) == ("LEAD.1", None)
    assert first.is_open
    assert Event.objects.filter(kind="review.asked").count() == 2


def test_a_question_can_be_withdrawn_until_it_has_its_reply(sent: Submission, cast: Cast) -> None:
    query = ask(sent, cast.reviewer)
    for _twice in range(2):
        services.withdraw_query(query=query, by=post_of(cast.reviewer), arrived_at=reviewing.NOW())
    assert not Query.objects.unanswered().exists()
    assert Event.objects.filter(kind="review.question_withdrawn").count() == 1
    other = ask(sent, cast.reviewer, "And who deputises?")
    seat = cast.officer.memberships.get()
    Query.objects.filter(pk=other.pk).update(reply="Ann", replied_by=seat, replied_at=reviewing.NOW())
    with pytest.raises(services.AlreadyReplied):
        services.withdraw_query(query=other, by=post_of(cast.reviewer), arrived_at=reviewing.NOW())


def test_a_recommendation_is_made_once_and_can_be_withdrawn(sent: Submission, cast: Cast) -> None:
    first, second = recommend(sent, cast.reviewer, code="LEAD.1"), recommend(sent, cast.reviewer, code="LEAD.1")
    assert first == second
    services.withdraw_recommendation(recommendation=first, by=post_of(cast.reviewer), arrived_at=reviewing.NOW())
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Event.objects.filter(kind="review.recommendation_withdrawn").count() == 1


def test_what_a_closed_review_holds_is_not_withdrawn(sent: Submission, cast: Cast) -> None:
    query, recommendation = ask(sent, cast.reviewer), recommend(sent, cast.reviewer)
    give(sent, "LEAD.1", cast.reviewer, "doing_well")
    close(sent, cast.reviewer)
    with pytest.raises(services.ReviewClosed):
        services.withdraw_query(query=query, by=post_of(cast.reviewer), arrived_at=reviewing.NOW())
    with pytest.raises(services.ReviewClosed):
        services.withdraw_recommendation(
            recommendation=recommendation, by=post_of(cast.reviewer), arrived_at=reviewing.NOW()
        )


def test_a_whole_page_is_saved_or_nothing_of_it(sent: Submission, cast: Cast, second: User) -> None:
    give(sent, "LEAD.1", cast.reviewer, "doing_well", "First")
    remarks = services.Remarks(reviewing.verdict(sent, "LEAD.1", "gap_identified", "Mine"), "Why?", "Do it")
    with pytest.raises(services.Stale):
        _page(sent, remarks, second, revision=0)
    assert not Query.objects.exists()
    assert not Recommendation.objects.exists()
    _page(sent, remarks, second, revision=1)
    assert Query.objects.get().question == "Why?"
    assert Recommendation.objects.get().text == "Do it"


def _page(sent: Submission, remarks: services.Remarks, by: User, revision: int) -> None:
    services.review_criterion(
        submission=sent,
        question=reviewing.question(sent, "LEAD.1"),
        remarks=remarks,
        revision=revision,
        save_id=uuid.uuid4(),
        by=post_of(by),
        arrived_at=reviewing.NOW(),
    )


# The sample


def draw(sent: Submission, cast: Cast, number: int, chance: random.Random | None = None) -> list[str]:
    drawn = services.draw_sample(
        submission=sent, number=number, by=post_of(cast.reviewer), arrived_at=reviewing.NOW(), chance=chance
    )
    return [criterion.code for criterion in drawn]


def test_a_sample_is_drawn_from_what_applies_and_never_twice(sent: Submission, cast: Cast) -> None:
    first = draw(sent, cast, 2)
    rest = draw(sent, cast, 1)
    assert sorted(first + rest) == ["LAW.1", "LAW.2", "LEAD.1"]
    with pytest.raises(services.TooFewLeft) as refusal:
        draw(sent, cast, 1)
    assert refusal.value.left == 0
    assert SampledCriterion.objects.count() == 3
    asked = Query.objects.values_list("criterion__code", "replied_at")
    assert sorted(asked) == [("LAW.1", None), ("LAW.2", None), ("LEAD.1", None)]
    event = Event.objects.filter(kind="review.sampled").order_by("pk")[0]
    assert event.after == {"drawn": sorted(first), "of": 3}


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_sample_of_too_many_or_none_is_refused_and_draws_nothing(sent: Submission, cast: Cast, number: int) -> None:
    with pytest.raises(services.TooFewLeft):
        draw(sent, cast, number)
    assert not SampledCriterion.objects.exists()
    assert not Review.objects.exists()


def test_every_criterion_can_be_drawn_first(sent: Submission, cast: Cast) -> None:
    class Last(random.Random):
        def sample(self, population: list[object], k: int, **_: object) -> list[object]:  # type: ignore[override]
            return population[-k:]

    assert draw(sent, cast, 1, Last()) == ["LAW.2"]
    assert draw(sent, cast, 1, Last()) == ["LAW.1"]


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_eight_reviewers_saving_one_rating_at_once_end_as_one_saved_and_seven_told(
    sent: Submission, cast: Cast
) -> None:
    failed = all_at_once(*[_writer(sent, cast, number) for number in range(8)])
    assert [type(problem) for problem in failed] == [services.Stale] * 7
    assert ReviewerRating.objects.get().revision == 1
    assert Review.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_save_that_races_the_closing_is_inside_it_or_refused(sent: Submission, cast: Cast, second: User) -> None:
    give(sent, "LAW.1", cast.reviewer, "met")
    failed = all_at_once(
        lambda: give(sent, "LEAD.1", second, "doing_well", "At the last moment"), lambda: close(sent, cast.reviewer)
    )
    sent.refresh_from_db()
    assert [type(problem) for problem in failed] in ([], [services.ReviewClosed])
    assert ("At the last moment" in sent.reviewed.document) == (not failed)


@pytest.mark.django_db(transaction=True)
def test_draws_at_the_same_moment_draw_nothing_twice(sent: Submission, cast: Cast) -> None:
    assert all_at_once(*[lambda: draw(sent, cast, 1)] * 3) == []
    assert SampledCriterion.objects.values("criterion").distinct().count() == 3


def _writer(sent: Submission, cast: Cast, number: int) -> Act:
    return lambda: give(sent, "LEAD.1", cast.reviewer, "doing_well", f"Writer {number}")
