"""An administrator: load another criteria set, open a round for one region, give more time, invite, and end."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Membership
from assessments.models import Round
from cdrp_portal.settings import BASE_DIR
from hallmarks.models import Version
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def fill_date(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, value in zip(("day", "month", "year"), (day, month, year), strict=True):
        page.locator(f"input[name={name}_{part}]").fill(value)


def test_administrator_loads_criteria(world: None, cast: Cast, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, cast.administrator.email)
    page.get_by_role("link", name="Load criteria").click()
    page.get_by_label("Or paste the text").fill('[{"model": "accounts.user"},]')
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("line 1", exact=False).first).to_be_visible()
    must_be_accessible(page)
    page.get_by_label("Or paste the text").fill("")
    page.get_by_label("Choose a file").set_input_files(BASE_DIR / "fixtures" / "hallmarks_2007.json")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("The file has no mistakes.")).to_be_visible()
    assert not Version.objects.filter(framework__slug="hallmarks").exists()
    must_be_accessible(page)
    page.get_by_role("button", name="Load as draft").click()
    assert Version.objects.get(framework__slug="hallmarks").status == Version.Status.DRAFT
    page.get_by_role("link", name="Publish").or_(page.get_by_role("button", name="Publish")).first.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hallmarks of Effective Partnerships")
    assert Version.objects.get(framework__slug="hallmarks").status == Version.Status.PUBLISHED


def test_administrator_opens_a_round_for_one_region_and_gives_more_time(
    world: None, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.administrator.email)
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Rounds").click()
    page.get_by_role("button", name="Open a round").click()
    page.get_by_label("Name", exact=True).fill("Pilot")
    page.get_by_label("Test criteria 2026").check()
    opens = Round.objects.get(slug="2027").closes_on
    fill_date(page, "opens_on", str(opens.day), str(opens.month), str(opens.year))
    fill_date(page, "closes_on", "31", "March", str(opens.year + 1))
    page.get_by_label("Only the regions I tick below").check()
    page.get_by_label("East Midlands").check()
    must_be_accessible(page)
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pilot")
    assert Round.objects.get(slug="pilot").assessments.count() == 2

    page.get_by_role("link", name="Give a partnership more time").click()
    page.get_by_label("Partnership", exact=True).select_option(label="Derby")
    fill_date(page, "until", "30", "April", str(opens.year + 1))
    page.get_by_label("Reason").fill("Two members of staff are away.")
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_text("Two members of staff are away.")).to_be_visible()
    must_be_accessible(page)


def test_administrator_changes_the_closing_day_after_reading_what_it_means(
    world: None, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.administrator.email)
    before = Round.objects.get(slug="2027").closes_on
    page.goto("/rounds/2027/")
    page.get_by_role("link", name="Change the closing day").click()
    fill_date(page, "closes_on", "15", "April", str(before.year + 1))
    must_be_accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("They then have until the end of 15 April")).to_be_visible()
    must_be_accessible(page)
    assert Round.objects.get(slug="2027").closes_on == before
    page.get_by_role("button", name="Change the closing day").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2027 self-assessment")
    assert Round.objects.get(slug="2027").closes_on == before.replace(before.year + 1, 4, 15)


def test_administrator_invites_somebody_who_joins_and_later_leaves(
    world: None, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.administrator.email)
    page.goto("/people/exeter/")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Email address of the person").fill("new.officer@portal.test")
    page.get_by_label("Which agency do they work for?").select_option(label="Police force")
    page.get_by_label("Officer", exact=True).check()
    page.get_by_label("Delivery", exact=True).check()
    page.get_by_role("button", name="Make the invitation").click()
    link = page.get_by_label("Link").input_value()
    must_be_accessible(page)

    guest = open_page()
    guest.goto(link.partition("//")[2].partition("/")[1] + link.partition("//")[2].partition("/")[2])
    guest.get_by_label("Your name").fill("New Officer")
    guest.get_by_label("A password for this service").fill("a-long-enough-phrase-7")
    guest.get_by_role("button", name="Create your account").click()
    expect(guest.get_by_role("heading", name="Your work")).to_be_visible()
    guest.get_by_role("link", name="2027 self-assessment").click()
    expect(guest.get_by_text("0 of 4 criteria rated.")).to_be_visible()

    page.goto("/people/exeter/")
    page.get_by_role("row", name="New Officer").get_by_role("link", name="End").click()
    page.get_by_role("button").filter(has_text="End").click()
    assert Membership.objects.get(user__email="new.officer@portal.test").ended_at is not None
    guest.goto("/assessments/2027/exeter/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Page not found")
