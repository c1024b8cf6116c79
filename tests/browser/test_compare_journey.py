"""Comparing like with like: a region, a force, a list that is shared, one criterion, a heat map; as a partnership."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import RegionalPost, User
from assessments.models import Assessment, Submission, SubmittedRating
from casestudies.models import CaseStudy
from hallmarks.models import Criterion
from hallmarks.outline import outline_of
from partnerships.models import PoliceForce
from reviews.models import ComparisonList
from tests.browser.conftest import must_be_accessible, sign_in
from tests.casestudies.making import freeze
from tests.people import PASSWORD, Cast, Places
from tests.reports import comparing, releases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
COMPARE = "/compare/2027/"


@pytest.fixture
def colleague(places: Places) -> User:
    """Somebody else in the Government Office for the East Midlands."""
    user = User.objects.create_user("colleague-in-the-office@portal.test", "Pat Office", PASSWORD)
    RegionalPost.objects.create(code="colleague-in-the-office", user=user, region=places.east_midlands)
    return user


@pytest.fixture
def submitted(assessment: Assessment, places: Places, cast: Cast) -> dict[str, Submission]:
    """Ten partnerships of one force and four of another that submitted; one does well, and wrote how."""
    other = PoliceForce.objects.create(
        slug="leicestershire", name="Leicestershire Constabulary", region=places.east_midlands
    )
    here = [places.amber_valley, places.derby, *releases.neighbours(places.amber_valley.police_force, 8)]
    at = timezone.now() - datetime.timedelta(days=7)
    sent = releases.fill(assessment.round, [*here, *releases.neighbours(other, 4, "m")], cast.coordinator, at)
    for submission in sent.values():
        _write_lines(submission)
    comparing.review(sent["n-5"], {"LEAD.1": 3})
    study = CaseStudy.objects.create(
        partnership=sent["n-5"].assessment.partnership,
        slug="chief-officers",
        title="Chief officers take turns",
        summary="What we did.",
        status=CaseStudy.Status.PUBLISHED,
        written_by=cast.officer,
    )
    study.criteria.set(Criterion.objects.filter(version=assessment.round.version, code="LEAD.1"))
    freeze(study)
    return dict(sent)


def _write_lines(submission: Submission) -> None:
    questions = outline_of(submission.assessment.round.version).questions
    SubmittedRating.objects.bulk_create(
        SubmittedRating(submission=submission, criterion=question.criterion, level=question.levels[int(mark)])
        for question, mark in zip(questions, submission.levels, strict=True)
    )


def compare_a_force(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Compare").first.click()
    page.get_by_label("Area", exact=True).select_option("east-midlands")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("14 of 14").first).to_be_visible()
    must_be_accessible(page)
    page.get_by_text("More choices").click()
    page.get_by_label("Police force").select_option("derbyshire")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("10 of 10").first).to_be_visible()
    # What is chosen of the rest stays in sight.
    expect(page.get_by_label("Police force")).to_be_visible()
    must_be_accessible(page)


def sort_what_is_compared(page: Page) -> None:
    """Strengths, weaknesses and where reviewers differ come first as asked, and the page says which order it is."""
    firsts = set()
    for order in ("Strengths first", "Weaknesses first", "Where reviewers differ most"):
        page.get_by_label("Order").select_option(label=order)
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_label("Order").locator("option:checked")).to_have_text(order)
        firsts.add(page.locator("#practice tbody th").first.inner_text())
    expect(page.get_by_role("columnheader", name="Reviewers differ").first).to_be_visible()
    assert len(firsts) > 1
    must_be_accessible(page)


def jump_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Statutory requirements").click()
    expect(page.get_by_role("heading", name="Statutory requirements")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})


def share_a_list(page: Page) -> None:
    page.goto("/regions/east-midlands/lists/")
    page.get_by_role("button", name="Make a list").click()
    must_be_accessible(page)
    page.get_by_label("Name of the list").fill("Market towns")
    for name in ("Amber Valley", "Derby", "Secret m 0", "Secret n 5"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_label("Colleagues of this region").check()
    page.get_by_role("button", name="Save the list").click()
    expect(page.get_by_role("row", name="Market towns")).to_contain_text("You and your colleagues")


def use_the_list(page: Page) -> None:
    """A colleague compares by the list, looks at one criterion and learns from whom."""
    page.goto("/regions/east-midlands/lists/")
    expect(page.get_by_role("row", name="Market towns")).to_contain_text("Shared by")
    page.get_by_role("link", name="Market towns").click()
    expect(page.get_by_text("4 of 4").first).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name="Leaders give direction").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leaders give direction")
    expect(page.get_by_role("link", name="Chief officers take turns")).to_be_visible()
    must_be_accessible(page)


def see_the_heat_map(page: Page) -> None:
    page.goto(COMPARE + "?region=east-midlands")
    page.get_by_role("link", name="Every rating in the").first.click()
    expect(page.get_by_role("rowheader", name="Amber Valley").first).to_be_visible()
    must_be_accessible(page)


def test_a_government_office_compares_like_with_like(
    submitted: dict[str, Submission], cast: Cast, colleague: User, open_page: OpenPage
) -> None:
    page, other = open_page(), open_page()
    sign_in(page, cast.reviewer.email)
    compare_a_force(page)
    sort_what_is_compared(page)
    jump_on_a_phone(page)
    share_a_list(page)
    sign_in(other, colleague.email)
    use_the_list(other)
    see_the_heat_map(page)
    assert ComparisonList.objects.get().partnerships.count() == 4


def test_a_partnership_compares_when_the_round_has_closed_and_sees_no_names(
    submitted: dict[str, Submission], assessment: Assessment, cast: Cast, open_page: OpenPage
) -> None:
    page = open_page()
    sign_in(page, cast.coordinator.email)
    page.goto(COMPARE)
    expect(page.get_by_text("You can compare yourselves with others when this round has closed")).to_be_visible()
    must_be_accessible(page)

    releases.close(assessment.round)
    page.get_by_role("navigation").get_by_role("link", name="Compare").first.click()
    groups = [
        choice.get_attribute("value") or "" for choice in page.get_by_label("Compare with").locator("option").all()
    ]
    assert "force" in groups
    for group in groups:
        page.goto(f"{COMPARE}?with={group}")
        assert "Secret" not in page.content()
    page.get_by_label("Compare with").select_option("force")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("This is what was submitted when the round closed")).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name="Leaders give direction").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leaders give direction")
    must_be_accessible(page)
    page.goto(COMPARE + "heat-map/")
    for label, order in (("Rows", "Name"), ("Columns", "Where you are furthest below the group first")):
        page.get_by_label(label).select_option(label=order)
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_label(label).locator("option:checked")).to_have_text(order)
        assert "Secret" not in page.content()
        must_be_accessible(page)
    page.goto(COMPARE + "heat-map/?section=LEAD&with=zzz")
    expect(page.get_by_text("which is not known here")).to_be_visible()
    must_be_accessible(page)
