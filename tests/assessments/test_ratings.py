"""Saved is saved: nobody's rating is overwritten, a retry is no conflict, and the deadline is the server's clock."""

import datetime
import threading
import uuid

import pytest
from django.db import connection, connections, transaction

from assessments.models import Assessment, IndicatorAnswer, LateDraft, Rating
from assessments.services import (
    AlreadySubmitted,
    Answer,
    DeadlinePassed,
    NotOpenYet,
    Stale,
    WrongLevel,
    keep_late_draft,
    save_rating,
)
from audit.models import Event
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_a_rating_keeps_level_reason_and_indicators(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="Why", indicators={1: "yes", 3: "no"})
    rating = Rating.objects.get()
    assert (rating.level and rating.level.slug, rating.reason, rating.revision) == ("some_success", "Why", 1)
    assert dict(rating.answers.values_list("indicator__number", "answer")) == {1: "yes", 3: "no"}
    assert (rating.updated_by, rating.updated_by_agency) == (cast.officer, "Local authority")


def test_a_later_save_replaces_and_clears_indicators(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", indicators={1: "yes", 2: "no"})
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", revision=1, indicators={2: "partly", 3: "yes"})
    assert dict(IndicatorAnswer.objects.values_list("indicator__number", "answer")) == {2: "partly", 3: "yes"}


def test_a_colleague_who_read_an_older_revision_overwrites_nothing(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="First")
    with pytest.raises(Stale) as conflict:
        rate(assessment, "LEAD.1", cast.colleague, level="gap_identified", reason="Second", revision=0)
    assert conflict.value.current.reason == "First"
    assert Rating.objects.get().reason == "First"


def test_the_same_save_sent_again_is_saved_once(assessment: Assessment, cast: Cast) -> None:
    save_id = uuid.uuid4()
    for _attempt in range(2):
        rating = rate(assessment, "LEAD.1", cast.officer, level="doing_well", save_id=save_id)
    assert rating.revision == 1
    assert Event.objects.filter(kind="rating.saved").count() == 1


def test_a_save_after_ones_own_unanswered_save_is_no_conflict(assessment: Assessment, cast: Cast) -> None:
    lost = uuid.uuid4()
    rate(assessment, "LEAD.1", cast.officer, reason="Half a sen", save_id=lost)
    rating = rate(assessment, "LEAD.1", cast.officer, reason="Half a sentence.", revision=0, after=lost)
    assert (rating.reason, rating.revision) == ("Half a sentence.", 2)


def test_naming_a_lost_save_does_not_help_once_a_colleague_has_saved(assessment: Assessment, cast: Cast) -> None:
    lost = uuid.uuid4()
    rate(assessment, "LEAD.1", cast.officer, reason="Mine", save_id=lost)
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs", revision=1)
    with pytest.raises(Stale):
        rate(assessment, "LEAD.1", cast.officer, reason="Mine again", revision=0, after=lost)


def test_a_first_save_names_no_lost_save_by_accident(assessment: Assessment, cast: Cast) -> None:
    """A rating that has only evidence has no save; an absent id must not match an absent id."""
    Rating.objects.create(assessment=assessment, criterion=question(assessment, "LEAD.1").criterion, revision=3)
    with pytest.raises(Stale):
        rate(assessment, "LEAD.1", cast.officer, reason="Mine", revision=0)


def test_saving_what_is_there_changes_nothing_and_leaves_no_event(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    rate(assessment, "LEAD.1", cast.colleague, level="doing_well", revision=1)
    assert Rating.objects.get().revision == 1
    assert Event.objects.count() == 1


def test_a_level_of_another_scale_is_refused(assessment: Assessment, cast: Cast) -> None:
    statutory = question(assessment, "LAW.1")
    with pytest.raises(WrongLevel):
        save_rating(
            assessment=assessment,
            question=question(assessment, "LEAD.1"),
            answer=Answer(level=statutory.levels[0]),
            revision=0,
            save_id=uuid.uuid4(),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )
    assert not Rating.objects.exists()


def test_each_save_leaves_one_event_that_tells_before_and_after(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="gap_identified", reason="First")
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Second", revision=1)
    first, second = Event.objects.order_by("pk")
    assert first.before is None
    assert (first.after or {})["level"] == "gap_identified"
    assert ((second.before or {})["reason"], (second.after or {})["reason"]) == ("First", "Second")
    assert second.actor_id == cast.officer.pk
    assert second.partnership == "amber-valley"


def test_a_save_whose_event_cannot_be_written_is_not_a_save(
    assessment: Assessment, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no trail")

    monkeypatch.setattr("assessments.services.ratings.record", fail)
    with pytest.raises(RuntimeError):
        rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    assert not Rating.objects.exists()


@pytest.mark.parametrize(("seconds", "is_refused"), [(-1, False), (0, False), (1, True)])
def test_the_deadline_is_the_last_second_of_the_day_in_london(
    assessment: Assessment, cast: Cast, seconds: int, is_refused: bool
) -> None:
    at = assessment.closes_at + datetime.timedelta(seconds=seconds)
    assert assessment.closes_at.astimezone().utcoffset() is not None
    if is_refused:
        with pytest.raises(DeadlinePassed):
            rate(assessment, "LEAD.1", cast.officer, level="doing_well", arrived_at=at)
    else:
        rate(assessment, "LEAD.1", cast.officer, level="doing_well", arrived_at=at)
    assert Rating.objects.exists() is not is_refused


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (datetime.date(2027, 3, 27), "2027-03-27T23:59:59+00:00"),
        (datetime.date(2027, 3, 28), "2027-03-28T22:59:59+00:00"),
        (datetime.date(2027, 10, 30), "2027-10-30T22:59:59+00:00"),
        (datetime.date(2027, 10, 31), "2027-10-31T23:59:59+00:00"),
    ],
)
def test_the_deadline_follows_the_clocks_of_london(assessment: Assessment, day: datetime.date, utc: str) -> None:
    assessment.round.closes_on = day
    assert assessment.closes_at.astimezone(datetime.UTC).isoformat() == utc


def test_nothing_can_be_saved_before_the_round_opens(assessment: Assessment, cast: Cast) -> None:
    before = NOW() - datetime.timedelta(days=60)
    with pytest.raises(NotOpenYet):
        rate(assessment, "LEAD.1", cast.officer, level="doing_well", arrived_at=before)


def test_nothing_can_be_saved_after_submission(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    with pytest.raises(AlreadySubmitted):
        rate(assessment, "LEAD.1", cast.officer, level="doing_well", revision=1)


def test_text_that_arrives_late_is_kept_once_and_counts_for_nothing(assessment: Assessment, cast: Cast) -> None:
    save_id = uuid.uuid4()
    for _attempt in range(2):
        keep_late_draft(
            assessment=assessment,
            question=question(assessment, "LEAD.1"),
            answer=Answer(question(assessment, "LEAD.1").level("doing_well"), reason="Too late"),
            save_id=save_id,
            by=seat(cast.officer),
            arrived_at=NOW(),
        )
    assert LateDraft.objects.get().reason == "Too late"
    assert not Rating.objects.exists()
    assert Event.objects.filter(kind="rating.late").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_people_saving_one_rating_at_once_end_as_one_saved_and_seven_told(
    assessment: Assessment, cast: Cast
) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(8, timeout=20)

    def save(number: int) -> None:
        try:
            start.wait()
            rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason=f"Writer {number}")
            outcomes.append("saved")
        except Stale:
            outcomes.append("told")
        finally:
            connections.close_all()

    writers = [threading.Thread(target=save, args=[number]) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert sorted(outcomes) == ["saved"] + ["told"] * 7
    assert Rating.objects.get().revision == 1


@pytest.mark.django_db(transaction=True)
def test_a_save_that_races_the_submission_is_inside_it_or_refused(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    outcomes: list[str] = []
    start = threading.Barrier(2, timeout=20)

    def save() -> None:
        try:
            start.wait()
            rate(
                assessment,
                "LEAD.1",
                cast.officer,
                level="doing_well",
                reason="At the last moment",
                revision=1,
            )
            outcomes.append("saved")
        except AlreadySubmitted:
            outcomes.append("refused")
        finally:
            connections.close_all()

    def send() -> None:
        try:
            start.wait()
            outcomes.append(submit(assessment, cast.coordinator).document)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=save), threading.Thread(target=send)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    document = next(text for text in outcomes if text.startswith("{"))
    assert ("saved" in outcomes) == ("At the last moment" in document)


def test_the_database_refuses_a_level_together_with_does_not_apply(assessment: Assessment, cast: Cast) -> None:
    rating = rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    with pytest.raises(Exception, match="rating_level_or_does_not_apply"), transaction.atomic():
        Rating.objects.filter(pk=rating.pk).update(does_not_apply=True)
    assert connection.is_usable()
