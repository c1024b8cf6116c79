"""A closed review is a second document: whole, without a name, chained to the submission's, and fixed."""

import json

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from assessments import documents as sent_documents
from assessments.models import Assessment, ReviewedRating, ReviewedSubmission, Submission
from assessments.services import ReviewWasClosed, withdraw_submission
from audit.models import Event
from reviews import documents, services
from reviews.models import Query, Review
from tests.assessments.answering import seat
from tests.assessments.at_once import all_at_once
from tests.people import Cast
from tests.reviews.reviewing import NOW, ask, close, give, post_of, recommend, summarise

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(sent: Submission, cast: Cast, second: User) -> Submission:
    """A review with something of everything, by two reviewers, one question replied to and one withdrawn."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six “meetings”")
    give(sent, "LAW.2", second, "", "No county here")
    summarise(sent, second, "Good on the whole")
    replied = ask(sent, cast.reviewer, code="LEAD.1")
    Query.objects.filter(pk=replied.pk).update(reply="The council", replied_by=seat(cast.officer), replied_at=NOW())
    ask(sent, cast.reviewer, "Still open?")
    services.withdraw_query(query=ask(sent, second, "A slip"), by=post_of(second), arrived_at=NOW())
    recommend(sent, second, code="LEAD.1")
    services.draw_sample(submission=sent, number=3, by=post_of(second), arrived_at=NOW())
    return sent


def kept(sent: Submission) -> documents.ReviewDocument:
    return documents.read(ReviewedSubmission.objects.get(submission=sent).document)


def test_closing_freezes_all_that_the_review_says(full: Submission, cast: Cast) -> None:
    review = close(full, cast.reviewer)
    document = kept(full)
    assert (review.status, review.ended_by) == (Review.Status.CLOSED, cast.reviewer)
    assert document.schema == "cdrp-portal/review/1"
    assert (document.reference, document.region) == (full.reference, "east-midlands")
    assert document.government_office == "Government Office for the East Midlands"
    assert document.summary == "Good on the whole"
    assert [(each.code, each.level, each.does_not_apply, each.reason) for each in document.criteria] == [
        ("LEAD.1", "working_towards", False, "Two of six “meetings”"),
        ("LAW.2", "", True, "No county here"),
    ]
    assert [(each.criterion, each.question, each.reply, each.replied_by) for each in document.questions] == [
        ("LEAD.1", "Who chairs it?", "The council", "Officer, Local authority"),
        ("", "Still open?", "", ""),
        *((code, document.questions[-1].question, "", "") for code in ("LEAD.1", "LAW.1", "LAW.2")),
    ]
    assert "Please say what evidence there is" in document.questions[-1].question
    assert all(each.asked_at.endswith("+00:00") for each in document.questions)
    assert [(each.submission, each.criterion, each.text) for each in document.recommendations] == [
        (1, "LEAD.1", "Name a chair")
    ]
    assert document.sample == ("LAW.1", "LAW.2", "LEAD.1")


def test_its_lines_are_rows_for_comparison(full: Submission, cast: Cast) -> None:
    close(full, cast.reviewer)
    rows = ReviewedRating.objects.values_list("criterion__code", "level__slug", "reason")
    assert list(rows) == [("LEAD.1", "working_towards", "Two of six “meetings”"), ("LAW.2", None, "No county here")]


def test_it_is_chained_to_what_it_was_said_of(full: Submission, cast: Cast) -> None:
    close(full, cast.reviewer)
    reviewed = full.reviewed
    assert reviewed.sha256 == sent_documents.fingerprint(reviewed.document)
    assert reviewed.submission_sha256 == full.sha256 == sent_documents.fingerprint(full.document)
    assert kept(full).submission_sha256 == full.sha256
    assert documents.canonical(kept(full)) == reviewed.document
    told = Event.objects.get(kind="review.closed")
    assert (told.target_type, (told.after or {})["sha256"]) == ("assessments.assessment", reviewed.sha256)


def test_no_name_of_a_person_is_in_it(full: Submission, cast: Cast) -> None:
    close(full, cast.reviewer)
    text = full.reviewed.document
    for user in User.objects.all():
        assert user.name not in text
        assert user.email not in text
    assert json.loads(text)["closed_by"] == "Reviewer, Government Office for the East Midlands"


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cdrp-portal/review/1"):
        documents.read('{"schema":"cdrp-portal/submission/1"}')


def test_the_database_refuses_to_change_a_closed_review(full: Submission, cast: Cast) -> None:
    close(full, cast.reviewer)
    for rows, change in (
        (ReviewedSubmission.objects.all(), {"document": "{}"}),
        (ReviewedSubmission.objects.all(), {"submission_sha256": "0" * 64}),
        (ReviewedRating.objects.all(), {"reason": "Softer"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_it_is_closed_once(full: Submission, cast: Cast, second: User) -> None:
    close(full, cast.reviewer)
    with pytest.raises(services.ReviewClosed):
        close(full, second)
    assert ReviewedSubmission.objects.count() == 1


def test_a_review_that_says_nothing_cannot_be_closed(sent: Submission, cast: Cast) -> None:
    with pytest.raises(services.NothingSaid):
        close(sent, cast.reviewer)
    assert not Review.objects.exists()


def test_a_closing_whose_event_cannot_be_written_is_none(
    full: Submission, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no trail")

    monkeypatch.setattr("reviews.services.closing.record", fail)
    with pytest.raises(RuntimeError):
        close(full, cast.reviewer)
    assert not ReviewedSubmission.objects.exists()
    assert Review.objects.get().is_open


@pytest.mark.django_db(transaction=True)
def test_of_four_who_close_at_once_one_does(full: Submission, cast: Cast, second: User) -> None:
    failed = all_at_once(*[lambda: close(full, cast.reviewer), lambda: close(full, second)] * 2)
    assert [type(problem) for problem in failed] == [services.ReviewClosed] * 3
    assert ReviewedSubmission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_is_withdrawn_or_its_review_closed_but_never_both(
    assessment: Assessment, full: Submission, cast: Cast
) -> None:
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    failed = all_at_once(
        lambda: close(full, cast.reviewer),
        lambda: withdraw_submission(assessment=fresh, number=1, by=seat(cast.coordinator), arrived_at=NOW()),
    )
    assert [type(problem) for problem in failed] in ([services.Withdrawn], [ReviewWasClosed])
    full = Submission.objects.get(pk=full.pk)
    assert hasattr(full, "reviewed") == (full.withdrawn_at is None)
