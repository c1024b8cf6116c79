"""A partnership officer's whole way: rate, attach, cite, check; the coordinator submits and opens the PDF."""

import datetime
import io
from collections.abc import Callable

import pypdf
import pytest
from django.core.management import call_command
from playwright.sync_api import Dialog, Page, Route, expect

from assessments.models import Assessment, Rating, Submission
from assessments.queries import questions_for
from hallmarks.models import Version
from tests import criteria
from tests.assessments.answering import NOW, rate, url
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast, Places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def beacon(places: Places) -> Assessment:
    """Amber Valley's assessment against the real Beacon criteria."""
    call_command("loaddata", "beacon_r5", verbosity=0)
    Version.objects.update(status=Version.Status.PUBLISHED)
    round_ = criteria.make_round(Version.objects.get(), places)
    return Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)


def rate_all_but_the_first(assessment: Assessment, cast: Cast) -> None:
    for asked in questions_for(assessment).questions[1:]:
        rate(assessment, asked.criterion.code, cast.officer, level=asked.levels[2].slug, reason="It works here.")


def the_officer_rates_and_attaches(page: Page) -> None:
    page.get_by_role("link", name="2027 self-assessment").click()
    expect(page.get_by_text("48 of 49 criteria rated.")).to_be_visible()
    page.get_by_role("button", name="Continue with Leadership 1").click()
    page.locator(".app-ind").first.get_by_label("Yes").check()
    page.get_by_label("Some success", exact=True).check()
    page.get_by_label("Why this level?").fill("Chief officers chair each group.")
    page.get_by_role("button", name="Add a web address").click()
    page.get_by_label("What is it?").fill("Minutes of the strategy group")
    page.get_by_label("Web address").fill("https://www.example.org/minutes")
    page.get_by_role("button", name="Add web address").click()
    expect(page.get_by_role("link", name="Minutes of the strategy group", exact=True)).to_be_visible()
    expect(page.get_by_label("Why this level?")).to_have_value("Chief officers chair each group.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared understanding of purpose and targets")


def the_coordinator_submits(page: Page) -> None:
    page.get_by_role("button", name="Check and submit").click()
    page.get_by_role("button", name="Go on to submit").click()
    page.get_by_role("button", name="Submit to the Government Office").click()
    expect(page.get_by_role("link", name="Select the agencies that agreed these ratings")).to_be_visible()
    page.get_by_label("Local authority").check()
    page.get_by_label("The partnership agreed these ratings").check()
    page.get_by_role("button", name="Submit to the Government Office").click()
    expect(page.get_by_text("2027-AMBER-VALLEY-1")).to_be_visible()


