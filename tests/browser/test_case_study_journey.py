"""An officer writes a case study with a file, cites it as evidence, and the coordinator publishes it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from assessments.models import Assessment, Evidence
from casestudies.models import CaseStudy
from tests.assessments.answering import url
from tests.browser.conftest import sign_in
from tests.people import Cast
from tests.world import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def the_officer_writes(page: Page, folder: Path) -> None:
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Case studies").click()
    page.get_by_role("button", name="Write a case study").or_(
        page.get_by_role("link", name="Write a case study")
    ).first.click()
    page.get_by_label("Title").fill("Street lights that people asked for")
    page.get_by_label("Summary").fill("Residents chose where new lights went.")
    page.get_by_label("Scanning").fill("Residents told wardens which paths they avoid.")
    page.get_by_label("What to do").fill("Ask before you put up lights.")
    page.get_by_label("Cost", exact=True).fill("Ring 0115 496 0123 for the price of a light.")
    page.get_by_label("Monitored").check()
    page.get_by_label("First year").fill("2024")
    page.get_by_label("Kind of place").select_option(label="Housing estate")
    page.get_by_label("Role mailbox").fill("lights@amber-valley.example")
    page.get_by_role("button", name="Save and continue").click()
    file = folder / "Survey of paths.pdf"
    file.write_bytes(PDF)
    page.get_by_role("link", name="Add or remove files").click()
    page.get_by_label("Add a file").set_input_files(file)
    page.get_by_role("button", name="Add file").click()
    expect(page.get_by_role("link", name="Survey of paths.pdf", exact=True)).to_be_visible()


def the_officer_cites(page: Page, assessment: Assessment) -> None:
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_role("button", name="Cite a case study").click()
    page.get_by_label("Case study").select_option(label="Street lights that people asked for (draft)")
    page.get_by_role("button", name="Cite case study").click()
    expect(page.get_by_role("link", name="Street lights that people asked for", exact=True)).to_be_visible()


def the_reviewer_agrees(page: Page, cast: Cast) -> None:
    sign_in(page, cast.reviewer.email)
    page.goto(CaseStudy.objects.get().get_absolute_url())
    page.get_by_role("link", name="Agree as good practice").or_(
        page.get_by_role("button", name="Agree as good practice")
    ).first.click()
    page.get_by_label("Why is it good practice?").fill("They asked before they built.")
    page.get_by_role("button", name="Agree as good practice").click()
    expect(page.get_by_text("Agreed as good practice.", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_case_study_is_written_cited_and_published(
    script: bool, assessment: Assessment, cast: Cast, open_page: OpenPage, tmp_path: Path
) -> None:
    officer, coordinator = open_page(script=script), open_page(script=script)
    sign_in(officer, cast.officer.email)
    the_officer_writes(officer, tmp_path)
    the_officer_cites(officer, assessment)
    assert Evidence.objects.get().case_study == CaseStudy.objects.get()

    sign_in(coordinator, cast.coordinator.email)
    coordinator.goto(CaseStudy.objects.get().get_absolute_url())
    coordinator.get_by_role("button", name="Publish").or_(coordinator.get_by_role("link", name="Publish")).first.click()
    expect(coordinator.get_by_role("row", name="Phone number Cost 0115 496 0123")).to_be_visible()
    coordinator.get_by_role("button", name="Publish").click()
    coordinator.get_by_role("link", name="Tick the box once you have looked").click()
    coordinator.get_by_label("I have looked at everything").check()
    coordinator.get_by_role("button", name="Publish").click()
    expect(coordinator.get_by_text("Everybody who is signed in can read it now.")).to_be_visible()
    assert not CaseStudy.objects.get().is_draft

    neighbour = open_page(script=script)
    sign_in(neighbour, cast.neighbour.email)
    neighbour.get_by_role("navigation", name="Menu").get_by_role("link", name="Case studies").click()
    neighbour.get_by_role("link", name="Street lights that people asked for").click()
    expect(neighbour.get_by_text("Residents chose where new lights went.")).to_be_visible()
    expect(neighbour.get_by_text("Since 2024")).to_be_visible()
    the_reviewer_agrees(open_page(script=script), cast)
    neighbour.reload()
    expect(neighbour.get_by_text("They asked before they built.")).to_be_visible()


def test_leaving_a_case_study_that_is_not_saved_asks_first(cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    boxes: list[str] = []

    def stay(dialog: Dialog) -> None:
        boxes.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    sign_in(page, cast.officer.email)
    page.goto("/case-studies/amber-valley/new/")
    back = page.get_by_role("navigation", name="Back").get_by_role("link")
    back.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Case studies")
    assert boxes == []
    page.go_back()
    page.get_by_label("Title").fill("An hour of work")
    back.click()
    expect(page.get_by_label("Title")).to_have_value("An hour of work")
    assert boxes == ["beforeunload"]
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("link", name="Enter a summary")).to_be_visible()
    assert boxes == ["beforeunload"], "sending the form is no leaving"
    back.click()
    assert boxes == ["beforeunload"] * 2, "what is shown again is not saved yet"
    page.get_by_label("Summary").fill("Told in short.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An hour of work")
    page.get_by_role("link", name="Edit").or_(page.get_by_role("button", name="Edit")).first.click()
    page.get_by_label("Title").fill("Changed")
    page.get_by_role("link", name="Leave without saving").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An hour of work")
    assert boxes == ["beforeunload"] * 2
