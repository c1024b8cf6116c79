"""Three agencies agree: private views, the reveal, the meeting, an action, the submission, and the next round."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Membership, Role, Standpoint, User
from assessments.models import Assessment, ImprovementAction, Rating, Submission, View
from assessments.queries import questions_for
from assessments.round_services import open_round
from partnerships.models import Agency, AgencyKind
from tests.assessments.answering import rate, url
from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def probation(assessment: Assessment) -> User:
    """A member for a third agency, from the strategic side."""
    kind = AgencyKind.objects.create(code="probation", name="Probation", role=AgencyKind.Role.RESPONSIBLE, source="-")
    agency = Agency.objects.create(partnership=assessment.partnership, kind=kind, name="Probation service")
    user = User.objects.create_user("probation@portal.test", "Pat Probation", PASSWORD)
    Membership.objects.create(
        code="probation", user=user, agency=agency, role=Role.VIEWER, standpoint=Standpoint.STRATEGIC
    )
    return user


def give_a_view(page: Page, email: str, level: str, comment: str) -> None:
    """Give one's view of the one key criterion, by the short form, as a busy member does."""
    sign_in(page, email)
    page.get_by_role("link", name="2027 self-assessment").first.click()
    page.get_by_role("link", name="Give your view").first.click()
    page.get_by_role("button", name="Start the short form").click()
    page.get_by_role("radio", name=level).check()
    page.get_by_label("Why do you see it so? (optional)").fill(comment)
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your view")


def reveal(page: Page, assessment: Assessment) -> None:
    page.goto(url("views", assessment))
    page.get_by_role("button", name="Reveal the views").click()
    page.get_by_role("button", name="Reveal the views").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Views of all agencies")
    must_be_accessible(page)


def agree_at_the_meeting(page: Page, assessment: Assessment) -> None:
    """Agree the widest difference first, with who was there and who saw it otherwise."""
    page.goto(url("meeting", assessment))
    expect(page.get_by_role("heading", level=2).first).to_have_text("Leaders give direction")
    expect(page.locator(".app-views")).to_contain_text("Probation service")
    must_be_accessible(page)
    page.get_by_role("radio", name="Working towards").check()
    page.get_by_label("Why this level?").fill("It works in one half of the area.")
    for agency in ("Local authority", "Police force", "Probation service"):
        page.get_by_role("checkbox", name=agency).check()
    page.get_by_label("Anyone who sees it differently (optional)").fill("Probation service: gap identified.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("1 of 4 agreed")).to_be_visible()


def promise_something(page: Page, assessment: Assessment) -> None:
    page.goto(url("criterion", assessment, "LEAD.1"))
    page.get_by_role("button", name="Add an improvement action").click()
    page.get_by_label("What will be done?").fill("Chief officers chair each group")
    page.get_by_role("radio", name="Police force").check()
    due = timezone.localdate() + datetime.timedelta(days=90)
    for label, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Save the action").click()
    expect(page.get_by_text("Chief officers chair each group").first).to_be_visible()
    must_be_accessible(page)


def submit(page: Page, assessment: Assessment) -> None:
    page.goto(url("check", assessment))
    page.get_by_role("button", name="Go on to submit").click()
    for agency in ("Local authority", "Police force", "Probation service"):
        page.get_by_label(agency).check()
    page.get_by_label("The partnership agreed these ratings").check()
    page.get_by_role("button", name="Submit to the Government Office").click()
    expect(page.get_by_text("2027-AMBER-VALLEY-1")).to_be_visible()


def next_round(assessment: Assessment, cast: Cast) -> Assessment:
    """Open the next round as an administrator does; it starts from the answers of this one."""
    before, today = assessment.round, timezone.localdate()
    before.closes_on = today - datetime.timedelta(days=1)
    before.save()
    round_ = open_round(
        slug="2028",
        name="2028 self-assessment",
        version=before.version,
        opens_on=today,
        closes_on=today + datetime.timedelta(days=30),
        previous=before,
        by=cast.administrator,
    )
    return Assessment.objects.with_round().get(round=round_, partnership=assessment.partnership)


def confirm_what_is_still_true(page: Page, assessment: Assessment) -> None:
    page.goto(url("tasks", assessment))
    expect(page.get_by_text("1 action still open from earlier rounds")).to_be_visible()
    page.goto(url("criterion", assessment, "LEAD.1"))
    expect(page.get_by_label("Why this level?")).to_have_value("It works in one half of the area.")
    must_be_accessible(page)
    assert not Rating.objects.answered().filter(assessment=assessment).exists()
    page.get_by_role("button", name="Still true, confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners share the work")


def test_three_agencies_agree_promise_submit_and_begin_again(
    assessment: Assessment, cast: Cast, probation: User, open_page: OpenPage
) -> None:
    for email, level, comment in (
        (cast.coordinator.email, "Doing well", "Chief officers attend."),
        (cast.colleague.email, "Working towards", "Seldom on my shifts."),
        (probation.email, "Gap identified", "We were never asked."),
    ):
        give_a_view(open_page(), email, level, comment)
    assert View.objects.count() == 3

    coordinator = open_page()
    sign_in(coordinator, cast.coordinator.email)
    reveal(coordinator, assessment)
    agree_at_the_meeting(coordinator, assessment)
    promise_something(coordinator, assessment)
    for asked in questions_for(assessment).questions[1:]:
        rate(assessment, asked.criterion.code, cast.officer, level=asked.levels[2].slug, reason="It works here.")
    submit(coordinator, assessment)
    assert Submission.objects.count() == 1
    assert ImprovementAction.objects.get().owner.name == "Police force"

    confirm_what_is_still_true(coordinator, next_round(assessment, cast))
