"""A review from end to end: a question and its reply, returned, submitted again, an action, closed, and read."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from assessments.models import Assessment, ImprovementAction, ReviewedSubmission, Submission
from reviews.models import Query, Recommendation
from tests.assessments.answering import rate_everything, submit, url
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
REVIEW = "/regions/east-midlands/2027/amber-valley/"


def fill_day(where: Page | Locator, day: datetime.date) -> None:
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        where.get_by_label(label, exact=True).fill(str(value))


def ask_and_recommend(page: Page) -> None:
    """Open the submission from the region's page, see one criterion lower, ask about it and recommend something."""
    page.goto("/regions/east-midlands/2027/")
    page.get_by_role("rowheader", name="Amber Valley").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of Amber Valley")
    page.get_by_role("button", name="Begin with Leadership 1").click()
    must_be_accessible(page)
    page.get_by_role("radio", name="Gap identified").check()
    page.get_by_label("Why do you see it this way?").fill("The reason says nothing.")
    page.get_by_label("Question to the partnership (optional)").fill("Because of what?")
    page.get_by_text("Recommend something").click()
    page.get_by_label("Recommendation (optional)").fill("Name one agency that answers for this")
    page.get_by_role("button", name="Save and next unreviewed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Partners share the work")
    page.goto(REVIEW)
    expect(page.get_by_text("1 of 4 reviewed.")).to_be_visible()
    must_be_accessible(page)


def reply(page: Page, assessment: Assessment) -> None:
    """Find the question from one's own work, and answer it; what the review says is not there yet."""
    page.goto(url("tasks", assessment))
    page.get_by_role("link", name="question").first.click()
    expect(page.get_by_text("1 question waits for your reply.")).to_be_visible()
    expect(page.get_by_text("Because of what?")).to_be_visible()
    assert "The reason says nothing." not in page.content()
    assert "Name one agency that answers for this" not in page.content()
    must_be_accessible(page)
    page.get_by_role("textbox", name="Your reply").fill("Of the audit of last spring.")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("No question waits for a reply.")).to_be_visible()


def send_back(page: Page) -> None:
    page.goto(REVIEW)
    expect(page.get_by_text("Of the audit of last spring.")).to_be_visible()
    page.get_by_role("button", name="Return the submission").click()
    must_be_accessible(page)
    page.get_by_label("Why do you return it?").fill("Please say in the reason what the audit showed.")
    fill_day(page, timezone.localdate() + datetime.timedelta(days=40))
    page.get_by_role("button", name="Return the submission").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of Amber Valley")


def take_up(page: Page, assessment: Assessment) -> None:
    """Read why it came back, and make an improvement action of the recommendation."""
    page.goto(url("tasks", assessment))
    page.get_by_role("link", name="Why it was returned, and what was asked").click()
    expect(page.get_by_text("Please say in the reason what the audit showed.").first).to_be_visible()
    page.get_by_role("link", name="Make an improvement action").click()
    must_be_accessible(page)
    page.get_by_role("radio", name="Police force").check()
    fill_day(page, timezone.localdate() + datetime.timedelta(days=90))
    page.get_by_role("button", name="Make it an improvement action").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Name one agency that answers for this")
    page.goto(url("tasks", assessment) + "questions/")
    expect(page.get_by_text("Taken up:")).to_be_visible()
    must_be_accessible(page)


def submit_again(page: Page, assessment: Assessment) -> None:
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_label("Why this level?").fill("The audit of last spring showed it in three wards.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    page.goto(url("check", assessment))
    page.get_by_role("button", name="Go on to submit").click()
    for agency in ("Local authority", "Police force"):
        page.get_by_label(agency).check()
    page.get_by_label("The partnership agreed these ratings").check()
    page.get_by_role("button", name="Submit to the Government Office").click()
    expect(page.get_by_text("2027-AMBER-VALLEY-2")).to_be_visible()


def close(page: Page) -> None:
    """Look at the changed answer again, write the summary, close."""
    page.goto(REVIEW + "criteria/LEAD.1/")
    expect(page.get_by_text("The audit of last spring showed it in three wards.").first).to_be_visible()
    page.get_by_role("radio", name="Working towards").check()
    page.get_by_label("Why do you see it this way?").fill("Now we see it too.")
    page.get_by_role("button", name="Save and next unreviewed").click()
    page.goto(REVIEW)
    page.get_by_label("What do you say of the whole?").fill("An honest assessment.")
    page.get_by_role("button", name="Save the summary").click()
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("3 criteria are not reviewed.")).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of Amber Valley")
    expect(page.get_by_role("button", name="Close the review")).to_have_count(0)


def read_the_review(page: Page, assessment: Assessment) -> None:
    page.goto(url("tasks", assessment) + "questions/")
    expect(page.get_by_text("An honest assessment.")).to_be_visible()
    page.get_by_text("Leadership (").click()
    expect(page.get_by_text("Now we see it too.")).to_be_visible()
    page.get_by_role("link", name="Submission 1, returned").click()
    expect(page.get_by_text("The reason says nothing.")).to_be_visible()
    must_be_accessible(page)


def test_question_reply_return_submit_again_action_close(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    office, partnership = open_page(), open_page()
    sign_in(office, cast.reviewer.email)
    sign_in(partnership, cast.coordinator.email)

    ask_and_recommend(office)
    reply(partnership, assessment)
    send_back(office)
    take_up(partnership, assessment)
    submit_again(partnership, assessment)
    close(office)
    read_the_review(partnership, assessment)

    first, second = Submission.objects.order_by("number")
    assert (first.number, second.number, second.is_current, first.is_current) == (1, 2, True, False)
    assert second.previous_sha256 == first.sha256
    kept = ReviewedSubmission.objects.get()
    assert (kept.submission_id, kept.submission_sha256) == (second.pk, second.sha256)
    assert Query.objects.get().replied_by is not None
    assert Recommendation.objects.get().action == ImprovementAction.objects.get()


def test_a_review_needs_no_script(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    page = open_page(script=False)
    sign_in(page, cast.reviewer.email)
    page.goto(REVIEW + "criteria/LEAD.2/")
    page.get_by_role("radio", name="Working towards").check()
    page.get_by_role("button", name="Save and next unreviewed").click()
    page.goto(REVIEW + "close/")
    page.get_by_role("button", name="Close the review").click()
    assert ReviewedSubmission.objects.get().ratings.count() == 1
