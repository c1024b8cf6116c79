"""Improvement actions: raised from low ratings, changed without overwriting, closed once, and never tied to a round."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments import documents, queries, services
from assessments.action_queries import actions_beside, actions_for
from assessments.models import Assessment, ImprovementAction, ProgressNote, Round
from audit.models import Event
from hallmarks.models import Criterion
from tests import criteria
from tests.assessments.acting import act, agency, in_days, overdue, plan
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(assessment: Assessment, cast: Cast) -> ImprovementAction:
    return act(assessment, cast.officer)


def close_round(assessment: Assessment) -> None:
    Round.objects.filter(pk=assessment.round_id).update(opens_on=in_days(-90), closes_on=in_days(-30))


# --- raising ------------------------------------------------------------------------------------------


def test_an_action_has_an_owner_a_day_its_criterion_and_its_round(
    action: ImprovementAction, assessment: Assessment
) -> None:
    assert (action.text, action.owner.name, action.due_on) == ("Share one audit", "Police force", in_days(60))
    assert (action.criterion.code, action.raised_in, action.status) == ("LEAD.2", assessment, "open")
    event = Event.objects.get(kind="action.raised")
    assert event.after == {
        "text": "Share one audit",
        "owner": "Police force",
        "due_on": in_days(60).isoformat(),
        "criterion": "LEAD.2",
    }
    assert (event.actor_role, event.partnership) == ("Officer, Local authority", "amber-valley")


def test_the_same_action_sent_twice_is_one(action: ImprovementAction, assessment: Assessment, cast: Cast) -> None:
    assert act(assessment, cast.officer) == action
    assert Event.objects.filter(kind="action.raised").count() == 1


def test_a_level_that_is_not_low_gives_rise_to_none(assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success")
    with pytest.raises(services.ActionRefused, match="not at a low level"):
        act(assessment, cast.officer, "LEAD.1")
    assert not ImprovementAction.objects.exists()


def test_the_owner_must_be_of_the_partnership(assessment: Assessment, cast: Cast, places: Places) -> None:
    with pytest.raises(services.ActionRefused, match="agency of your partnership"):
        act(assessment, cast.officer, owner=agency(places.derby, "Local authority"))


@pytest.mark.parametrize(("day", "words"), [(-1, "today or later"), (366 * 12, "within the next 10 years")])
def test_the_day_must_be_ahead_and_within_sight(assessment: Assessment, cast: Cast, day: int, words: str) -> None:
    with pytest.raises(services.ActionRefused, match=words):
        act(assessment, cast.officer, due_on=in_days(day))


def test_today_is_early_enough(assessment: Assessment, cast: Cast) -> None:
    assert act(assessment, cast.officer, due_on=in_days(0)).due_on == in_days(0)


def test_a_round_that_is_over_or_sent_does_not_stop_it(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    close_round(assessment)
    action = act(Assessment.objects.with_round().get(pk=assessment.pk), cast.officer)
    services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    assert ImprovementAction.objects.get().status == "done"


# --- changing -----------------------------------------------------------------------------------------


def change(action: ImprovementAction, cast: Cast, revision: int = 1, **changes: object) -> ImprovementAction:
    return services.change_action(
        action=action,
        plan=plan(action.partnership, **changes),
        revision=revision,
        by=seat(cast.colleague),
        arrived_at=NOW(),
    )


def test_a_change_is_recorded_with_what_stood_before(action: ImprovementAction, cast: Cast) -> None:
    changed = change(action, cast, text="Share two audits")
    assert (changed.text, changed.revision) == ("Share two audits", 2)
    event = Event.objects.get(kind="action.changed")
    assert event.before is not None
    assert event.after is not None
    assert (event.before["text"], event.after["text"]) == ("Share one audit", "Share two audits")


def test_nobody_overwrites_what_they_have_not_read(action: ImprovementAction, cast: Cast) -> None:
    change(action, cast, text="Theirs")
    with pytest.raises(services.StaleAction) as stale:
        change(action, cast, text="Mine")
    assert stale.value.current.text == "Theirs"
    assert ImprovementAction.objects.get().text == "Theirs"


def test_a_retry_of_the_same_change_is_no_conflict(action: ImprovementAction, cast: Cast) -> None:
    change(action, cast, text="Once")
    assert change(action, cast, text="Once").revision == 2
    assert Event.objects.filter(kind="action.changed").count() == 1


def test_a_day_that_has_passed_may_stay_but_not_be_chosen(action: ImprovementAction, cast: Cast) -> None:
    overdue(action, 5)
    assert change(action, cast, text="Reworded", due_on=in_days(-5)).text == "Reworded"
    with pytest.raises(services.ActionRefused):
        change(action, cast, revision=2, due_on=in_days(-4))


def test_a_closed_action_changes_no_more(action: ImprovementAction, cast: Cast) -> None:
    services.drop_action(action=action, revision=1, reason="No money", by=seat(cast.officer), arrived_at=NOW())
    with pytest.raises(services.ActionClosed):
        change(action, cast, revision=2, text="Too late")


# --- closing ------------------------------------------------------------------------------------------


def test_done_has_a_day_and_may_say_what_came_of_it(action: ImprovementAction, cast: Cast) -> None:
    services.finish_action(action=action, revision=1, reason="It works", by=seat(cast.officer), arrived_at=NOW())
    action.refresh_from_db()
    assert (action.status, action.closing_reason, action.closed_on) == ("done", "It works", in_days(0))
    assert Event.objects.get(kind="action.done").after == {"status": "done", "reason": "It works"}


def test_closing_twice_is_closing_once_and_the_other_way_is_refused(action: ImprovementAction, cast: Cast) -> None:
    given: dict[str, Any] = {"action": action, "revision": 1, "by": seat(cast.officer), "arrived_at": NOW()}
    services.drop_action(**given, reason="No money")
    services.drop_action(**given, reason="No money")
    assert Event.objects.filter(kind="action.dropped").count() == 1
    with pytest.raises(services.ActionClosed):
        services.finish_action(**given)


def test_it_is_not_closed_over_a_change_that_nobody_read(action: ImprovementAction, cast: Cast) -> None:
    change(action, cast, text="Something else")
    with pytest.raises(services.StaleAction):
        services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    assert ImprovementAction.objects.get().status == "open"


def test_the_database_refuses_a_drop_without_a_reason(action: ImprovementAction) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ImprovementAction.objects.update(status="dropped", closed_on=in_days(0))


# --- notes --------------------------------------------------------------------------------------------


def note(action: ImprovementAction, cast: Cast, text: str, at: datetime.datetime | None = None) -> ProgressNote:
    return services.add_note(action=action, text=text, by=seat(cast.colleague), arrived_at=at or NOW())


def test_notes_are_added_and_the_same_one_again_that_day_is_one(action: ImprovementAction, cast: Cast) -> None:
    first = note(action, cast, "Begun")
    assert note(action, cast, "Begun") == first
    note(action, cast, "Half done")
    assert [one.text for one in action.notes.all()] == ["Half done", "Begun"]
    assert Event.objects.filter(kind="action.noted").count() == 2
    assert note(action, cast, "Half done", NOW() + datetime.timedelta(days=31)).pk != first.pk


def test_a_closed_action_still_takes_notes(action: ImprovementAction, cast: Cast) -> None:
    services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    assert note(action, cast, "It lasts").action == action


# --- what other pages read ----------------------------------------------------------------------------


def next_round(assessment: Assessment, places: Places) -> Assessment:
    """Open a round on another version of the same criteria, after this one."""
    version = criteria.make_version("next-set")
    round_ = criteria.make_round(version, places, slug="2028")
    Round.objects.filter(pk=round_.pk).update(previous=assessment.round, opens_on=in_days(-5))
    return Assessment.objects.with_round().get(round=round_, partnership=assessment.partnership)


def test_an_action_stays_with_its_criterion_through_versions(
    action: ImprovementAction, assessment: Assessment, places: Places
) -> None:
    later = next_round(assessment, places)
    asked = question(later, "LEAD.2").criterion
    assert asked != action.criterion
    assert actions_for(later.partnership, asked) == [action]
    assert actions_for(later.partnership, question(later, "LEAD.1").criterion) == []
    assert actions_beside(later).taken_up == {"test-lead-2"}
    assert actions_beside(later).open_from_earlier == 1
    assert actions_beside(assessment).open_from_earlier == 0


def test_what_was_done_counts_in_its_own_round_only_and_what_was_dropped_never(
    action: ImprovementAction, assessment: Assessment, cast: Cast, places: Places
) -> None:
    later = next_round(assessment, places)
    dropped = act(assessment, cast.officer, "LEAD.1")
    services.drop_action(action=dropped, revision=1, reason="No", by=seat(cast.officer), arrived_at=NOW())
    services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    assert actions_beside(assessment).taken_up == {"test-lead-2"}
    assert actions_beside(later).taken_up == frozenset()
    assert actions_beside(later).open_from_earlier == 0
    assert [each.status for each in actions_for(assessment.partnership, dropped.criterion)] == ["dropped"]


def asking(places: Places, slug: str, *extra: tuple[int, str]) -> Assessment:
    """Open a round whose criteria have some more, by number and lineage: they come in before anybody has read them."""
    version = criteria.make_version(f"set-{slug}", is_draft=True)
    for number, lineage in extra:
        more = Criterion.objects.get(version=version, code="LEAD.2")
        more.pk, more._state.adding = None, True
        more.number, more.code, more.lineage = number, f"LEAD.{number}", lineage
        more.save()
    round_ = criteria.make_round(criteria.published(version), places, slug)
    return Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)


def test_the_document_tells_open_actions_by_their_criterion_in_this_round(cast: Cast, places: Places) -> None:
    assessment = asking(places, "2027", (3, "moved"), (4, "no-longer-asked"))
    later = asking(places, "2028", (5, "moved"))
    act(assessment, cast.officer, "LEAD.3")
    act(assessment, cast.officer, "LEAD.4", due_on=in_days(5))
    done = act(assessment, cast.officer, "LAW.1")
    services.finish_action(action=done, revision=1, by=seat(cast.officer), arrived_at=NOW())
    entries = queries.open_actions(later)
    assert [(entry.criterion, entry.owner, entry.due_on, entry.status) for entry in entries] == [
        ("", "Police force", in_days(5).isoformat(), "open"),
        ("LEAD.5", "Police force", in_days(60).isoformat(), "open"),
    ]


def test_a_submission_freezes_them_and_one_without_any_is_as_before(
    assessment: Assessment, cast: Cast, places: Places
) -> None:
    rate_everything(assessment, cast.officer)
    act(assessment, cast.officer)
    document = documents.read(submit(assessment, cast.coordinator).document)
    assert [(entry.criterion, entry.text) for entry in document.actions] == [("LEAD.2", "Share one audit")]
    services.finish_action(action=ImprovementAction.objects.get(), revision=1, by=seat(cast.officer), arrived_at=NOW())
    later = next_round(assessment, places)
    rate_everything(later, cast.officer)
    text = submit(later, cast.coordinator).document
    assert '"actions"' not in text
    assert documents.canonical(documents.read(text)) == text


# --- opening again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [services.finish_action, services.drop_action])
def test_what_was_closed_by_mistake_is_opened_again_and_the_trail_keeps_why_it_was_closed(
    action: ImprovementAction, cast: Cast, end: Callable[..., ImprovementAction]
) -> None:
    closed = end(action=action, revision=1, reason="A mistake", by=seat(cast.officer), arrived_at=NOW())
    again = services.reopen_action(action=closed, by=seat(cast.colleague))
    assert (again.is_open, again.closing_reason, again.closed_on) == (True, "", None)
    event = Event.objects.about(action).get(kind="action.reopened")
    assert event.before == {"status": closed.status, "reason": "A mistake"}


def test_opening_what_is_open_changes_nothing(action: ImprovementAction, cast: Cast) -> None:
    services.reopen_action(action=action, by=seat(cast.officer))
    assert not Event.objects.about(action).filter(kind="action.reopened").exists()
