"""The meeting's pages: what is open in large type, the order, recording, conflicts, and nothing before the reveal."""

import datetime
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Standpoint, User
from assessments.models import Assessment, Decision, LateDraft, Rating, Round, View
from tests import criteria
from tests.assessments import front_line
from tests.assessments.answering import NOW, rate, rate_everything, stamp, submit, url
from tests.assessments.deciding import agencies, decide
from tests.assessments.giving import fill, give, make_member, reveal
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.officer)


@pytest.fixture
def third(assessment: Assessment) -> User:
    """Make a member of a third agency."""
    return make_member(assessment, "probation", "Probation service", Standpoint.STRATEGIC)


@pytest.fixture
def given(assessment: Assessment, cast: Cast, third: User) -> None:
    """Let three agencies see LEAD.1 a little and LEAD.2 very differently; nobody speaks of the law."""
    give(assessment, cast.coordinator, code="LEAD.1", level=2)
    give(assessment, cast.colleague, code="LEAD.1", level=1)
    give(assessment, third, code="LEAD.1", level=2)
    give(assessment, cast.coordinator, code="LEAD.2", level=3, comment="We lead it.")
    give(assessment, cast.colleague, code="LEAD.2", level=0, comment="Nothing reached us. <b>")
    give(assessment, third, code="LEAD.2", level=3)


@pytest.fixture
def revealed(given: None, assessment: Assessment, cast: Cast) -> None:
    reveal(assessment, cast.coordinator)


def text_of(client: Client, name: str, assessment: Assessment, *more: object) -> str:
    answer = client.get(url(name, assessment, *more))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, assessment: Assessment, code: str = "LEAD.2", *, revision: int = 0, **data: Any) -> Any:
    """Record a decision as the page does; the council alone is present unless told otherwise."""
    council = agencies(assessment, "Local authority")[0].pk
    sent = {**stamp(revision), "level": "some_success", "reason": "We agreed.", "present": [str(council)], **data}
    return client.post(url("meeting_criterion", assessment, code), sent)


def order_on(page: str) -> list[str]:
    return re.findall(r'meeting/([A-Z]+\.\d)/#now"', page[page.index("app-agenda") :])


# --- what it shows ------------------------------------------------------------------------------------


