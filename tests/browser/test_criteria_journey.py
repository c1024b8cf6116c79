"""New criteria, from a document to an open round and back: loaded, looked through, edited, published, moved, undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Rating, Round
from hallmarks import formats
from hallmarks.models import Version
from hallmarks.stored import document_of
from tests.assessments.answering import rate
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
DRAFT = "/criteria/test-framework/next-set/"


def next_edition(version: Version) -> str:
    """The outline of a version as its publisher would send the next: one reworded, one dropped, one new."""
    text = formats.write("md", document_of(version)).decode()
    text = text.replace(version.title, "Test criteria 2027").replace("version: test-set", "version: next-set")
    start = text.index("## Partners share the work")
    end = text.index("# What the law asks")
    new = "## Partners learn together\ncode: LEAD.3\n\nLessons are kept and used.\n\n- Reviews are written down.\n\n"
    return text[:start].replace("Leaders give direction", "Leaders who are seen to lead") + new + text[end:]


def look_through_and_load(page: Page, text: str) -> None:
    """A file is looked through before anything of it is kept."""
    page.goto("/criteria/load/")
    page.get_by_label("Or paste the text").fill(text)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name="What changes, against “Test criteria 2026”")).to_be_visible()
    for words in ("Partners learn together", "Partners share the work", "Leaders who are seen to lead"):
        expect(page.get_by_text(words).first).to_be_visible()
    must_be_accessible(page)
    assert not Version.objects.filter(slug="next-set").exists()
    page.get_by_role("button", name="Load as draft").click()


def edit_and_undo(page: Page) -> None:
    """It is edited in the browser, and the edit taken back."""
    page.get_by_role("link", name="Edit this draft").click()
    must_be_accessible(page)
    page.get_by_role("link", name="Partners learn together").first.click()
    page.get_by_label("Title", exact=True).fill("Partners learn from each other")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Partners learn from each other").first).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("link", name="Partners learn together").first).to_be_visible()


def confirm_and_publish(page: Page) -> Version:
    """A person confirms what continues what; only then can it be published, with a day."""
    page.goto(f"{DRAFT}publish/")
    expect(page.get_by_text("Confirm first what continues what")).to_be_visible()
    page.get_by_role("button", name="Look through the table").click()
    must_be_accessible(page)
    page.get_by_role("button", name="Confirm", exact=True).click()
    page.goto(f"{DRAFT}publish/")
    must_be_accessible(page)
    page.get_by_role("button", name="Publish").click()
    published = Version.objects.get(slug="next-set")
    assert published.status == Version.Status.PUBLISHED
    assert published.in_force_from is not None
    return published


def move(page: Page, round_: Round) -> None:
    """What it would do to the open round is read first; then the round is moved."""
    page.goto(f"/rounds/{round_.slug}{DRAFT}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("would do")
    must_be_accessible(page)
    page.get_by_role("button", name="Change the criteria").click()


def read_as_an_officer(page: Page, assessment: Assessment) -> None:
    """What was written is there to confirm, and what has no criterion any more is kept."""
    own = f"/assessments/{assessment.round.slug}/{assessment.partnership.slug}"
    page.goto(f"{own}/criteria/LEAD.1/")
    expect(page.get_by_text("Our chief officers meet.").first).to_be_visible()
    page.goto(f"{own}/without-a-home/")
    expect(page.get_by_text("We share an office.")).to_be_visible()
    must_be_accessible(page)


def withdraw(page: Page) -> None:
    """What turned out wrong is withdrawn with a reason."""
    page.goto(f"{DRAFT}withdraw/")
    must_be_accessible(page)
    page.locator("#id_reason").fill("The publisher took it back.")
    page.get_by_role("button", name="Withdraw").click()


def test_an_administrator_brings_new_criteria_into_an_open_round_alone(
    assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="Our chief officers meet.")
    rate(assessment, "LEAD.2", cast.officer, level="doing_well", reason="We share an office.")
    before = assessment.round.version
    page, officer, visitor = open_page(), open_page(), open_page()
    sign_in(page, cast.administrator.email)
    look_through_and_load(page, next_edition(before))
    edit_and_undo(page)
    published = confirm_and_publish(page)
    move(page, assessment.round)
    assert Round.objects.get(pk=assessment.round_id).version == published
    sign_in(officer, cast.officer.email)
    read_as_an_officer(officer, assessment)
    page.goto(f"/rounds/{assessment.round.slug}/criteria/undo/")
    page.get_by_role("button", name="Undo").click()
    assert Round.objects.get(pk=assessment.round_id).version == before
    kept = Rating.objects.filter(assessment=assessment, is_confirmed=True)
    assert {rating.reason for rating in kept} == {"Our chief officers meet.", "We share an office."}
    withdraw(page)
    visitor.goto(DRAFT)
    expect(visitor.get_by_text("The publisher took it back.")).to_be_visible()
