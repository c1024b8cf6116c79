"""A submission is complete, exact, frozen, and made once."""

import datetime
import json

import pytest
from django.db import DatabaseError, connection, transaction

from assessments import documents
from assessments.models import Assessment, Round, Submission, SubmittedRating
from assessments.services import AlreadySubmitted, DeadlinePassed, Incomplete
from audit.models import Event
from tests.assessments.answering import NOW, rate, rate_everything, submit
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    rate(
        assessment,
        "LEAD.2",
        cast.officer,
        does_not_apply=True,
        reason="We have no partners <yet>.",
        revision=1,
    )
    return submit(assessment, cast.coordinator)  # type: ignore[no-any-return]


def test_the_document_says_what_was_answered(submission: Submission) -> None:
    document = documents.read(submission.document)
    answers = {entry.code: (entry.level, entry.does_not_apply) for entry in document.every_criterion()}
    assert answers["LEAD.1"] == ("working_towards", False)
    assert answers["LEAD.2"] == ("", True)
    assert document.submitted_by == "Coordinator, Local authority"
    assert document.agreed_by == ("Local authority",)


def test_the_document_names_no_person(submission: Submission, cast: Cast) -> None:
    for person in (cast.officer, cast.coordinator):
        assert person.name not in submission.document
        assert person.email not in submission.document


def test_its_fingerprint_is_that_of_its_text(submission: Submission) -> None:
    assert submission.sha256 == documents.fingerprint(submission.document)


def test_reading_and_writing_the_document_gives_the_same_text(submission: Submission) -> None:
    assert documents.canonical(documents.read(submission.document)) == submission.document


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cdrp-portal"):
        documents.read(json.dumps({"schema": "something/else"}))


def test_the_packed_levels_stand_in_published_order(submission: Submission) -> None:
    assert submission.levels == "1-11"


def test_it_leaves_a_row_for_each_criterion_asked(submission: Submission) -> None:
    rows = SubmittedRating.objects.values_list("criterion__code", "level__slug")
    law = [("LAW.1", "partly_met"), ("LAW.2", "partly_met")]
    assert sorted(rows) == [*law, ("LEAD.1", "working_towards"), ("LEAD.2", None)]


def test_a_welsh_unitary_is_never_asked_an_english_two_tier_question(assessment: Assessment, cast: Cast) -> None:
    cardiff = Assessment.objects.with_round().get(partnership__slug="cardiff")
    rate_everything(cardiff, cast.officer)
    sent = submit(cardiff, cast.coordinator)
    assert "LAW.2" not in sent.document
    assert sent.levels == "111."


def test_an_incomplete_assessment_is_not_submitted_and_says_what_is_missing(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    with pytest.raises(Incomplete) as refusal:
        submit(assessment, cast.coordinator)
    assert refusal.value.missing == ["LEAD.2", "LAW.1", "LAW.2"]
    assert not Submission.objects.exists()


def test_does_not_apply_without_a_reason_is_still_missing(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    rate(assessment, "LEAD.2", cast.officer, does_not_apply=True, revision=1)
    with pytest.raises(Incomplete) as refusal:
        submit(assessment, cast.coordinator)
    assert refusal.value.missing == ["LEAD.2"]


def test_it_is_made_once(submission: Submission, assessment: Assessment, cast: Cast) -> None:
    with pytest.raises(AlreadySubmitted):
        submit(assessment, cast.coordinator)
    assert Submission.objects.count() == 1
    assert Event.objects.filter(kind="assessment.submitted").count() == 1


def test_it_cannot_be_made_after_the_deadline(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    with pytest.raises(DeadlinePassed):
        submit(assessment, cast.coordinator, NOW() + datetime.timedelta(days=90))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_submission SET document = '{}'",
        "UPDATE assessments_submission SET sha256 = 'x'",
        "UPDATE assessments_submission SET levels = '3333'",
        "DELETE FROM assessments_submittedrating",
        "UPDATE assessments_submittedrating SET level_id = NULL",
        "DELETE FROM assessments_submission",
    ],
)
def test_the_database_refuses_to_change_it(submission: Submission, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_each_submission_of_a_partnership_names_the_one_before(
    submission: Submission, cast: Cast, assessment: Assessment
) -> None:
    later = Assessment.objects.create(round=_next_round(assessment), partnership=assessment.partnership)
    following = Assessment.objects.with_round().get(pk=later.pk)
    rate_everything(following, cast.officer)
    sent = submit(following, cast.coordinator)
    assert sent.previous_sha256 == submission.sha256
    assert documents.read(sent.document).previous_sha256 == submission.sha256


def _next_round(assessment: Assessment) -> Round:
    round_ = assessment.round
    round_.pk, round_.slug, round_.name = None, "2028", "2028 self-assessment"
    round_._state.adding = True
    round_.save()
    return round_