def test_it_opens_with_the_widest_difference_that_is_not_decided(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    page = text_of(officer, "meeting", assessment)
    assert 'id="now" tabindex="-1">Partners share the work</h2>' in page
    assert order_on(page) == ["LEAD.2", "LEAD.1", "LAW.1", "LAW.2"]
    decide(assessment, "LEAD.2", cast.officer)
    assert 'id="now" tabindex="-1">Leaders give direction</h2>' in text_of(officer, "meeting", assessment)


def test_it_names_the_split_and_shows_who_sees_what_and_why(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    page = text_of(officer, "meeting_criterion", assessment, "LEAD.2")
    assert "Leaders see doing well; delivery staff see gap identified." in page
    assert "Two levels are in use across three agencies." in page
    for words in ("Local authority", "Probation service", "We lead it.", "Nothing reached us. &lt;b&gt;"):
        assert words in page
    assert "Pat Colleague" not in page, "agencies, no names"


def test_last_rounds_level_and_reason_stand_beside_it(
    officer: Client, assessment: Assessment, cast: Cast, places: Places
) -> None:
    before = criteria.make_round(assessment.round.version, places, slug="2026", days=60)
    Round.objects.filter(pk=before.pk).update(opens_on=assessment.round.opens_on - datetime.timedelta(days=365))
    last = Assessment.objects.with_round().get(round=before, partnership=places.amber_valley)
    rate(last, "LEAD.2", cast.officer, level="working_towards", reason="Two bodies have still to sign.")
    Round.objects.filter(pk=assessment.round.pk).update(previous=before)
    page = text_of(officer, "meeting_criterion", assessment, "LEAD.2")
    assert "Last round, 2026 self-assessment:" in page
    assert "Two bodies have still to sign." in page
    assert "Last round" not in text_of(officer, "meeting_criterion", assessment, "LEAD.1")


def test_the_front_line_stands_beside_the_views_once_its_check_is_closed(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    survey = front_line.open_check(assessment, cast.coordinator)
    for n in range(5):
        front_line.answer(survey, address=f"198.51.100.{n}", LEAD_1="working_towards")
    assert "What the front line says" not in text_of(officer, "meeting_criterion", assessment, "LEAD.1")
    front_line.close(survey, cast.coordinator)
    type(survey).objects.update(closed_at=NOW() - datetime.timedelta(hours=1))
    page = text_of(officer, "meeting_criterion", assessment, "LEAD.1")
    assert "5 answers: 0 gap identified, 5 working towards, 0 some success, 0 doing well." in page
    assert "What the front line says" not in text_of(officer, "meeting_criterion", assessment, "LEAD.2")


def test_the_agenda_to_print_says_how_its_order_is_worked_out(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    decide(assessment, "LEAD.1", cast.officer, level="working_towards")
    page = text_of(officer, "meeting_agenda", assessment)
    assert "1 of 4 agreed. Agencies differ on 2 criteria." in page
    rows = page[page.index("app-plan") :]
    assert re.findall(r'meeting/([A-Z]+\.\d)/"', rows) == ["LEAD.2", "LEAD.1", "LAW.1", "LAW.2"]
    # LEAD.2: council 3, police 0, probation 3: (3 + 0 + 3) / 3. LEAD.1: 2, 1, 2: (1 + 0 + 1) / 3.
    assert re.findall(r"Levels apart: ([\d.]*)", rows) == ["2.0", "0.7"]
    assert "For every pair of agencies" in page
    assert "Working towards" in rows


# --- before the reveal --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["meeting", "meeting_agenda"])
@pytest.mark.parametrize("who", ["coordinator", "officer", "viewer", "colleague"])
def test_before_the_reveal_nothing_of_a_view_is_there_for_anybody(
    name: str, who: str, assessment: Assessment, cast: Cast, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in(cast.everybody()[who])
    request.getfixturevalue("third")
    without = text_of(client, name, assessment)
    request.getfixturevalue("given")
    page = text_of(client, name, assessment)
    assert "Views are still private" in page
    tokens = re.compile(r'name="(csrfmiddlewaretoken|save_id)" value="[^"]*"')
    assert tokens.sub("", page) == tokens.sub("", without)
    for words in ("We lead it.", "Leaders see", "app-chip", "<circle", "Levels apart", "widest differences"):
        assert words not in page


def test_before_the_reveal_views_are_not_even_read(given: None, officer: Client, assessment: Assessment) -> None:
    with counted() as queries:
        officer.get(url("meeting", assessment))
    assert [sql for sql in queries.queries if View._meta.db_table in sql] == []


def test_before_the_reveal_the_coordinator_alone_is_led_to_it(
    given: None, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    link = f'<a class="govuk-link" href="{url("views", assessment)}">Reveal the views first</a>'
    assert link in text_of(sign_in(cast.coordinator), "meeting", assessment)
    assert link not in text_of(sign_in(cast.officer), "meeting", assessment)


def test_a_meeting_decides_without_views_all_the_same(officer: Client, assessment: Assessment) -> None:
    answer = send(officer, assessment, "LEAD.1")
    assert answer["Location"] == url("meeting_criterion", assessment, "LEAD.2") + "#now"
    assert Rating.objects.get().decision.present.get().name == "Local authority"


# --- recording ----------------------------------------------------------------------------------------


def test_save_and_next_goes_on_in_the_order_of_the_agenda(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    codes = iter(("LEAD.1", "LAW.1", "LAW.2"))
    for code, level in (("LEAD.2", "some_success"), ("LEAD.1", "some_success"), ("LAW.1", "met")):
        following = url("meeting_criterion", assessment, next(codes)) + "#now"
        assert send(officer, assessment, code, level=level)["Location"] == following
    last = send(officer, assessment, "LAW.2", level="does_not_apply", reason="One tier only.")
    assert last["Location"] == url("meeting_agenda", assessment)
    assert "All criteria are agreed." in text_of(officer, "meeting_agenda", assessment)


def test_who_was_present_is_remembered_for_that_day(officer: Client, assessment: Assessment, cast: Cast) -> None:
    assert " checked" not in text_of(officer, "meeting", assessment)
    decide(assessment, "LEAD.1", cast.officer, present=("Police force",))
    form = officer.get(url("meeting_criterion", assessment, "LEAD.2")).context["form"]
    assert [name for _value, name, _id, is_ticked in form.presence_rows() if is_ticked] == ["Police force"]
    Decision.objects.update(decided_on=NOW().date() - datetime.timedelta(days=7))
    assert " checked" not in text_of(officer, "meeting", assessment)


def test_a_decided_criterion_opens_with_what_was_decided(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    decide(assessment, "LEAD.1", cast.officer, reason="It is signed.", dissent="Police: gap", present=("Police force",))
    decide(assessment, "LEAD.2", cast.officer)
    form = officer.get(url("meeting_criterion", assessment, "LEAD.1")).context["form"]
    assert (form["level"].value(), form["reason"].value(), form["dissent"].value()) == (
        "some_success",
        "It is signed.",
        "Police: gap",
    )
    assert [name for _value, name, _id, is_ticked in form.presence_rows() if is_ticked] == ["Police force"]
    viewer = text_of(sign_in(cast.viewer), "meeting_criterion", assessment, "LEAD.1")
    assert "<textarea" not in viewer
    assert "Present: Police force." in viewer
    assert "Seen differently: Police: gap" in viewer


def test_a_level_changed_after_the_meeting_is_to_be_agreed_again(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    decide(assessment, "LEAD.2", cast.officer, level="some_success")
    rate(assessment, "LEAD.2", cast.colleague, level="gap_identified", revision=1)
    said = "The level was changed since, by Pat Colleague, so it is to be agreed again."
    for name, *more in (("meeting_criterion", "LEAD.2"), ("criterion", "LEAD.2"), ("check",), ("meeting_agenda",)):
        page = text_of(officer, name, assessment, *more)
        assert "agreed on “some success”" in page
        assert said in page
    assert "1 of 4 agreed" not in text_of(officer, "tasks", assessment)
    send(officer, assessment, revision=2, level="gap_identified")
    assert "1 of 4 agreed" in text_of(officer, "tasks", assessment)


def test_who_may_only_read_is_told_of_the_change_too(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    decide(assessment, "LEAD.2", cast.officer, level="some_success")
    rate(assessment, "LEAD.2", cast.colleague, level="gap_identified", revision=1)
    page = text_of(sign_in(cast.viewer), "meeting_criterion", assessment, "LEAD.2")
    assert "Changed since the meeting" in page
    assert "agreed on “some success”" in page


def test_words_mended_after_the_meeting_leave_it_agreed(officer: Client, assessment: Assessment, cast: Cast) -> None:
    decide(assessment, "LEAD.2", cast.officer, level="some_success")
    rate(assessment, "LEAD.2", cast.colleague, level="some_success", reason="The same, better said.", revision=1)
    assert "1 of 4 agreed" in text_of(officer, "tasks", assessment)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"level": ""}, "Select a level for Leadership 2"),
        ({"level": "excellent"}, "Select a level for this criterion from the list"),
        ({"level": ["some_success", "doing_well"]}, "Select one level for this criterion, not two"),
        ({"reason": " "}, "Enter the reason for this level"),
        ({"reason": "x" * 2001}, "Reason must be 2,000 characters or fewer."),
        ({"present": []}, "Select the agencies that were present"),
        ({"present": ["999999"]}, "Select agencies from the list: “999999” is not one of them"),
        ({"present": ["council"]}, "Select agencies from the list: “council” is not one of them"),
        ({"dissent": "x" * 301}, "What somebody sees differently must be 300 characters or fewer. You entered 301."),
        ({"dissent": "a\x00b"}, "has a broken character at place 2"),
    ],
)
def test_what_is_missing_or_wrong_is_asked_for_and_nothing_typed_is_lost(
    officer: Client, assessment: Assessment, data: dict[str, Any], message: str
) -> None:
    answer = send(officer, assessment, **{"reason": "Typed with care", "dissent": "Police: gap", **data})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert page.count(message) == 2, "once in the summary, once beside the field"
    assert "Typed with care" in page or "reason" in data
    assert 'value="Police: gap"' in page or "dissent" in data
    assert not Rating.objects.exists()


@pytest.mark.parametrize("change", [{"revision": "x"}, {"revision": "-1"}, {"save_id": "x"}, {"save_id": ""}])
def test_a_stamp_that_no_page_sent_is_a_bad_request(
    officer: Client, assessment: Assessment, change: dict[str, Any]
) -> None:
    assert send(officer, assessment, **change).status_code == 400


def test_a_criterion_that_is_not_asked_is_not_there(officer: Client, assessment: Assessment) -> None:
    assert officer.get(url("meeting_criterion", assessment, "LEAD.9")).status_code == 404
    assert send(officer, assessment, "LEAD.9").status_code == 404


def test_pressing_twice_is_one_decision(officer: Client, assessment: Assessment) -> None:
    again = str(uuid.uuid4())
    assert [send(officer, assessment, save_id=again).status_code for _press in range(2)] == [302, 302]
    assert Rating.objects.get().revision == 1


def test_a_conflict_shows_both_and_keeps_mine_in_the_form(officer: Client, assessment: Assessment, cast: Cast) -> None:
    decide(assessment, "LEAD.2", cast.colleague, reason="What police wrote", present=("Police force",), dissent="None")
    answer = send(officer, assessment, reason="What council wrote", dissent="Council: gap")
    page = answer.content.decode()
    assert answer.status_code == 409
    theirs = page[page.index('id="theirs"') : page.index("</section>", page.index('id="theirs"'))]
    for words in ("What police wrote", "Present: Police force.", "Seen differently: None"):
        assert words in theirs
    assert "What council wrote</textarea>" in page
    assert 'value="Council: gap"' in page
    assert Rating.objects.get().reason == "What police wrote"
    again = answer.context["stamp"]
    send(officer, assessment, revision=again.revision, save_id=str(again.save_id), reason="Both")
    assert Rating.objects.get().reason == "Both"


def test_a_rating_changed_on_its_own_page_is_a_conflict_too(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, reason="Theirs")
    page = send(officer, assessment, reason="Mine").content.decode()
    assert "Theirs" in page
    assert "Mine</textarea>" in page


def test_what_comes_after_the_deadline_is_given_back_and_kept(officer: Client, assessment: Assessment) -> None:
    Round.objects.filter(pk=assessment.round.pk).update(closes_on=NOW().date() - datetime.timedelta(days=1))
    answer = send(officer, assessment, reason="A minute too late", dissent="Police: gap")
    assert answer.status_code == 409
    for words in ("A minute too late", "Police: gap", "Some success", "Local authority"):
        assert words in answer.content.decode()
    assert LateDraft.objects.get().reason == "A minute too late"
    assert not Rating.objects.exists()


def test_nothing_is_decided_about_what_was_submitted(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    answer = send(officer, assessment, revision=1, reason="One more thing")
    assert answer.status_code == 409
    assert "It was submitted, so its answers are fixed." in answer.content.decode()
    assert "One more thing" in answer.content.decode()
    assert "<textarea" not in text_of(officer, "meeting", assessment)


# --- prompts ------------------------------------------------------------------------------------------


def test_a_level_far_from_most_views_is_asked_about_and_not_refused(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    assert send(officer, assessment, "LEAD.2", level="gap_identified").status_code == 302
    prompt = "Gap identified, where most agencies saw it two levels away or more: why this level?"
    following = text_of(officer, "meeting", assessment)
    assert f"About Leadership 2, which you just saved: {prompt}" in following
    assert f'{url("meeting_criterion", assessment, "LEAD.2")}#now">Go back to Leadership 2</a>' in following
    assert prompt in text_of(officer, "meeting_criterion", assessment, "LEAD.2")
    assert "you just saved" not in text_of(officer, "meeting", assessment), "once"


def test_before_the_reveal_no_prompt_tells_what_agencies_see(
    given: None, officer: Client, assessment: Assessment
) -> None:
    send(officer, assessment, "LEAD.2", level="gap_identified")
    assert "most agencies" not in text_of(officer, "meeting", assessment)
    assert "most agencies" not in text_of(officer, "meeting_criterion", assessment, "LEAD.2")


def test_the_top_level_with_few_signs_is_asked_about(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, indicators={1: "yes", 2: "no"})
    send(officer, assessment, "LEAD.1", level="doing_well", revision=1)
    words = "Doing well, with 1 of 3 signs in place: what makes it so?"
    assert words in text_of(officer, "meeting", assessment)


# --- the task list, and speed -------------------------------------------------------------------------


def test_the_task_list_counts_what_is_agreed(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    decide(assessment, "LEAD.2", cast.officer)
    page = text_of(officer, "tasks", assessment)
    assert f'href="{url("meeting", assessment)}"' in page
    assert "1 of 4 agreed, widest differences first" in page


def test_before_the_reveal_the_task_list_promises_no_order(
    given: None, officer: Client, assessment: Assessment
) -> None:
    page = text_of(officer, "tasks", assessment)
    assert "0 of 4 agreed" in page
    assert "widest differences first" not in page


@pytest.mark.parametrize("name", ["meeting", "meeting_agenda"])
def test_it_asks_as_little_for_many_views_as_for_few(
    name: str, revealed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    decide(assessment, "LAW.1", cast.officer, level="met")
    officer.get(url(name, assessment))
    with counted() as few:
        officer.get(url(name, assessment))
    fill(assessment, members=60)
    with counted() as many:
        officer.get(url(name, assessment))
    assert few.number <= 12, few.queries
    assert many.number == few.number, many.queries


# --- prompts on the other pages -----------------------------------------------------------------------


def test_saving_a_criterion_asks_on_the_next_page_and_beside_its_reason(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    sent = {**stamp(), "level": "gap_identified", "reason": "We know better."}
    answer = officer.post(url("criterion", assessment, "LEAD.2"), sent)
    assert answer["Location"] == url("criterion", assessment, "LAW.1"), "never a block"
    prompt = "Gap identified, where most agencies saw it two levels away or more: why this level?"
    asked = f"About Leadership 2, which you just saved: {prompt}"
    assert asked in text_of(officer, "criterion", assessment, "LAW.1")
    page = text_of(officer, "criterion", assessment, "LEAD.2")
    assert prompt in page[page.index('id="prompts"') :]
    assert f">{prompt}" in text_of(officer, "check", assessment)


def test_before_the_reveal_no_page_asks_about_what_agencies_see(
    given: None, officer: Client, assessment: Assessment
) -> None:
    sent = {**stamp(), "level": "gap_identified", "reason": "We know better."}
    officer.post(url("criterion", assessment, "LEAD.2"), sent)
    for name, *more in (("criterion", "LAW.1"), ("criterion", "LEAD.2"), ("check",)):
        assert "most agencies" not in text_of(officer, name, assessment, *more)
