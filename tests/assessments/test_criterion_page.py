"""The criterion page as an officer meets it: saving, conflicts, deadlines, nonsense, and nothing lost."""

import datetime
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.formats import date_format

from accounts.models import User
from assessments.models import Assessment, LateDraft, Rating, Round
from tests.assessments.answering import NOW, rate, rate_everything, stamp, stamp_on, submit, url
from tests.counting import counted
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def close(round_: Round) -> None:
    """Let the round have closed yesterday."""
    Round.objects.filter(pk=round_.pk).update(closes_on=datetime.date.today() - datetime.timedelta(days=1))  # noqa: DTZ011


def test_it_shows_the_levels_with_their_descriptors_and_the_signs(officer: Client, assessment: Assessment) -> None:
    page = officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    for words in ("Gap identified: what that looks like.", "Doing well", "Sign 2", "Attach the minutes."):
        assert words in page


def test_it_escapes_what_criteria_say(officer: Client, assessment: Assessment) -> None:
    page = officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert "Sign 1 &lt;partners&gt; can be seen." in page


def test_the_first_radio_has_the_id_that_errors_link_to(officer: Client, assessment: Assessment) -> None:
    page = officer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert 'id="id_level" name="level" type="radio" value="gap_identified"' in page


def test_save_and_continue_saves_and_goes_on(officer: Client, assessment: Assessment) -> None:
    sent = {**stamp(), "level": "some_success", "reason": "We meet.\r\nOften.", "indicator_2": "yes"}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    assert answer["Location"] == url("criterion", assessment, "LEAD.2")
    rating = Rating.objects.get()
    assert (rating.reason, rating.answers.get().indicator.number) == ("We meet.\nOften.", 2)


def test_the_last_criterion_leads_to_the_check_page(officer: Client, assessment: Assessment) -> None:
    answer = officer.post(url("criterion", assessment, "LAW.2"), {**stamp(), "level": "met", "reason": "One group."})
    assert answer["Location"] == url("check", assessment)


@pytest.mark.parametrize(
    ("then", "name"),
    [("later", "tasks"), ("file", "evidence_file"), ("link", "evidence_link"), ("case-study", "evidence_case_study")],
)
def test_each_button_saves_first(officer: Client, assessment: Assessment, then: str, name: str) -> None:
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "Kept", "then": then})
    asked = "" if name == "tasks" else "?asked=test-lead-1"
    more = () if name == "tasks" else ("LEAD.1",)
    assert answer["Location"] == url(name, assessment, *more) + asked
    assert Rating.objects.get().reason == "Kept"


def test_what_was_saved_is_there_when_one_comes_back(officer: Client, assessment: Assessment) -> None:
    officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "level": "doing_well", "indicator_3": "partly"})
    form = officer.get(url("criterion", assessment, "LEAD.1")).context["form"]
    assert form["level"].value() == "doing_well"
    assert [row.name for row in form.indicator_rows() if ("partly", True) in {(o[0], o[3]) for o in row.options}] == [
        "indicator_3"
    ]


def test_the_place_without_an_indicator_has_no_such_question(officer: Client, assessment: Assessment) -> None:
    assert "What is in place?" not in officer.get(url("criterion", assessment, "LEAD.2")).content.decode()


def test_a_conflict_shows_both_texts_and_keeps_mine_in_the_form(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, level="gap_identified", reason="What police wrote")
    answer = officer.post(
        url("criterion", assessment, "LEAD.1"), {**read, "level": "doing_well", "reason": "What council wrote"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What police wrote" in page
    assert "What council wrote</textarea>" in page
    assert Rating.objects.get().reason == "What police wrote"


def test_saving_mine_after_reading_theirs_is_a_decision_that_is_kept(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    conflict = officer.post(url("criterion", assessment, "LEAD.1"), {**read, "reason": "Mine"})
    again = conflict.context["stamp"]
    officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(again.revision, again.save_id), "reason": "Both"})
    assert Rating.objects.get().reason == "Both"


def test_two_tabs_of_one_person_do_not_overwrite_each_other(officer: Client, assessment: Assessment) -> None:
    first, second = stamp_on(officer, assessment, "LEAD.1"), stamp_on(officer, assessment, "LEAD.1")
    officer.post(url("criterion", assessment, "LEAD.1"), {**first, "reason": "First tab"})
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**second, "reason": "Second tab"})
    assert answer.status_code == 409
    assert Rating.objects.get().reason == "First tab"


