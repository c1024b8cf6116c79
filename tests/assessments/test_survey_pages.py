"""The front-line check on pages: who sees what of it, and an answer that needs no account and leaves no trace."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.middleware import LAST_SEEN, SEEN_STEP_SECONDS
from accounts.models import User
from assessments import survey_limits
from assessments.models import Assessment, Round, Survey
from tests.assessments.answering import NOW, rate_everything, submit, url
from tests.assessments.front_line import COUNCIL, TOKEN, answer, close, form_key, open_check, page, send
from tests.assessments.test_surveys import rows_of_everything
from tests.criteria import make_version
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def survey(assessment: Assessment, cast: Cast) -> Survey:
    return open_check(assessment, cast.coordinator)


@pytest.fixture
def coordinator(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.coordinator)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def opening(closes_on: datetime.date, most: str = "200") -> dict[str, str]:
    day = {"day": closes_on.day, "month": closes_on.month, "year": closes_on.year}
    return {"max_answers": most, **{f"closes_on_{part}": str(number) for part, number in day.items()}}


def five_answers(survey: Survey) -> None:
    for level in ["doing_well", "doing_well", "some_success", "gap_identified", "gap_identified"]:
        answer(survey, LEAD_1=level)


# The partnership's pages


def test_whoever_opens_one_reads_what_counts_keep_secret_and_what_they_do_not(
    assessment: Assessment, coordinator: Client
) -> None:
    page = text(coordinator.get(url("survey", assessment)))
    assert "nothing by which an answer could be looked up" in page
    assert "could still take theirs away and read the one that is left" in page
    assert "nobody can tell" not in page


def test_a_coordinator_opens_it_and_sees_the_link_once(assessment: Assessment, coordinator: Client) -> None:
    made = coordinator.post(url("survey", assessment), opening(assessment.closes_on, "50"), follow=True)
    link = made.context["link"]
    assert link.startswith("http://127.0.0.1:8000/front-line/")
    assert link in text(made)
    assert Client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert link.rstrip("/").rsplit("/")[-1] not in text(coordinator.get(url("survey", assessment)))
    assert (Survey.objects.get().max_answers, Survey.objects.get().closes_on) == (50, assessment.closes_on)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"closes_on_day": ""}, "closes_on", "Closing day must include a day"),
        ({"closes_on_day": "\0"}, "closes_on", "Closing day must be a real date"),
        ({"closes_on_year": "9999"}, "closes_on", "The closing day must be today or later, and no later than"),
        ({"closes_on_year": "1999"}, "closes_on", "The closing day must be today or later, and no later than"),
        ({"max_answers": ""}, "max_answers", "Enter how many answers the check takes at most"),
        ({"max_answers": "4"}, "max_answers", "Most answers must be 5 or more: fewer are never shown"),
        ({"max_answers": "9" * 30}, "max_answers", "Most answers must be 2000 or fewer"),
        ({"max_answers": "\0"}, "max_answers", "Most answers must be a whole number"),
    ],
)
def test_what_cannot_be_opened_says_why(
    assessment: Assessment, coordinator: Client, changes: dict[str, str], field: str, message: str
) -> None:
    found = coordinator.post(url("survey", assessment), opening(assessment.closes_on) | changes)
    assert found.status_code == 200
    assert [field] == list(found.context["form"].errors)
    assert found.context["form"].errors[field][0].startswith(message)
    assert "There is a problem" in text(found)
    assert not Survey.objects.exists()


def test_a_second_press_opens_nothing_twice(survey: Survey, assessment: Assessment, coordinator: Client) -> None:
    found = coordinator.post(url("survey", assessment), opening(assessment.closes_on), follow=True)
    assert "Nothing more was done" in text(found)
    assert Client().get(page()).status_code == 200


def test_after_submission_the_page_says_that_nothing_changes(
    assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    client = sign_in(cast.coordinator)
    assert client.post(url("survey", assessment), opening(assessment.closes_on)).status_code == 409
    assert 'name="max_answers"' not in text(client.get(url("survey", assessment)))


def test_only_coordinators_may_close_it(survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    for member in (cast.coordinator, cast.officer, cast.viewer, cast.colleague):
        found = text(sign_in(member).get(url("survey", assessment)))
        assert "The check is open until" in found
        assert (url("survey_close", assessment) in found) == (member == cast.coordinator)


def test_nobody_is_told_how_many_answered_before_it_is_closed(
    survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    """Whoever knew the number could add four answers to one, close the check, and subtract what they had said."""
    pages = [url(name, assessment) for name in ("survey", "survey_close", "survey_renew", "tasks")]

    def seen() -> list[list[str]]:
        people = (cast.coordinator, cast.viewer, cast.administrator)
        return [_bare(sign_in(person).get(page)) for person in people for page in pages]

    before = seen()
    for _person in range(6):
        answer(survey, LEAD_1="doing_well")
        assert seen() == before
    assert str(Survey.objects.get()) == str(assessment)


def test_until_it_is_closed_no_page_depends_on_what_was_chosen(
    survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    """The same page to the byte, but for its tokens, whatever five people chose."""
    five_answers(survey)
    before = {who: _bare(sign_in(who).get(url("survey", assessment))) for who in (cast.coordinator, cast.viewer)}
    for number, count in enumerate(survey.counts.all()):
        survey.counts.filter(pk=count.pk).update(number=number * 3)
    assert {who: _bare(sign_in(who).get(url("survey", assessment))) for who in before} == before


def _bare(found: Any) -> list[str]:
    return [line for line in text(found).splitlines() if "csrfmiddlewaretoken" not in line]


def test_once_closed_every_member_sees_the_sums(
    survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    five_answers(survey)
    assert sign_in(cast.coordinator).post(url("survey_close", assessment)).status_code == 302
    for member in (cast.coordinator, cast.viewer, cast.colleague):
        found = text(sign_in(member).get(url("survey", assessment)))
        assert "The check is closed, with 5 answers." in found
        assert "5 answers: 2 gap identified, 0 working towards, 1 some success, 2 doing well." in found


def test_four_answers_show_nothing_to_anybody(
    survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    for _person in range(4):
        answer(survey, LEAD_1="doing_well")
    close(survey, cast.coordinator)
    for member in (cast.coordinator, cast.viewer):
        found = sign_in(member).get(url("survey", assessment))
        assert found.context["groups"] is None
        assert "<svg" not in text(found)
    assert "4" not in text(found).split("<h1")[1].split("</main>")[0].replace("2024", "")


def test_a_new_link_is_shown_once_and_the_old_one_is_gone(
    survey: Survey, assessment: Assessment, coordinator: Client
) -> None:
    assert "Make a new link" in text(coordinator.get(url("survey_renew", assessment)))
    assert Client().get(page()).status_code == 200
    link = coordinator.post(url("survey_renew", assessment), follow=True).context["link"]
    assert Client().get(page()).status_code == 404
    assert send(Client(), {"LEAD.1": "doing_well"}, url=link, key="").status_code == 302


@pytest.mark.parametrize("what", ["survey_renew", "survey_close"])
def test_a_closed_check_is_not_closed_or_renewed(
    what: str, survey: Survey, assessment: Assessment, cast: Cast, coordinator: Client
) -> None:
    close(survey, cast.coordinator)
    for act in (coordinator.get, coordinator.post):
        assert "The check has closed already" in text(act(url(what, assessment), follow=True))


@pytest.mark.parametrize("what", ["survey_renew", "survey_close"])
def test_without_a_check_there_is_none_to_close(what: str, assessment: Assessment, coordinator: Client) -> None:
    assert coordinator.post(url(what, assessment)).status_code == 404


@pytest.mark.parametrize("what", ["survey", "survey_renew", "survey_close"])
def test_only_coordinators_change_it(
    what: str, survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    statuses = {"officer": 403, "viewer": 403, "colleague": 403, "neighbour": 404, "administrator": 404}
    found = {who: sign_in(getattr(cast, who)).post(url(what, assessment)).status_code for who in statuses}
    assert found == statuses
    assert (Survey.objects.get().token_hash, Survey.objects.get().closed_at) == (survey.token_hash, None)


# The page behind the link


def test_it_says_what_it_is_for_and_what_is_kept(survey: Survey, client: Client) -> None:
    found = text(client.get(page()))
    for words in (
        "Amber Valley partnership",
        "Only counts are kept",
        "It takes about 1 minute",
        "Leaders give direction",
    ):
        assert words in found
    assert found.count('type="radio"') == 5
    assert "Sign in" not in found


def test_an_answer_counts_and_the_thanks_tell_nothing(survey: Survey, client: Client) -> None:
    sent = send(client, {"LEAD.1": "doing_well"})
    assert (sent.status_code, sent.headers["Location"]) == (302, reverse("assessments:survey_sent"))
    thanks = text(client.get(sent.headers["Location"]))
    assert "Thank you" in thanks
    assert "Amber" not in thanks
    assert survey.counts.get(level__slug="doing_well").number == 1


def test_i_do_not_know_is_an_answer_and_no_level(survey: Survey, client: Client) -> None:
    assert send(client, {"LEAD.1": "do_not_know"}).status_code == 302
    assert Survey.objects.get().answers == 1
    assert not survey.counts.filter(number__gt=0).exists()


@pytest.mark.parametrize("key", ["of the first press", ""])
def test_a_second_press_or_the_back_button_count_once(survey: Survey, client: Client, key: str) -> None:
    opened = form_key(client)
    for _press in range(2):
        assert send(client, {"LEAD.1": "doing_well"}, key=opened).status_code == 302
    assert Survey.objects.get().answers == 1


def test_the_back_button_finds_the_form_that_was_used_up(survey: Survey, client: Client) -> None:
    """A page that may not be stored is fetched anew by the back button, with another key, and would count again."""
    assert "no-store" not in client.get(page()).headers["Cache-Control"]
    assert "private" in client.get(page()).headers["Cache-Control"]


def test_a_form_opened_long_ago_comes_back_with_its_answers(
    survey: Survey, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(TimestampSigner, "timestamp", lambda _self: "1")
        old = form_key(client)
    found = send(client, {"LEAD.1": "doing_well"}, key=old)
    assert "This page was open for more than an hour" in text(found)
    assert "checked" in text(found)
    assert Survey.objects.get().answers == 0
    fresh = found.context["form"]["form_key"].value()
    assert fresh != old
    assert send(client, {"LEAD.1": "doing_well"}, key=fresh).status_code == 302


@pytest.mark.parametrize("key", ["", "\0", "made-up", "a:b:c", "x" * 5000])
def test_a_key_that_is_not_ours_is_refused(survey: Survey, client: Client, key: str) -> None:
    found = client.post(page(), {"form_key": key, "level_LEAD.1": "doing_well"})
    assert found.status_code == 200
    assert Survey.objects.get().answers == 0


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ({}, "Select an answer to at least one question"),
        ({"LAW.1": "met"}, "Select an answer to at least one question"),
        ({"LEAD.1": "excellent"}, "Select a level from the list for question 1: Leaders give 100%s direction"),
        ({"LEAD.1": "met"}, "Select a level from the list for question 1: Leaders give 100%s direction"),
        ({"LEAD.1": "\0"}, "Select a level from the list for question 1: Leaders give 100%s direction"),
        ({"LEAD.1": "x" * 10_000}, "Select a level from the list for question 1: Leaders give 100%s direction"),
    ],
)
def test_bad_input_says_where_and_counts_nothing(
    survey: Survey, client: Client, levels: dict[str, str], message: str
) -> None:
    round_ = survey.assessment.round
    round_.version = make_version(slug="another-set", title="Leaders give 100%s direction")
    round_.save()
    found = send(client, levels)
    assert found.status_code == 200
    assert message in text(found)
    assert 'href="#id_level_LEAD.1"' in text(found)
    assert 'id="id_level_LEAD.1"' in text(found)
    assert Survey.objects.get().answers == 0


@pytest.mark.parametrize(
    "data", [{"form_key": "x" * 2_600_000}, {f"level_{number}": "x" for number in range(1_100)}], ids=["long", "many"]
)
def test_a_huge_post_is_refused(survey: Survey, client: Client, data: dict[str, str]) -> None:
    assert client.post(page(), data).status_code == 400
    assert Survey.objects.get().answers == 0


@pytest.mark.parametrize("token", ["unknown", "x" * 3000, "%00", "..%2F", "é", "%ff"])
def test_an_unknown_link_is_not_found(survey: Survey, client: Client, token: str) -> None:
    assert client.get(f"/front-line/{token}/").status_code == 404
    assert client.post(f"/front-line/{token}/", {}).status_code == 404


def test_when_closed_it_says_so_and_counts_nothing(survey: Survey, cast: Cast, client: Client) -> None:
    opened = form_key(client)
    close(survey, cast.coordinator)
    shown, sent = client.get(page()), send(client, {"LEAD.1": "doing_well"}, key=opened)
    assert [shown.status_code, sent.status_code] == [410, 410]
    assert "It takes no more answers" in text(shown)
    assert "they were not counted" in text(sent)
    assert Survey.objects.get().answers == 0


@pytest.mark.parametrize(
    "over", [{"closes_on": NOW().date() - datetime.timedelta(days=2)}, {"max_answers": 7, "answers": 7}]
)
def test_when_over_or_full_it_is_closed(survey: Survey, client: Client, over: dict[str, Any]) -> None:
    opened = form_key(client)
    Survey.objects.update(**over)
    for found in (client.get(page()), send(client, {"LEAD.1": "doing_well"}, key=opened), client.post(page(), {})):
        assert (found.status_code, "This check is closed" in text(found)) == (410, True)


def test_an_address_that_answered_too_often_keeps_its_choices(survey: Survey, client: Client) -> None:
    for _colleague in range(survey_limits.ANSWERS_AN_HOUR):
        survey_limits.take_place(survey, COUNCIL)
    found = send(client, {"LEAD.1": "doing_well"})
    assert found.status_code == 429
    assert "Many answers came from your network" in text(found)
    assert " checked>" in text(found)
    again = send(client, {"LEAD.1": "doing_well"}, key=found.context["form"]["form_key"].value(), address="192.0.2.9")
    assert again.status_code == 302


def test_it_needs_the_token_of_its_form(survey: Survey) -> None:
    strict = Client(enforce_csrf_checks=True)
    key = form_key(strict)
    assert send(strict, {"LEAD.1": "doing_well"}, key=key).status_code == 403
    assert Survey.objects.get().answers == 0
    assert 'name="csrfmiddlewaretoken"' in text(strict.get(page()))


def test_answering_leaves_no_session_and_no_cookie_but_that_somebody_answered(survey: Survey, client: Client) -> None:
    send(client, {"LEAD.1": "doing_well"})
    client.get(reverse("assessments:survey_sent"))
    assert set(client.cookies) == {"csrf", "answered"}
    kept = client.cookies["answered"]
    assert (kept.value, kept["path"], kept["httponly"], kept["samesite"]) == ("yes", page(), True, "Lax")
    assert not Session.objects.exists()


def test_a_member_who_is_signed_in_is_not_named(survey: Survey, cast: Cast, sign_in: SignIn) -> None:
    for address in (page(), reverse("assessments:survey_sent")):
        assert "Pat Officer" not in text(sign_in(cast.officer).get(address))


def test_nothing_of_it_is_written_to_the_log(
    survey: Survey, cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get(page("unknown"))
    client.post(page(), {"form_key": "x" * 2_600_000})
    Client(enforce_csrf_checks=True).post(page(), {})
    close(survey, cast.coordinator)
    send(client, {"LEAD.1": "doing_well"}, key="x")
    told = [record for record in caplog.records if record.name.startswith("django.") and "db" not in record.name]
    assert len({record.name for record in told}) >= 3
    assert [record.getMessage() for record in told if _stdout().filter(record)] == []


@pytest.mark.parametrize(
    ("line", "is_written"),
    [
        ("GET /front-line/a-link/ HTTP/1.1", False),
        ("POST /front-line/a-link/?send HTTP/1.1", False),
        ("GET /assessments/2027/amber-valley/front-line/ HTTP/1.1", True),
        ("GET /?next=/front-line/ HTTP/1.1", True),
    ],
)
def test_the_demonstrations_server_writes_no_line_of_it(line: str, is_written: bool) -> None:
    server = logging.getLogger("django.server")
    said = server.makeRecord("django.server", logging.INFO, "", 0, '"%s" %s %s', (line, "200", "12"), None)
    handler = next(handler for handler in server.handlers if handler.name == "django.server")
    assert bool(handler.filter(said)) == is_written


def test_a_member_who_is_signed_in_leaves_no_time_in_the_session(
    survey: Survey, cast: Cast, sign_in: SignIn, assessment: Assessment
) -> None:
    client = sign_in(cast.viewer)
    client.get(url("tasks", assessment))
    session = client.session
    session[LAST_SEEN] -= 2 * SEEN_STEP_SECONDS
    session.save()
    before = rows_of_everything()
    assert send(client, {"LEAD.1": "doing_well"}).status_code == 302
    client.get(reverse("assessments:survey_sent"))
    after = rows_of_everything()
    assert {table for table in after if after[table] != before[table]} == {
        "assessments_survey",
        "assessments_surveycount",
        "portal_cache",
    }
    client.get(url("tasks", assessment))
    assert client.session[LAST_SEEN] > session[LAST_SEEN]


def test_a_fault_is_logged_without_the_link(
    survey: Survey, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("assessments.views.survey.key_questions", fail)
    client.raise_request_exception = False
    assert client.get(page()).status_code == 500
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert _stdout().filter(record)
    assert TOKEN not in _stdout().format(record)
    assert "broken" in _stdout().format(record)


def test_other_pages_are_logged_as_ever(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("django.request").error("Internal Server Error: /assessments/")
    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert _stdout().filter(record)
    assert "/assessments/" in record.getMessage()


def _stdout() -> logging.Handler:
    """Return the handler that the settings made."""
    return next(handler for handler in logging.getLogger().handlers if handler.filters)


def test_the_task_list_leads_to_it(assessment: Assessment, coordinator: Client) -> None:
    assert url("survey", assessment) in text(coordinator.get(url("tasks", assessment)))


def test_the_link_is_built_from_the_site_not_from_the_request(
    assessment: Assessment, coordinator: Client, settings: Settings
) -> None:
    settings.SITE_URL = "https://portal.test"
    made = coordinator.post(url("survey", assessment), opening(assessment.closes_on), follow=True)
    assert made.context["link"].startswith("https://portal.test/front-line/")


def test_what_the_front_line_says_stands_on_the_criterion_and_beside_the_views(
    survey: Survey, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    five_answers(survey)
    Round.objects.update(views_close_on=NOW().date() - datetime.timedelta(days=1))
    pages = [url("criterion", assessment, "LEAD.1"), url("views", assessment)]
    words = "5 answers: 2 gap identified, 0 working towards, 1 some success, 2 doing well."
    for shown in (False, True):
        for who in (cast.officer, cast.viewer):
            assert [words in text(sign_in(who).get(page)) for page in pages] == [shown, shown]
        close(survey, cast.coordinator)
        Survey.objects.update(closed_at=NOW() - datetime.timedelta(hours=1))
    assert words not in text(sign_in(cast.officer).get(url("criterion", assessment, "LEAD.2")))


def test_a_second_visit_is_asked_whether_it_is_somebody_else(survey: Survey, client: Client) -> None:
    send(client, {"LEAD.1": "doing_well"})
    again = text(client.get(page()))
    assert "Somebody has answered from this browser" in again
    assert 'type="radio"' not in again
    key = client.get(page() + "?again").context["form"]["form_key"].value()
    assert send(client, {"LEAD.1": "some_success"}, key=key).status_code == 302
    assert Survey.objects.get().answers == 2
    assert 'type="radio"' in text(Client().get(page()))


def test_loading_the_page_of_a_new_link_again_keeps_the_link(
    survey: Survey, assessment: Assessment, coordinator: Client
) -> None:
    made = coordinator.post(url("survey_renew", assessment))
    assert (made.status_code, made.headers["Location"]) == (302, url("survey", assessment))
    hash_made = Survey.objects.get().token_hash
    shown, loaded_again = (coordinator.get(url("survey", assessment)) for _load in range(2))
    assert "A message to send with it" in text(shown)
    assert text(shown).count(shown.context["link"]) == 2
    assert "/front-line/" + shown.context["link"].rstrip("/").rsplit("/")[-1] not in text(loaded_again)
    assert Survey.objects.get().token_hash == hash_made


def test_a_replaced_or_wrong_link_says_whom_to_ask(survey: Survey, client: Client) -> None:
    found = client.get(page("replaced"))
    assert found.status_code == 404
    assert "Ask whoever sent it for the new one." in text(found)
    assert "Amber" not in text(found)


def test_both_questions_of_the_opening_form_are_judged_at_once(assessment: Assessment, coordinator: Client) -> None:
    wrong = opening(assessment.closes_on, "4") | {"closes_on_year": "1999"}
    found = coordinator.post(url("survey", assessment), wrong)
    assert set(found.context["form"].errors) == {"closes_on", "max_answers"}


def test_one_may_change_ones_mind(survey: Survey, assessment: Assessment, coordinator: Client) -> None:
    for what, words in (("survey_close", "Leave it open"), ("survey_renew", "Keep the link")):
        assert f'href="{url("survey", assessment)}">{words}</a>' in text(coordinator.get(url(what, assessment)))


def test_after_closing_too_early_it_is_offered_to_open_it_again_without_a_count(
    survey: Survey, assessment: Assessment, cast: Cast, coordinator: Client, sign_in: SignIn
) -> None:
    answer(survey, LEAD_1="doing_well")
    close(survey, cast.coordinator)
    words = "There are fewer than the 5 answers needed"
    assert words in text(coordinator.get(url("survey", assessment)))
    assert words not in text(sign_in(cast.viewer).get(url("survey", assessment)))


def test_the_questions_can_be_read_before_and_while_it_is_open(
    assessment: Assessment, cast: Cast, coordinator: Client
) -> None:
    for _time in range(2):
        found = text(coordinator.get(url("survey", assessment)))
        assert "Leaders give direction: the statement." in found
        if not Survey.objects.exists():
            open_check(assessment, cast.coordinator)


def test_the_counts_come_with_a_finding_and_a_way_on(
    survey: Survey, assessment: Assessment, cast: Cast, coordinator: Client
) -> None:
    for level in ["gap_identified", "gap_identified", "working_towards", "doing_well", "doing_well"]:
        answer(survey, LEAD_1=level)
    close(survey, cast.coordinator)
    Survey.objects.update(closed_at=NOW() - datetime.timedelta(hours=1))
    found = text(coordinator.get(url("survey", assessment)))
    assert "On 1 of 1 questions half of the answers or more are at one of the lowest levels:" in found
    assert url("criterion", assessment, "LEAD.1") in found
    assert url("meeting", assessment) in found


def test_opening_renewing_and_closing_are_in_the_history(
    survey: Survey, assessment: Assessment, cast: Cast, coordinator: Client
) -> None:
    coordinator.post(url("survey_renew", assessment))
    close(survey, cast.coordinator)
    found = text(coordinator.get(url("history", assessment)))
    for words in ("opened the front-line check until", "made a new link for the front-line check", "closed the front"):
        assert words in found
