"""Two people at the same moment: whoever comes second waits, sees what the first did, and is refused or adds to it.

Each test holds one act in its middle, under its lock, and lets another begin.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache

from assessments import services, survey_limits
from assessments.models import Assessment, Decision, ImprovementAction, IndicatorAnswer, Rating, Survey, View
from assessments.services import carrying, improving, moving, ratings, surveys
from audit.models import Event
from hallmarks.models import Version
from tests.assessments.acting import act, plan
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.assessments.at_once import Overlap, all_at_once
from tests.assessments.carrying import assessment_in, changed_version, two_rounds
from tests.assessments.deciding import decide
from tests.assessments.front_line import answer, close, open_check
from tests.assessments.giving import give
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db(transaction=True)
Hold = Callable[[object, str], Overlap]


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Return what makes a function of a module hold whoever calls it first."""

    def held(module: object, name: str) -> Overlap:
        overlap = Overlap()
        monkeypatch.setattr(module, name, overlap.hold(getattr(module, name)))
        return overlap

    return held


@pytest.fixture
def survey(assessment: Assessment, cast: Cast) -> Iterator[Survey]:
    yield open_check(assessment, cast.coordinator)
    cache.clear()


def kinds(prefix: str) -> list[str]:
    return list(Event.objects.filter(kind__startswith=prefix).order_by("pk").values_list("kind", flat=True))


# The front-line check