def test_pressing_save_twice_is_one_save(officer: Client, assessment: Assessment) -> None:
    sent = {**stamp_on(officer, assessment, "LEAD.1"), "level": "doing_well", "reason": "We meet."}
    codes = [officer.post(url("criterion", assessment, "LEAD.1"), sent).status_code for _press in range(2)]
    assert codes == [302, 302]
    assert Rating.objects.get().revision == 1


def test_going_back_and_saving_again_on_top_of_ones_own_save_is_no_conflict(
    officer: Client, assessment: Assessment
) -> None:
    sent = stamp_on(officer, assessment, "LEAD.1")
    officer.post(url("criterion", assessment, "LEAD.1"), {**sent, "reason": "One"})
    officer.post(url("criterion", assessment, "LEAD.1"), {**sent, "reason": "One and two"})
    assert Rating.objects.get().reason == "One and two"


def test_text_that_arrives_after_the_deadline_is_shown_and_kept_as_late(
    officer: Client, assessment: Assessment
) -> None:
    read = stamp_on(officer, assessment, "LEAD.1")
    close(assessment.round)
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**read, "reason": "A minute too late"})
    assert answer.status_code == 409
    assert "A minute too late" in answer.content.decode()
    assert LateDraft.objects.get().reason == "A minute too late"
    assert "A minute too late" in officer.get(url("late_drafts", assessment)).content.decode()
    assert not Rating.objects.exists()


def test_the_deadline_is_judged_by_arrival_not_by_the_time_the_work_takes(
    officer: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(assessment.round)
    arrived = Round.objects.get().closes_at - datetime.timedelta(seconds=1)
    monkeypatch.setattr("cdrp_portal.middleware.timezone", SimpleNamespace(now=lambda: arrived))
    sent = {**stamp(), "level": "doing_well", "reason": "We meet."}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    assert answer.status_code == 302
    assert Rating.objects.get().level is not None


def test_a_save_to_a_submitted_assessment_shows_what_was_typed(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(1), "reason": "One more thing"})
    assert answer.status_code == 409
    assert "One more thing" in answer.content.decode()
    assert "It was submitted, so its answers are fixed." in answer.content.decode()
    sent = {**stamp(1), "reason": "One more thing"}
    assert officer.post(url("autosave", assessment, "LEAD.1"), sent).json() == {"error": "submitted"}


def test_a_save_before_the_first_day_says_when_that_is(officer: Client, assessment: Assessment) -> None:
    opens = NOW().date() + datetime.timedelta(days=3)
    Round.objects.filter(pk=assessment.round.pk).update(opens_on=opens)
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "Early"})
    assert answer.status_code == 409
    assert f"Its round opens on {date_format(opens, 'j F Y')}." in answer.content.decode()
    assert "submitted, so" not in answer.content.decode()
    sent = {**stamp(), "reason": "Early"}
    assert officer.post(url("autosave", assessment, "LEAD.1"), sent).json() == {"error": "early"}


