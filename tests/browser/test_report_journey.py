"""A report, from the press of Submit to its check by a stranger: made meanwhile, opened by itself, known again."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Submission
from reports.making import Makers, Making, working
from tests.assessments.answering import rate_everything, url
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def submit(page: Page, assessment: Assessment) -> None:
    """A coordinator submits, and the page is there before any report is."""
    page.goto(url("submit", assessment))
    page.get_by_label("Local authority").check()
    page.get_by_label("The partnership agreed these ratings", exact=False).check()
    page.get_by_role("button", name="Submit to the Government Office").click()
    expect(page.get_by_role("heading", name="Assessment submitted")).to_be_visible()
    expect(page.locator("[data-progress]")).to_contain_text("Your report is being made")
    must_be_accessible(page)


def open_when_ready(page: Page, folder: Path) -> Path:
    """The report opens by itself once it is made, without a reload."""
    page.get_by_role("button", name="Open the report (PDF)").click()
    expect(page.get_by_role("heading", name="Your report is being made")).to_be_visible()
    must_be_accessible(page)
    with closing(Makers(1)) as makers, page.expect_request("**/report.pdf", timeout=60_000) as opened:
        Making(1, lambda report, why: None, lambda: False).make(makers)
    report = folder / "report.pdf"
    report.write_bytes(page.request.get(opened.value.url).body())
    return report


def check_as_a_stranger(page: Page, report: Path, says: str) -> None:
    """Nobody signs in to check a report; the answer tells nothing that is in it."""
    page.goto("/verify/")
    must_be_accessible(page)
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(says)
    expect(page.get_by_text("Amber Valley")).to_have_count(0)
    must_be_accessible(page)


def test_submitted_made_downloaded_and_checked(
    assessment: Assessment, cast: Cast, open_page: OpenPage, tmp_path: Path
) -> None:
    rate_everything(assessment, cast.officer)
    page, stranger = open_page(), open_page()
    sign_in(page, cast.coordinator.email)
    with working():
        submit(page, assessment)
        report = open_when_ready(page, tmp_path)
    assert report.read_bytes().startswith(b"%PDF-")
    check_as_a_stranger(stranger, report, "This is our report, as submitted")
    sent = Submission.objects.get()
    stranger.goto(f"/verify/{sent.reference}/")
    stranger.get_by_label("Fingerprint", exact=False).fill(sent.sha256)
    stranger.get_by_role("button", name="Check").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This is our report, as submitted")
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(report.read_bytes() + b"\n")
    check_as_a_stranger(stranger, changed, "This is not a report of this portal, or it was changed")
