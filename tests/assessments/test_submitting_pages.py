"""Check, declare, submit, receipt: what is missing comes first, and pressing twice is submitting once."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, Submission
from tests.assessments.answering import rate, rate_everything, submit, url
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
DECLARED = {"agreed_by": ["Local authority", "Police force"], "declaration": "on"}


@pytest.fixture
def coordinator(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.coordinator)


def test_what_is_missing_stands_first_with_a_link(coordinator: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    page = coordinator.get(url("check", assessment)).content.decode()
    assert "3 criteria need an answer" in page
    missing = page[: page.index("Worth another look")]
    assert url("criterion", assessment, "LEAD.2") in missing
    assert url("criterion", assessment, "LEAD.1") not in missing


def test_a_level_without_reason_or_signs_deserves_another_look_and_is_no_block(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Yes", indicators={1: "yes"}, revision=1)
    page = coordinator.get(url("check", assessment)).content.decode()
    assert "Doing well, with 1 of 3 signs in place" in page
    assert "Go on to submit" in page


def test_no_reason_and_no_answer_to_the_signs_are_told_apart_from_few_in_place(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Yes", revision=1)
    rate(assessment, "LEAD.2", cast.officer, level="some_success", revision=1)
    page = coordinator.get(url("check", assessment)).content.decode()
    again = page[page.index("Worth another look") : page.index("Go on to submit")]
    assert "Doing well, with signs not answered yet" in again
    assert "No reason given" in again
    assert url("criterion", assessment, "LEAD.2") in again
    assert "Signs not answered yet" in page
    assert "0 of 3" not in page


def test_the_declaration_is_needed(coordinator: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    page = coordinator.post(url("submit", assessment), {}).content.decode()
    assert "Confirm that the partnership agreed these ratings" in page
    assert "Select the agencies that agreed these ratings" in page
    assert not Submission.objects.exists()


def test_an_agency_of_another_partnership_cannot_have_agreed(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    coordinator.post(url("submit", assessment), {**DECLARED, "agreed_by": ["Somebody else"]})
    assert not Submission.objects.exists()


def test_submitting_gives_a_reference_and_a_second_press_the_same(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    answers = [coordinator.post(url("submit", assessment), DECLARED)["Location"] for _press in range(2)]
    assert answers == [url("confirmation", assessment, 1)] * 2
    assert Submission.objects.count() == 1
    assert "2027-AMBER-VALLEY-1" in coordinator.get(answers[0]).content.decode()


def test_an_incomplete_assessment_sent_all_the_same_is_refused_with_the_list(
    coordinator: Client, assessment: Assessment
) -> None:
    answer = coordinator.post(url("submit", assessment), DECLARED)
    assert answer.status_code == 409
    assert "4 criteria need an answer" in answer.content.decode()


def test_an_officer_cannot_submit(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    assert sign_in(cast.officer).post(url("submit", assessment), DECLARED).status_code == 403
    assert not Submission.objects.exists()


def test_the_task_list_leads_to_the_first_unanswered_criterion(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    page = sign_in(cast.officer).get(url("tasks", assessment)).content.decode()
    assert "1 of 4 criteria rated." in page
    assert "Continue with Leadership 2" in page


def test_the_blank_form_holds_every_question(coordinator: Client, assessment: Assessment) -> None:
    page = coordinator.get("/rounds/2027/form/").content.decode()
    for words in ("Leaders give direction", "Sign 3", "One strategy group", "Partly met"):
        assert words in page


def test_the_task_list_leads_to_every_criterion_with_its_state(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    rate(assessment, "LAW.1", cast.officer, reason="Not decided")
    page = sign_in(cast.officer).get(url("tasks", assessment)).content.decode()
    lists = re.findall(r'<ul class="app-files">(.*?)</ul>', page, re.DOTALL)
    rows = [re.findall(r'href="([^"]+)">([^<]+)</a><span>(?:<strong[^>]*>)?([^<\n]+)', one) for one in lists]
    assert rows == [
        [
            (url("criterion", assessment, "LEAD.1"), "1. Leaders give direction", "Rated"),
            (url("criterion", assessment, "LEAD.2"), "2. Partners share the work", "Not started"),
        ],
        [
            (url("criterion", assessment, "LAW.1"), "1. One strategy group", "In progress"),
            (url("criterion", assessment, "LAW.2"), "2. District and county", "Not started"),
        ],
    ]


def test_after_submission_the_answers_are_no_job_any_more(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Yes", indicators={1: "yes"}, revision=1)
    submit(assessment, cast.coordinator)
    page = coordinator.get(url("check", assessment)).content.decode()
    assert '<h1 class="govuk-heading-l">What you submitted</h1>' in page
    assert "Reference 2027-AMBER-VALLEY-1." in page
    for words in ("Worth another look", "Check the answers", "have an answer"):
        assert words not in page


@pytest.mark.parametrize(
    ("name", "more", "title"),
    [
        ("tasks", (), "Task list"),
        ("criterion", ("LEAD.2",), "Leadership 2 of 2: Partners share the work"),
        ("evidence_link", ("LEAD.2",), "Add a web address"),
        ("check", (), "Check the answers"),
        ("submit", (), "Submit"),
        ("late_drafts", (), "Arrived after the deadline"),
    ],
)
def test_a_page_is_known_by_its_title(
    coordinator: Client, assessment: Assessment, name: str, more: tuple[str, ...], title: str
) -> None:
    page = coordinator.get(url(name, assessment, *more)).content.decode()
    assert f"<title>{title} - Amber Valley, 2027 self-assessment - Partnership self-assessment</title>" in page


def test_the_way_back_is_called_by_the_round(coordinator: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    back = f'<a href="{url("tasks", assessment)}" class="govuk-back-link">2027 self-assessment</a>'
    for address in (
        url("confirmation", assessment, 1),
        url("check", assessment),
        url("criterion", assessment, "LAW.1"),
    ):
        assert back in coordinator.get(address).content.decode()


def test_the_government_office_is_spoken_of_with_its_article(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    office = "The Government Office for the East Midlands"
    assert f"{office} reads them" in coordinator.get(url("submit", assessment)).content.decode()
    submit(assessment, cast.coordinator)
    assert f"{office} can now read" in coordinator.get(url("confirmation", assessment, 1)).content.decode()
