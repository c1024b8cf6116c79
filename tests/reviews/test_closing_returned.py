"""A submission that was returned and never came back: its review is closed as returned, and nothing is lost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments import documents as sent_documents
from assessments.models import Assessment, Extension, ReviewedRating, ReviewedSubmission, Round, Submission
from assessments.round_progress import State
from assessments.round_queries import tally_by_region
from assessments.services import Refused as AssessmentRefused
from audit.models import Event
from partnerships.models import Region
from reviews import documents, services
from reviews.models import Query, Review
from reviews.region_queries import lines_of
from reviews.services.answering import reply_to_query
from tests.assessments import answering
from tests.assessments.answering import seat
from tests.assessments.at_once import all_at_once
from tests.people import Cast
from tests.reviews import reviewing
from tests.reviews.reviewing import NOW, ask, close, give, post_of, recommend, send_back, summarise, text_of, url

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]
REASON = "Say who chairs it"
AS_RETURNED = "Close the review as returned"


@pytest.fixture
def returned(sent: Submission, cast: Cast) -> Submission:
    """A submission with a level and a question, sent back for forty days."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six")
    ask(sent, cast.reviewer)
    recommend(sent, cast.reviewer)
    send_back(sent, cast.reviewer, reason=REASON)
    return sent


def last_moment(submission: Submission) -> datetime.datetime:
    return Assessment.objects.with_round().get(pk=submission.assessment_id).closes_at


def too_late(submission: Submission) -> datetime.datetime:
    return last_moment(submission) + datetime.timedelta(seconds=1)


def close_at(submission: Submission, by: User, at: datetime.datetime) -> Review:
    return services.close_review(submission=submission, by=post_of(by), arrived_at=at)


def let_time_pass(submission: Submission) -> None:
    """End the round, and what was given beyond it, yesterday."""
    over = timezone.localdate() - datetime.timedelta(days=1)
    Round.objects.filter(pk=submission.assessment.round_id).update(closes_on=over)
    Extension.objects.update(until=over)


# The service


def test_while_the_partnership_can_answer_it_is_not_closed(returned: Submission, cast: Cast) -> None:
    with pytest.raises(services.ReviewReturned):
        close_at(returned, cast.reviewer, last_moment(returned))
    assert not ReviewedSubmission.objects.exists()
    assert Review.objects.get().return_reason == REASON


def test_afterwards_it_is_closed_with_all_that_it_said_and_why_it_was_returned(
    returned: Submission, cast: Cast
) -> None:
    sent_back_at = Review.objects.get().ended_at
    review = close_at(returned, cast.reviewer, too_late(returned))
    reviewed = ReviewedSubmission.objects.get()
    document = documents.read(reviewed.document)
    assert review.status == Review.Status.CLOSED
    assert sent_back_at
    assert document.returned_at == sent_back_at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    assert document.return_reason == documents.why_returned(reviewed.document) == REASON
    assert [(each.code, each.level, each.reason) for each in document.criteria] == [
        ("LEAD.1", "working_towards", "Two of six")
    ]
    assert (len(document.questions), len(document.recommendations)) == (1, 1)
    assert documents.canonical(document) == reviewed.document
    assert (reviewed.sha256, reviewed.submission_sha256) == (
        sent_documents.fingerprint(reviewed.document),
        returned.sha256,
    )
    assert ReviewedRating.objects.count() == 1


def test_a_return_with_nothing_but_its_reason_can_be_closed(sent: Submission, cast: Cast) -> None:
    send_back(sent, cast.reviewer, reason=REASON)
    close_at(sent, cast.reviewer, too_late(sent))
    assert documents.read(ReviewedSubmission.objects.get().document).return_reason == REASON


def test_a_review_that_was_never_returned_says_nothing_of_it(sent: Submission, cast: Cast) -> None:
    summarise(sent, cast.reviewer, "Good")
    close(sent, cast.reviewer)
    text = ReviewedSubmission.objects.get().document
    assert "return" not in text
    assert documents.canonical(documents.read(text)) == text