def test_a_viewer_reads_and_cannot_write(sign_in: SignIn, cast: Cast, assessment: Assessment) -> None:
    viewer = sign_in(cast.viewer)
    assert "<textarea" not in viewer.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert viewer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "level": "met"}).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("level", "excellent", "Select a level for this criterion from the list"),
        ("level", "met", "Select a level for this criterion from the list"),
        ("level", ["some_success", "doing_well"], "Select one level for this criterion, not two"),
        ("indicator_1", "perhaps", "Select yes, partly or no for sign 1"),
        ("reason", "x" * 2001, "Reason must be 2,000 characters or fewer. You entered 2001."),
        ("reason", "a\x00b", "has a broken character at place 2"),
    ],
)
def test_what_no_page_of_ours_sends_is_refused_by_name_and_nothing_typed_is_lost(
    officer: Client, assessment: Assessment, field: str, value: object, message: str
) -> None:
    sent = {**stamp(), "reason": "Typed with care", field: value}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert not Rating.objects.exists()
    assert message in page
    if field != "reason":
        assert "Typed with care" in page


def test_two_thousand_characters_typed_in_a_browser_fit(officer: Client, assessment: Assessment) -> None:
    text = ("a\r\n" * 1000)[:-2] + "b"
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "level": "doing_well", "reason": text})
    assert answer.status_code == 302
    assert len(Rating.objects.get().reason) == 2000


@pytest.mark.parametrize(
    ("typed", "asked", "not_asked"),
    [
        ({"reason": "Typed"}, ["Select a level for Leadership 1"], ["Enter the reason for this level"]),
        ({"level": "doing_well"}, ["Enter the reason for this level"], ["Select a level"]),
        ({"indicator_1": "yes"}, ["Select a level for Leadership 1", "Enter the reason for this level"], []),
        (
            {"level": "does_not_apply"},
            ["Enter why this criterion does not apply to you"],
            ["Select a level", "Enter the reason for this level"],
        ),
    ],
)
def test_going_on_without_a_level_or_a_reason_asks_for_it_and_saves_what_there_is(
    officer: Client, assessment: Assessment, typed: dict[str, str], asked: list[str], not_asked: list[str]
) -> None:
    where = url("criterion", assessment, "LEAD.1")
    answer = officer.post(where, {**stamp_on(officer, assessment, "LEAD.1"), **typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("There is a problem") == 1
    assert "What you entered was saved at" in page
    for words in asked:
        assert page.count(words) == 2, "once in the summary, once beside the field"
    assert not [words for words in not_asked if words in page]
    form = officer.get(where).context["form"]
    kept = {row.name: value for row in form.indicator_rows() for value, _label, _id, chosen in row.options if chosen}
    kept |= {name: form[name].value() for name in ("level", "reason") if form[name].value()}
    assert kept == typed

    again = answer.context["stamp"]
    rest = {"level": "some_success", "reason": "Now it is all there"}
    answer = officer.post(where, {**stamp(again.revision, again.save_id), **rest})
    assert answer["Location"] == url("criterion", assessment, "LEAD.2")
    assert Rating.objects.get().reason == "Now it is all there"


def test_autosave_asks_for_nothing(officer: Client, assessment: Assessment) -> None:
    answer = officer.post(url("autosave", assessment, "LEAD.1"), {**stamp(), "level": "does_not_apply"})
    assert answer.status_code == 200
    assert Rating.objects.get().does_not_apply


def test_signs_that_nobody_answered_are_not_counted_as_missing(officer: Client, assessment: Assessment) -> None:
    where = url("criterion", assessment, "LEAD.1")
    assert '">Not answered yet</strong>' in officer.get(where).content.decode()
    officer.post(url("autosave", assessment, "LEAD.1"), {**stamp(), "indicator_1": "no"})
    assert '">0 of 3 in place</strong>' in officer.get(where).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"revision": ""},
        {"revision": "-1"},
        {"revision": "99999999999999999999"},
        {"revision": "three"},
        {"revision": "٣"},
        {"save_id": ""},
        {"save_id": "not-an-id"},
        {"after_save_id": "not-an-id"},
    ],
)
def test_a_stamp_that_no_page_of_ours_sends_is_a_bad_request(
    officer: Client, assessment: Assessment, change: dict[str, str]
) -> None:
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "level": "doing_well", **change})
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
    assert not Rating.objects.exists()


