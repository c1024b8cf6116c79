"""A reviewer of the Government Office: who is where, read a submission, its PDF, compare, take the figures away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_reviewer_reads_and_compares(world: None, cast: Cast, open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, cast.reviewer.email)
    page.get_by_role("link", name="Your region").click()
    page.goto("/regions/east-midlands/2026/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2026 self-assessment")
    must_be_accessible(page)

    page.get_by_role("link", name="Amber Valley", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amber Valley")
    must_be_accessible(page)
    page.get_by_role("link", name="Read all it submitted").click()
    expect(page.get_by_text("2026-AMBER-VALLEY-1").first).to_be_visible()
    expect(page.get_by_text("Because.").first).to_be_visible()
    must_be_accessible(page)
    with page.expect_download() as minutes:
        page.get_by_role("link", name="Minutes").click()
    assert minutes.value.suggested_filename == "Minutes.pdf"

    report = page.request.get("/reports/2026/amber-valley/report.pdf")
    assert report.headers["content-type"] == "application/pdf"
    assert report.body().startswith(b"%PDF")

    page.goto("/compare/2026/?region=east-midlands&partnership=amber-valley")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare partnerships")
    expect(page.get_by_role("rowheader", name="Leaders give direction").first).to_be_visible()
    must_be_accessible(page)
    with page.expect_download() as figures:
        page.get_by_role("link", name="CSV").click()
    assert figures.value.suggested_filename.endswith(".csv")


def test_reviewer_sees_how_far_a_draft_is_and_nothing_of_it(
    world: None, cast: Cast, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    sign_in(page, cast.reviewer.email)
    page.goto("/regions/east-midlands/2027/")
    expect(page.get_by_role("row", name="Amber Valley")).to_contain_text("1 of 4")
    assert "A draft reason" not in page.content()
    page.goto("/regions/east-midlands/2027/amber-valley/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.goto("/assessments/2027/amber-valley/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