def test_an_answer_and_the_closing_never_wait_for_each_other(
    survey: Survey, cast: Cast, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both remove what has expired: who does so under the check's lock waits for the other, who waits for the check."""
    with monkeypatch.context() as hours_ago:
        began = time.time() - 3 * survey_limits.HOUR
        hours_ago.setattr(time, "time", lambda: began)
        answer(survey, LEAD_1="doing_well")
    meanwhile = hold(surveys, "use_once")
    failed = all_at_once(
        partial(answer, survey, LEAD_1="doing_well"), meanwhile.within(partial(close, survey, cast.coordinator))
    )
    assert [type(problem) for problem in failed] in ([], [services.SurveyClosed])
    counted = Survey.objects.get()
    assert counted.closed_at is not None
    assert counted.answers == 2 - len(failed) == sum(survey.counts.values_list("number", flat=True))


def test_an_answer_by_a_link_that_is_renewed_meanwhile_counts_before_or_not_at_all(
    survey: Survey, cast: Cast, hold: Hold
) -> None:
    renew = partial(services.renew_link, survey=survey, by=seat(cast.coordinator), arrived_at=NOW())
    meanwhile = hold(surveys, "use_once")
    answers = [partial(answer, survey, LEAD_1="doing_well", address=f"192.0.2.{n}") for n in range(4)]
    failed = all_at_once(*answers, meanwhile.within(renew))
    assert {type(problem) for problem in failed} <= {services.SurveyClosed}
    counted = Survey.objects.get()
    assert counted.answers == 4 - len(failed) == sum(survey.counts.values_list("number", flat=True))
    assert counted.token_hash != survey.token_hash


def test_a_link_is_not_renewed_after_the_check_was_closed(survey: Survey, cast: Cast, hold: Hold) -> None:
    renew = partial(services.renew_link, survey=survey, by=seat(cast.coordinator), arrived_at=NOW())
    meanwhile = hold(surveys, "hash_of")
    assert all_at_once(renew, meanwhile.within(partial(close, survey, cast.coordinator))) == []
    assert kinds("survey.") == ["survey.opened", "survey.link_renewed", "survey.closed"]


# What a meeting records, and what follows


def test_of_six_decisions_at_once_one_is_written_whole(assessment: Assessment, cast: Cast) -> None:
    decisions = [
        partial(decide, assessment, "LEAD.1", cast.officer, reason=f"Reason {n}", dissent=f"Dissent {n}")
        for n in range(6)
    ]
    assert [type(problem) for problem in all_at_once(*decisions)] == [services.Stale] * 5
    decision, rating = Decision.objects.get(), Rating.objects.get()
    assert decision.dissent.split()[1] == rating.reason.split()[1]
    assert (decision.present.count(), kinds("rating.")) == (1, ["rating.decided"])


def test_one_action_raised_twice_at_once_is_one(assessment: Assessment, cast: Cast, hold: Hold) -> None:
    asked = question(assessment, "LEAD.2")
    rate(assessment, "LEAD.2", cast.officer, level=asked.levels[0].slug)
    meanwhile = hold(improving, "_check")
    again = partial(act, assessment, cast.officer)
    assert all_at_once(again, meanwhile.within(again)) == []
    assert ImprovementAction.objects.count() == 1
    assert kinds("action.") == ["action.raised"]


def test_an_action_that_is_changed_is_not_closed_by_who_read_it_before(
    assessment: Assessment, cast: Cast, hold: Hold
) -> None:
    action = act(assessment, cast.officer)
    given: dict[str, Any] = {"action": action, "revision": action.revision, "arrived_at": NOW()}
    other = plan(assessment.partnership, text="Share two audits")
    change = partial(services.change_action, plan=other, by=seat(cast.officer), **given)
    drop = partial(services.drop_action, reason="No money", by=seat(cast.colleague), **given)
    meanwhile = hold(improving, "_check")
    assert [type(problem) for problem in all_at_once(change, meanwhile.within(drop))] == [services.StaleAction]
    now = ImprovementAction.objects.get()
    assert (now.text, now.is_open, kinds("action.")) == (
        "Share two audits",
        True,
        ["action.raised", "action.changed"],
    )


# What is carried forward


def test_an_answer_is_confirmed_once_or_changed_once(places: Places, version: Version, cast: Cast) -> None:
    rounds = two_rounds(places, version, version)
    rate(rounds.last(places.amber_valley), "LEAD.1", cast.officer, level="some_success", reason="We meet.")
    here = assessment_in(rounds.open(), places.amber_valley)
    confirm = partial(
        services.confirm_rating, assessment=here, question=question(here, "LEAD.1"), revision=1, arrived_at=NOW()
    )
    acts: list[Callable[[], object]] = [
        partial(confirm, save_id=uuid.uuid4(), by=seat(person)) for person in (cast.officer, cast.colleague)
    ]
    acts += [
        partial(rate, here, "LEAD.1", person, level="doing_well", reason="Better", revision=1)
        for person in (cast.officer, cast.colleague)
    ]
    assert [type(problem) for problem in all_at_once(*acts)] == [services.Stale] * 3
    rating = Rating.objects.get(assessment=here)
    assert (rating.is_confirmed, rating.revision) == (True, 2)
    assert Event.objects.filter(target_id=str(rating.pk), kind__in=["rating.saved", "rating.confirmed"]).count() == 1


def test_an_answer_is_carried_as_it_was_before_or_after_a_save_and_never_half(
    places: Places, version: Version, cast: Cast, hold: Hold
) -> None:
    rounds = two_rounds(places, version, version)
    last = rounds.last(places.amber_valley)
    before, after = ("Before", {1: "no"}), ("After", {1: "yes"})
    save = partial(rate, last, "LEAD.1", cast.officer, level="some_success")
    save(reason=before[0], indicators=before[1])
    meanwhile = hold(carrying, "_copy_ratings")
    assert (
        all_at_once(rounds.open, meanwhile.within(partial(save, reason=after[0], indicators=after[1], revision=1)))
        == []
    )
    here = assessment_in(rounds.version.rounds.get(slug="2027"), places.amber_valley)
    signs = IndicatorAnswer.objects.filter(rating__assessment=here).values_list("indicator__number", "answer")
    assert (Rating.objects.get(assessment=here).reason, dict(signs)) in (before, after)


# The criteria change while somebody writes


def test_a_save_and_a_change_of_criteria_wait_for_each_other(
    assessment: Assessment, version: Version, cast: Cast, hold: Hold
) -> None:
    """The save holds the assessment, so the move begins when it is written, and takes it along."""
    after = changed_version(version)
    meanwhile = hold(ratings, "open_for_writing")
    save = partial(rate, assessment, "LEAD.1", cast.officer, level="doing_well", reason="Mine")
    change = partial(services.move_assessments, round_=assessment.round, version=after, by=None)
    assert all_at_once(save, meanwhile.within(change)) == []
    kept = Rating.objects.get()
    assert (kept.criterion.version, kept.reason, kept.is_confirmed) == (after, "Mine", False)


def test_a_save_that_comes_while_the_criteria_change_is_refused(
    assessment: Assessment, version: Version, cast: Cast, hold: Hold
) -> None:
    """The move holds every assessment; who read the question before it is told, and nothing stands at the old one."""
    after = changed_version(version)
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Before")
    meanwhile = hold(moving, "_lock")
    change = partial(services.move_assessments, round_=assessment.round, version=after, by=None)
    save = partial(rate, assessment, "LEAD.1", cast.officer, level="some_success", reason="Mine", revision=1)
    view = partial(give, assessment, cast.viewer)
    failed = all_at_once(change, meanwhile.within(save), meanwhile.within(view))
    assert [type(problem) for problem in failed] == [services.CriteriaChanged] * 2
    assert (Rating.objects.get().reason, Rating.objects.get().criterion.version) == ("Before", after)
    assert not View.objects.exists()


def test_a_move_and_a_submission_of_the_round_before_never_wait_for_each_other(
    version: Version, places: Places, cast: Cast, hold: Hold
) -> None:
    """Submitting brings answers into the round that moves: whichever is second sees what the first did."""
    after = changed_version(version)
    rounds = two_rounds(places, version, version)
    round_ = rounds.open()
    last = rounds.last(places.amber_valley)
    rate_everything(last, cast.officer)
    meanwhile = hold(moving, "_lock")
    change = partial(services.move_assessments, round_=round_, version=after, by=None)
    assert all_at_once(change, meanwhile.within(partial(submit, last, cast.coordinator))) == []
    heir = assessment_in(round_, places.amber_valley)
    assert set(heir.ratings.values_list("criterion__version", flat=True)) == {after.pk}