def test_a_criterion_of_another_set_is_not_there(officer: Client, assessment: Assessment) -> None:
    assert officer.get(url("criterion", assessment, "LEAD.99")).status_code == 404


def test_autosave_answers_with_the_new_revision_and_the_time(officer: Client, assessment: Assessment) -> None:
    answer = officer.post(url("autosave", assessment, "LEAD.1"), {**stamp(), "reason": "As I type"})
    assert answer.json()["revision"] == 1
    assert answer.json()["saved_at"][-2:] in {"am", "pm"}


def test_autosave_tells_a_conflict_a_deadline_and_a_fault_apart(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    where = url("autosave", assessment, "LEAD.1")
    assert officer.post(where, {**stamp(), "reason": "Mine"}).json() == {"error": "stale"}
    assert officer.post(where, {**stamp(), "level": "excellent"}).status_code == 422
    close(assessment.round)
    assert officer.post(where, {**stamp(1), "reason": "Late"}).json() == {"error": "late"}
    assert LateDraft.objects.get().reason == "Late"


def test_autosave_tells_a_signed_out_script(client: Client, assessment: Assessment) -> None:
    sent = {**stamp(), "reason": "Mine"}
    answer = client.post(url("autosave", assessment, "LEAD.1"), sent, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()) == (401, {"error": "signed-out"})


def test_a_form_sent_while_signed_out_gives_the_text_back(client: Client, assessment: Assessment) -> None:
    answer = client.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "An hour of work & more"})
    assert answer.status_code == 401
    assert "An hour of work &amp; more" in answer.content.decode()


def test_a_lost_database_answers_503_with_the_text(
    officer: Client, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("assessments.views.criterion.services.save_rating", gone)
    officer.raise_request_exception = False
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "Typed just before"})
    assert answer.status_code == 503
    assert "Typed just before" in answer.content.decode()


def test_more_fields_than_allowed_get_a_page_of_ours(officer: Client, assessment: Assessment) -> None:
    officer.raise_request_exception = False
    sent = {**stamp(), **{f"x{number}": "1" for number in range(1001)}}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    assert answer.status_code == 400
    assert "Partnership self-assessment" in answer.content.decode()


def test_an_extension_keeps_the_page_open(officer: Client, assessment: Assessment) -> None:
    close(assessment.round)
    today = NOW().date()
    assessment.round.extensions.create(partnership=assessment.partnership, until=today, reason="Flood")
    sent = {**stamp(), "level": "doing_well", "reason": "We meet."}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    assert answer.status_code == 302


def test_a_save_with_its_indicators_needs_at_most_ten_queries(officer: Client, assessment: Assessment) -> None:
    where = url("criterion", assessment, "LEAD.1")
    sent = {"level": "doing_well", "indicator_1": "yes", "indicator_2": "no", "indicator_3": "yes"}
    officer.post(where, {**stamp(), **sent})
    with counted() as queries:
        officer.post(where, {**stamp(1), **sent, "reason": "s", "indicator_1": "no", "indicator_2": ""})
    assert Rating.objects.get().revision == 2
    assert queries.number <= 10, queries.queries


def test_the_page_needs_at_most_twelve_queries(officer: Client, assessment: Assessment, world: None) -> None:
    officer.get(url("criterion", assessment, "LEAD.1"))
    with counted() as queries:
        officer.get(url("criterion", assessment, "LEAD.1"))
    assert queries.number <= 12, queries.queries


def test_uuid_of_a_page_is_new_each_time(officer: Client, assessment: Assessment) -> None:
    ids = {stamp_on(officer, assessment, "LEAD.1")["save_id"] for _visit in range(2)}
    assert len(ids) == 2
    assert all(uuid.UUID(one).version == 4 for one in ids)
