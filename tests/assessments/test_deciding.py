"""What a meeting decides: over nobody's newer text, with who was there, and told to the trail."""

import datetime
import uuid

import pytest
from django.utils import timezone

from assessments import services
from assessments.models import Assessment, Decision, Rating
from audit.models import Event
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.assessments.deciding import decide
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


def test_a_decision_is_the_rating_with_who_was_there_and_who_saw_it_otherwise(
    assessment: Assessment, cast: Cast
) -> None:
    decide(
        assessment,
        "LEAD.1",
        cast.officer,
        level="working_towards",
        reason="The protocol is signed.",
        present=("Local authority", "Police force"),
        dissent="Police: some success",
    )
    rating = Rating.objects.get()
    assert rating.level is not None
    assert (rating.level.slug, rating.reason, rating.is_answered) == (
        "working_towards",
        "The protocol is signed.",
        True,
    )
    decision = rating.decision
    assert [agency.name for agency in decision.present.all()] == ["Local authority", "Police force"]
    assert (decision.dissent, decision.recorded_by) == ("Police: some success", cast.officer)
    assert decision.decided_on == timezone.localdate()


def test_the_signs_in_place_stay_as_they_are(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", indicators={1: "yes", 3: "no"})
    rating = decide(assessment, "LEAD.1", cast.officer, revision=1)
    assert [answer.answer for answer in rating.answers.all()] == ["yes", "no"]


def test_the_trail_tells_before_and_after_with_agencies_and_dissent(assessment: Assessment, cast: Cast) -> None:
    decide(assessment, "LEAD.1", cast.officer, reason="First", dissent="Police: gap")
    decide(assessment, "LEAD.1", cast.coordinator, reason="Second", present=("Police force",), revision=1)
    first, second = Event.objects.filter(kind="rating.decided").order_by("pk")
    assert first.before is None
    assert first.after is not None
    assert (first.after["present"], first.after["dissent"]) == (["Local authority"], "Police: gap")
    assert second.before is not None
    assert second.after is not None
    assert (second.before["reason"], second.before["dissent"]) == ("First", "Police: gap")
    assert (second.after["reason"], second.after["present"], second.after["dissent"]) == (
        "Second",
        ["Police force"],
        "",
    )
    assert not Event.objects.filter(kind="rating.saved").exists(), "one act, one event"


def test_somebody_elses_newer_text_is_not_overwritten(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    with pytest.raises(services.Stale) as stale:
        decide(assessment, "LEAD.1", cast.officer, reason="Mine")
    assert stale.value.current.reason == "Theirs"
    assert not Decision.objects.exists()


def test_a_decision_that_changes_only_the_dissent_is_seen_by_the_next_writer(
    assessment: Assessment, cast: Cast
) -> None:
    decide(assessment, "LEAD.1", cast.officer)
    decide(assessment, "LEAD.1", cast.officer, dissent="Police: gap", revision=1)
    with pytest.raises(services.Stale):
        decide(assessment, "LEAD.1", cast.colleague, dissent="Nobody", revision=1)
    assert Decision.objects.get().dissent == "Police: gap"


def test_the_same_decision_sent_twice_is_one(assessment: Assessment, cast: Cast) -> None:
    again = uuid.uuid4()
    for _press in range(2):
        decide(assessment, "LEAD.1", cast.officer, save_id=again)
    assert Rating.objects.get().revision == 1
    assert Event.objects.filter(kind="rating.decided").count() == 1


def test_deciding_on_a_rating_as_it_stands_makes_it_agreed(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="We agreed.")
    decide(assessment, "LEAD.1", cast.officer, revision=1)
    assert Decision.objects.count() == 1


def test_an_agency_of_another_partnership_was_not_there(assessment: Assessment, cast: Cast, places: Places) -> None:
    asked = question(assessment, "LEAD.1")
    outcome = services.Outcome(asked.levels[0], present=(places.derby.agencies.get(),))
    with pytest.raises(services.WrongAgency):
        services.record_decision(
            assessment=assessment,
            question=asked,
            outcome=outcome,
            revision=0,
            save_id=uuid.uuid4(),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )
    assert not Rating.objects.exists()


def test_a_level_of_another_scale_is_refused(assessment: Assessment, cast: Cast) -> None:
    asked = question(assessment, "LEAD.1")
    outcome = services.Outcome(question(assessment, "LAW.1").levels[0])
    with pytest.raises(services.WrongLevel):
        services.record_decision(
            assessment=assessment,
            question=asked,
            outcome=outcome,
            revision=0,
            save_id=uuid.uuid4(),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )


def test_nothing_is_decided_once_it_is_submitted_or_late(assessment: Assessment, cast: Cast) -> None:
    with pytest.raises(services.DeadlinePassed):
        decide(assessment, "LEAD.1", cast.officer, arrived_at=assessment.closes_at + datetime.timedelta(seconds=1))
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    with pytest.raises(services.AlreadySubmitted):
        decide(assessment, "LEAD.1", cast.officer, revision=1)
    assert not Decision.objects.exists()
