"""A check sheet of shared information as evidence: only for the Hallmarks criteria that ask about it."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from assessments.models import Assessment, Evidence
from hallmarks.models import Version
from sharing.models import InformationSet
from tests import criteria
from tests.assessments.answering import stamp_on, url
from tests.counting import counted
from tests.people import Cast, Places
from tests.sharing.making import make_reference, save_line, this_quarter

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
CODE = "LEAD.1"


@pytest.fixture
def version(db: None) -> Version:
    """The tests' criteria as if they were the Hallmarks; their LEAD.1 asks for the police's sets."""
    make_reference()
    InformationSet.objects.filter(hallmark_code="H3.S3a").update(hallmark_code=CODE)
    return criteria.make_version("2007", framework="hallmarks")


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_the_criterion_says_how_the_sheet_stands_and_leads_to_it(
    officer: Client, assessment: Assessment, places: Places, cast: Cast
) -> None:
    save_line(places, cast.officer)
    page = text_of(officer, url("criterion", assessment, CODE))
    now = this_quarter()
    sheet = reverse("sharing:sheet", args=["amber-valley", now.year, now.number])
    assert f'Your check sheet for this quarter: <a class="govuk-link" href="{sheet}">1 of 3 received</a>' in page
    assert "Add it as evidence" in page
    assert "check sheet" not in text_of(officer, url("criterion", assessment, "LEAD.2"))


def test_a_viewer_reads_the_line_without_the_button(officer: Client, assessment: Assessment, cast: Cast) -> None:
    officer.force_login(cast.viewer)
    page = text_of(officer, url("criterion", assessment, CODE))
    assert "0 of 3 received" in page
    assert "Add it as evidence" not in page


def test_other_criteria_sets_neither_show_nor_pay_for_it(
    officer: Client, assessment: Assessment, places: Places
) -> None:
    criteria.make_round(criteria.make_version(), places, slug="other")
    other = Assessment.objects.with_round().get(round__slug="other", partnership=places.amber_valley)
    asked = []
    for one in (assessment, other):
        page = url("criterion", one, CODE)
        officer.get(page)
        with counted() as counting:
            assert ("check sheet" in text_of(officer, page)) == (one == assessment)
        asked.append(counting.number)
    assert asked[0] == asked[1] + 1
    assert officer.get(url("evidence_sheet", other, CODE)).status_code == 404


def test_the_button_saves_the_page_and_leads_to_the_question(officer: Client, assessment: Assessment) -> None:
    page = url("criterion", assessment, CODE)
    sent = {**stamp_on(officer, assessment, CODE), "reason": "Kept", "then": "sheet"}
    assert officer.post(page, sent).headers["Location"] == url("evidence_sheet", assessment, CODE)
    assert assessment.ratings.get().reason == "Kept"


def test_the_sheet_becomes_a_link_with_its_own_address_and_title(
    officer: Client, assessment: Assessment, places: Places, cast: Cast, settings: Settings
) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    before = this_quarter().previous
    save_line(places, cast.officer, quarter=before, received_on=before.ends_on)
    where = url("evidence_sheet", assessment, CODE)
    assert before.name in text_of(officer, where)
    for _press in range(2):
        assert officer.post(where, {"sheet": str(before)}).headers["Location"] == url("criterion", assessment, CODE)
    evidence = Evidence.objects.get()
    today = timezone.localdate()
    assert evidence.title == (
        f"Information sharing check sheet, {before.name}: 1 of 3 received on {today.day} {today:%B %Y}"
    )
    assert evidence.link == f"http://127.0.0.1:8000/sharing/amber-valley/{before.year}/{before.number}/"
    assert officer.get(evidence.link).status_code == 200


@pytest.mark.parametrize("sheet", ["", "1999-Q1", "x", "2026"])
def test_a_quarter_that_is_not_offered_is_asked_about(officer: Client, assessment: Assessment, sheet: str) -> None:
    reply = officer.post(url("evidence_sheet", assessment, CODE), {"sheet": sheet})
    assert "Select a quarter" in reply.content.decode()
    assert not Evidence.objects.exists()


def test_a_closed_round_takes_no_more_sheets(officer: Client, assessment: Assessment) -> None:
    round_ = assessment.round
    round_.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    round_.save()
    reply = officer.post(url("evidence_sheet", assessment, CODE), {"sheet": str(this_quarter())})
    assert reply.status_code == 409


def test_without_the_laws_list_there_is_nothing_to_offer(officer: Client, assessment: Assessment) -> None:
    InformationSet.objects.all().delete()
    assert "check sheet" not in text_of(officer, url("criterion", assessment, CODE))
