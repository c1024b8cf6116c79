"""Two people on one criterion: they see each other, two texts become one, and the history tells who did what."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Presence, Rating
from tests.assessments.answering import rate, url
from tests.assessments.test_presence import opens
from tests.browser.conftest import must_be_accessible, sign_in
from tests.browser.test_officer_journey import asked_to_stay
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
HEARTBEAT = 20_000


def go(page: Page, where: str) -> None:
    """Open a page and wait until it has said so."""
    with page.expect_response("**/here/"):
        page.goto(where)


def test_two_people_see_each_other_come_and_go(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    council, police = open_page(), open_page()
    sign_in(council, cast.officer.email)
    sign_in(police, cast.colleague.email)
    council.clock.install()
    go(council, url("criterion", assessment, "LEAD.1"))
    expect(council.locator("[data-here]")).to_have_text("")
    go(police, url("criterion", assessment, "LEAD.1"))
    expect(police.locator("[data-here]")).to_have_text("Pat Officer (Local authority) has this page open")
    council.clock.run_for(HEARTBEAT)
    expect(council.locator("[data-here]")).to_have_text("Pat Colleague (Police force) has this page open")
    must_be_accessible(council)

    go(police, url("tasks", assessment))
    expect(police.get_by_role("listitem").filter(has_text="Leadership").first).to_contain_text("Pat Officer is here")
    must_be_accessible(police)
    council.clock.run_for(HEARTBEAT)
    expect(council.locator("[data-here]")).to_have_text("")


def test_a_page_that_is_left_is_left_at_once(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    go(page, url("criterion", assessment, "LEAD.1"))
    assert Presence.objects.get().code == "LEAD.1"
    page.goto("/")
    # The browser sends its farewell behind the test's back: long before the minute, but maybe after the next page.
    for _look in range(10):
        if Presence.objects.exists():
            page.reload()
    assert not Presence.objects.exists()


def test_a_page_whose_person_was_signed_out_falls_silent(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    opens(assessment, cast.colleague)
    page.clock.install()
    go(page, url("tasks", assessment))
    expect(page.locator("[data-here]")).to_have_text("Pat Colleague (Police force) has this page open")
    page.context.clear_cookies(name="session")
    beats: list[str] = []
    page.on("request", lambda request: beats.append(request.url))
    page.clock.run_for(HEARTBEAT)
    expect(page.locator("[data-here]")).to_have_text("")
    page.clock.run_for(4 * HEARTBEAT)
    assert len(beats) == 1


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_texts_are_put_together_and_the_history_tells_it(
    script: bool, assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page(script=script)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    rate(assessment, "LEAD.1", cast.colleague, level="working_towards", reason="The police's words")
    page.get_by_label("Some success", exact=True).check()
    page.get_by_label("Why this level?").fill("The council's words")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("link", name="Keep theirs")).to_be_visible()
    expect(page.get_by_role("button", name="Keep mine")).to_be_visible()
    if script:
        must_be_accessible(page)
    page.get_by_role("button", name="Put both together").click()
    both = "The council's words\n\nPolice force wrote:\nThe police's words"
    expect(page.get_by_label("Why this level?")).to_have_value(both)
    expect(page.get_by_label("Some success", exact=True)).to_be_checked()
    assert Rating.objects.get().reason == "The police's words"
    if script:
        must_be_accessible(page)
    page.get_by_role("button", name="Save both together").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    assert Rating.objects.get().reason == both

    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_role("link", name="History", exact=True).click()
    first = page.locator(".app-history > li").first
    expect(first).to_contain_text(
        "Pat Officer (Local authority) changed the level from working towards to some success, and the reason, on"
    )
    first.locator("summary").click()
    expect(first.locator("dd").first).to_have_text("The police's words")
    if script:
        must_be_accessible(page)


def test_keeping_theirs_drops_mine_and_asks_nothing(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    boxes = asked_to_stay(page)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    rate(assessment, "LEAD.1", cast.colleague, reason="The police's words")
    page.get_by_label("Why this level?").fill("The council's words")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Keep theirs").click()
    expect(page.get_by_label("Why this level?")).to_have_value("The police's words")
    expect(page.get_by_role("link", name="Keep theirs")).to_have_count(0)
    assert boxes == []