def test_the_trail_tells_what_it_was_and_the_history_of_the_partnership_too(
    returned: Submission, cast: Cast, sign_in: SignIn
) -> None:
    close_at(returned, cast.reviewer, too_late(returned))
    event = Event.objects.filter(kind="review.ended").order_by("pk").last()
    assert event
    assert (event.before, event.after) == ({"status": "returned", "reason": REASON}, {"status": "closed"})
    history = sign_in(cast.officer).get(answering.url("history", returned.assessment)).content.decode()
    assert "closed the review of the submission 2027-AMBER-VALLEY-1 as returned" in history


def test_it_is_closed_once_and_not_by_whoever_only_reads(
    returned: Submission, cast: Cast, second: User, sign_in: SignIn
) -> None:
    let_time_pass(returned)
    assert sign_in(cast.administrator).post(url("close")).status_code == 403
    close(returned, cast.reviewer)
    with pytest.raises(services.ReviewClosed):
        close(returned, second)
    assert ReviewedSubmission.objects.count() == 1


def test_a_closing_whose_event_cannot_be_written_leaves_it_returned(
    returned: Submission, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no trail")

    monkeypatch.setattr("reviews.services.closing.record", fail)
    with pytest.raises(RuntimeError):
        close_at(returned, cast.reviewer, too_late(returned))
    review = Review.objects.get()
    assert (review.status, review.return_reason) == (Review.Status.RETURNED, REASON)
    assert not ReviewedSubmission.objects.exists()


def test_questions_left_over_cannot_be_answered_any_more(returned: Submission, cast: Cast) -> None:
    close_at(returned, cast.reviewer, too_late(returned))
    with pytest.raises(services.ReviewClosed):
        reply_to_query(query=Query.objects.get(), text="Late", by=seat(cast.officer), arrived_at=NOW())


def test_who_is_given_more_time_submits_again_and_answers_what_is_asked_then(
    assessment: Assessment, returned: Submission, cast: Cast
) -> None:
    let_time_pass(returned)
    close(returned, cast.reviewer)
    Extension.objects.update(until=timezone.localdate())
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="Better")
    assert (new.number, new.is_current) == (2, True)
    asked = ask(new, cast.reviewer, "Since when?")
    reply_to_query(query=Query.objects.get(pk=asked.pk), text="May", by=seat(cast.officer), arrived_at=NOW())
    old = Query.objects.get(review__submission=returned)
    with pytest.raises(services.ReviewClosed):
        reply_to_query(query=old, text="Late", by=seat(cast.officer), arrived_at=NOW())
    assert hasattr(Submission.objects.get(pk=returned.pk), "reviewed")


@pytest.mark.django_db(transaction=True)
def test_a_submission_that_came_in_time_is_never_shut_out(
    assessment: Assessment, returned: Submission, cast: Cast
) -> None:
    fresh, at = Assessment.objects.with_round().get(pk=assessment.pk), last_moment(returned)
    failed = all_at_once(
        lambda: close_at(returned, cast.reviewer, at + datetime.timedelta(seconds=1)),
        lambda: answering.submit(fresh, cast.coordinator, at),
    )
    assert [problem for problem in failed if isinstance(problem, AssessmentRefused)] == [
        problem for problem in failed if isinstance(problem, services.SubmittedAgain)
    ]
    assert Submission.objects.get(is_current=True).number == 2


