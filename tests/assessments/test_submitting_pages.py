"""Check, declare, submit, receipt: what is missing comes first, and pressing twice is submitting once."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, Submission
from tests.assessments.answering import rate, rate_everything, url
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
