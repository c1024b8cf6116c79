"""The front line answers on a phone, without an account; the back button does not count twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from assessments.models import Assessment, Survey
from tests.assessments.front_line import open_check, page
from tests.browser.conftest import NARROW, must_be_accessible
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_answering_and_going_back_counts_once(
    script: bool, assessment: Assessment, cast: Cast, open_page: Callable[..., Page]
) -> None:
    survey = open_check(assessment, cast.coordinator)
    phone = open_page(script=script, width=NARROW)
    phone.goto(page())
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("link", name="Select an answer to at least one question").wait_for()
    phone.goto(page())
    phone.get_by_label("Doing well").check()
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Thank you").wait_for()
    if script:
        must_be_accessible(phone)
    phone.go_back()
    phone.get_by_role("heading", name="Somebody has answered from this browser").wait_for()
    if script:
        must_be_accessible(phone)
    phone.get_by_role("link", name="I am somebody else, and have not answered yet").click()
    phone.get_by_role("heading", name="Front-line check").wait_for()
    assert Survey.objects.get().answers == 1
    assert dict(survey.counts.filter(number__gt=0).values_list("level__slug", "number")) == {"doing_well": 1}
    kept = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    assert kept.keys() == {"csrf", "answered"}
    assert kept["answered"] == "yes"