@pytest.mark.parametrize("lock", ["close", "withdraw"])
def test_who_closes_or_takes_back_sees_what_happened_while_waiting_for_the_assessment(
    sent: Submission, cast: Cast, lock: str
) -> None:
    """Somebody else's act is over when the lock of the assessment is given; whoever does not wait for it misses it."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six")
    asked = ask(sent, cast.reviewer)
    acts: dict[str, tuple[Callable[[], object], Callable[[], object], type[Exception]]] = {
        "close": (
            lambda: close(sent, cast.reviewer),
            lambda: Submission.objects.update(is_current=False, withdrawn_at=NOW()),
            services.Withdrawn,
        ),
        "withdraw": (
            lambda: services.withdraw_query(query=asked, by=post_of(cast.reviewer), arrived_at=NOW()),
            lambda: Review.objects.update(status="closed", ended_at=NOW(), ended_by=cast.reviewer),
            services.ReviewClosed,
        ),
    }
    act, meanwhile, refusal = acts[lock]
    done: list[str] = []

    def interleave(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_lock = 'FROM "assessments_assessment"' in sql and (connection.vendor == "sqlite" or "FOR UPDATE" in sql)
        if is_lock and not done:
            done.append(sql)
            meanwhile()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(interleave), pytest.raises(refusal):
        act()
    assert done
    assert not ReviewedSubmission.objects.exists()


# The pages of the Government Office


def test_the_way_to_close_it_is_there_when_the_time_is_over(
    returned: Submission, office: Client, cast: Cast, sign_in: SignIn
) -> None:
    page = text_of(office, url())
    assert "if it does not, you can close the review as returned." in page
    assert AS_RETURNED not in page
    assert "After that you can close the review as returned." in text_of(office, url("close"))
    assert office.post(url("close")).status_code == 409
    let_time_pass(returned)
    page = text_of(office, url())
    assert REASON in page
    assert f'href="{url("close")}">{AS_RETURNED}</a>' in page
    assert f'<h1 class="govuk-heading-l">{AS_RETURNED}</h1>' in text_of(office, url("close"))
    assert AS_RETURNED not in text_of(sign_in(cast.administrator), url())


def test_once_closed_the_page_tells_both_and_offers_nothing(returned: Submission, office: Client) -> None:
    let_time_pass(returned)
    answer = office.post(url("close"))
    assert (answer.status_code, answer.headers["Location"]) == (302, url())
    page = text_of(office, url())
    for words in ("The review was closed as returned on", "Why it was returned:", REASON, "Working towards"):
        assert words in page
    for offered in (AS_RETURNED, 'href="#end-title"', "<textarea", "Withdraw the question"):
        assert offered not in page


def test_the_region_counts_it_as_closed_and_reminds_nobody(returned: Submission, cast: Cast) -> None:
    let_time_pass(returned)
    region, today = Region.objects.get(slug="east-midlands"), timezone.localdate()
    round_ = Round.objects.get(pk=returned.assessment.round_id)

    def told() -> tuple[State, int, int, int]:
        line = next(line for line in lines_of(region, round_, today) if line.slug == "amber-valley")
        tally = tally_by_region(round_, today)[region.pk]
        return line.state, line.questions, tally.returned, tally.closed

    assert told() == (State.RETURNED, 1, 1, 0)
    close(returned, cast.reviewer)
    assert told() == (State.CLOSED, 0, 0, 1)


# The pages of the partnership


def questions_page(client: Client) -> str:
    return text_of(client, reverse("reviews:questions", args=["2027", "amber-valley"]))


def test_the_partnership_reads_what_happened_and_keeps_its_draft(
    assessment: Assessment, returned: Submission, cast: Cast, sign_in: SignIn
) -> None:
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    answering.rate(fresh, "LEAD.1", cast.officer, level="doing_well", reason="Edited since", revision=1)
    let_time_pass(returned)
    close(returned, cast.reviewer)
    officer = sign_in(cast.officer)
    page = questions_page(officer)
    for words in (
        "Closed as returned by the Government Office for the East Midlands",
        "Submission 1 stands as it was sent",
        REASON,
        "No reply was given before the review closed.",
        "Two of six",
        "Make an improvement action",
    ):
        assert words in page
    assert "You were given more time" not in page
    assert 'name="reply' not in page
    assert "Edited since" in officer.get(answering.url("criterion", assessment, "LEAD.1")).content.decode()
    Extension.objects.update(until=timezone.localdate())
    assert "You were given more time" in questions_page(officer)
