"""A round's criteria change: what becomes of each answer, and that undoing it puts every row back."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.utils import timezone

from assessments import services, view_queries
from assessments.last_round import last_answers
from assessments.models import (
    Assessment,
    Decision,
    Evidence,
    ImprovementAction,
    IndicatorAnswer,
    LateDraft,
    Move,
    Rating,
    Round,
    SurveyCount,
    View,
)
from assessments.move_queries import rehearse
from assessments.queries import answer_sheet, progress_of
from assessments.round_queries import with_progress
from assessments.services.carrying import carry_forward
from assessments.services.moving import OtherFramework, RoundIsOver, SameVersion, SomeHaveSubmitted, VersionNotPublished
from audit.models import Event
from hallmarks.models import Version
from hallmarks.outline import outline_of
from tests import criteria
from tests.assessments import front_line, giving
from tests.assessments.acting import act, plan
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.assessments.carrying import changed_version
from tests.assessments.deciding import decide
from tests.assessments.moving import (
    answer_all,
    close,
    criterion,
    differing,
    dump,
    fresh,
    keep_late,
    move,
    rating_of,
    undo,
)
from tests.people import Cast, Places


@pytest.fixture
def after(version: Version) -> Version:
    """LEAD.1 reworded and its signs changed; LEAD.2 dropped; LEAD.3 new; LAW.1 without its middle level; LAW.2 kept."""
    return changed_version(version)


@pytest.fixture
def answered(assessment: Assessment, cast: Cast) -> Assessment:
    answer_all(assessment, cast.officer)
    return assessment


def report(round_: Round, version: Version) -> dict[str, Any]:
    return rehearse([round_], outline_of(version))[round_.pk].as_json()


# What a move would do


def test_the_dry_run_counts_what_is_kept_to_confirm_and_without_a_home(
    answered: Assessment, round_: Round, after: Version
) -> None:
    before = dump(())
    found = report(round_, after)
    assert dump(()) == before
    assert (found["answers"], found["kept"], found["to_confirm"], found["needs_level"], found["without_a_home"]) == (
        *(4, 1, 2, 1),
        1,
    )
    by_code = {line["code"]: line for line in found["criteria"]}
    assert by_code["LEAD.1"]["to_confirm"] == 1
    assert by_code["LEAD.2"]["becomes"] is None
    assert by_code["LEAD.2"]["without_a_home"] == 1
    assert by_code["LAW.1"]["needs_level"] == 1
    assert by_code["LAW.2"]["kept"] == 1
    assert [line["code"] for line in found["added"]] == ["LEAD.3"]
    assert (found["signs"], found["signs_without_a_home"]) == (3, 1)
    by_place = {line["slug"]: line["answers"] for line in found["partnerships"]}
    assert by_place == {"amber-valley": 4, "cardiff": 0, "derby": 0, "exeter": 0}
    json.dumps(found)


def test_what_a_move_does_is_what_its_dry_run_said(answered: Assessment, round_: Round, after: Version) -> None:
    said = report(round_, after)
    assert move(round_, after).report == said


# What becomes of each answer


def test_an_answer_to_the_same_words_is_kept_as_it_is(answered: Assessment, round_: Round, after: Version) -> None:
    before = answered.ratings.get(criterion__code="LAW.2")
    move(round_, after)
    now = Rating.objects.get(pk=before.pk)
    assert now.criterion == criterion(after, "LAW.2")
    assert now.level is not None
    assert (now.level.name, now.level.scale.version) == ("Met", after)
    assert now.is_answered
    assert (now.reason, now.revision, now.save_id, now.updated_at) == (
        *(before.reason, before.revision),
        before.save_id,
        before.updated_at,
    )


def test_an_answer_to_other_words_is_to_confirm(answered: Assessment, round_: Round, after: Version) -> None:
    move(round_, after)
    now = rating_of(answered, after, "LEAD.1")
    assert now.is_to_confirm
    assert not now.is_answered
    assert (now.level.name if now.level else "", now.reason) == ("Some success", "Leaders meet.")
    signs = {row.indicator.text: row.answer for row in now.answers.filter(indicator__criterion=now.criterion)}
    assert signs == {"Sign 2 <partners> can be seen.": "partly", "Sign 3 <partners> can be seen.": "no"}


def test_an_answer_whose_level_is_gone_waits_for_another(answered: Assessment, round_: Round, after: Version) -> None:
    move(round_, after)
    now = rating_of(answered, after, "LAW.1")
    assert (now.level, now.is_confirmed, now.reason) == (None, False, "One group.")


def test_an_answer_to_what_was_dropped_stays_and_counts_nowhere(
    answered: Assessment, round_: Round, version: Version, after: Version
) -> None:
    move(round_, after)
    kept = rating_of(answered, version, "LEAD.2")
    assert (kept.reason, kept.is_confirmed) == ("Work is shared.", True)
    now = fresh(answered)
    assert [one.question.criterion.code for one in answer_sheet(now)] == ["LEAD.1", "LEAD.3", "LAW.1", "LAW.2"]
    assert (progress_of(now).total, progress_of(now).answered, progress_of(now).to_confirm) == (4, 1, 1)
    assert with_progress(Assessment.objects.filter(pk=now.pk)).get().rated == 1  # type: ignore[attr-defined]


def test_a_sign_that_is_gone_keeps_its_answer_and_is_none_of_the_criterions(
    answered: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    move(round_, after)
    now = fresh(answered)
    assert IndicatorAnswer.objects.filter(rating__assessment=now).count() == 3
    first = answer_sheet(now)[0]
    assert (first.in_place, len(first.answers)) == (0, 2)
    saved = rate(now, "LEAD.1", cast.officer, level="doing_well", revision=1, indicators={1: "yes"})
    assert saved.answers.count() == 2


def test_a_meetings_words_follow_and_a_level_that_is_gone_stays_the_one_agreed(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    decide(assessment, "LEAD.1", cast.officer, dissent="The police saw less.")
    decide(assessment, "LAW.1", cast.officer, level="partly_met")
    move(round_, after)
    lead, law = (Decision.objects.get(rating__criterion=criterion(after, code)) for code in ("LEAD.1", "LAW.1"))
    assert lead.level is not None
    assert (lead.level.scale.version, lead.dissent) == (after, "The police saw less.")
    assert law.level is not None
    assert (law.level.name, law.is_kept_by(law.rating)) == ("Partly met", False)
    agreed = next(one.agreed for one in answer_sheet(fresh(assessment)) if one.question.criterion.code == "LAW.1")
    assert agreed is not None
    assert agreed.label.name == "Partly met"


def test_views_follow_and_one_whose_level_is_gone_is_asked_again(
    assessment: Assessment, round_: Round, after: Version, version: Version, cast: Cast
) -> None:
    for person in (cast.viewer, cast.officer, cast.colleague):
        giving.give(assessment, person, code="LEAD.1", level=2, comment="As I see it.")
    giving.give(assessment, cast.viewer, code="LAW.1", level=1)
    giving.give(assessment, cast.officer, code="LAW.1", level=None)
    Assessment.objects.filter(pk=assessment.pk).update(views_revealed_at=NOW())
    move(round_, after)
    assert View.objects.filter(criterion=criterion(after, "LEAD.1"), level__slug="some_success").count() == 3
    assert View.objects.get(criterion=criterion(version, "LAW.1")).member.user == cast.viewer
    assert View.objects.get(criterion=criterion(after, "LAW.1")).level is None
    now = fresh(assessment)
    revealed = {one.question.criterion.code: len(one.given) for one in view_queries.seen(now, NOW())}
    assert revealed == {"LEAD.1": 3, "LEAD.3": 0, "LAW.1": 0, "LAW.2": 0}


def test_views_without_a_home_do_not_count_towards_the_reveal(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    third = giving.make_member(assessment, "third", "Probation")
    for person in (cast.viewer, cast.colleague):
        giving.give(assessment, person, code="LEAD.1")
    giving.give(assessment, third, code="LEAD.2")
    move(round_, after)
    with pytest.raises(services.TooFewAgencies):
        giving.reveal(fresh(assessment), cast.coordinator)


def test_sums_of_the_front_line_follow_whole_or_not_at_all(
    assessment: Assessment, round_: Round, after: Version, version: Version, cast: Cast
) -> None:
    survey = front_line.open_check(assessment, cast.coordinator)
    front_line.answer(survey, LEAD_1="doing_well")
    move(round_, after)
    now = SurveyCount.objects.get(criterion=criterion(after, "LEAD.1"), number=1)
    assert (now.level.slug, now.level.scale.version) == ("doing_well", after)
    assert SurveyCount.objects.filter(criterion=criterion(after, "LEAD.1")).count() == 4
    assert not SurveyCount.objects.filter(criterion=criterion(version, "LEAD.1")).exists()


def test_sums_at_a_level_that_is_gone_stay_and_the_check_begins_anew(places: Places, cast: Cast) -> None:
    before = criteria.make_version(is_key=True)
    round_ = criteria.make_round(before, places)
    assessment = Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)
    survey = front_line.open_check(assessment, cast.coordinator)
    front_line.answer(survey, LAW_1="partly_met")
    move(round_, changed_version(before, law_is_key=True))
    assert SurveyCount.objects.get(number=1).criterion.version == before
    fresh_counts = SurveyCount.objects.filter(criterion__version__slug="next-set", criterion__code="LAW.1")
    assert list(fresh_counts.values_list("number", flat=True)) == [0, 0]


def test_actions_follow_their_criterion(
    assessment: Assessment, round_: Round, after: Version, version: Version, cast: Cast
) -> None:
    raised, left = act(assessment, cast.officer, "LAW.1"), act(assessment, cast.officer, "LEAD.2")
    services.add_note(action=raised, text="Begun.", by=seat(cast.officer), arrived_at=NOW())
    move(round_, after)
    assert ImprovementAction.objects.get(pk=raised.pk).criterion == criterion(after, "LAW.1")
    assert ImprovementAction.objects.get(pk=raised.pk).notes.get().text == "Begun."
    assert ImprovementAction.objects.get(pk=left.pk).criterion == criterion(version, "LEAD.2")


def test_evidence_follows_and_what_came_late_stays_with_its_words(
    answered: Assessment, round_: Round, after: Version, version: Version, cast: Cast
) -> None:
    attach(answered, cast, "LEAD.1")
    keep_late(answered, "LEAD.1", cast.officer)
    move(round_, after)
    assert Evidence.objects.get().rating.criterion == criterion(after, "LEAD.1")
    assert LateDraft.objects.get().criterion == criterion(version, "LEAD.1")


def test_a_criterion_that_is_not_asked_here_leaves_its_answer_without_a_home(
    round_: Round, version: Version, places: Places, cast: Cast
) -> None:
    derby = Assessment.objects.with_round().get(round=round_, partnership=places.derby)
    rate(derby, "LAW.1", cast.neighbour, level="met", reason="One group.")
    two_tier = criteria.make_version("two-tier", nation="england", tier="two-tier")
    line = next(line for line in report(round_, two_tier)["partnerships"] if line["slug"] == "derby")
    assert (line["answers"], line["without_a_home"]) == (1, 1)
    move(round_, two_tier)
    assert derby.ratings.get().criterion.version == version


def test_a_criterion_that_is_only_announced_leaves_its_answer_without_a_home(
    answered: Assessment, round_: Round, version: Version
) -> None:
    later = criteria.make_version("later", in_force_from=timezone.localdate() + datetime.timedelta(days=400))
    assert report(round_, later)["without_a_home"] == 4
    move(round_, later)
    assert set(answered.ratings.values_list("criterion__version", flat=True)) == {version.pk}


def test_a_way_back_brings_home_what_was_dropped_between(
    answered: Assessment, round_: Round, after: Version, version: Version
) -> None:
    move(round_, after)
    third = criteria.make_version("third-set")
    round_.refresh_from_db()
    assert report(round_, third)["without_a_home"] == 0
    move(round_, third)
    assert rating_of(answered, third, "LEAD.2").reason == "Work is shared."
    assert answered.ratings.filter(criterion__version=third).count() == 4


# The next round


def test_the_next_round_starts_from_the_answers_where_they_are_now(
    answered: Assessment, round_: Round, after: Version, version: Version
) -> None:
    move(round_, after)
    Rating.objects.filter(assessment=answered).update(is_confirmed=True)
    following = Round.objects.create(
        slug="2028",
        name="2028",
        version=criteria.make_version("back-again"),
        opens_on=timezone.localdate(),
        closes_on=timezone.localdate() + datetime.timedelta(days=90),
        previous=round_,
    )
    heir = Assessment.objects.create(round=following, partnership=answered.partnership)
    carry_forward(round_=following, by=None)
    texts = dict(heir.ratings.values_list("criterion__code", "reason"))
    assert texts == {
        "LEAD.1": "Leaders meet.",
        "LEAD.2": "Work is shared.",
        "LAW.1": "One group.",
        "LAW.2": "District and county meet.",
    }
    found = last_answers(Assessment.objects.with_criteria().get(pk=heir.pk))
    assert found["test-lead-1"].label.name == "Some success"
    assert found["test-lead-2"].asked.criterion.version == version


# Undoing it


def everything(assessment: Assessment, cast: Cast) -> None:
    """Hang something of every kind on every kind of criterion."""
    answer_all(assessment, cast.officer)
    decide(assessment, "LAW.2", cast.coordinator, level="met", revision=1)
    attach(assessment, cast, "LEAD.1")
    for person in (cast.viewer, cast.colleague):
        for code in ("LEAD.1", "LEAD.2", "LAW.1"):
            giving.give(assessment, person, code=code, level=1, comment="So far.")
    act(assessment, cast.officer, "LEAD.2")
    keep_late(assessment, "LEAD.1", cast.officer)
    survey = front_line.open_check(assessment, cast.coordinator)
    front_line.answer(survey, LEAD_1="doing_well")


def test_undoing_puts_every_row_of_every_table_back(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    everything(assessment, cast)
    before = dump()
    move(round_, after, cast.administrator)
    assert set(differing(before, dump())) >= {
        "assessments_rating",
        "assessments_indicatoranswer",
        "assessments_decision",
        "assessments_view",
        "assessments_surveycount",
        "assessments_round",
    }
    undone = undo(round_, cast.administrator)
    assert differing(before, dump()) == []
    assert undone.undone_by == cast.administrator
    with pytest.raises(services.NothingToUndo):
        undo(round_)


def test_two_moves_are_undone_one_after_the_other(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    everything(assessment, cast)
    before = dump()
    third = criteria.make_version("third-set")
    first_state = dump()
    move(round_, after)
    between = dump()
    move(round_, third)
    undo(round_)
    assert differing(between, dump()) == []
    undo(round_)
    assert differing(first_state, dump()) == []
    assert differing(before, first_state) != []


SAVES = {
    "an answer": lambda a, cast: rate(a, "LEAD.3", cast.officer, level="doing_well"),
    "a confirmation": lambda a, cast: rate(a, "LEAD.1", cast.officer, level="doing_well", revision=1),
    "a decision": lambda a, cast: decide(a, "LEAD.3", cast.officer),
    "a view": lambda a, cast: giving.give(a, cast.viewer, code="LEAD.3"),
    "evidence": lambda a, cast: attach(a, cast, "LEAD.1", "Another"),
    "an action": lambda a, cast: act(a, cast.officer, "LEAD.3"),
    "a check": lambda a, cast: front_line.open_check(a, cast.coordinator),
    "a late text": lambda a, cast: keep_late(a, "LEAD.1", cast.officer),
}


@pytest.mark.parametrize("what", SAVES)
def test_the_first_save_makes_it_stay(
    answered: Assessment, round_: Round, after: Version, cast: Cast, what: str
) -> None:
    move(round_, after)
    SAVES[what](fresh(answered), cast)
    before = dump(())
    with pytest.raises(services.SavedSince):
        undo(round_)
    assert dump(()) == before


def test_an_answer_of_the_front_line_is_a_save_too(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    survey = front_line.open_check(assessment, cast.coordinator)
    move(round_, after)
    front_line.answer(type(survey).objects.with_place().get(), LEAD_1="doing_well")
    with pytest.raises(services.SavedSince):
        undo(round_)


# What is refused


def test_nothing_moves_while_a_submission_counts(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    before = dump(())
    with pytest.raises(SomeHaveSubmitted, match="Amber Valley"):
        move(round_, after)
    assert dump(()) == before
    services.withdraw_submission(assessment=assessment, number=1, by=seat(cast.coordinator), arrived_at=NOW())
    move(round_, after)
    assert assessment.submissions.get().ratings.first().criterion.version != after  # type: ignore[union-attr]


def test_a_round_that_is_over_keeps_its_criteria(round_: Round, after: Version) -> None:
    close(round_)
    with pytest.raises(RoundIsOver):
        move(round_, after)


def test_a_move_is_not_undone_once_the_round_is_over(round_: Round, after: Version) -> None:
    move(round_, after)
    close(round_)
    with pytest.raises(RoundIsOver):
        undo(round_)


def test_only_a_published_version_of_the_same_set_can_be_asked(round_: Round, version: Version) -> None:
    for other, why in [
        (version, SameVersion),
        (criteria.make_version("a-draft", is_draft=True), VersionNotPublished),
        (criteria.make_version("elsewhere", framework="other"), OtherFramework),
    ]:
        with pytest.raises(why):
            move(round_, other)
    assert not Move.objects.exists()


def test_a_move_that_fails_half_way_changes_nothing(
    answered: Assessment, round_: Round, after: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(())

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("assessments.services.moved_rows.Mover._start_at_zero", fail)
    with pytest.raises(RuntimeError):
        move(round_, after)
    assert dump(()) == before


def test_both_acts_are_recorded(round_: Round, after: Version, cast: Cast) -> None:
    move(round_, after, cast.administrator)
    undo(round_, cast.administrator)
    told: list[Any] = list(Event.objects.filter(kind__startswith="round.criteria").order_by("pk"))
    moved, restored = told
    assert (moved.before["version"], moved.after["version"]) == ("test-framework/test-set", "test-framework/next-set")
    assert (moved.actor_id, moved.after["kept"]) == (cast.administrator.pk, 0)
    assert restored.after["version"] == "test-framework/test-set"


# Saves under way


def test_a_save_that_was_read_before_the_move_is_refused(
    answered: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    """The page fetched assessment and question; the move came between; what follows must not write to the old set."""
    asked = question(answered, "LEAD.1")
    at: dict[str, Any] = {"assessment": answered, "question": asked, "by": seat(cast.officer), "arrived_at": NOW()}
    move(round_, after)
    before = dump(())
    plain = {**at, "revision": 1, "save_id": uuid.uuid4()}
    acts: list[Any] = [
        lambda: services.save_rating(answer=services.Answer(reason="Mine"), **plain),
        lambda: services.confirm_rating(**plain),
        lambda: services.record_decision(outcome=services.Outcome(reason="Ours"), **plain),
        lambda: services.save_view(level=asked.levels[0], comment="", **{**plain, "revision": 0}),
        lambda: services.take_view_back(revision=1, **at),
        lambda: services.add_link(title="Minutes", link="https://example.org/", **at),
        lambda: services.raise_action(plan=plan(answered.partnership), **at),
        lambda: services.submit_assessment(
            assessment=answered, agreed_by=[], by=seat(cast.coordinator), arrived_at=NOW()
        ),
    ]
    for save in acts:
        with pytest.raises(services.CriteriaChanged):
            save()
    assert dump(()) == before


def test_an_answer_of_the_front_line_to_what_is_asked_no_more_is_not_counted(
    assessment: Assessment, round_: Round, after: Version, cast: Cast
) -> None:
    survey = front_line.open_check(assessment, cast.coordinator)
    move(round_, after)
    before = dump(())
    with pytest.raises(services.CriteriaChanged):
        front_line.answer(survey, LEAD_1="doing_well")
    assert dump(()) == before


def attach(assessment: Assessment, cast: Cast, code: str, title: str = "Minutes") -> Evidence:
    return services.add_link(
        assessment=assessment,
        question=question(assessment, code),
        title=title,
        link=f"https://example.org/{title.lower()}",
        by=seat(cast.officer),
        arrived_at=NOW(),
    )