def the_report_says_what_was_answered(page: Page) -> None:
    report = page.request.get("/reports/2027/amber-valley/report.pdf")
    assert report.status == 200
    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(report.body())).pages)
    assert "Senior leaders who give direction" in " ".join(text.split())
    assert "Chief officers chair each group." in " ".join(text.split())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_officer_rates_and_coordinator_submits(
    script: bool, beacon: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    rate_all_but_the_first(beacon, cast)
    officer, coordinator = open_page(script=script), open_page(script=script)
    sign_in(officer, cast.officer.email)
    the_officer_rates_and_attaches(officer)
    officer.goto(url("check", beacon))
    expect(officer.get_by_text("All 49 criteria have an answer.")).to_be_visible()
    expect(officer.get_by_text("A coordinator of the partnership submits it.")).to_be_visible()

    sign_in(coordinator, cast.coordinator.email)
    the_coordinator_submits(coordinator)
    the_report_says_what_was_answered(coordinator)

    officer.goto(url("criterion", beacon, "LEAD.1"))
    expect(officer.get_by_text("The partnership's answer")).to_be_visible()
    assert officer.locator("textarea").count() == 0
    assert Submission.objects.count() == 1


def test_typing_is_saved_without_pressing_anything(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_label("Doing well", exact=True).check()
    page.get_by_label("Why this level?").fill("Saved while I type")
    expect(page.get_by_role("status")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("Why this level?")).to_have_value("Saved while I type")
    expect(page.get_by_label("Doing well", exact=True)).to_be_checked()


def test_typing_survives_a_lost_connection(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Why this level?").fill("Typed on a train")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet. Trying again")
    page.unroute("**/autosave/")
    expect(page.get_by_role("status")).to_contain_text("Saved", timeout=20_000)
    assert Rating.objects.get().reason == "Typed on a train"


def test_a_lost_answer_is_sent_again_and_is_no_conflict(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))

    def drop_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/autosave/", drop_the_answer, times=1)
    page.get_by_label("Why this level?").fill("The answer never came")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    expect(page.get_by_role("status")).to_contain_text("Saved", timeout=20_000)
    page.get_by_label("Why this level?").fill("The answer never came, and I went on")
    page.get_by_label("Doing well", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    assert Rating.objects.get().reason == "The answer never came, and I went on"


def test_pressing_save_after_a_lost_answer_is_no_conflict(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))

    def drop_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/autosave/", drop_the_answer)
    page.get_by_label("Doing well", exact=True).check()
    page.get_by_label("Why this level?").fill("Saved, but I never heard")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")


def asked_to_stay(page: Page) -> list[str]:
    """Say yes whenever the browser asks whether to leave, and return the list of such boxes."""
    boxes: list[str] = []

    def leave(dialog: Dialog) -> None:
        boxes.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return boxes


@pytest.mark.parametrize("link", ["Next", "All case studies", "Sign out"])
def test_leaving_at_once_loses_nothing_and_asks_nothing(
    assessment: Assessment, cast: Cast, open_page: OpenPage, link: str
) -> None:
    page = open_page()
    boxes = asked_to_stay(page)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_label("Why this level?").press_sequentially("Typed just before")
    if link == "Next":
        page.locator("a[rel=next]").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
        page.locator("a[rel=prev]").click()
        expect(page.get_by_label("Why this level?")).to_have_value("Typed just before")
    elif link == "Sign out":
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    else:
        page.get_by_role("navigation", name="Menu").get_by_role("link", name="Case studies").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Case studies")
    assert Rating.objects.get().reason == "Typed just before"
    assert boxes == []


def test_a_page_that_is_closed_or_hidden_saves_first(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    boxes = asked_to_stay(page)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_label("Why this level?").press_sequentially("Typed")
    with page.expect_request("**/autosave/"):
        page.goto(url("tasks", assessment))
    page.goto(url("criterion", assessment, "LEAD.1"))
    expect(page.get_by_label("Why this level?")).to_have_value("Typed")
    page.clock.install()
    page.clock.pause_at(NOW() + datetime.timedelta(minutes=1))
    page.get_by_label("Why this level?").press_sequentially(" again")
    page.evaluate(
        """Object.defineProperty(document, "hidden", { value: true });
           document.dispatchEvent(new Event("visibilitychange"));"""
    )
    expect(page.get_by_role("status")).to_contain_text("Saved")
    assert boxes == []


def test_leaving_while_saving_fails_asks_first(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    boxes = asked_to_stay(page)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Why this level?").press_sequentially("Typed in a tunnel")
    page.locator("a[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    assert boxes == ["beforeunload"]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_is_missing_is_asked_for_and_the_rest_is_saved(
    script: bool, assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page(script=script)
    boxes = asked_to_stay(page)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    expect(page.locator("#in-place")).to_have_text("Not answered yet")
    page.locator(".app-ind").first.get_by_label("Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#in-place")).to_have_text("1 of 3 in place")
    page.get_by_role("link", name="Select a level for Leadership 1").click()
    page.get_by_label("Doing well", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("link", name="Select a level for Leadership 1")).to_have_count(0)
    expect(page.get_by_label("Doing well", exact=True)).to_be_checked()
    if script:
        must_be_accessible(page)
    page.get_by_label("Why this level?").fill("Nothing is missing now")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    assert boxes == []


def test_two_officers_on_one_criterion_never_overwrite_each_other(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    council, police = open_page(), open_page()
    sign_in(council, cast.officer.email)
    sign_in(police, cast.colleague.email)
    for page in (council, police):
        page.goto(url("criterion", assessment, "LEAD.1"))
    council.get_by_label("Why this level?").fill("The council's words")
    expect(council.get_by_role("status")).to_contain_text("Saved")
    police.get_by_label("Why this level?").fill("The police's words")
    expect(police.get_by_role("status")).to_contain_text("Somebody else saved this criterion")
    police.get_by_role("button", name="Save and continue").click()
    expect(
        police.get_by_role("heading", name="Somebody else saved this criterion while you were writing")
    ).to_be_visible()
    expect(police.locator("#theirs")).to_contain_text("The council's words")
    expect(police.get_by_label("Why this level?")).to_have_value("The police's words")
    must_be_accessible(police)
    police.clock.install()
    police.get_by_label("Why this level?").fill("The police's words, changed")
    police.clock.run_for(60_000)
    assert Rating.objects.get().reason == "The council's words"
    police.get_by_role("button", name="Save mine over theirs").click()
    expect(police.get_by_role("alert")).to_contain_text("Select a level")
    assert Rating.objects.get().reason == "The police's words, changed"


def test_the_enter_key_saves(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_role("radio", name="Some success").check()
    page.get_by_role("radio", name="Some success").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter the reason for this level")


def test_signing_in_again_in_another_tab_saves_what_was_typed(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").click()
    page.get_by_label("Why this level?").fill("Typed after the session ended")
    expect(page.get_by_role("status")).to_contain_text("You were signed out")
    sign_in(other, cast.officer.email)
    expect(page.get_by_role("status")).to_contain_text("Saved", timeout=40_000)
    assert Rating.objects.get().reason == "Typed after the session ended"


def test_the_whole_criterion_page_works_by_keyboard(assessment: Assessment, cast: Cast, open_page: OpenPage) -> None:
    page = open_page(script=False)
    sign_in(page, cast.officer.email)
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.locator("#id_indicator_1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.locator("#id_level").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#id_reason").focus()
    page.keyboard.type("By keyboard alone")
    page.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")
    rating = Rating.objects.get()
    assert rating.reason == "By keyboard alone"
    assert rating.level is not None
    assert rating.level.slug == "working_towards"
