"""The front-line check keeps sums and nothing else, tells them once it is over, and cannot be stuffed by racing."""

import datetime
import threading
import time
from collections import Counter
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections

from accounts.services import hash_of
from assessments import services, survey_limits
from assessments.models import Assessment, Survey, SurveyCount, end_of_day
from assessments.survey_limits import AlreadyCounted, TooManyAnswers
from assessments.survey_queries import distribution, key_questions
from audit.models import Event
from tests.assessments.answering import NOW, question, rate_everything, seat, submit
from tests.assessments.front_line import COUNCIL, TOKEN, answer, close, open_check
from tests.criteria import make_version
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(assessment: Assessment, cast: Cast) -> Survey:
    return open_check(assessment, cast.coordinator)


def sums(survey: Survey) -> dict[tuple[str, str], int]:
    chosen = survey.counts.filter(number__gt=0).values_list("criterion__code", "level__slug", "number")
    return {(code, level): number for code, level, number in chosen}


def rows_of_everything() -> dict[str, list[str]]:
    """Return every row of every table, the cache's too."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(repr(row) for row in cursor.fetchall())
    return found


def ask_all(assessment: Assessment, **changes: Any) -> None:
    """Let the round ask a set whose criteria are all like this."""
    assessment.round.version = make_version(slug="another-set", **changes)
    assessment.round.save()


# What is asked


def test_the_key_criteria_are_asked(assessment: Assessment) -> None:
    assert [asked.criterion.code for asked in key_questions(assessment)] == ["LEAD.1"]


def test_a_set_without_key_criteria_is_asked_about_practice(assessment: Assessment) -> None:
    ask_all(assessment, is_key=False)
    assert [asked.criterion.code for asked in key_questions(assessment)] == ["LEAD.1", "LEAD.2"]


def test_a_set_of_law_alone_is_asked_about_the_law(assessment: Assessment) -> None:
    ask_all(assessment, is_key=False, kind="statutory")
    assert [asked.criterion.code for asked in key_questions(assessment)] == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]


# Opening, a new link, closing


def test_the_token_is_long_and_only_its_hash_is_kept(assessment: Assessment, cast: Cast) -> None:
    survey, token = services.open_survey(
        assessment=assessment, closes_on=assessment.closes_on, by=seat(cast.coordinator), arrived_at=NOW()
    )
    assert len(token) >= 43
    assert survey.token_hash == hash_of(token)
    assert token not in str(rows_of_everything())


def test_opening_is_in_the_trail_without_the_link(survey: Survey) -> None:
    event = Event.objects.get(kind="survey.opened")
    assert (event.partnership, event.actor_role) == ("amber-valley", "Coordinator, Local authority")
    assert event.after == {"closes_on": survey.closes_on.isoformat(), "max_answers": 200}


def test_a_second_check_is_refused(survey: Survey, assessment: Assessment, cast: Cast) -> None:
    with pytest.raises(services.SurveyOpened):
        open_check(assessment, cast.coordinator)


@pytest.mark.parametrize("days", [-1, 31])
def test_it_closes_between_today_and_the_assessments_last_day(assessment: Assessment, cast: Cast, days: int) -> None:
    with pytest.raises(services.ClosingDayRefused):
        open_check(assessment, cast.coordinator, days=days)
    assert not Survey.objects.exists()


def test_after_submission_none_is_opened(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    with pytest.raises(services.AlreadySubmitted):
        open_check(assessment, cast.coordinator)


def test_a_check_closed_too_early_goes_on_with_what_it_has(survey: Survey, assessment: Assessment, cast: Cast) -> None:
    answer(survey, LEAD_1="doing_well")
    close(survey, cast.coordinator)
    again = open_check(assessment, cast.coordinator, token="another-link")
    assert again.is_open(NOW())
    answer(again, LEAD_1="doing_well")
    assert (Survey.objects.get().answers, sums(survey)) == (2, {("LEAD.1", "doing_well"): 2})


def test_a_check_whose_sums_are_shown_never_takes_another_answer(
    survey: Survey, assessment: Assessment, cast: Cast
) -> None:
    """One answer more would be the difference of two sums, so everybody could read it."""
    for _person in range(5):
        answer(survey, LEAD_1="doing_well")
    close(survey, cast.coordinator)
    with pytest.raises(services.SurveyOpened):
        open_check(assessment, cast.coordinator)
    with pytest.raises(services.SurveyClosed):
        services.renew_link(survey=survey, by=seat(cast.coordinator), arrived_at=NOW())
    with pytest.raises(services.SurveyClosed):
        answer(survey, LEAD_1="doing_well")


def test_a_new_link_replaces_the_one_before_and_keeps_the_answers(survey: Survey, cast: Cast) -> None:
    answer(survey, LEAD_1="doing_well")
    token = services.renew_link(survey=survey, by=seat(cast.coordinator), arrived_at=NOW())
    assert not Survey.objects.filter(token_hash=hash_of(TOKEN)).exists()
    assert Survey.objects.get(token_hash=hash_of(token)).answers == 1
    assert Event.objects.filter(kind="survey.link_renewed").count() == 1
    with pytest.raises(services.SurveyClosed):
        answer(survey, LEAD_1="doing_well")


def test_closing_twice_is_one_event(survey: Survey, cast: Cast) -> None:
    for _press in range(2):
        close(survey, cast.coordinator)
    assert Event.objects.filter(kind="survey.closed").count() == 1


def test_submitting_closes_it_and_the_trail_says_so(survey: Survey, assessment: Assessment, cast: Cast) -> None:
    for _person in range(5):
        answer(survey, LEAD_1="doing_well")
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    with pytest.raises(services.SurveyClosed):
        answer(survey, LEAD_1="doing_well")
    event = Event.objects.get(kind="survey.closed")
    assert (event.actor_id, event.partnership) == (cast.coordinator.pk, "amber-valley")
    assert distribution(assessment, NOW()) is not None


def test_submitting_closes_no_check_that_is_closed(survey: Survey, assessment: Assessment, cast: Cast) -> None:
    close(survey, cast.coordinator)
    closed_at = Survey.objects.get().closed_at
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    assert (Survey.objects.get().closed_at, Event.objects.filter(kind="survey.closed").count()) == (closed_at, 1)


# Answering


def test_answers_become_sums(survey: Survey) -> None:
    answer(survey, LEAD_1="doing_well")
    answer(survey, LEAD_1="doing_well")
    answer(survey, LEAD_1="gap_identified")
    answer(survey)
    assert Survey.objects.get().answers == 4
    assert sums(survey) == {("LEAD.1", "doing_well"): 2, ("LEAD.1", "gap_identified"): 1}


def test_a_sum_that_is_not_there_yet_begins_with_one(survey: Survey) -> None:
    survey.counts.all().delete()
    answer(survey, LEAD_1="doing_well", LEAD_2="gap_identified")
    assert sums(survey) == {("LEAD.1", "doing_well"): 1, ("LEAD.2", "gap_identified"): 1}


def test_a_level_of_another_scale_is_refused(survey: Survey) -> None:
    lead, law = question(survey.assessment, "LEAD.1"), question(survey.assessment, "LAW.1")
    with pytest.raises(services.WrongLevel):
        services.answer_survey(
            survey=survey, choices={lead: law.levels[0]}, form_key="k", address=COUNCIL, arrived_at=NOW()
        )
    assert Survey.objects.get().answers == 0


def test_it_takes_answers_until_the_last_second_of_its_day(survey: Survey) -> None:
    last = end_of_day(survey.closes_on)
    answer(survey, arrived_at=last, LEAD_1="doing_well")
    with pytest.raises(services.SurveyClosed):
        answer(survey, arrived_at=last + datetime.timedelta(seconds=1), LEAD_1="doing_well")
    assert sums(survey) == {("LEAD.1", "doing_well"): 1}


def test_when_it_is_full_it_is_closed(assessment: Assessment, cast: Cast) -> None:
    survey = open_check(assessment, cast.coordinator, most=5)
    for _person in range(5):
        answer(survey, LEAD_1="doing_well")
    with pytest.raises(services.SurveyClosed):
        answer(survey, LEAD_1="doing_well")
    assert not Survey.objects.get().is_open(NOW())
    assert sums(survey) == {("LEAD.1", "doing_well"): 5}


def test_one_form_counts_once(survey: Survey) -> None:
    answer(survey, form_key="the same", LEAD_1="doing_well")
    with pytest.raises(AlreadyCounted):
        answer(survey, form_key="the same", LEAD_1="doing_well")
    assert Survey.objects.get().answers == 1


def test_a_form_counts_once_in_its_own_check_alone(survey: Survey, places: Places, cast: Cast) -> None:
    derby = Assessment.objects.with_round().get(round=survey.assessment.round, partnership=places.derby)
    other = open_check(derby, cast.coordinator, token="of-another-check")
    for check in (survey, other):
        answer(check, form_key="the same", LEAD_1="doing_well")
    assert list(Survey.objects.values_list("answers", flat=True)) == [1, 1]


def test_what_is_refused_uses_nothing_up(survey: Survey, cast: Cast) -> None:
    before = rows_of_everything()
    survey.closed_at = NOW()
    with pytest.raises(services.SurveyClosed):
        answer(survey, form_key="the same", LEAD_1="doing_well")
    assert rows_of_everything() == before
    answer(Survey.objects.with_place().get(), form_key="the same", LEAD_1="doing_well")


# How often


def test_a_council_answers_a_hundred_times_an_hour_and_others_are_not_touched(survey: Survey) -> None:
    for _colleague in range(survey_limits.ANSWERS_AN_HOUR):
        survey_limits.take_place(survey, COUNCIL)
    with pytest.raises(TooManyAnswers):
        answer(survey, LEAD_1="doing_well")
    answer(survey, address="203.0.113.9", LEAD_1="doing_well")
    assert Survey.objects.get().answers == 1


def test_a_network_is_one_address_however_many_it_has(survey: Survey) -> None:
    for number in range(survey_limits.ANSWERS_AN_HOUR):
        survey_limits.take_place(survey, f"2001:db8:1:2::{number:x}")
    with pytest.raises(TooManyAnswers):
        answer(survey, address="2001:db8:1:2:ffff::1", LEAD_1="doing_well")
    answer(survey, address="2001:db8:1:3::1", LEAD_1="doing_well")


def test_the_next_hour_is_another(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as an_hour_ago:
        began = time.time() - survey_limits.HOUR
        an_hour_ago.setattr(time, "time", lambda: began)
        for _colleague in range(survey_limits.ANSWERS_AN_HOUR):
            survey_limits.take_place(survey, COUNCIL)
    answer(survey, LEAD_1="doing_well")
    assert sum("front-line" in row for row in rows_of_everything()["portal_cache"]) == 2


def test_a_new_link_begins_to_count_anew(survey: Survey, cast: Cast) -> None:
    for _colleague in range(survey_limits.ANSWERS_AN_HOUR):
        survey_limits.take_place(survey, COUNCIL)
    services.renew_link(survey=survey, by=seat(cast.coordinator), arrived_at=NOW())
    answer(Survey.objects.with_place().get(), LEAD_1="doing_well")


# Privacy


def test_an_answer_changes_two_numbers_and_nothing_else(survey: Survey) -> None:
    before = rows_of_everything()
    answer(survey, LEAD_1="doing_well")
    after = rows_of_everything()
    changed = {table: set(after[table]) - set(before[table]) for table in after if after[table] != before[table]}
    assert set(changed) == {"assessments_survey", "assessments_surveycount", "portal_cache"}
    assert [len(changed[table]) for table in ("assessments_survey", "assessments_surveycount")] == [1, 1]
    assert Survey.objects.values().get() == {**vars_of(survey), "answers": 1}


def vars_of(survey: Survey) -> dict[str, Any]:
    return {field.attname: getattr(survey, field.attname) for field in Survey._meta.concrete_fields}


def test_no_column_could_hold_who_answered_or_when() -> None:
    assert {field.attname for field in SurveyCount._meta.concrete_fields} == {
        "id",
        "survey_id",
        "criterion_id",
        "level_id",
        "number",
    }
    assert {field.attname for field in Survey._meta.concrete_fields} == {
        "id",
        "assessment_id",
        "token_hash",
        "closes_on",
        "closed_at",
        "max_answers",
        "answers",
    }


def test_no_row_is_made_by_an_answer_so_their_order_tells_nothing(survey: Survey) -> None:
    before = list(survey.counts.values_list("pk", "criterion", "level"))
    answer(survey, LEAD_1="doing_well")
    assert list(survey.counts.values_list("pk", "criterion", "level")) == before


def test_the_cache_knows_neither_the_address_nor_the_minute_nor_the_choice(survey: Survey) -> None:
    answer(survey, LEAD_1="doing_well")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM portal_cache WHERE cache_key LIKE '%front-line%'")
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert len({value for _key, value, _expires in rows}) == 1
    assert all(COUNCIL not in key and TOKEN not in key and hash_of(COUNCIL) not in key for key, _v, _e in rows)
    assert all(":00:00" in str(expires) for _key, _value, expires in rows)


def answered_hours_ago(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        began = time.time() - 3 * survey_limits.HOUR
        earlier.setattr(time, "time", lambda: began)
        cache.set("somebody-elses", True, 60)
        answer(survey, LEAD_1="doing_well")


def kept(words: str) -> int:
    return sum(words in row for row in rows_of_everything()["portal_cache"])


def test_what_has_expired_is_removed_by_closing(survey: Survey, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_hours_ago(survey, monkeypatch)
    close(survey, cast.coordinator)
    assert (kept("front-line"), kept("somebody-elses")) == (0, 1)


def test_what_has_expired_is_removed_by_the_next_answer(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_hours_ago(survey, monkeypatch)
    answer(survey, address="192.0.2.44", LEAD_1="doing_well")
    assert kept("front-line") == 2


def test_what_has_expired_is_removed_by_the_hourly_command(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_hours_ago(survey, monkeypatch)
    answer(survey, form_key="of this hour", LEAD_1="doing_well")
    answered_hours_ago(survey, monkeypatch)
    call_command("forget_traces")
    assert (kept("front-line"), kept("somebody-elses")) == (2, 1)


def test_an_answer_leaves_no_event(survey: Survey) -> None:
    before = Event.objects.count()
    answer(survey, LEAD_1="doing_well")
    assert Event.objects.count() == before


# What may be seen


def five_answers(survey: Survey) -> None:
    for level in ["doing_well", "doing_well", "some_success", "gap_identified", "gap_identified"]:
        answer(survey, LEAD_1=level)


def test_nothing_is_told_while_it_is_open(survey: Survey) -> None:
    five_answers(survey)
    assert distribution(survey.assessment, NOW()) is None


def test_nothing_is_told_without_a_check(assessment: Assessment) -> None:
    assert distribution(assessment, NOW()) is None


def test_four_answers_are_never_told(survey: Survey, cast: Cast) -> None:
    for _person in range(4):
        answer(survey, LEAD_1="doing_well")
    close(survey, cast.coordinator)
    assert distribution(survey.assessment, NOW()) is None
    assert distribution(survey.assessment, NOW() + datetime.timedelta(days=400)) is None


def test_five_answers_are_told_once_it_is_closed(survey: Survey, cast: Cast) -> None:
    five_answers(survey)
    close(survey, cast.coordinator)
    asked = question(survey.assessment, "LEAD.1")
    counts = dict(zip((level.pk for level in asked.levels), [2, 0, 1, 2], strict=True))
    assert distribution(survey.assessment, NOW()) == {asked.criterion.pk: counts}


def test_a_criterion_that_four_rated_is_left_out(survey: Survey, cast: Cast) -> None:
    answer(survey, LEAD_1="doing_well")
    for _person in range(4):
        answer(survey, LEAD_1="doing_well", LEAD_2="doing_well")
    close(survey, cast.coordinator)
    assert list(distribution(survey.assessment, NOW()) or {}) == [question(survey.assessment, "LEAD.1").criterion.pk]


def test_a_full_check_is_told(assessment: Assessment, cast: Cast) -> None:
    survey = open_check(assessment, cast.coordinator, most=5)
    five_answers(survey)
    assert distribution(assessment, NOW()) is not None


def test_after_its_last_day_it_is_told_once_no_answer_can_be_under_way(survey: Survey) -> None:
    five_answers(survey)
    last = end_of_day(survey.closes_on)
    assert distribution(survey.assessment, last + datetime.timedelta(seconds=30)) is None
    assert distribution(survey.assessment, last + datetime.timedelta(minutes=3)) is not None


# At once


@pytest.mark.django_db(transaction=True)
def test_ten_people_answering_at_once_lose_nothing_and_fill_no_more_than_there_is_room(
    assessment: Assessment, cast: Cast
) -> None:
    survey = open_check(assessment, cast.coordinator, most=7)
    outcomes = at_once(10, lambda _number: answer(survey, LEAD_1="doing_well", LEAD_2="some_success"))
    assert outcomes == {"counted": 7, "SurveyClosed": 3}
    assert Survey.objects.get().answers == 7
    assert sums(survey) == {("LEAD.1", "doing_well"): 7, ("LEAD.2", "some_success"): 7}


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_eight_times_at_once_counts_once(assessment: Assessment, cast: Cast) -> None:
    survey = open_check(assessment, cast.coordinator)
    outcomes = at_once(8, lambda _number: answer(survey, form_key="pressed eight times", LEAD_1="doing_well"))
    assert outcomes == {"counted": 1, "AlreadyCounted": 7}
    assert sums(survey) == {("LEAD.1", "doing_well"): 1}


def at_once(number: int, act: Any) -> Counter[str]:
    """Do it in so many threads at the same moment, and count how each ended."""
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(number, timeout=20)

    def run(which: int) -> None:
        try:
            start.wait()
            act(which)
            outcomes["counted"] += 1
        except (services.Refused, AlreadyCounted, TooManyAnswers) as refusal:
            outcomes[type(refusal).__name__] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[which]) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    cache.clear()
    return outcomes
